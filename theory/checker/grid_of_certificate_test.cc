// SPDX-License-Identifier: Apache-2.0
//
// What certificates may say about bumps, their height and their places.

#include <cmath>
#include <sstream>
#include <string>
#include <vector>

#include "gtest/gtest.h"
#include "theory/bump.h"
#include "theory/checker/certificate_checker.h"
#include "theory/checker/certificate_lines.h"

namespace hyperwidth::checker {
namespace {

std::string PointsOnly() { return HandWritten{.statement = "certified.bits"}.Text(); }

void ExpectFailure(const std::string& text, const std::string& why) {
  EXPECT_NE(WhyNot(text).find(why), std::string::npos) << text << WhyNot(text);
}

std::string WithBump(int smoothness, const std::string& bump, const std::vector<std::string>& seminorms) {
  std::string joined = seminorms.front();
  for (std::size_t j = 1; j < seminorms.size(); ++j) joined += " " + seminorms[j];
  const std::string text = With(With(PointsOnly(), "bump", bump), "seminorms", joined);
  return With(With(text, "epsilon", "1e-300"), "smoothness", std::to_string(smoothness));
}

// The largest number of 7 digits that is not above `value`, or the smallest that is.
std::string SevenDigits(double value, bool above) {
  const int decimals = 6 - static_cast<int>(std::floor(std::log10(value)));
  const double scaled = std::floor(value * std::pow(10, decimals)) + (above ? 1 : 0);
  std::ostringstream out;
  out.precision(std::max(decimals, 0));
  out << std::fixed << scaled / std::pow(10, decimals);
  return out.str();
}

// Sampling is right to better than the millionth by which bump.h raises seminorms, and never too low.
template <class Function>
void ExpectSeminormsToSevenDigits(const std::string& bump, const Function& function, int smoothness) {
  std::vector<std::string> enough = {"1"};
  for (int j = 1; j <= smoothness; ++j) enough.push_back(SevenDigits(function.Seminorm(j) * (1 + 1e-6), true));
  EXPECT_EQ(WhyNot(WithBump(smoothness, bump, enough)), "");
  for (int j = 1; j <= smoothness; ++j) {
    std::vector<std::string> too_small = enough;
    too_small[j] = SevenDigits(function.Seminorm(j) * (1 - 1e-11), false);
    ExpectFailure(WithBump(smoothness, bump, too_small), "seminorm " + std::to_string(j) + " is stated too small");
  }
}

TEST(BumpOfACertificate, HasSeminormsThatAreNotTooSmallInTheLastDigit) {
  for (int r = 1; r <= 5; ++r) {
    for (int order = r; order <= r + 1; ++order) {
      ExpectSeminormsToSevenDigits("cosine-power " + std::to_string(order), CosinePower(order), r);
      if (order <= 2) continue;  // those are known exactly
      ExpectSeminormsToSevenDigits("perfect-spline " + std::to_string(order), PerfectSpline(order), r);
    }
  }
}

TEST(BumpOfACertificate, HasTheExactSeminormsOfTheFirstTwoSplines) {
  EXPECT_TRUE(Holds(WithBump(1, "perfect-spline 1", {"1", "1"})));
  EXPECT_TRUE(Holds(WithBump(2, "perfect-spline 2", {"1", "2", "4"})));
  EXPECT_TRUE(Holds(WithBump(2, "perfect-spline 2", {"1.5", "2.5", "4.5"})));
  ExpectFailure(WithBump(1, "perfect-spline 1", {"1", "0.999999999999999999"}), "seminorm 1 is stated too small");
  ExpectFailure(WithBump(1, "perfect-spline 1", {"0.999999999999999999", "1"}), "seminorm 0 is stated too small");
  ExpectFailure(WithBump(2, "perfect-spline 2", {"1", "1.999999999999999999", "4"}), "seminorm 1 is stated too small");
  ExpectFailure(WithBump(2, "perfect-spline 2", {"1", "2", "3.999999999999999999"}), "seminorm 2 is stated too small");
  // Other bumps do not have them.
  ExpectFailure(WithBump(1, "cosine-power 1", {"1", "1"}), "seminorm 1 is stated too small");
  ExpectFailure(WithBump(1, "perfect-spline 2", {"1", "1"}), "seminorm 1 is stated too small");
  ExpectFailure(WithBump(2, "perfect-spline 3", {"1", "2", "4"}), "seminorm 2 is stated too small");
  ExpectFailure(WithBump(2, "cosine-power 2", {"1", "2", "4"}), "seminorm 2 is stated too small");
}

TEST(BumpOfACertificate, HasOneSeminormMoreThanItsSmoothness) {
  for (const std::vector<std::string>& seminorms : {std::vector<std::string>{"1", "1", "1"}, {"1"}}) {
    ExpectFailure(WithBump(1, "perfect-spline 1", seminorms), "FAILS: there must be smoothness + 1 seminorms");
  }
  ExpectFailure(WithBump(64, "perfect-spline 64", {"1", "1"}), "FAILS: there must be smoothness + 1 seminorms");
  for (const int smoothness : {0, 65}) {
    ExpectFailure(WithBump(smoothness, "perfect-spline 64", {"1"}), "accepted: a whole number from 1 to 64");
  }
}

TEST(BumpOfACertificate, IsSmoothEnoughAndKnown) {
  ExpectFailure(WithBump(2, "perfect-spline 1", {"1", "2", "4"}), "a perfect-spline of order 1 is not smooth enough");
  ExpectFailure(WithBump(1, "perfect-spline", {"1", "1"}), "a perfect-spline of order 0 is not smooth enough");
  ExpectFailure(WithBump(1, "hat 1", {"1", "1"}), "unknown bump 'hat'");
}

// B by its definition, a sum over multi-indices.
int NormOf(const std::vector<int>& seminorms, const std::vector<int>& cells) {
  const auto factor = [&](int cells_of_axis, int k) { return std::pow(cells_of_axis, k) * seminorms[k]; };
  const int r = static_cast<int>(seminorms.size()) - 1;
  double sum = 0;
  for (int a = 0; a <= r; ++a) {
    for (int b = 0; a + b <= r; ++b) {
      for (int c = 0; a + b + c <= r; ++c) sum += factor(cells[0], a) * factor(cells[1], b) * factor(cells[2], c);
    }
  }
  return static_cast<int>(std::lround(sum));
}

// 1 / B with 17 digits after the zeros, cut off: the bumps are higher than that. In the last digit one more is too
// much.
TEST(HeightOfACertificate, IsOneOverTheNorm) {
  struct Case {
    std::string bump;
    std::vector<int> seminorms;
  };
  for (const auto& [bump, seminorms] : {Case{"perfect-spline 1", {1, 1}},
                                        Case{"perfect-spline 1", {2, 3}},
                                        Case{"perfect-spline 2", {1, 2, 4}},
                                        Case{"perfect-spline 2", {1, 3, 7}},
                                        Case{"perfect-spline 3", {1, 2, 9, 21}},
                                        Case{"perfect-spline 3", {2, 3, 11, 23}}}) {
    std::vector<std::string> stated;
    for (const int seminorm : seminorms) stated.push_back(std::to_string(seminorm));
    std::string text = WithBump(static_cast<int>(seminorms.size()) - 1, bump, stated);
    text = With(With(text, "axes of x", "1 of 3, 0 of 4"), "axes of I", "1 of 5, 1 of 6");
    text = With(With(text, "dimension of I", "2"), "left-hand side", "168");
    const int norm = NormOf(seminorms, {3, 5, 6});
    ASSERT_NE(1000000000000000000 % norm, 0);
    const auto epsilon = [&](std::int64_t more) { return std::to_string(1000000000000000000 / norm + more) + "e-18"; };
    EXPECT_EQ(WhyNot(With(text, "epsilon", epsilon(0))), "") << norm;
    ExpectFailure(With(text, "epsilon", epsilon(1)), "FAILS: the bumps are not higher than epsilon");
  }
}

TEST(HeightOfACertificate, IsAboveEpsilonNotEqual) {
  const std::string text = With(With(PointsOnly(), "axes of x", "1 of 43, 0 of 0"), "left-hand side", "924");  // B = 64
  EXPECT_TRUE(Holds(With(text, "epsilon", "0.015624999999999999999999999999")));
  ExpectFailure(With(text, "epsilon", "0.015625"), "not higher than epsilon");
}

TEST(LayoutOfACertificate, IsACheckerboardAtSmoothnessOneOnly) {
  for (const std::string layout : {"nodes", "cells"}) {
    const std::string text = With(WithBump(2, "perfect-spline 2", {"1", "2", "4"}), "layout", layout);
    EXPECT_EQ(WhyNot(With(text, "left-hand side", layout == "nodes" ? "861" : "800")), "");
  }
  const std::string forged = With(WithBump(2, "perfect-spline 2", {"1", "2", "4"}), "layout", "checkerboard");
  ExpectFailure(With(forged, "left-hand side", "1661"), "FAILS: layout checkerboard is not valid at smoothness 2");
  EXPECT_TRUE(Holds(With(With(PointsOnly(), "layout", "checkerboard"), "left-hand side", "1661")));
  ExpectFailure(With(PointsOnly(), "layout", "diagonal"), "FAILS: layout diagonal is not valid at smoothness 1");
}

TEST(AxesOfACertificate, AreAsManyAsTheDimensions) {
  const std::string why = "FAILS: the axes do not match the dimensions";
  for (const std::string axes : {"0 of 40, 0 of 40", "2 of 40, 0 of 40", "1 of 40, 1 of 40"}) {
    ExpectFailure(With(PointsOnly(), "axes of x", axes), why);
  }
  for (const std::string axes : {"2 of 20, 0 of 20", "1 of 20, 1 of 20"}) {
    ExpectFailure(With(PointsOnly(), "axes of I", axes), why);
  }
  EXPECT_TRUE(Holds(With(PointsOnly(), "axes of x", "0 of 0, 1 of 40")));
  EXPECT_TRUE(Holds(With(With(PointsOnly(), "axes of I", "0 of 0, 0 of 0"), "left-hand side", "41")));
}

TEST(AxesOfACertificate, AreLimitedInNumber) {
  const std::string ignoring = With(With(PointsOnly(), "axes of I", "0 of 0, 0 of 0"), "left-hand side", "41");
  EXPECT_TRUE(Holds(With(ignoring, "dimension of I", "20000")));
  ExpectFailure(With(PointsOnly(), "dimension of x", "20000"), "FAILS: the axes do not match the dimensions");
  for (const std::string name : {"dimension of x", "dimension of I"}) {
    for (const std::string dimension : {"0", "20001"}) {
      ExpectFailure(With(PointsOnly(), name, dimension), "accepted: a whole number from 1 to 20000");
    }
  }
}

}  // namespace
}  // namespace hyperwidth::checker
