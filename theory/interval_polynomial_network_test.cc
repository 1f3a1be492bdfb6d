// SPDX-License-Identifier: Apache-2.0

#include "theory/interval_polynomial_network.h"

#include <algorithm>
#include <cmath>
#include <cstdint>
#include <numbers>
#include <stdexcept>
#include <string>

#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "theory/sawtooth_product.h"

namespace hyperwidth {
namespace {

using ::testing::HasSubstr;
using ::testing::ThrowsMessage;

// What all targets have in common, counted: two parameters at each kink, the wave, its being passed on from the first
// product to the square, and the square with 1 - w^2.
std::int64_t SharedParameters(const IntervalPolynomialPlan& plan) {
  const auto n = static_cast<std::int64_t>(plan.cells);
  std::int64_t shared = 2 * (n + n - 1) + n;
  for (std::size_t product = 2; product < plan.teeth.size(); ++product) {
    const int layers_of_product = 1 + plan.teeth[product];
    shared += layers_of_product + 1;
  }
  ReluNetwork square;
  square.AddLayer({UnitValue(0)});
  const AffineValue value = AppendSquare(UnitValue(0, 1), plan.teeth[0], {}, square);
  square.AddLayer({AffineSum({{-1, value}}, 1)});
  return shared + square.NumParameters() - 1;
}

TEST(IntervalPolynomialNetwork, CountAgreesWithTheNetworkThatIsBuilt) {
  for (int r = 3; r <= 9; ++r) {
    for (const int cells : {1, 2, 3, 5, 12}) {
      for (int pattern = 0; pattern < 6; ++pattern) {
        std::vector<int> teeth(r - 1);
        for (int i = 0; i < r - 1; ++i) teeth[i] = 1 + (3 * i * pattern + cells + pattern) % 5;
        const IntervalPolynomialPlan plan{.smoothness = r, .cells = static_cast<double>(cells), .teeth = teeth};
        const IntervalPolynomialNetwork network(plan, [](double) { return 0; });
        const NetworkSize size = SizeOf(plan);
        EXPECT_EQ(size.total.value, network.NumParameters()) << r << " " << cells;
        EXPECT_EQ(size.depth, network.Depth()) << r << " " << cells;
        EXPECT_EQ(size.per_output.value, network.NumParameters() - SharedParameters(plan)) << r << " " << cells;
        // L: a bias and one weight a cell. D_j: a bias, and two weights at each inner node.
        std::int64_t nodal = 1 + cells;
        for (int j = 1; j <= r - 2; ++j) nodal += 1 + 2 * (cells - 1);
        EXPECT_EQ(size.nodal.value, nodal) << r << " " << cells;
      }
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

// x^r / norm: its r-th derivative is constant, so that interpolation alone has its full error in every cell.
TEST(IntervalPolynomialNetwork, InterpolationErrorIsAttained) {
  for (int r = 3; r <= 7; ++r) {
    double norm = 0;
    for (int j = 0; j <= r; ++j) norm += std::tgamma(r + 1.0) / std::tgamma(r - j + 1.0);
    const auto power = [&](double x) { return std::pow(x, r) / norm; };
    const double c = std::cos(std::numbers::pi / (2 * r));
    for (const double cells : {1.0, 6.0}) {
      if (cells > 1 && r > 5) continue;  // narrow ramps would leave their rounding
      const IntervalPolynomialPlan plan{.smoothness = r, .cells = cells, .teeth = std::vector<int>(r - 1, 20)};
      const double error = SupError(IntervalPolynomialNetwork(plan, power), cells, power);
      const double expected = 1 / (norm * std::pow(cells * c, r) * std::exp2(r - 1));
      EXPECT_LT(error, expected * (1 + 1.0 / 256) + 1e-11) << r << " " << cells;
      EXPECT_GT(error, expected * (1 - 1e-4) - 1e-11) << r << " " << cells;
    }
  }
}

// Parabolas that bend up and down by turns: interpolation is exact, D_1 jumps from 1 to -1 and back. Half-way up a ramp
// of width delta the network misses (1 - w^2) / (2 n^2), 1 - w^2 = 2 delta.
TEST(IntervalPolynomialNetwork, RampsAreTheWidestPowersOfTwoThatKeepTheirShare) {
  for (const int r : {3, 4, 5}) {
    for (const int n : {2, 3, 6}) {
      const auto parabolas = [n](double x) {
        const double cells = n / 2.0 * (x + 1);
        const double t = cells - std::floor(cells);
        return (std::fmod(std::floor(cells), 2) == 0 ? 2 : -2) * t * (1 - t) / n / n;
      };
      const IntervalPolynomialPlan plan{
          .smoothness = r, .cells = static_cast<double>(n), .teeth = std::vector<int>(r - 1, 24)};
      const IntervalPolynomialNetwork network(plan, parabolas);
      double error = 0;
      for (double inside = 1e-12; inside < 0.1; inside *= 1.01) {
        const double x = -1 + 2 * (1 + inside) / n;
        error = std::max(error, std::abs(network.Evaluate({x}) - parabolas(x)));
      }
      const double c = std::cos(std::numbers::pi / (2 * r));
      const double share = 1 / (256 * std::pow(n * c, r) * std::tgamma(r + 1.0) * std::exp2(r - 1));
      EXPECT_LE(4 * error, share * 1.001) << r << " " << n;
      EXPECT_GT(8 * error, share * 0.98) << r << " " << n;
      double outside = 0;
      for (double inside = 0.1; inside < 1; inside += 0.01) {
        const double x = -1 + 2 * (1 + inside) / n;
        outside = std::max(outside, std::abs(network.Evaluate({x}) - parabolas(x)));
      }
      EXPECT_LT(outside, 1e-9) << r << " " << n;
    }
  }
}

TEST(IntervalPolynomialNetwork, ReproducesPolynomialsOfDegreeBelowSmoothness) {
  const auto polynomial = [](double x) { return 0.1 - 0.05 * x + 0.02 * x * x - 0.01 * x * x * x; };
  const IntervalPolynomialPlan plan{.smoothness = 4, .cells = 5, .teeth = {22, 22, 22}};
  EXPECT_LT(SupError(IntervalPolynomialNetwork(plan, polynomial), 5, polynomial), 2e-5);  // the ramps are left
  const IntervalPolynomialPlan single{.smoothness = 4, .cells = 1, .teeth = {22, 22, 22}};
  EXPECT_LT(SupError(IntervalPolynomialNetwork(single, polynomial), 1, polynomial), 1e-12);
}

TEST(IntervalPolynomialNetwork, RefusesPlansThatCannotBeBuilt) {
  const auto refuses = [](const IntervalPolynomialPlan& plan, const std::string& text) {
    EXPECT_THAT([&] { IntervalPolynomialNetwork(plan, [](double) { return 0; }); },
                ThrowsMessage<std::domain_error>(HasSubstr(text)));
  };
  refuses({.smoothness = 2, .cells = 1, .teeth = {1}}, "smoothness = 2");
  refuses({.smoothness = 3, .cells = 1, .teeth = {1}}, "number of products = 1");
  refuses({.smoothness = 3, .cells = 1.5, .teeth = {1, 1}},
          "cells = 1.5 is outside the admissible range: an integer from 1 to 10^6");
  refuses({.smoothness = 3, .cells = 0, .teeth = {1, 1}}, "cells = 0");
  refuses({.smoothness = 3, .cells = 1'000'001, .teeth = {1, 1}}, "cells = 1000001");
  refuses({.smoothness = 3, .cells = std::nan(""), .teeth = {1, 1}}, "cells = nan");
  const IntervalPolynomialPlan most{.smoothness = 3, .cells = 200'000, .teeth = {1, 1}};
  EXPECT_EQ(IntervalPolynomialNetwork(most, [](double) { return 0; }).NumParameters(), SizeOf(most).total.value);
}

}  // namespace
}  // namespace hyperwidth
