// SPDX-License-Identifier: Apache-2.0
//
// The inequality (*) with 50 digits against 100 digits and one layer at a time.

#include <cmath>
#include <cstdint>
#include <stdexcept>
#include <string>

#include "boost/math/constants/constants.hpp"
#include "gtest/gtest.h"
#include "theory/reference/wide_inequality.h"
#include "theory/rigorous.h"

namespace hyperwidth {
namespace {

using reference::Bits;
using reference::ClassesOfDepth;
using reference::ClassWithScalars;
using reference::Signs;
using reference::TwoAxes;
using reference::Wide;

const Wide kLast("1e-36");

// What is returned lies above the true value by one to two units of the last decimal, and by `slack`.
void ExpectDigits(const ClassWithScalars& networks,
                  const TwoAxes& axes,
                  const std::string& parameters,
                  const Wide& slack = 0) {
  const std::string text = PatternsPerPointAbove(networks.network_class, axes.grid(), parameters);
  ASSERT_EQ(text.size() - text.find('.'), 37U) << text;
  const Wide excess = Wide(text) - Bits(networks, axes, Wide(parameters)) / Signs(networks, axes);
  EXPECT_GT(excess, kLast + Wide(0.9999) * slack - Wide("1e-39")) << text << " " << parameters << " " << axes.Text();
  EXPECT_LT(excess, 2 * kLast + Wide(1.0001) * slack + Wide("1e-39")) << text << " " << parameters << axes.Text();
}

TEST(PatternsPerPointAbove, IsTheInequalityRoundedUpInItsLastDecimal) {
  for (const int depth : {2, 3, 17}) {
    for (const TwoAxes& axes : {TwoAxes{Layout::kCells, 300, 41},
                                TwoAxes{Layout::kNodes, 77, 1000},
                                TwoAxes{Layout::kNodes, 10000, 3},
                                TwoAxes{Layout::kCheckerboard, 55, 6},
                                TwoAxes{Layout::kCheckerboard, 1234, 5678}}) {
      for (const ClassWithScalars& networks : ClassesOfDepth(depth)) {
        for (const std::string parameters : {"1", "2", "29", "157"}) ExpectDigits(networks, axes, parameters);
      }
    }
  }
}

// From n! with n > 300 on Stirling's formula: with 1 / (12 n), ln n! is too large by 1 / (360 n^3), and without that by
// 1 / (1260 n^5) too small.
TEST(PatternsPerPointAbove, IsAboveByTheRestOfStirlingsFormulaForDepthsAbove300) {
  const TwoAxes axes{Layout::kNodes, 10000, 1000};
  const auto above = [](int n) { return n <= 300 ? Wide(0) : Wide(1 / (360 * pow(Wide(n), 3))); };
  const auto below = [](int n) { return n <= 300 ? Wide(0) : Wide(1 / (1260 * pow(Wide(n), 5))); };
  const auto slack = [&](const Wide& nats) {
    return Wide(1000 * nats / boost::math::constants::ln_two<Wide>() / axes.all());
  };
  for (const int depth : {299, 300, 301, 302, 303, 1000}) {
    // Hidden layers have the degrees 1 to depth - 1, the output has degree depth.
    const Wide nats = above(depth - 1) + above(depth) + below(depth - 1);
    ExpectDigits({StandardClass(depth)}, axes, "1000", slack(nats));
  }
  for (const int degree : {300, 301, 302, 400}) {
    const NetworkClass output{.groups = {{.meaning = "output", .hidden = false, .first_degree = degree}}};
    ExpectDigits({output}, axes, "1000", slack(above(degree) + below(degree - 1)));
  }
}

TEST(PatternsPerPointAbove, SaysWhereWarrensLemmaSaysNothing) {
  const TwoAxes axes{Layout::kNodes, 9, 3};  // 40 points, 4 values of I
  const auto message = [&](const NetworkClass& network_class, const std::string& parameters) -> std::string {
    try {
      PatternsPerPointAbove(network_class, axes.grid(), parameters);
    } catch (const std::domain_error& error) {
      return error.what();
    }
    return "counted";
  };
  EXPECT_EQ(message(StandardClass(2), "40"), "counted");
  EXPECT_EQ(message(StandardClass(2), "41"), "with 41 parameters the sign patterns are not counted");
  EXPECT_EQ(message(EmbeddingClass(2, 9), "4"), "counted");
  EXPECT_EQ(message(EmbeddingClass(2, 9), "5"), "with 5 parameters the sign patterns are not counted");
}

// 4 * 1000 variables for 40 points, in no layer at all.
TEST(PatternsPerPointAbove, CountsNothingForLayersThatAreNotThere) {
  const LayerGroup none{.meaning = "hidden layers", .layers = 0, .sees_condition = true};
  const LayerGroup output{.meaning = "output", .hidden = false, .first_degree = 2};
  const TwoAxes axes{Layout::kNodes, 9, 3};
  const NetworkClass both{.groups = {none, output}, .scalars = ConditionScalars::Fixed(1000)};
  EXPECT_EQ(PatternsPerPointAbove(both, axes.grid(), "5"), PatternsPerPointAbove({{output}}, axes.grid(), "5"));
}

// Beyond 2^52 a number of scalars may be given by its logarithm or as a double, and is never taken for less.
TEST(PatternsPerPointAbove, TakesNoFewerScalarsThanAreGiven) {
  const TwoAxes axes{Layout::kNodes, 0x1p70, 10};
  const auto excess = [&](const ConditionScalars& scalars, const Wide& kappa) -> Wide {
    NetworkClass network_class = EmbeddingClass(2, 1);
    network_class.scalars = scalars;
    return Wide(PatternsPerPointAbove(network_class, axes.grid(), "50")) -
           Bits({network_class, kappa}, axes, 50) / axes.all();
  };
  int logarithm_is_below = 0;
  int double_is_below = 0;
  for (int i = 0; i < 40; ++i) {
    const double kappa = 0x1p53 + 1000002.0 * i;
    EXPECT_GT(excess(ConditionScalars::Fixed(kappa), kappa), 0) << kappa;
    EXPECT_LT(excess(ConditionScalars::Fixed(kappa), Wide(kappa) * (1 + Wide("1e-14"))), 0) << kappa;
    logarithm_is_below += pow(Wide(2), Wide(std::log2(kappa))) < kappa;
    const double log2_kappa = 52.01 + i / 60.0;
    const Wide power = pow(Wide(2), Wide(log2_kappa));
    EXPECT_GT(excess(ConditionScalars::Log2Fixed(log2_kappa), power), 0) << log2_kappa;
    EXPECT_LT(excess(ConditionScalars::Log2Fixed(log2_kappa), power * (1 + Wide("3e-16"))), 0) << log2_kappa;
    double_is_below += Wide(std::exp2(log2_kappa)) < power;
  }
  EXPECT_GT(logarithm_is_below, 5);
  EXPECT_GT(double_is_below, 5);
}

// The number itself, which its logarithm does not give back.
TEST(PatternsPerPointAbove, TakesScalarsUpToTwoToThe52Exactly) {
  for (const double kappa : {1.0, 3.0, 1e6 + 1, 1e15 - 1, 0x1p52 - 1, 0x1p52}) {
    ExpectDigits({EmbeddingClass(2, kappa), kappa}, {Layout::kNodes, 0x1p58, 10}, "50");
  }
}

// kappa = 2^1030 is beyond a double: more than 11 kappa variables, at 11 X points.
TEST(ProvesMoreThan, DecidesForScalarsBeyondADouble) {
  NetworkClass network_class = EmbeddingClass(2, 1);
  network_class.scalars = ConditionScalars::Log2Fixed(1030);
  const auto proves = [&](int axes) {
    const Grid grid{.bump = AdmissibleBumps(1).front(),
                    .x = {.axes = axes, .cells = 0x1p80 - 1},
                    .condition = {.axes = 1, .cells = 10}};
    return ProvesMoreThan(network_class, grid, Count::Exact(1));
  };
  EXPECT_TRUE(proves(13));   // X = 2^1040
  EXPECT_FALSE(proves(12));  // X = 2^960
}

}  // namespace
}  // namespace hyperwidth
