// SPDX-License-Identifier: Apache-2.0

#include "theory/problem.h"

#include <cmath>
#include <limits>
#include <stdexcept>
#include <string>

#include "gmock/gmock.h"
#include "gtest/gtest.h"

namespace hyperwidth {
namespace {

using ::testing::AllOf;
using ::testing::HasSubstr;

std::string MessageFor(const Problem& problem) {
  try {
    Validate(problem);
  } catch (const std::domain_error& error) {
    return error.what();
  }
  return "accepted";
}

TEST(Problem, DefaultIsValid) { EXPECT_EQ(MessageFor({}), "accepted"); }

TEST(Problem, EmbeddingHasAsManyDimensionsAsTheConditionUnlessToldOtherwise) {
  Problem problem{.condition_dim = 7};
  EXPECT_EQ(problem.EmbeddingDim(), 7);
  problem.embedding_dim = 3;
  EXPECT_EQ(problem.EmbeddingDim(), 3);
}

TEST(Problem, ExtremesOfEveryRangeAreValid) {
  EXPECT_EQ(MessageFor({.smoothness = kMaxSmoothness,
                        .primary_dim = kMaxDimension,
                        .condition_dim = kMaxDimension,
                        .epsilon = kMaxEpsilon,
                        .depth = kMaxDepth,
                        .generator_depth = kMaxDepth,
                        .embedding_dim = kMaxCount,
                        .rank = kMaxCount}),
            "accepted");
  EXPECT_EQ(MessageFor({.epsilon = kMinEpsilon}), "accepted");
}

TEST(Problem, EveryIntegerOutsideItsRangeIsNamedWithValueAndRange) {
  EXPECT_THAT(MessageFor({.smoothness = 0}), AllOf(HasSubstr("smoothness = 0"), HasSubstr("from 1 to 30")));
  EXPECT_THAT(MessageFor({.smoothness = kMaxSmoothness + 1}), HasSubstr("smoothness = 31"));
  EXPECT_THAT(MessageFor({.primary_dim = 0}), AllOf(HasSubstr("primary_dim = 0"), HasSubstr("from 1 to")));
  EXPECT_THAT(MessageFor({.primary_dim = kMaxDimension + 1}), HasSubstr("primary_dim = 10001"));
  EXPECT_THAT(MessageFor({.condition_dim = -3}), HasSubstr("condition_dim = -3"));
  EXPECT_THAT(MessageFor({.depth = 1}), AllOf(HasSubstr("depth = 1"), HasSubstr("from 2 to")));
  EXPECT_THAT(MessageFor({.generator_depth = 1}), HasSubstr("generator_depth = 1"));
  EXPECT_THAT(MessageFor({.embedding_dim = 0}), HasSubstr("embedding_dim = 0"));
  EXPECT_THAT(MessageFor({.rank = 0}), HasSubstr("rank = 0"));
  EXPECT_THAT(MessageFor({.width = 0}), HasSubstr("width = 0"));
  EXPECT_THAT(MessageFor({.weight_bound = 0}), HasSubstr("weight_bound = 0"));
  EXPECT_THAT(MessageFor({.weight_bound = 1e7}), HasSubstr("0 < weight_bound <= 1e+06"));
}

TEST(Problem, DepthGrowthMustLieBetweenZeroAndOne) {
  EXPECT_EQ(MessageFor({.depth_growth = 0}), "accepted");
  for (const double growth : {-0.1, 1.1, std::numeric_limits<double>::quiet_NaN()}) {
    EXPECT_THAT(MessageFor({.depth_growth = growth}), HasSubstr("0 <= depth_growth <= 1")) << growth;
  }
}

// At 1e-308 a default value was once printed as a proved count, at 1e-310 nothing but "-nan" came out, and just below 1
// the search found no grid at all.
TEST(Problem, EpsilonMustKeepItsDistanceFromZeroAndOne) {
  for (const double epsilon : {0.0,
                               -0.5,
                               1.0,
                               2.0,
                               1e-308,
                               1e-310,
                               0.999999999999995,
                               1 - 1e-14,
                               std::nextafter(kMinEpsilon, 0.0),
                               std::nextafter(kMaxEpsilon, 1.0),
                               std::numeric_limits<double>::quiet_NaN(),
                               std::numeric_limits<double>::infinity()}) {
    EXPECT_THAT(MessageFor({.epsilon = epsilon}), HasSubstr("1e-300 <= epsilon <= 0.999999999")) << epsilon;
  }
}

TEST(Problem, RadiusIsPositiveAndBoundsEpsilon) {
  EXPECT_EQ(MessageFor({.epsilon = 1.5, .radius = 2}), "accepted");
  EXPECT_EQ(MessageFor({.epsilon = kMinEpsilon * kMinRadius * 1.01, .radius = kMinRadius}), "accepted");
  EXPECT_EQ(MessageFor({.epsilon = kMaxRadius * 0.99, .radius = kMaxRadius}), "accepted");
  for (const double radius : {0.0, -1.0, 1e-7, 1e31, std::numeric_limits<double>::quiet_NaN()}) {
    EXPECT_THAT(MessageFor({.radius = radius}), HasSubstr("1e-06 <= radius <= 1e+30")) << radius;
  }
  for (const double epsilon : {2.0, 3.0, 0.0, -1.0, 1e-300, std::numeric_limits<double>::quiet_NaN()}) {
    EXPECT_THAT(MessageFor({.epsilon = epsilon, .radius = 2}),
                AllOf(HasSubstr("with radius = 2"), HasSubstr("1e-300 <= epsilon / radius <= 0.999999999")))
        << epsilon;
  }
  EXPECT_THAT(MessageFor({.epsilon = 3, .radius = 2}), AllOf(HasSubstr("epsilon = 3 "), HasSubstr("here 1.5,")));
}

TEST(Problem, QuotientOfEpsilonAndRadiusIsThatOfTheDecimals) {
  const Problem problem{.epsilon = 0.0007, .radius = 0.7};
  EXPECT_EQ(problem.UnitEpsilon(), 0.001);
  EXPECT_GE(problem.UnitEpsilonAbove(), 0.001);
  EXPECT_LT(problem.UnitEpsilonAbove(), 0.001 * (1 + 2e-15));
}

}  // namespace
}  // namespace hyperwidth
