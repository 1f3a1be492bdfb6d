// SPDX-License-Identifier: Apache-2.0
#include "experiments/best_approximation/one_neuron.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <numbers>
#include <vector>

#include "experiments/best_approximation/best_targets.h"

namespace hyperwidth {
namespace {

TEST(OneNeuron, IsATanhThatWasMovedAndScaled) {
  const OneNeuron f{.v = 2, .w = 1.5, .b = 0.4, .c = 0.3};
  const double low = std::tanh(0.4 - 1.5), high = std::tanh(0.4 + 1.5);
  for (const double x : {-1.0, -0.7, 0.0, 0.2, 1.0}) {
    EXPECT_NEAR(f(x), 0.3 + 2 * (std::tanh(1.5 * x + 0.4) - low) / (high - low), 1e-13) << x;
  }
}

TEST(OneNeuron, ReachesItsLimits) {
  const OneNeuron linear{.v = 1, .w = 1e-6, .b = 0, .c = 0}, exponential{.v = 1, .w = 2, .b = -60, .c = 0},
      step{.v = 1, .w = 5000, .b = -2500, .c = 0};
  for (const double x : {-0.9, -0.3, 0.4, 0.6, 1.0}) {
    EXPECT_NEAR(linear(x), (x + 1) / 2, 1e-9);
    EXPECT_NEAR(exponential(x), std::expm1(4 * (x + 1)) / std::expm1(8.0), 1e-9);
    EXPECT_NEAR(step(x), x > 0.5 ? 1 : 0, 1e-9);
  }
}

// Brute force over all subsequences: what the bound is defined as.
double SlowAlternation(const std::vector<double>& errors, std::size_t next, int left, double last) {
  if (left == 0) return 1e300;
  double best = 0;
  for (std::size_t i = next; i < errors.size(); ++i) {
    if (errors[i] == 0 || (last != 0 && (errors[i] > 0) == (last > 0))) continue;
    best = std::max(best, std::min(std::abs(errors[i]), SlowAlternation(errors, i + 1, left - 1, errors[i])));
  }
  return best;
}

TEST(AlternationBound, IsTheBestOfAllAlternations) {
  for (int example = 0; example < 200; ++example) {
    std::vector<double> errors;
    for (int i = 0; i < 9; ++i) errors.push_back(std::round(5 * std::sin(1.7 * i * (example + 1) + example)));
    for (const int count : {2, 3, 5}) {
      EXPECT_EQ(AlternationBound(errors, count), SlowAlternation(errors, 0, count, 0)) << example << " " << count;
    }
  }
  EXPECT_EQ(AlternationBound({1, 2, 3}, 2), 0);
}

TEST(MonotoneBound, IsHalfOfTheSmallerOfTheLargestFallAndRise) {
  EXPECT_EQ(MonotoneBound({0, 3, 1, 5}), 1);  // falls by 2, rises by 5
  EXPECT_EQ(MonotoneBound({5, 1, 3, 0}), 1);  // rises by 2
  EXPECT_EQ(MonotoneBound({0, 1, 2}), 0);
  EXPECT_EQ(MonotoneBound({1, -1, 1}), 1);
}

TEST(ApproximateByOneNeuron, FindsATargetOfTheClass) {
  for (const OneNeuron& y : {OneNeuron{.v = 0.7, .w = 2.3, .b = -0.8, .c = 0.1},
                             OneNeuron{.v = -1.2, .w = 9, .b = 4, .c = 0.5},
                             OneNeuron{.v = 0.4, .w = 0.3, .b = 1.7, .c = -1}}) {
    EXPECT_LT(ApproximateByOneNeuron(y).error, kSearchPrecision * std::abs(y.v)) << y.w;
  }
}

// Fact 3 with seven alternating errors: y = f + 0.01 T_6 has the best approximator f, of error 0.01.
TEST(ApproximateByOneNeuron, FindsTheOnlyBestApproximatorWhereItIsKnown) {
  const OneNeuron f{.v = 0.5, .w = 2, .b = 0.3, .c = -0.2};
  const Approximation found =
      ApproximateByOneNeuron([&](double x) { return f(x) + 0.01 * std::cos(6 * std::acos(std::clamp(x, -1.0, 1.0))); });
  // The search sees points 1/80 apart, and T_6'' is at most 36 / (1 - 3/4) at an extremum inside.
  EXPECT_NEAR(found.error, 0.01, 0.01 * 144 / 80 / 80 / 8);
  EXPECT_GE(found.error, 0.01 - 1e-9);
  EXPECT_NEAR(found.lower(), 0.01, 1e-4);
  EXPECT_LE(found.lower(), 0.01 + 1e-12);
  EXPECT_LT(Distance(found.best, f), 1e-3);
}

TEST(ApproximateByOneNeuron, FindsAConstantForWhatAlternatesThreeTimes) {
  const Approximation found = ApproximateByOneNeuron(ChebyshevTarget(2, 0.7));
  EXPECT_TRUE(found.constant_is_best);
  EXPECT_NEAR(found.error, 0.7, 1e-12);
  EXPECT_EQ(found.best.v, 0);
  // An extremum between two of the points, 1/2000 apart, where |T_7''| is at most 49 / sin^2(pi / 7).
  EXPECT_NEAR(ApproximateByOneNeuron(ChebyshevTarget(7, 0.7)).error, 0.7, 0.7 * 49 / 0.188 / 2 / 4000 / 4000);
  EXPECT_NEAR(found.lower(), 0.7, 1e-12);
  EXPECT_FALSE(ApproximateByOneNeuron(ChebyshevTarget(1, 0.7)).constant_is_best);
}

// Heights 0, -2, 2, -1, 0: a step between -1/2 and 0 leaves half of the fall from 2 to -1, which every rising function
// does, and nothing else does better.
TEST(ApproximateByOneNeuron, FindsTheStepThatNoNeuronReaches) {
  const Approximation found = ApproximateByOneNeuron(SumOfBumps(Bumps::kOverlapping, {0, -2, 2, -1, 0}));
  EXPECT_DOUBLE_EQ(found.monotone, 1.5);
  EXPECT_DOUBLE_EQ(found.step, 1.5);
  EXPECT_EQ(found.constant, 2);
  EXPECT_GE(found.error, 1.5 - 1e-9);
  EXPECT_LT(found.error, 1.51);
  // Steps of error 3/2 need y >= -1 on their right: from where y rises to -1, x = -3/8, to where it is 1, x = -1/8.
  EXPECT_NEAR(found.first_step, -0.375, 1e-3);
  EXPECT_NEAR(found.last_step, -0.125, 1e-3);
}

// Against the best of a fine grid of all four parameters, for a target on which the search has to choose.
TEST(ApproximateByOneNeuron, IsNoWorseThanAGridOfParameters) {
  for (std::uint64_t number = 0; number < 6; ++number) {
    const Target y = SumOfBumps(Bumps::kOverlapping, RandomHeights(3, number));
    const Approximation found = ApproximateByOneNeuron(y);
    EXPECT_GE(found.error, found.lower() - 1e-9);
    double best = 1e300;
    for (double w = 0.1; w < 40; w *= 1.5) {
      for (double b = -1.5 * w; b <= 1.5 * w; b += w / 8) {
        for (double v = -2; v <= 2; v += 0.1) {
          double low = 1e300, high = -1e300;
          for (double x = -1; x <= 1.0001; x += 0.025) {
            const double rest = y(x) - OneNeuron{.v = v, .w = w, .b = b, .c = 0}(x);
            low = std::min(low, rest);
            high = std::max(high, rest);
          }
          best = std::min(best, (high - low) / 2);
        }
      }
    }
    // The grid of points misses at most what y, of slope 4 at most, does on half a step of it.
    EXPECT_LE(found.error, best + 1e-3) << number;
  }
}

TEST(SumOfBumps, HasItsHeightsAndWhatIsBetween) {
  const Heights heights = {1, -2, 3, -4, 5};
  const Target overlapping = SumOfBumps(Bumps::kOverlapping, heights), disjoint = SumOfBumps(Bumps::kDisjoint, heights);
  for (std::size_t i = 0; i < 5; ++i) {
    const double x = -1 + 0.5 * static_cast<double>(i);
    EXPECT_DOUBLE_EQ(overlapping(x), heights[i]);
    EXPECT_DOUBLE_EQ(disjoint(x), heights[i]);
  }
  EXPECT_DOUBLE_EQ(overlapping(-0.75), -0.5);
  EXPECT_DOUBLE_EQ(disjoint(-0.75), 0);
  EXPECT_DOUBLE_EQ(disjoint(-0.875), 0.5);
}

TEST(RandomHeights, AreOnTheSphereAndUniform) {
  Heights mean = {}, square = {}, fourth = {};
  constexpr int kCount = 4000;
  for (std::uint64_t i = 0; i < kCount; ++i) {
    const Heights heights = RandomHeights(1, i);
    double norm = 0;
    for (std::size_t k = 0; k < 5; ++k) {
      norm += heights[k] * heights[k];
      mean[k] += heights[k] / kCount;
      square[k] += heights[k] * heights[k] / kCount;
      fourth[k] += std::pow(heights[k], 4) / kCount;
    }
    ASSERT_NEAR(norm, 1, 1e-12);
  }
  // Six standard errors: variances 1/5, 3/35 - 1/25 of the square, and 105/3465 - 9/1225 of the fourth power.
  for (std::size_t k = 0; k < 5; ++k) {
    EXPECT_NEAR(mean[k], 0, 6 * std::sqrt(0.2 / kCount));
    EXPECT_NEAR(square[k], 0.2, 6 * std::sqrt(0.0458 / kCount));
    EXPECT_NEAR(fourth[k], 3.0 / 35, 6 * std::sqrt(0.023 / kCount));
  }
}

TEST(TargetPaths, LeadFromATargetToItsNegative) {
  for (const TargetPath& path : TargetPaths()) {
    const Target start = path.at(0), end = path.at(std::numbers::pi);
    for (const double x : {-1.0, -0.4, 0.1, 0.8}) EXPECT_NEAR(end(x), -start(x), 1e-12) << path.name;
  }
}

TEST(TargetPaths, PassThroughTheHeightsThatTheyAreNamedFor) {
  const auto expect = [](const Target& y, const Heights& heights, double norm) {
    for (std::size_t i = 0; i < kBumps; ++i) {
      EXPECT_NEAR(y(-1 + 0.5 * static_cast<double>(i)), heights[i] / norm, 1e-12) << i;
    }
  };
  const TargetPath &vanishing = TargetPaths()[1], &nonexistent = TargetPaths()[2];
  ASSERT_EQ(vanishing.name, "vanishing");
  expect(vanishing.at(0), {-1, -0.8, 0, 0.8, 1}, std::sqrt(3.28));
  expect(vanishing.at(std::numbers::pi / 2), {1, -1, 1, -1, 1}, std::sqrt(5.0));
  ASSERT_EQ(nonexistent.name, "nonexistent");
  expect(nonexistent.at(0), {0, -2, 2, -1, 0}, 3);
  // (1, 1, 1, -1, 2) without its part along (0, -2, 2, -1, 0), which is 1/9 of it.
  expect(nonexistent.at(std::numbers::pi / 2), {9, 11, 7, -8, 18}, std::sqrt(639.0));
}

}  // namespace
}  // namespace hyperwidth
