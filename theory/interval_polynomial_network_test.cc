// SPDX-License-Identifier: Apache-2.0

#include "theory/interval_polynomial_network.h"

#include <algorithm>
#include <cmath>
#include <random>
#include <stdexcept>

#include "gtest/gtest.h"

namespace hyperwidth {
namespace {

TEST(IntervalPolynomialNetwork, CountAgreesWithTheNetworkThatIsBuilt) {
  for (const int r : {3, 4, 5, 8}) {
    for (const int cells : {1, 2, 5, 12}) {
      std::vector<int> teeth(r - 1);
      for (int i = 0; i < r - 1; ++i) teeth[i] = 1 + (3 * i + cells) % 5;
      const IntervalPolynomialPlan plan{.smoothness = r, .cells = static_cast<double>(cells), .teeth = teeth};
      const IntervalPolynomialNetwork network(plan, [](double) { return 0; });
      EXPECT_EQ(SizeOf(plan).total.value, network.NumParameters()) << r << " " << cells;
      EXPECT_EQ(SizeOf(plan).depth, network.Depth()) << r << " " << cells;
      EXPECT_NEAR(LogSize(plan), std::log(static_cast<double>(network.NumParameters())), 0.1);
    }
  }
}

// Dense points, and in each cell some inside the ramp at its left end.
double SupError(const ReluNetwork& network, double cells, const std::function<double(double)>& target) {
  double error = 0;
  const auto look = [&](double x) {
    if (x <= 1) error = std::max(error, std::abs(network.Evaluate({x}) - target(x)));
  };
  const int per_cell = std::max(20, static_cast<int>(3000 / cells));
  for (int i = 0; i <= per_cell * cells; ++i) look(-1 + 2.0 * i / (per_cell * cells));
  for (int cell = 0; cell < cells; ++cell) {
    for (double inside = 1e-9; inside < 0.1; inside *= 3) look(-1 + 2 * (cell + inside) / cells);
  }
  return error;
}

// Sums of products of weights and values: largest where the jumps are divided by the ramps' width.
constexpr double kRounding = 1e-9;

TEST(IntervalPolynomialNetwork, ErrorStaysBelowTheProvedBound) {
  for (const int r : {3, 4, 6}) {
    for (const double epsilon : {1e-2, 1e-4, 1e-6}) {
      const IntervalPolynomialPlan plan = PlanIntervalPolynomial(r, epsilon, IntervalPolynomialCells(r, epsilon, 0.1));
      EXPECT_LE(ErrorBound(plan), epsilon);
      for (const double frequency : {0.7, 3.0, 2 * plan.cells}) {
        double norm = 0;
        for (int j = 0; j <= r; ++j) norm += std::pow(frequency, j);
        for (const double phase : {0.0, 1.0}) {
          const auto sine = [&](double x) { return std::sin(frequency * x + phase) / norm; };
          EXPECT_LE(SupError(IntervalPolynomialNetwork(plan, sine), plan.cells, sine), ErrorBound(plan) + kRounding)
              << r << " " << epsilon << " " << frequency;
        }
      }
    }
  }
}

// x^r / (norm): its r-th derivative is constant, so that interpolation alone comes close to its bound in every cell.
TEST(IntervalPolynomialNetwork, BoundIsNearlySharpForManyTeeth) {
  for (const int r : {3, 4}) {
    double norm = 0;
    for (int j = 0; j <= r; ++j) norm += std::tgamma(r + 1.0) / std::tgamma(r - j + 1.0);
    const auto power = [&](double x) { return std::pow(x, r) / norm; };
    const IntervalPolynomialPlan plan{.smoothness = r, .cells = 6, .teeth = std::vector<int>(r - 1, 16)};
    const double share = std::tgamma(r + 1.0) / norm;  // of the norm, that is the r-th derivative
    const double error = SupError(IntervalPolynomialNetwork(plan, power), plan.cells, power);
    EXPECT_LE(error, ErrorBound(plan));
    EXPECT_GT(error, 0.9 * share * ErrorBound(plan));
  }
}

TEST(IntervalPolynomialNetwork, ReproducesPolynomialsOfDegreeBelowSmoothness) {
  const auto polynomial = [](double x) { return 0.1 - 0.05 * x + 0.02 * x * x - 0.01 * x * x * x; };
  const IntervalPolynomialPlan plan{.smoothness = 4, .cells = 5, .teeth = {22, 22, 22}};
  EXPECT_LT(SupError(IntervalPolynomialNetwork(plan, polynomial), 5, polynomial), 2e-5);  // the ramps are left
  const IntervalPolynomialPlan single{.smoothness = 4, .cells = 1, .teeth = {22, 22, 22}};
  EXPECT_LT(SupError(IntervalPolynomialNetwork(single, polynomial), 1, polynomial), 1e-12);
}

TEST(PlanIntervalPolynomial, ReachesEpsilonAtEveryShare) {
  std::mt19937_64 random(7);
  std::uniform_real_distribution<double> uniform(0, 1);
  for (int sample = 0; sample < 300; ++sample) {
    const double epsilon = std::pow(10.0, -14 * uniform(random) - 0.01);
    const int r = 3 + static_cast<int>(28 * uniform(random));
    const double share = std::pow(0.5, 1 + 12 * uniform(random));
    const IntervalPolynomialPlan plan = PlanIntervalPolynomial(r, epsilon, IntervalPolynomialCells(r, epsilon, share));
    EXPECT_LE(ErrorBound(plan), epsilon) << r << " " << epsilon;
  }
}

TEST(IntervalPolynomialNetwork, RefusesPlansThatAreIncomplete) {
  const auto zero = [](double) { return 0; };
  EXPECT_THROW(IntervalPolynomialNetwork({.smoothness = 2, .cells = 1, .teeth = {1}}, zero), std::domain_error);
  EXPECT_THROW(IntervalPolynomialNetwork({.smoothness = 3, .cells = 1, .teeth = {1}}, zero), std::domain_error);
  EXPECT_THROW(IntervalPolynomialNetwork({.smoothness = 3, .cells = 1.5, .teeth = {1, 1}}, zero), std::domain_error);
  EXPECT_THROW(IntervalPolynomialCells(3, 1.0, 0.5), std::domain_error);
  EXPECT_THROW(PlanIntervalPolynomial(3, 1e-6, 5), std::domain_error);
}

}  // namespace
}  // namespace hyperwidth
