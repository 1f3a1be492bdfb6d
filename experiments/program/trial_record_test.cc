// SPDX-License-Identifier: Apache-2.0
#include "experiments/program/trial_record.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <bit>
#include <limits>
#include <stdexcept>

namespace hyperwidth {
namespace {

using ::testing::HasSubstr;
using ::testing::ThrowsMessage;

constexpr double kInfinity = std::numeric_limits<double>::infinity();

std::string Refusal(const std::string& line) {
  try {
    ParseTrialRecord(line);
  } catch (const std::runtime_error& error) {
    return error.what();
  }
  return "accepted";
}

TEST(TrialRecord, EveryTypeComesBackAsItWas) {
  const TrialRecord record{.key = "embedding k=1 \"quoted\"\n",
                           .outcome = {{"none", std::monostate()},
                                       {"yes", true},
                                       {"integer", std::numeric_limits<std::int64_t>::min()},
                                       {"small_unsigned", std::uint64_t{7}},
                                       {"large_unsigned", std::numeric_limits<std::uint64_t>::max()},
                                       {"whole_real", 3.0},
                                       {"text", std::string("inf")},
                                       {"integers", std::vector<std::int64_t>{-1, 2}},
                                       {"reals", std::vector<double>{1.0, kInfinity, 0.1}},
                                       {"texts", std::vector<std::string>{"a", ""}},
                                       {"no_integers", std::vector<std::int64_t>()},
                                       {"no_reals", std::vector<double>()},
                                       {"no_texts", std::vector<std::string>()}}};
  const std::string line = ToJsonLine(record);
  EXPECT_EQ(line.find('\n'), std::string::npos);
  EXPECT_EQ(ParseTrialRecord(line), record) << line;
}

TEST(TrialRecord, RealsComeBackToTheBit) {
  const std::vector<double> values = {0.1,
                                      -0.0,
                                      1.0 / 3,
                                      std::numeric_limits<double>::denorm_min(),
                                      std::numeric_limits<double>::max(),
                                      6.02214076e23,
                                      kInfinity,
                                      -kInfinity,
                                      std::bit_cast<double>(0x7ff8000000000000ULL),
                                      std::bit_cast<double>(0xfff8000000000123ULL)};
  const TrialRecord read = ParseTrialRecord(ToJsonLine({.key = "k", .outcome = {{"values", values}}}));
  const auto& back = std::get<std::vector<double>>(*Find(read.outcome, "values"));
  ASSERT_EQ(back.size(), values.size());
  for (std::size_t i = 0; i < values.size(); ++i) {
    EXPECT_EQ(std::bit_cast<std::uint64_t>(back[i]), std::bit_cast<std::uint64_t>(values[i])) << values[i];
    const TrialRecord one = ParseTrialRecord(ToJsonLine({.key = "k", .outcome = {{"value", values[i]}}}));
    EXPECT_EQ(std::bit_cast<std::uint64_t>(std::get<double>(*Find(one.outcome, "value"))),
              std::bit_cast<std::uint64_t>(values[i]));
  }
}

TEST(TrialRecord, DamageIsNamedWithWhatIsAccepted) {
  EXPECT_EQ(Refusal(R"({"key": "a", "outco)"),
            R"(not valid JSON near byte 20; accepted: {"key": "...", "outcome": {...}})");
  EXPECT_THAT(Refusal(R"({"key": "a"})"), HasSubstr(R"(the line is {"key":"a"}; accepted: {"key": "...",)"));
  for (const char* const line : {R"({"key": 3, "outcome": {}})",
                                 R"({"key": "a", "outcome": []})",
                                 R"({"key": "a", "outcome": {}, "more": 1})",
                                 R"({"kex": "a", "outcome": {}})",
                                 R"({"key": "a", "outcomes": {}})",
                                 R"(["key", "outcome"])"}) {
    EXPECT_THAT(Refusal(line), HasSubstr(R"(; accepted: {"key": "...", "outcome": {...}})")) << line;
  }
  EXPECT_EQ(Refusal("\"" + std::string(59, 'x') + "\""),
            "the line is \"" + std::string(59, 'x') + R"(...; accepted: {"key": "...", "outcome": {...}})");
  EXPECT_EQ(Refusal("\"" + std::string(58, 'x') + "\""),
            "the line is \"" + std::string(58, 'x') + R"("; accepted: {"key": "...", "outcome": {...}})");
  EXPECT_THAT(Refusal(R"({"key": "a", "outcome": {"x": {"real": "many"}}})"),
              HasSubstr("x is \"many\"; accepted: \"inf\""));
  // The bits of 1.0 are those of a number.
  EXPECT_THAT(Refusal(R"({"key": "a", "outcome": {"x": {"real": "nan 3ff0000000000000"}}})"), HasSubstr("x is"));
  for (const char* const real : {R"("nan 7ff800000000000")",    // a digit is missing
                                 R"("nan 7ff80000000000000")",  // or too much
                                 R"("nan 7ff800000000000g")",
                                 R"("non 7ff8000000000000")",
                                 R"("nan")",
                                 R"("")",
                                 "1.5"}) {
    const std::string line = std::string(R"({"key": "a", "outcome": {"x": {"real": )") + real + "}}}";
    EXPECT_EQ(Refusal(line),
              std::string("x is ") + real + "; accepted: \"inf\", \"-inf\" or \"nan\" and 16 hexadecimal digits");
  }
  for (const char* const value : {R"({"unsigned":-1})", R"({"unsigned":1.5})", "9223372036854775808"}) {
    EXPECT_EQ(Refusal(std::string(R"({"key": "a", "outcome": {"x": )") + value + "}}"),
              std::string("x is ") + value + "; accepted: a value of an outcome");
  }
  EXPECT_EQ(Refusal(R"({"key": "a", "outcome": {"x": 9223372036854775807}})"), "accepted");
  EXPECT_THAT(Refusal(R"({"key": "a", "outcome": {"x": [1, "b"]}})"), HasSubstr("items of one type"));
  EXPECT_THAT(Refusal(R"({"key": "a", "outcome": {"x": ["b", 1]}})"), HasSubstr("x is 1; accepted: items of one"));
  EXPECT_THAT(Refusal(R"({"key": "a", "outcome": {"x": [1, 1.5]}})"), HasSubstr("x is 1.5; accepted: items of one"));
  EXPECT_THAT(Refusal(R"({"key": "a", "outcome": {"x": [1.5, 2]}})"), HasSubstr("x is 2"));
  EXPECT_THAT(Refusal(R"({"key": "a", "outcome": {"x": {"y": 1}}})"), HasSubstr("a value of an outcome"));
  EXPECT_THAT(Refusal(R"({"key": "a", "outcome": {"x": 1, "x": 2}})"),
              HasSubstr("\"x\" is there twice; accepted: once"));
  EXPECT_EQ(Refusal(R"({"key": "a", "outcome": {"key": 1, "outcome": 2}})"), "accepted") << "names of two objects";
}

TEST(TrialRecord, WhatCannotBeWrittenIsRefusedByName) {
  EXPECT_THAT(
      [] {
        ToJsonLine({.key = "a", .outcome = {{"x", 1.0}, {"x", 2.0}}});
      },
      ThrowsMessage<std::invalid_argument>("trial a: its outcome names x twice; accepted: once"));
  EXPECT_THAT(
      [] {
        ToJsonLine({.key = "a", .outcome = {{"x", std::string("\xff")}}});
      },
      ThrowsMessage<std::invalid_argument>("trial a: its outcome holds text that is not UTF-8; accepted: UTF-8"));
}

}  // namespace
}  // namespace hyperwidth
