// SPDX-License-Identifier: Apache-2.0
#include "training/trials/trial_record.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <bit>
#include <limits>
#include <stdexcept>

namespace hyperwidth {
namespace {

using ::testing::EndsWith;
using ::testing::HasSubstr;
using ::testing::StartsWith;
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
  const TrialRecord record{
      .values = {{"method", "embedding \"quoted\""}, {"k", 1}, {"rate", 3.0}, {"seed", std::uint64_t{7}}},
      .outcome = Fields{{"none", std::monostate()},
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
  const TrialRecord read = ParseTrialRecord(ToJsonLine({.values = {{"k", 1}}, .outcome = Fields{{"values", values}}}));
  const auto& back = std::get<std::vector<double>>(*Find(read.outcome.values, "values"));
  ASSERT_EQ(back.size(), values.size());
  for (std::size_t i = 0; i < values.size(); ++i) {
    EXPECT_EQ(std::bit_cast<std::uint64_t>(back[i]), std::bit_cast<std::uint64_t>(values[i])) << values[i];
    const TrialRecord one =
        ParseTrialRecord(ToJsonLine({.values = {{"k", 1}}, .outcome = Fields{{"value", values[i]}}}));
    EXPECT_EQ(std::bit_cast<std::uint64_t>(std::get<double>(*Find(one.outcome.values, "value"))),
              std::bit_cast<std::uint64_t>(values[i]));
  }
}

TEST(TrialRecord, TheStateIsKept) {
  const Fields values = {{"n", 1}};
  const TrialRecord pruned{.values = values, .outcome = TrialOutcome::Pruned({{"error", 0.5}})};
  EXPECT_EQ(ToJsonLine(pruned), R"({"trial":{"n":1},"state":"pruned","outcome":{"error":0.5}})");
  EXPECT_EQ(ParseTrialRecord(ToJsonLine(pruned)), pruned);
  const TrialRecord failed{.values = values, .outcome = TrialOutcome::Failed("it \"diverged\"\nat step 3")};
  EXPECT_EQ(ToJsonLine(failed),
            R"({"trial":{"n":1},"state":"failed","message":"it \"diverged\"\nat step 3","outcome":{}})");
  EXPECT_EQ(ParseTrialRecord(ToJsonLine(failed)), failed);
}

TEST(TrialRecord, DamageIsNamedWithWhatIsAccepted) {
  const std::string accepted = R"(; accepted: {"trial": {...}, "state": "...", "outcome": {...}})";
  EXPECT_EQ(Refusal(R"({"trial": {}, "outco)"), "not valid JSON near byte 21" + accepted);
  EXPECT_EQ(Refusal(R"({"trial": {}})"), R"(the line is {"trial":{}})" + accepted);
  for (const char* const line : {R"({"trial": 3, "state": "complete", "outcome": {}})",
                                 R"({"trial": {}, "state": "complete", "outcome": []})",
                                 R"({"trial": {}, "state": "complete", "outcome": {}, "more": 1})",
                                 R"({"trial": {}, "state": "complete", "outcome": {}, "message": 1})",
                                 R"({"trial": {}, "message": "", "outcome": {}})",
                                 R"({"trials": {}, "state": "complete", "outcome": {}})",
                                 R"({"trial": {}, "states": "complete", "outcome": {}})",
                                 R"({"trial": {}, "state": "complete", "outcomes": {}})",
                                 R"({"key": {}})",
                                 R"(["trial", "state", "outcome"])"}) {
    EXPECT_THAT(Refusal(line), HasSubstr(accepted)) << line;
  }
  EXPECT_THAT(Refusal(std::string(1'000'000, '[')), HasSubstr("is nested more than 16 deep" + accepted));
  EXPECT_THAT(Refusal("1e999"), HasSubstr("has a number beyond those of double precision" + accepted));
  EXPECT_EQ(Refusal("\"" + std::string(59, 'x') + "\""), "the line is \"" + std::string(59, 'x') + "..." + accepted);
  EXPECT_EQ(Refusal("\"" + std::string(58, 'x') + "\""), "the line is \"" + std::string(58, 'x') + "\"" + accepted);
  for (const char* const state : {R"("done")", R"("Complete")", "1"}) {
    EXPECT_EQ(Refusal(std::string(R"({"trial": {}, "outcome": {}, "state": )") + state + "}"),
              std::string("state is ") + state + R"(; accepted: "complete", "pruned" or "failed")");
  }
}

TEST(TrialRecord, LinesOfTheFormerFormAreRefusedAsSuch) {
  const std::string refusal =
      R"(is of an earlier version, in which trials were texts, and cannot be continued; accepted: {"trial": )";
  EXPECT_THAT(Refusal(R"({"key": "spline n=8", "outcome": {"error": 0.1}})"), StartsWith(refusal));
  EXPECT_THAT([] { ParseStudy(R"({"key": "spline n=8", "outcome": {"error": 0.1}})"); },
              ThrowsMessage<std::runtime_error>(StartsWith(refusal)));
}

// What is wrong with an outcome that has this x.
std::string RefusalOf(const std::string& value) {
  return Refusal(R"({"trial": {"n": 1}, "state": "complete", "outcome": {"x": )" + value + "}}");
}

TEST(TrialRecord, ValuesOfNoTypeAreRefused) {
  EXPECT_THAT(RefusalOf(R"({"real": "many"})"), HasSubstr("x is \"many\"; accepted: \"inf\""));
  // The bits of 1.0 are those of a number.
  EXPECT_THAT(RefusalOf(R"({"real": "nan 3ff0000000000000"})"), HasSubstr("x is"));
  for (const char* const real : {R"("nan 7ff800000000000")",    // a digit is missing
                                 R"("nan 7ff80000000000000")",  // or too much
                                 R"("nan 7ff800000000000g")",
                                 R"("non 7ff8000000000000")",
                                 R"("nan")",
                                 R"("")",
                                 "1.5"}) {
    EXPECT_EQ(RefusalOf(std::string(R"({"real": )") + real + "}"),
              std::string("x is ") + real + "; accepted: \"inf\", \"-inf\" or \"nan\" and 16 hexadecimal digits");
  }
  for (const char* const value : {R"({"unsigned":-1})", R"({"unsigned":1.5})", "9223372036854775808", R"({"y":1})"}) {
    EXPECT_EQ(RefusalOf(value), std::string("x is ") + value + "; accepted: a value as this program writes it");
  }
  EXPECT_EQ(RefusalOf("9223372036854775807"), "accepted");
  EXPECT_THAT(RefusalOf(R"([1, "b"])"), HasSubstr("items of one type"));
  EXPECT_THAT(RefusalOf(R"(["b", 1])"), HasSubstr("x is 1; accepted: items of one"));
  EXPECT_THAT(RefusalOf("[1, 1.5]"), HasSubstr("x is 1.5; accepted: items of one"));
  EXPECT_THAT(RefusalOf("[1.5, 2]"), HasSubstr("x is 2"));
  EXPECT_THAT(RefusalOf(R"(1, "x": 2)"), HasSubstr("\"x\" is there twice; accepted: once"));
  EXPECT_EQ(RefusalOf(R"(1, "trial": 1, "outcome": 2)"), "accepted") << "names of two objects";
}

std::string WriteRefusal(const TrialRecord& record) {
  try {
    ToJsonLine(record);
  } catch (const std::invalid_argument& error) {
    return error.what();
  }
  return "accepted";
}

TEST(TrialRecord, WhatCannotBeWrittenIsRefusedByName) {
  const Fields values = {{"n", 1}};
  EXPECT_EQ(WriteRefusal({.values = values, .outcome = Fields{{"x", 1.0}, {"x", 2.0}}}),
            "trial n=1: its outcome names x twice; accepted: once");
  EXPECT_EQ(WriteRefusal({.values = {{"n", 1}, {"n", 1}}, .outcome = {}}),
            "trial n=1 n=1: names n twice; accepted: once");
  for (const std::string name : {"n", "state", "message"}) {
    EXPECT_EQ(WriteRefusal({.values = values, .outcome = Fields{{name, 1.0}}}),
              "trial n=1: its outcome names " + name +
                  ", as a column of every table or a value of the trial; accepted: other names");
  }
  const std::string not_text = "trial n=1: its outcome holds text that is not UTF-8; accepted: UTF-8";
  EXPECT_EQ(WriteRefusal({.values = values, .outcome = Fields{{"x", std::string("\xff")}}}), not_text);
  EXPECT_EQ(WriteRefusal({.values = values, .outcome = TrialOutcome::Failed("\xff")}), not_text);
}

TEST(Study, ComesBackAsItWas) {
  const Fields study = {{"experiment", "gap"}, {"seed", std::uint64_t{1}}, {"cells", std::vector<int>{4, 8}}};
  EXPECT_EQ(StudyToJsonLine(study), R"({"study":{"experiment":"gap","seed":{"unsigned":1},"cells":[4,8]}})");
  EXPECT_EQ(ParseStudy(StudyToJsonLine(study)), study);
  EXPECT_THAT(
      [] {
        StudyToJsonLine({{"a", 1}, {"a", 1}});
      },
      ThrowsMessage<std::invalid_argument>("study: it names a twice; accepted: once"));
}

TEST(Study, DamageIsNamedWithWhatIsAccepted) {
  for (const char* const line : {R"({"study": 1})", R"({"studies": {}})", R"({"study": {}, "more": 1})", "[]"}) {
    EXPECT_THAT([&] { ParseStudy(line); },
                ThrowsMessage<std::runtime_error>(
                    ::testing::AllOf(StartsWith("the line is "), EndsWith("; accepted: {\"study\": {...}}"))))
        << line;
  }
  EXPECT_THAT([] { ParseStudy("{"); },
              ThrowsMessage<std::runtime_error>("not valid JSON near byte 2; accepted: {\"study\": {...}}"));
}

}  // namespace
}  // namespace hyperwidth
