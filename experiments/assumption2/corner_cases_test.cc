// SPDX-License-Identifier: Apache-2.0
#include "experiments/assumption2/corner_cases.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <string>
#include <vector>

#include "experiments/result/format.h"

namespace hyperwidth {
namespace {

const PointTarget kTarget = {.x = {-1, -0.5, 0.2, 0.9}, .y = {0.3, -0.7, 0.4, 1.1}};

UnitNetwork Two(Function function) {
  return {.function = function, .units = {{.v = 0.5, .w = 1.2, .b = 0.3}, {.v = -0.4, .w = 0.7, .b = -0.1}}, .c = 0.2};
}

double MeanSquare(const UnitNetwork& network) {
  double sum = 0;
  for (std::size_t i = 0; i < 4; ++i) sum += std::pow(network(kTarget.x[i]) - kTarget.y[i], 2) / 4;
  return sum;
}

TEST(UnitNetwork, IsASumOfUnits) {
  const double expected = 0.2 + 0.5 * std::tanh(1.2 * 0.4 + 0.3) - 0.4 * std::tanh(0.7 * 0.4 - 0.1);
  EXPECT_NEAR(Two(Function::kTanh)(0.4), expected, 1e-15);
}

// One step moves every parameter by the rate times the derivative of the mean square, by central differences.
TEST(Descend, FollowsTheGradient) {
  const UnitNetwork start = Two(Function::kTanh), moved = Descend(start, kTarget, 0.1, 1);
  constexpr double kStep = 1e-5;
  const auto slope = [&](double UnitNetwork::*outer, std::size_t unit, double Unit::*inner) {
    UnitNetwork up = start, down = start;
    (inner ? up.units[unit].*inner : up.*outer) += kStep;
    (inner ? down.units[unit].*inner : down.*outer) -= kStep;
    return (MeanSquare(up) - MeanSquare(down)) / (2 * kStep);
  };
  EXPECT_NEAR(moved.c - start.c, -0.1 * slope(&UnitNetwork::c, 0, nullptr), 1e-9);
  for (std::size_t unit = 0; unit < 2; ++unit) {
    for (double Unit::*const inner : {&Unit::v, &Unit::w, &Unit::b}) {
      EXPECT_NEAR(
          moved.units[unit].*inner - start.units[unit].*inner, -0.1 * slope(&UnitNetwork::c, unit, inner), 1e-9);
    }
  }
}

TEST(Descend, LeavesADeadUnitAsItIsAndTrainsALivingOne) {
  UnitNetwork dead = Two(Function::kRelu), living = dead;
  dead.units.push_back({.v = 0.7, .w = 0.5, .b = -2});
  living.units.push_back({.v = 0.7, .w = 0.5, .b = -0.2});
  const UnitNetwork trained = Descend(dead, kTarget, 0.1, 100),
                    without = Descend(Two(Function::kRelu), kTarget, 0.1, 100);
  EXPECT_EQ(trained.units.back(), dead.units.back());
  EXPECT_EQ(trained.units.front(), without.units.front());
  EXPECT_NE(Descend(living, kTarget, 0.1, 100).units.front(), without.units.front());
}

TEST(Descend, KeepsUnitsAlikeThatStartAlikeOnly) {
  UnitNetwork alike = Two(Function::kTanh), almost = alike;
  alike.units.push_back(alike.units.front());
  almost.units.push_back(almost.units.front());
  almost.units.back().b += 1e-3;
  const UnitNetwork trained = Descend(alike, kTarget, 0.1, 500), other = Descend(almost, kTarget, 0.1, 500);
  EXPECT_EQ(trained.units.front(), trained.units.back());
  EXPECT_NE(trained.units.front(), alike.units.front());
  EXPECT_NE(other.units.front(), other.units.back());
}

TEST(Interpolant, MeetsEachPointWithOneUnitFewer) {
  const UnitNetwork network = Interpolant(kTarget);
  EXPECT_EQ(network.units.size(), 3u);
  EXPECT_LT(LargestError(network, kTarget), 1e-14);
  EXPECT_NEAR(network(-0.75), (0.3 - 0.7) / 2, 1e-14);
  UnitNetwork fewer = network;
  fewer.units.pop_back();
  EXPECT_GT(LargestError(fewer, kTarget), 0.1);
}

TEST(CornerCases, AreAllConsistent) {
  const std::vector<Check> checks = CornerCases();
  ASSERT_EQ(checks.size(), 4u);
  for (const Check& check : checks) EXPECT_EQ(check.verdict, Verdict::kConsistent) << check.id << " " << check.measured;
}

// Without data, or with a target that is met from the start, units would stay as they are for another reason.
TEST(CornerCases, SayHowMuchWasLearnt) {
  PointTarget target;
  for (int i = -20; i <= 20; ++i) {
    const double x = i / 20.0;
    target.x.push_back(x);
    target.y.push_back(std::abs(x) - std::pow(x, 3) / 2);
  }
  UnitNetwork start{
      .function = Function::kRelu,
      .units = {{.v = 0.5, .w = 1.1, .b = 0.2}, {.v = -0.4, .w = -0.8, .b = 0.1}, {.v = 0.3, .w = 1.7, .b = -0.6}},
      .c = 0.05};
  const auto expect = [&](const UnitNetwork& network, const Check& check) {
    const double before = LargestError(network, target),
                 after = LargestError(Descend(network, target, 0.05, 2000), target);
    EXPECT_LT(after, before / 2) << check.id;
    EXPECT_THAT(check.why,
                ::testing::HasSubstr("2000 steps, which take the largest error from " + FormatNumber(before) + " to " +
                                     FormatNumber(after)));
  };
  const std::vector<Check> checks = CornerCases();
  expect(start, checks[0]);
  start.function = Function::kTanh;
  start.units.push_back(start.units.front());
  expect(start, checks[1]);
}

}  // namespace
}  // namespace hyperwidth
