// SPDX-License-Identifier: Apache-2.0
#include "theory/sampled/divided_differences.h"

#include <gtest/gtest.h>

#include <cmath>
#include <limits>
#include <stdexcept>

namespace hyperwidth {
namespace {

template <typename Function>
std::vector<double> Values(const std::vector<double>& x, const Function& function) {
  std::vector<double> y;
  for (const double at : x) y.push_back(function(at));
  return y;
}

std::vector<double> Uneven(int count) {
  std::vector<double> x;
  for (int i = 0; i < count; ++i) x.push_back(std::cos(M_PI * (1 - static_cast<double>(i) / (count - 1))));
  return x;
}

TEST(LeastDerivatives, OfAPolynomialOfThatDegreeAreItsConstant) {
  const std::vector<double> x = {-1, -0.5, 0.1, 0.7, 2};
  const std::vector<double> least = LeastDerivatives(x, Values(x, [](double t) { return 5 * t * t * t - t; }), 4);
  EXPECT_EQ(least[0], 38) << "the largest value";
  EXPECT_LE(least[3], 30);
  EXPECT_GE(least[3], 30 * (1 - 1e-12));
  EXPECT_EQ(least[4], 0) << "only rounding is left";
}

TEST(LeastDerivatives, NeverExceedTheTrueOnesAndComeNearThem) {
  // sin(3 t): sup |y^(k)| = 3^k, reached inside [-1, 1] by all orders.
  for (const int count : {7, 20, 200}) {
    const std::vector<double> x = Uneven(count);
    const std::vector<double> least = LeastDerivatives(x, Values(x, [](double t) { return std::sin(3 * t); }), 5);
    for (int k = 0; k <= 5; ++k) {
      EXPECT_LE(least[static_cast<std::size_t>(k)], std::pow(3, k)) << count << ", order " << k;
      if (count == 20) {
        EXPECT_GE(least[static_cast<std::size_t>(k)], 0.9 * std::pow(3, k)) << "order " << k;
      }
    }
  }
}

TEST(LeastDerivatives, OfADenseStepOfNoiseSayNothing) {
  // Samples of zero that are off by 0.1 up and down look like steep slopes, but nothing need be steep.
  std::vector<double> x, y;
  for (int i = 0; i < 50; ++i) {
    x.push_back(0.01 * i);
    y.push_back(i % 2 == 0 ? 0.1 : -0.1);
  }
  EXPECT_NEAR(LeastDerivatives(x, y, 1)[1], 20, 1e-9);
  for (const double least : LeastDerivatives(x, y, 3, 0.1)) EXPECT_EQ(least, 0);
  EXPECT_NEAR(LeastDerivatives(x, y, 1, 0.04)[1], 12, 1e-9) << "(0.2 - 0.08) / 0.01";
}

TEST(LeastDerivatives, NeedOneSampleMoreThanTheirOrder) {
  EXPECT_EQ(LeastDerivatives({}, {}, 1), (std::vector<double>{0, 0}));
  EXPECT_EQ(LeastDerivatives(std::vector{1.0, 2.0}, std::vector{0.0, 1.0}, 2)[2], 0);
  EXPECT_NEAR(LeastDerivatives(std::vector{1.0, 2.0, 3.0}, std::vector{0.0, 1.0, 0.0}, 2)[2], 2, 1e-12);
}

TEST(LeastDerivatives, RefuseWhatIsNoFunction) {
  const std::vector<double> two = {1, 2};
  EXPECT_THROW(LeastDerivatives(two, std::vector{1.0}, 1), std::domain_error);
  EXPECT_THROW(LeastDerivatives(std::vector{2.0, 1.0}, two, 1), std::domain_error);
  EXPECT_THROW(LeastDerivatives(two, std::vector{1.0, std::numeric_limits<double>::infinity()}, 1), std::domain_error);
  EXPECT_THROW(LeastDerivatives(two, two, -1), std::domain_error);
  EXPECT_EQ(LeastDerivatives(two, two, 1000).size(), 1001u);
  EXPECT_THROW(LeastDerivatives(two, two, 1001), std::domain_error);
  try {
    LeastDerivatives(std::vector{1.0, 0.5}, std::vector{3.0, 4.0}, 1);
    FAIL();
  } catch (const std::domain_error& error) {
    EXPECT_STREQ(error.what(), "sample 1: found x = 0.5, y = 4; accepted: finite numbers, x increasing");
  }
  EXPECT_THROW(LeastDerivatives(two, two, 1, -0.1), std::domain_error);
}

}  // namespace
}  // namespace hyperwidth
