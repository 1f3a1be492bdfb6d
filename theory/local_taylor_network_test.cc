// SPDX-License-Identifier: Apache-2.0

#include "theory/local_taylor_network.h"

#include <algorithm>
#include <cmath>
#include <numbers>
#include <random>
#include <stdexcept>

#include "gtest/gtest.h"

namespace hyperwidth {
namespace {

double Zero(const std::vector<double>&, const std::vector<int>&) { return 0; }

// Product over axes of sin(frequency x_i + phase), scaled into W(r, d).
struct SineProduct {
  int smoothness;
  int dim;
  double frequency;
  double phase;

  double Scale() const {
    double norm = 0;
    double multi_indices = 1;
    for (int order = 0; order <= smoothness; ++order) {
      norm += multi_indices * std::pow(frequency, order);
      multi_indices *= (order + dim) / (order + 1.0);
    }
    return 1 / norm;
  }
  double operator()(const std::vector<double>& x, const std::vector<int>& k) const {
    double product = Scale();
    for (int i = 0; i < dim; ++i) {
      product *= std::pow(frequency, k[i]) * std::sin(frequency * x[i] + phase + k[i] * std::numbers::pi / 2);
    }
    return product;
  }
};

// Random points, half of them with coordinates in the ramps between cells and at the ends.
double SupError(const ReluNetwork& network, double cells, const SineProduct& target) {
  std::mt19937_64 random(11);
  std::uniform_real_distribution<double> uniform(0, 1);
  double error = 0;
  for (int sample = 0; sample < 4000; ++sample) {
    std::vector<double> x(target.dim);
    for (double& coordinate : x) {
      coordinate = -1 + 2 * uniform(random);
      if (sample % 2 == 1) {
        const double q = std::floor(uniform(random) * (cells + 1)) + (uniform(random) - 0.5) / 12;
        coordinate = std::clamp(-1 + 2 * q / cells, -1.0, 1.0);
      }
    }
    error = std::max(error, std::abs(network.Evaluate(x) - target(x, std::vector<int>(target.dim, 0))));
  }
  return error;
}

TEST(LocalTaylorNetwork, ErrorStaysBelowTheProvedBound) {
  for (int dim = 1; dim <= 3; ++dim) {
    for (const int r : {3, 4}) {
      for (const double epsilon : {0.3, 3e-2, 2e-3}) {
        const LocalTaylorPlan plan = PlanLocalTaylor(r, dim, epsilon, LocalTaylorCells(r, dim, epsilon, 0.2));
        EXPECT_LE(ErrorBound(plan), epsilon);
        for (const double frequency : {0.5, 2.0, plan.cells}) {
          const SineProduct target{r, dim, frequency, 0.4};
          EXPECT_LE(SupError(LocalTaylorNetwork(plan, target), plan.cells, target), ErrorBound(plan))
              << dim << " " << r << " " << epsilon << " " << frequency;
        }
      }
    }
  }
}

// With many teeth what is left is Taylor's remainder, of order n^-r: doubling n divides it by 2^r.
TEST(LocalTaylorNetwork, ErrorFallsWithTheOrderOfTheSmoothness) {
  for (const int dim : {1, 2}) {
    for (const int r : {3, 4}) {
      const SineProduct target{r, dim, 1.5, 0.3};
      const auto error = [&](double cells) {
        const LocalTaylorPlan plan{.smoothness = r, .dim = dim, .cells = cells, .teeth = std::vector<int>(r, 18)};
        return SupError(LocalTaylorNetwork(plan, target), cells, target);
      };
      EXPECT_NEAR(std::log2(error(4) / error(8)), r, 0.35) << dim << " " << r;
    }
  }
}

// A wrong moment in any gap or ramp would show: constants are reproduced exactly everywhere, and so is what the Taylor
// polynomials contain.
TEST(LocalTaylorNetwork, ReproducesPolynomialsOfDegreeBelowSmoothness) {
  const auto quadratic = [](const std::vector<double>& x, const std::vector<int>& k) {
    const double a = x[0];
    const double b = x[1];
    if (k[0] == 0 && k[1] == 0) return 0.1 + 0.05 * a - 0.04 * b + 0.03 * a * b - 0.02 * b * b;
    if (k[0] == 1 && k[1] == 0) return 0.05 + 0.03 * b;
    if (k[0] == 0 && k[1] == 1) return -0.04 + 0.03 * a - 0.04 * b;
    if (k[0] == 1 && k[1] == 1) return 0.03;
    return k[1] == 2 ? -0.04 : 0.0;
  };
  for (const double cells : {1.0, 2.0, 3.0, 6.0}) {
    const LocalTaylorPlan plan{.smoothness = 3, .dim = 2, .cells = cells, .teeth = {22, 22, 22}};
    const LocalTaylorNetwork network(plan, quadratic);
    for (double a = -1; a <= 1; a += 1.0 / 37) {
      for (double b = -1; b <= 1; b += 1.0 / 41) {
        EXPECT_NEAR(network.Evaluate({a, b}), quadratic({a, b}, {0, 0}), 1e-11) << cells << " " << a << " " << b;
      }
    }
  }
}

TEST(LocalTaylorNetwork, RefusesSizesThatDoNotFitIntoMemory) {
  EXPECT_THROW(LocalTaylorNetwork({.smoothness = 3, .dim = 17, .cells = 1, .teeth = {1, 1, 1}}, Zero),
               std::domain_error);
  EXPECT_THROW(LocalTaylorNetwork({.smoothness = 3, .dim = 4, .cells = 40, .teeth = {1, 1, 1}}, Zero),
               std::domain_error);
  EXPECT_THROW(LocalTaylorNetwork({.smoothness = 3, .dim = 2, .cells = 2, .teeth = {1, 1}}, Zero), std::domain_error);
  EXPECT_THROW(PlanLocalTaylor(3, 2, 1e-6, 50), std::domain_error);
}

}  // namespace
}  // namespace hyperwidth
