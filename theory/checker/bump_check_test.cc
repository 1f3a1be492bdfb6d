// SPDX-License-Identifier: Apache-2.0

#include "theory/checker/bump_check.h"

#include <cmath>
#include <numbers>
#include <stdexcept>
#include <string>
#include <vector>

#include "gtest/gtest.h"
#include "theory/bump.h"

namespace hyperwidth::checker {
namespace {

constexpr double kRounding = 3e-12;  // what both sides may round, relative

// From the formulas of bump.h, which integrate from one end and sum waves; these here add truncated powers and
// products. With 16000 samples h apart, what is added for what may lie between them is h^2 / 8 times the second
// derivative.
TEST(SupNorms, OfSplinesAreNotBelowTheSeminormsAndHardlyAbove) {
  for (int order = 1; order <= 5; ++order) {
    const PerfectSpline spline(order);
    const std::vector<long double> sup = SupNorms("perfect-spline", order, order);
    ASSERT_EQ(sup.size(), static_cast<std::size_t>(order) + 1);
    for (int j = 0; j <= order; ++j) {
      const double seminorm = spline.Seminorm(j);
      const double between = j + 2 <= order ? spline.Seminorm(j + 2) / 8 / 16000 / 16000 : 0;
      EXPECT_GE(sup[j], seminorm * (1 - kRounding)) << order << " " << j;
      EXPECT_LE(sup[j], seminorm * (1 + kRounding) + between) << order << " " << j;
    }
  }
}

TEST(SupNorms, OfCosinesAreNotBelowTheSeminormsAndHardlyAbove) {
  for (int order = 1; order <= 5; ++order) {
    const CosinePower cosine(order);
    const std::vector<long double> sup = SupNorms("cosine-power", order, order);
    ASSERT_EQ(sup.size(), static_cast<std::size_t>(order) + 1);
    for (int j = 0; j <= order; ++j) {
      const double seminorm = cosine.Seminorm(j);
      EXPECT_GE(sup[j], seminorm * (1 - kRounding)) << order << " " << j;
      // The second derivative is bounded by a sum without its cancellation: at order 8 this is 5e-6.
      EXPECT_LE(sup[j], seminorm * (1 + 1e-6)) << order << " " << j;
    }
  }
}

// The derivatives of one cosine are cosines of height (pi / 2)^j, with a second derivative (pi / 2)^2 times as high.
TEST(SupNorms, OfTheCosineAreItsHeightAndWhatMayLieBetweenSamples) {
  const std::vector<long double> sup = SupNorms("cosine-power", 1, 1);
  const long double half_pi = std::numbers::pi_v<long double> / 2;
  const long double between = half_pi * half_pi / 8 / 16000 / 16000;
  EXPECT_NEAR(static_cast<double>((sup[0] - 1) / between), 1, 2e-3);
  EXPECT_NEAR(static_cast<double>((sup[1] / half_pi - 1) / between), 1, 2e-3);
}

// cos^2(pi t / 2) = (1 + cos pi t) / 2 and cos^3 = (3 cos + cos 3) / 4, whose second derivatives reach pi^2 / 2 and 3
// (pi / 2)^2 at t = 0; |(cos^3)'| is largest where sin^2 = 1/3.
TEST(SupNorms, OfPowersOfTheCosineAgreeWithTheirWaves) {
  const double half_pi = std::numbers::pi / 2;
  const std::vector<long double> square = SupNorms("cosine-power", 2, 2);
  EXPECT_NEAR(static_cast<double>(square[1]), half_pi, 1e-7);
  EXPECT_NEAR(static_cast<double>(square[2]), 2 * half_pi * half_pi, 1e-7);
  const std::vector<long double> cube = SupNorms("cosine-power", 3, 2);
  EXPECT_NEAR(static_cast<double>(cube[1]), half_pi * 2 / std::sqrt(3.0), 1e-7);
  EXPECT_NEAR(static_cast<double>(cube[2]), 3 * half_pi * half_pi, 3e-7);
}

// Known in closed form, and raised by a little for rounding: never equal, never below.
TEST(SupNorms, OfTheFirstSplinesAreRaisedByARoundingOnly) {
  const std::vector<long double> hat = SupNorms("perfect-spline", 1, 1);
  const std::vector<long double> quadratic = SupNorms("perfect-spline", 2, 2);
  for (const auto& [sup, exact] : {std::pair(hat[0], 1.0L),
                                   std::pair(hat[1], 1.0L),
                                   std::pair(quadratic[1], 2.0L),
                                   std::pair(quadratic[2], 4.0L)}) {
    EXPECT_GE(sup, exact * (1 + 0.9e-12L));
    EXPECT_LE(sup, exact * (1 + 1.1e-12L));
  }
}

TEST(SupNorms, AreThoseUpToTheSmoothness) {
  const std::vector<long double> all = SupNorms("perfect-spline", 4, 4);
  for (int smoothness = 1; smoothness <= 4; ++smoothness) {
    const std::vector<long double> some = SupNorms("perfect-spline", 4, smoothness);
    EXPECT_EQ(some, std::vector<long double>(all.begin(), all.begin() + smoothness + 1));
  }
  EXPECT_EQ(SupNorms("cosine-power", 4, 2).size(), 3u);
}

// Bumps that were asked for before are remembered, each for itself.
TEST(SupNorms, AreThoseOfTheBumpThatIsNamed) {
  for (int repetition = 0; repetition < 2; ++repetition) {
    EXPECT_NEAR(static_cast<double>(SupNorms("perfect-spline", 3, 2)[2]), 8.48528137, 1e-6);
    EXPECT_NEAR(static_cast<double>(SupNorms("cosine-power", 3, 2)[2]), 7.40220330, 1e-6);
    EXPECT_NEAR(static_cast<double>(SupNorms("perfect-spline", 2, 2)[2]), 4, 1e-6);
    EXPECT_NEAR(static_cast<double>(SupNorms("cosine-power", 2, 2)[2]), 4.93480220, 1e-6);
  }
}

std::string Refusal(const std::string& family, int order, int smoothness) {
  try {
    SupNorms(family, order, smoothness);
  } catch (const std::runtime_error& error) {
    return error.what();
  }
  return "";
}

TEST(SupNorms, RefuseBumpsThatAreNotSmoothEnough) {
  EXPECT_EQ(Refusal("perfect-spline", 2, 3), "a perfect-spline of order 2 is not smooth enough");
  EXPECT_EQ(Refusal("cosine-power", 0, 1), "a cosine-power of order 0 is not smooth enough");
}

TEST(SupNorms, RefuseOrdersOutOfRangeAndOtherBumps) {
  EXPECT_EQ(Refusal("cosine-power", 65, 1), "the bump's order 65 is not 1..64");
  EXPECT_EQ(Refusal("cosine-power", 64, 1), "");
  EXPECT_EQ(Refusal("perfect-spline", 0, 0), "the bump's order 0 is not 1..64");
  EXPECT_EQ(Refusal("hat", 3, 2), "unknown bump 'hat'");
}

}  // namespace
}  // namespace hyperwidth::checker
