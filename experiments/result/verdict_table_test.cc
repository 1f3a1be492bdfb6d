// SPDX-License-Identifier: Apache-2.0
#include "experiments/result/verdict_table.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <limits>
#include <sstream>

#include "experiments/result/format.h"

namespace hyperwidth {
namespace {

TEST(FormatNumber, IsShortAndReadable) {
  EXPECT_EQ(FormatNumber(0.0890625), "0.08906");
  EXPECT_EQ(FormatNumber(3001), "3001");
  EXPECT_EQ(FormatNumber(36594368), "36594368");
  EXPECT_EQ(FormatNumber(12345.67), "12346");
  EXPECT_EQ(FormatNumber(1.25e-9), "1.25e-09");
  EXPECT_EQ(FormatNumber(-0.0), "0");
  // Where whole numbers, rounded ones and powers of ten begin.
  EXPECT_EQ(FormatNumber(9999.25), "9999");
  EXPECT_EQ(FormatNumber(9999.75), "1e+04");
  EXPECT_EQ(FormatNumber(10000.25), "10000");
  EXPECT_EQ(FormatNumber(-10000.25), "-10000");
  EXPECT_EQ(FormatNumber(999999999.25), "999999999");
  EXPECT_EQ(FormatNumber(1e9 + 0.25), "1e+09");
  EXPECT_EQ(FormatNumber(999999999999999), "999999999999999");
  EXPECT_EQ(FormatNumber(1e15), "1e+15");
  EXPECT_EQ(FormatNumber(std::numeric_limits<double>::infinity()), "infinity");
  EXPECT_EQ(FormatNumber(std::numeric_limits<double>::quiet_NaN()), "none");
  EXPECT_EQ(FormatNumber(-std::numeric_limits<double>::infinity()), "-infinity");
}

TEST(FormatRange, SpeaksOfBoundsRangesAndPoints) {
  EXPECT_EQ(FormatRange({.low = 0.08, .high = 0.12}), "0.08 to 0.12");
  EXPECT_EQ(FormatRange({.high = 0}), "below 0");
  EXPECT_EQ(FormatRange({.low = 2}), "above 2");
  EXPECT_EQ(FormatRange({.low = -1, .high = -1}), "-1");
  EXPECT_EQ(FormatRange({}), "none");
  EXPECT_EQ(FormatInterval({.low = 1, .high = 2.5}), "[1, 2.5]");
}

TEST(FormatMeasured, LeavesOutAnIntervalWithoutWidth) {
  const Interval wide{.low = 24, .high = 26}, exact{.low = 25, .high = 25};
  EXPECT_EQ(FormatMeasured({.id = "c", .measured = 25, .ci95 = wide}), "25 [24, 26]");
  EXPECT_EQ(FormatMeasured({.id = "c", .measured = 25, .ci95 = exact}), "25");
  EXPECT_EQ(FormatMeasured({.id = "c", .measured = 25, .ci95 = Interval{}}), "25");
}

TEST(FormatMeasured, PutsTheUnitBehindTheNumber) {
  const Check check{.id = "c", .measured = 0, .ci95 = Interval{.low = 0, .high = 0}, .unit = "of 60 runs"};
  EXPECT_EQ(FormatQuantity(check), "0 of 60 runs");
  EXPECT_EQ(FormatMeasured(check), "0 of 60 runs");
  const Check wide{.id = "c", .measured = 25, .ci95 = Interval{.low = 24, .high = 26}, .unit = "s"};
  EXPECT_EQ(FormatQuantity(wide), "25 s");
  EXPECT_EQ(FormatMeasured(wide), "25 s [24, 26]");
}

const Check kExample{.id = "rotation.lower_error",
                     .claim = "The hypernetwork has the lower error.",
                     .predicted = {.high = 0},
                     .measured = -0.0707,
                     .ci95 = Interval{.low = -0.075, .high = -0.066},
                     .verdict = Verdict::kConsistent,
                     .why =
                         "hypernetwork minus embedding is -0.0707 on average over 5 pairs; its 95 % interval "
                         "[-0.075, -0.066] lies below zero."};

TEST(VerdictTable, HasALineForEachCheck) {
  const std::vector<Check> checks = {kExample, {.id = "rotation.b", .claim = "?", .why = "Nothing was measured."}};
  EXPECT_EQ(VerdictTable(checks),
            "verdict       check        predicted  measured [95 % interval]\n"
            "------------  -----------  ---------  ------------------------\n"
            "consistent    lower_error  below 0    -0.0707 [-0.075, -0.066]\n"
            "inconclusive  b            none       none\n"
            "\n"
            "1 consistent, 0 inconsistent, 1 inconclusive\n");
}

TEST(VerdictTable, SaysWhyIfDetailsAreWanted) {
  const std::vector<Check> checks = {kExample, {.id = "rotation.b", .claim = "?", .why = "Nothing was measured."}};
  EXPECT_EQ(VerdictTable(checks, {.columns = 80, .details = true}),
            "verdict       check        predicted  measured [95 % interval]\n"
            "------------  -----------  ---------  ------------------------\n"
            "consistent    lower_error  below 0    -0.0707 [-0.075, -0.066]\n"
            "              hypernetwork minus embedding is -0.0707 on average over 5 pairs;\n"
            "              its 95 % interval [-0.075, -0.066] lies below zero.\n"
            "inconclusive  b            none       none\n"
            "              Nothing was measured.\n"
            "\n"
            "1 consistent, 0 inconsistent, 1 inconclusive\n");
}

TEST(VerdictTable, NamesTheExperimentsIfThereAreSeveral) {
  const std::vector<Check> checks = {
      kExample, {.id = "rates.spline.d1", .claim = "?"}, {.id = "rates.spline.d2", .claim = "?"}, {.id = "bare"}};
  EXPECT_EQ(VerdictTable(checks),
            "verdict       check        predicted  measured [95 % interval]\n"
            "------------  -----------  ---------  ------------------------\n"
            "rotation\n"
            "consistent    lower_error  below 0    -0.0707 [-0.075, -0.066]\n"
            "rates\n"
            "inconclusive  spline.d1    none       none\n"
            "inconclusive  spline.d2    none       none\n"
            "\n"
            "inconclusive  bare         none       none\n"
            "\n"
            "1 consistent, 0 inconsistent, 3 inconclusive\n");
}

TEST(VerdictTable, CutsWhatIsTooLongFromTheMiddleOfTheName) {
  Check check = kExample;
  check.id = "rotation.begin_" + std::string(100, 'x') + "_end";
  for (const int columns : {70, 100}) {
    std::istringstream lines(VerdictTable(std::vector<Check>{check}, {.columns = columns}));
    std::string line;
    for (int i = 0; i < 3; ++i) {
      std::getline(lines, line);
      EXPECT_EQ(line.size(), static_cast<std::size_t>(columns)) << line;
    }
    EXPECT_THAT(line, ::testing::ContainsRegex("consistent +begin_x+[.][.]x+_end +below 0 +-0.0707 "));
  }
  // However narrow the terminal: what was measured stays, and twelve characters of the name.
  EXPECT_THAT(VerdictTable(std::vector<Check>{check}, {.columns = 0}),
              ::testing::HasSubstr("consistent  begin..x_end  below 0    -0.0707 [-0.075, -0.066]\n"));
}

TEST(VerdictTable, ANameThatJustFitsIsNotCut) {
  Check check = kExample;
  check.id = "rotation." + std::string(12, 'x');
  EXPECT_THAT(VerdictTable(std::vector<Check>{check}, {.columns = 0}), ::testing::HasSubstr("  xxxxxxxxxxxx  "));
  check.id += "x";
  EXPECT_THAT(VerdictTable(std::vector<Check>{check}, {.columns = 0}), ::testing::HasSubstr("  xxxxx..xxxxx  "));
}

TEST(VerdictTable, OfNothingIsItsHeading) {
  EXPECT_THAT(VerdictTable({}), ::testing::EndsWith("\n\n0 consistent, 0 inconsistent, 0 inconclusive\n"));
}

TEST(VerdictTable, GivesReasonsTwentyColumnsAtLeast) {
  const std::vector<Check> checks = {{.id = "b", .claim = "?", .why = "ten of them and nine more"}};
  EXPECT_THAT(VerdictTable(checks, {.columns = 0, .details = true}),
              ::testing::HasSubstr("\n              ten of them and nine\n              more\n"));
}

TEST(VerdictTable, KeepsReasonsWithinTheColumnsAndLosesNoWord) {
  Check check = kExample;
  check.why = "";
  for (int i = 0; i < 100; ++i) check.why += "word" + std::to_string(i * i) + " ";
  for (const int columns : {60, 110, 0, -5}) {
    std::istringstream lines(VerdictTable(std::vector<Check>{check}, {.columns = columns, .details = true}));
    std::string line, words;
    while (std::getline(lines, line)) {
      if (!line.starts_with("   ")) continue;
      if (columns > 0) {
        EXPECT_LE(line.size(), static_cast<std::size_t>(columns));
      }
      std::istringstream in_line(line);
      for (std::string word; in_line >> word;) words += word + " ";
    }
    EXPECT_EQ(words, check.why);
  }
}

}  // namespace
}  // namespace hyperwidth
