// SPDX-License-Identifier: Apache-2.0
#include "training/run/strict_json.h"

#include <gtest/gtest.h>

#include <nlohmann/json.hpp>
#include <stdexcept>

namespace hyperwidth {
namespace {

std::string Refusal(const std::string& text) {
  try {
    ParseStrictJson(text, "a list");
  } catch (const std::runtime_error& error) {
    return error.what();
  }
  return "";
}

std::string Nested(int arrays) {
  std::string text;
  for (int i = 0; i < arrays; ++i) text += "[";
  for (int i = 0; i < arrays; ++i) text += "]";
  return text;
}

std::string Members(std::size_t count) {
  std::string text = "{";
  for (std::size_t i = 0; i < count; ++i) text += (i > 0 ? ", \"" : "\"") + std::to_string(i) + "\": 0";
  return text + "}";
}

TEST(ParseStrictJson, KeepsValuesAndTheOrderOfNames) {
  const nlohmann::ordered_json parsed = ParseStrictJson(R"({"b": [1, 2.5, null], "a": {"b": true}})", "a list");
  EXPECT_EQ(parsed.dump(), R"({"b":[1,2.5,null],"a":{"b":true}})");
}

TEST(ParseStrictJson, RefusesWhatIsNotJson) {
  EXPECT_EQ(Refusal("[1, 2"), "not valid JSON near byte 6; accepted: a list");
  EXPECT_EQ(Refusal(""), "not valid JSON near byte 1; accepted: a list");
  EXPECT_EQ(Refusal("[\"\xff\"]"), "not valid JSON near byte 3; accepted: a list");
}

TEST(ParseStrictJson, RefusesANameThatAnObjectHasTwice) {
  EXPECT_EQ(Refusal(R"({"a": 1, "b": 2, "a": 1})"), "\"a\" is there twice; accepted: once");
  EXPECT_EQ(Refusal(R"([{"a": {"a": 1}, "b": {"a": 1}}, {"a": 1}])"), "");
}

TEST(ParseStrictJson, RefusesNumbersBeyondDoublePrecision) {
  EXPECT_EQ(Refusal("[1e308]"), "");
  EXPECT_EQ(Refusal("[1e309]"), "has a number beyond those of double precision; accepted: a list");
}

TEST(ParseStrictJson, RefusesDeepNestingBeforeItIsParsed) {
  EXPECT_EQ(Refusal(Nested(kDeepestJson)), "");
  EXPECT_EQ(Refusal(Nested(kDeepestJson + 1)), "is nested more than 16 deep; accepted: a list");
  EXPECT_EQ(Refusal(std::string(1'000'000, '[')), "is nested more than 16 deep; accepted: a list");
  std::string objects;
  for (int i = 0; i < kDeepestJson + 1; ++i) objects += "{\"a\": ";
  EXPECT_EQ(Refusal(objects), "is nested more than 16 deep; accepted: a list");
}

TEST(ParseStrictJson, RefusesObjectsOfTooManyMembers) {
  EXPECT_EQ(Refusal(Members(kMostJsonMembers)), "");
  EXPECT_EQ(Refusal(Members(kMostJsonMembers + 1)), "an object has more than 4096 members; accepted: a list");
}

}  // namespace
}  // namespace hyperwidth
