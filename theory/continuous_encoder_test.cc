// SPDX-License-Identifier: Apache-2.0

#include "theory/continuous_encoder.h"

#include <cmath>
#include <stdexcept>

#include "gtest/gtest.h"

namespace hyperwidth {
namespace {

TEST(ContinuousEncoderFloor, IsOneQuarterAtSmoothnessOneAndOneFifthAtAllOthers) {
  const EncoderFloor rough = ContinuousEncoderFloor(1, 1, 1);
  EXPECT_EQ(rough.inverse_error, 4);
  EXPECT_EQ(rough.Error(), 0.25);
  EXPECT_EQ(rough.Text(), "1/4");
  for (int r = 2; r <= kMaxSmoothness; ++r) {
    for (const int m1 : {1, 2, 10000}) {
      const EncoderFloor floor = ContinuousEncoderFloor(r, m1, 1);
      EXPECT_EQ(floor.inverse_error, 5) << r;
      EXPECT_EQ(floor.Text(), "1/5");
      EXPECT_EQ(floor.Description(), "(1 - t)/2 and (1 + t)/2 along 1 axis");
    }
  }
}

// By hand: pyramids with t steps have the norm 1 + t, and each of kappa + 1 adds one; a second affine axis gives
// 1 + 2 t + t^2 and 1 + t + t^2/4, cut off.
TEST(ContinuousEncoderFloor, IsTheOneComputedByHand) {
  EXPECT_EQ(ContinuousEncoderFloor(1, 1, 0).inverse_error, 1 + 1);
  EXPECT_EQ(ContinuousEncoderFloor(1, 1, 2).inverse_error, 1 + 2 + 3);
  EXPECT_EQ(ContinuousEncoderFloor(1, 1, 9).inverse_error, 1 + 9 + 10);
  EXPECT_EQ(ContinuousEncoderFloor(1, 2, 4).inverse_error, 1 + 2 + 5);  // five of 3 x 3 points
  EXPECT_EQ(ContinuousEncoderFloor(1, 2, 5).inverse_error, 1 + 3 + 6);
  EXPECT_EQ(ContinuousEncoderFloor(2, 1, 2).inverse_error, 1 + 2 * 2 + 4 * 4 + 3 * (1 + 2 * 2));
  EXPECT_EQ(ContinuousEncoderFloor(2, 2, 3).inverse_error, 1 + 2 + 1 + 4 * (1 + 1));
  EXPECT_EQ(ContinuousEncoderFloor(3, 2, 3).inverse_error, 1 + 2 + 1 + 4 * (1 + 1 + 0.25));
  EXPECT_EQ(ContinuousEncoderFloor(9, 2, 2).inverse_error, 1 + 2 + 1 + 3 * (1 + 1 + 0.25));
  // Two affine functions times bumps at three nodes, on two axes; the cosine's seminorms are 1, pi / 2, pi^2 / 2.
  constexpr double kPi = 3.14159265358979323846;
  EXPECT_NEAR(
      ContinuousEncoderFloor(2, 2, 5).inverse_error, 1 + (1 + kPi) + (kPi + 2 * kPi * kPi) + 6 * (1 + 0.5 + kPi), 1e-4);
  EXPECT_EQ(ContinuousEncoderFloor(2, 2, 5).affine_axes, 1);
}

TEST(ContinuousEncoderFloor, FallsWithScalarsAndSmoothnessAndRisesWithPrimaryDimensions) {
  for (const int r : {1, 2, 3, 7, 30}) {
    for (const int m1 : {1, 2, 3, 12}) {
      double before = 0;
      for (const std::int64_t kappa : {0, 1, 2, 3, 4, 7, 8, 50, 9999}) {
        const double inverse = ContinuousEncoderFloor(r, m1, kappa).inverse_error;
        EXPECT_GT(inverse, before) << r << " " << m1 << " " << kappa;
        EXPECT_GE(inverse, ContinuousEncoderFloor(r, m1 + 1, kappa).inverse_error) << r << " " << m1 << " " << kappa;
        if (r < kMaxSmoothness) {
          EXPECT_LE(inverse, ContinuousEncoderFloor(r + 1, m1, kappa).inverse_error) << r << " " << m1 << " " << kappa;
        }
        before = inverse;
      }
    }
  }
}

// On both sides of the value.
TEST(ContinuousEncoderFloor, ProvesEveryErrorBelowItAndNoOther) {
  for (const int r : {1, 2, 3, 12}) {
    for (const std::int64_t kappa : {1, 2, 5, 40}) {
      const EncoderFloor floor = ContinuousEncoderFloor(r, 1, kappa);
      EXPECT_TRUE(ProvesError(floor, floor.Error() * (1 - 1e-15))) << r << " " << kappa;
      EXPECT_FALSE(ProvesError(floor, std::nextafter(1 / floor.inverse_error, 1.0))) << r << " " << kappa;
      EXPECT_FALSE(ProvesError(floor, 1 / (floor.inverse_error * (1 - 1e-14)))) << r << " " << kappa;
      EXPECT_LE(static_cast<long double>(floor.Error()) * floor.inverse_error, 1) << r << " " << kappa;
    }
  }
  EXPECT_FALSE(ProvesError(ContinuousEncoderFloor(1, 1, 1), 0.25));
  EXPECT_TRUE(ProvesError(ContinuousEncoderFloor(1, 1, 1), std::nextafter(std::nextafter(0.25, 0.0), 0.0)));
}

TEST(EncoderFloor, TextIsRoundedDown) {
  EXPECT_EQ((EncoderFloor{.inverse_error = 3.0000001}).Text(), "0.3333");
  EXPECT_EQ((EncoderFloor{.inverse_error = 1.5}).Text(), "0.6666");
  EXPECT_EQ((EncoderFloor{.inverse_error = 1e7}).Text(), "9.999e-08");
  EXPECT_EQ((EncoderFloor{.inverse_error = 999999}).Text(), "1/999999");
  EXPECT_EQ((EncoderFloor{.inverse_error = 3}).Error(), 1.0 / 3);
}

TEST(ContinuousEncoderFloor, RefusesArgumentsOutsideItsDomain) {
  EXPECT_THROW(ContinuousEncoderFloor(0, 1, 1), std::domain_error);
  EXPECT_THROW(ContinuousEncoderFloor(31, 1, 1), std::domain_error);
  EXPECT_THROW(ContinuousEncoderFloor(1, 0, 1), std::domain_error);
  EXPECT_THROW(ContinuousEncoderFloor(1, 1, -1), std::domain_error);
  EXPECT_THROW(ContinuousEncoderFloor(1, 1, kMaxDimension), std::domain_error);
}

TEST(LeastContinuousScalars, AreAllOfThemUntilTheFloorOfOneLessIsReached) {
  Problem problem{.smoothness = 1, .primary_dim = 1, .condition_dim = 2, .epsilon = 1e-3};
  EXPECT_EQ(LeastContinuousScalars(problem).scalars, 2);
  EXPECT_EQ(LeastContinuousScalars(problem).floor.inverse_error, 4);
  EXPECT_FALSE(LeastContinuousScalars(problem).onset.has_value());
  problem.epsilon = 0.249;
  EXPECT_EQ(LeastContinuousScalars(problem).scalars, 2);
  problem.epsilon = 0.25;
  EXPECT_EQ(LeastContinuousScalars(problem).scalars, 1);
  EXPECT_EQ(LeastContinuousScalars(problem).onset, 0.249);
  problem.condition_dim = 1;
  EXPECT_EQ(LeastContinuousScalars(problem).scalars, 1);
  EXPECT_FALSE(LeastContinuousScalars(problem).onset.has_value());
}

// At r = 1 and m1 = 1 kappa scalars are excluded below 1 / (2 kappa + 2).
TEST(LeastContinuousScalars, AreTheLargestNumberThatIsExcludedAndOneMore) {
  for (const int m2 : {2, 3, 7, 100, 10000}) {
    for (const double epsilon : {0.3, 0.2, 0.1, 0.05, 0.0123, 1e-3, 1e-9}) {
      const LeastScalars least = LeastContinuousScalars({.condition_dim = m2, .epsilon = epsilon});
      std::int64_t excluded = 0;
      while (excluded + 1 < m2 && (2.0 * (excluded + 1) + 2) * epsilon < 1 - 1e-12) ++excluded;
      EXPECT_EQ(least.scalars, excluded + 1) << m2 << " " << epsilon;
      EXPECT_EQ(least.floor.scalars, excluded);
    }
  }
}

TEST(FloorOfEmbeddingDim, IsThatOfTheProblemsOwnNumberOfScalars) {
  Problem problem{.condition_dim = 3};
  EXPECT_FALSE(FloorOfEmbeddingDim(problem).has_value());
  problem.embedding_dim = 2;
  EXPECT_EQ(FloorOfEmbeddingDim(problem)->inverse_error, 6);
  problem.embedding_dim = 1;
  EXPECT_EQ(FloorOfEmbeddingDim(problem)->inverse_error, 4);
}

TEST(LeastContinuousScalars, RefuseInvalidProblems) {
  EXPECT_THROW(LeastContinuousScalars({.epsilon = 0}), std::domain_error);
}

}  // namespace
}  // namespace hyperwidth
