// SPDX-License-Identifier: Apache-2.0
#include "training/trials/trial_values.h"

#include <gtest/gtest.h>

#include <limits>
#include <set>
#include <stdexcept>

namespace hyperwidth {
namespace {

TEST(TrialKey, NamesTheValues) {
  const Fields values = {{"method", "computed hypernetwork"}, {"m1", 1}, {"rate", 0.001}, {"model", "concat"}};
  EXPECT_NO_THROW(RequireTrialValues(values));
  EXPECT_EQ(TrialKey(values), "method=\"computed hypernetwork\" m1=1 rate=0.001 model=concat");
}

TEST(TrialKey, IsEqualForEqualValuesOnly) {
  const std::vector<Fields> different = {{{"a", "b"}, {"c", 1}},
                                         {{"a", "b c=1"}},
                                         {{"a", "b\" c=1"}},
                                         {{"a", "b\\\" c=1"}},
                                         {{"a", ""}},
                                         {{"a", "1"}},
                                         {{"a", 1}},
                                         {{"a", 1.0}},
                                         {{"a", -1.0}},
                                         {{"a", 1e300}},
                                         {{"a", "1.0"}},
                                         {{"a", 0.0}},
                                         {{"a", -0.0}},
                                         {{"a", "_"}},
                                         {{"a", std::uint64_t{1} << 63}},
                                         {{"a", std::numeric_limits<std::int64_t>::min()}},
                                         {{"a", 1}, {"b", 2}},
                                         {{"b", 2}, {"a", 1}}};
  std::set<std::string> keys;
  for (const Fields& values : different) {
    EXPECT_NO_THROW(RequireTrialValues(values)) << TrialKey(values);
    EXPECT_TRUE(keys.insert(TrialKey(values)).second) << TrialKey(values);
  }
  EXPECT_EQ(TrialKey({{"seed", std::uint64_t{7}}}), TrialKey({{"seed", 7}}));
}

std::string Refusal(const Fields& values) {
  try {
    RequireTrialValues(values);
  } catch (const std::invalid_argument& error) {
    return error.what();
  }
  return "accepted";
}

TEST(RequireTrialValues, NamesWhatIsNoValueOfATrial) {
  EXPECT_EQ(Refusal({}), "trial: has no values; accepted: one or more");
  for (const char* const name : {"", "1st", "a b", "a=b", "_a", "a\"b", "\xc3\xa4"})
    EXPECT_NE(Refusal({{name, 1}}), "accepted");
  EXPECT_EQ(Refusal({{"n", 1}, {"a b", 1}}),
            "trial: the name of value 2 is \"a b\"; accepted: letters, digits, _, . and -, the first a letter");
  EXPECT_EQ(Refusal({{"optimizer.learning-rate_0", 1}, {"AZaz09", 1}}), "accepted");
  EXPECT_EQ(Refusal({{"n", 1}, {"n", 2}}), "trial: n is there twice; accepted: once");
  for (const std::string name : {"state", "message"}) {
    EXPECT_EQ(Refusal({{name, 1}}),
              "trial: a value is named " + name + ", as a column of every table; accepted: others");
  }
  const std::string accepted = "; accepted: a text of one line, a whole number or a finite real number";
  EXPECT_EQ(Refusal({{"x", std::numeric_limits<double>::infinity()}}), "trial: x is \"inf\"" + accepted);
  EXPECT_EQ(Refusal({{"x", std::numeric_limits<double>::quiet_NaN()}}), "trial: x is \"nan\"" + accepted);
  EXPECT_EQ(Refusal({{"x", true}}), "trial: x is \"true\"" + accepted);
  EXPECT_EQ(Refusal({{"x", std::monostate()}}), "trial: x is \"\"" + accepted);
  EXPECT_EQ(Refusal({{"x", std::vector<int>{2, 4}}}), "trial: x is \"2,4\"" + accepted);
  for (const char* const text : {"a\nb", "\t", "a\x7f"}) {
    EXPECT_EQ(Refusal({{"x", text}}), "trial: x is text with control characters" + accepted);
  }
}

}  // namespace
}  // namespace hyperwidth
