// SPDX-License-Identifier: Apache-2.0

#include "theory/interval_polynomial_network.h"

#include <algorithm>
#include <cmath>
#include <numbers>
#include <numeric>
#include <stdexcept>

#include "boost/math/constants/constants.hpp"
#include "theory/domain_check.h"
#include "theory/problem.h"
#include "theory/sawtooth_product.h"
#include "theory/wide_real.h"

namespace hyperwidth {
namespace {

using Real = internal::WideReal;

constexpr double kRampShare = 1.0 / 256;  // of the interpolation error

// log of the interpolation error at n = 1.
double LogInterpolationConstant(int r) {
  return -std::lgamma(r + 1.0) - (r - 1) * std::numbers::ln2 - r * std::log(std::cos(std::numbers::pi / (2 * r)));
}

// The largest power of two that keeps the ramps' error 4 delta / n^2 below its share.
double RampWidth(int r, double n) {
  const double bound = kRampShare / 4 * std::exp(LogInterpolationConstant(r) - (r - 2) * std::log(n));
  return std::exp2(std::floor(std::log2(bound) - 1e-9));
}

std::vector<double> PointsBetween(int r) {
  std::vector<double> points;
  const double stretch = std::cos(std::numbers::pi / (2 * r));
  for (int i = 2; i < r; ++i) points.push_back(std::cos((2 * i - 1) * std::numbers::pi / (2 * r)) / stretch);
  return points;
}

// What each group of products contributes to the error for every 4^(-s-1), and costs, in the order of `teeth`.
std::vector<ProductGroup> Groups(int r, double n) {
  const double log_scale = -2 * std::log(n) - std::numbers::ln2;
  std::vector<ProductGroup> groups = {{log_scale, 10}, {log_scale, 16}};
  double log_factor = log_scale;
  for (int j = 1; j <= r - 3; ++j) {
    log_factor += std::log(2 / (n * (j + 2)));
    groups.push_back({log_factor, 17.0 + j});
  }
  return groups;
}

void Check(const IntervalPolynomialPlan& plan) {
  RequireInteger("smoothness", plan.smoothness, 3, kMaxSmoothness);
  RequireInteger(
      "number of products", static_cast<std::int64_t>(plan.teeth.size()), plan.smoothness - 1, plan.smoothness - 1);
  for (const int teeth : plan.teeth) RequireInteger("teeth", teeth, 1, 10000);
}

template <typename Number>
struct Parameters {
  Number shared = 0;    // by all targets
  Number nodal = 0;     // that depend on the target
  Number products = 0;  // the others that each output has for itself
};

template <typename Number>
Parameters<Number> CountParameters(const IntervalPolynomialPlan& plan) {
  const int r = plan.smoothness;
  const Number n = plan.cells;
  const int square = plan.teeth[0];
  const int last = plan.teeth[1];
  // Kinks, the wave, and the square of w; L and the D_j; then the products.
  Parameters<Number> count{.shared = (4 * n - 2) + n + (7 + 8 * square),
                           .nodal = (n + 1) + (r - 2) * (2 * n - 1),
                           .products = Number(2 * (square + 2) + 20 + 16 * last)};
  for (int j = r - 3; j >= 1; --j) {
    const int s = plan.teeth[j + 1];
    count.shared += s + 2;
    count.products += 19 + 15 * s + (s + 1) * (j + 1) + j;
  }
  return count;
}

}  // namespace

double ErrorBound(const IntervalPolynomialPlan& plan) {
  Check(plan);
  const int r = plan.smoothness;
  const Real n = plan.cells;
  const Real c = cos(boost::math::constants::pi<Real>() / (2 * r));
  Real factorial = 1;
  for (int i = 2; i <= r; ++i) factorial *= i;
  Real error = (1 + Real(kRampShare)) / (pow(n, r) * factorial * pow(Real(2), r - 1) * pow(c, r));
  Real factor = 1 / (2 * n * n);
  error += factor * (ldexp(Real(1), -2 * plan.teeth[0] - 2) + ldexp(Real(1), -2 * plan.teeth[1] - 2));
  for (int j = 1; j <= r - 3; ++j) {
    factor *= 2 / (n * (j + 2));
    error += factor * ldexp(Real(1), -2 * plan.teeth[j + 1] - 2);
  }
  return std::nextafter(static_cast<double>(error), 1e300);
}

NetworkSize SizeOf(const IntervalPolynomialPlan& plan) {
  Check(plan);
  const auto parameters = CountParameters<Real>(plan);
  int depth = 2;
  for (const int teeth : plan.teeth) depth += teeth + 2;
  return {.total = internal::CountAbove(parameters.shared + parameters.nodal + parameters.products),
          .nodal = internal::CountAbove(parameters.nodal),
          .per_output = internal::CountAbove(parameters.nodal + parameters.products),
          .depth = depth};
}

double IntervalPolynomialCells(int smoothness, double epsilon, double product_share) {
  RequireInteger("smoothness", smoothness, 3, kMaxSmoothness);
  RequireFrom("epsilon", epsilon, kMinEpsilonShare, 1.0);
  RequireStrictlyBetween("product_share", product_share, 0.0, 1.0);
  const double log_constant = LogInterpolationConstant(smoothness) + std::log1p(kRampShare);
  return std::max(1.0,
                  std::ceil(std::exp((log_constant - std::log(epsilon) - std::log1p(-product_share)) / smoothness)));
}

IntervalPolynomialPlan PlanIntervalPolynomial(int smoothness, double epsilon, double cells) {
  const double log_constant = LogInterpolationConstant(smoothness) + std::log1p(kRampShare);
  const double interpolation_share = std::exp(log_constant - smoothness * std::log(cells) - std::log(epsilon));
  RequireStrictlyBetween("share of epsilon that the interpolation takes", interpolation_share, 0.0, 1 - 2e-9);
  const double log_budget = std::log(epsilon) + std::log1p(-interpolation_share - 1e-9);
  return {.smoothness = smoothness, .cells = cells, .teeth = ChooseTeeth(Groups(smoothness, cells), log_budget)};
}

double LogSize(const IntervalPolynomialPlan& plan, double outputs, double nodal) {
  const auto parameters = CountParameters<double>(plan);
  return std::log(parameters.shared + outputs * parameters.products + nodal * parameters.nodal);
}

IntervalPolynomialNetwork::IntervalPolynomialNetwork(const IntervalPolynomialPlan& plan,
                                                     const std::function<double(double)>& target) {
  Check(plan);
  if (!(plan.cells >= 1 && plan.cells <= 1e6 && plan.cells == std::floor(plan.cells))) {
    throw std::domain_error("cells = " + ShortestDecimal(plan.cells) +
                            " is outside the admissible range: an integer from 1 to 10^6");
  }
  const int r = plan.smoothness;
  const int n = static_cast<int>(plan.cells);
  const double delta = RampWidth(r, n);
  const std::vector<double> points = PointsBetween(r);

  // First layer, in cells from the left: unit j is relu(q - j), unit n + j - 1 is relu(q - j - delta), q = n/2 (x + 1).
  Layer kinks;
  for (int j = 0; j < n; ++j) {
    kinks.push_back({.entries = {{0, n / 2.0}}, .bias = n / 2.0 - j, .has_bias = true});
  }
  for (int j = 1; j < n; ++j) {
    kinks.push_back({.entries = {{0, n / 2.0}}, .bias = n / 2.0 - j - delta, .has_bias = true});
  }
  AddLayer(kinks);

  // Values at the corners, and the D_j of each cell, w running against x in every other one.
  const auto value = [&](double cell_units) { return target(-1 + 2 * cell_units / n); };
  Layer layer;
  Unit linear{.entries = {}, .bias = 1 + value(0), .has_bias = true};
  Unit wave;
  std::vector<Unit> differences(r - 2);
  std::vector<double> before(r - 2, 0.0);
  double slope = 0;
  for (int cell = 0; cell < n; ++cell) {
    const double next_slope = value(cell + 1) - value(cell);
    linear.entries.push_back({cell, next_slope - slope});
    slope = next_slope;
    wave.entries.push_back({cell, cell == 0 ? 2.0 : (cell % 2 == 0 ? 4.0 : -4.0)});
    std::vector<double> at = {-1, 1};
    at.insert(at.end(), points.begin(), points.end());
    std::vector<double> divided;
    for (const double w : at) divided.push_back(value(cell + (cell % 2 == 0 ? 1 + w : 1 - w) / 2));
    for (int order = 1; order < r; ++order) {
      for (int i = r - 1; i >= order; --i) divided[i] = (divided[i] - divided[i - 1]) / (at[i] - at[i - order]);
    }
    double scale = 1;
    for (int j = 1; j <= r - 2; ++j) {
      scale = j == 1 ? 2.0 * n * n : scale * (j + 1) * n;
      const double coefficient = scale * divided[j + 1];
      Unit& unit = differences[j - 1];
      if (cell == 0) {
        unit.bias = 1 + coefficient;
        unit.has_bias = true;
      } else {
        const double jump = (coefficient - before[j - 1]) / delta;
        unit.entries.push_back({cell, jump});
        unit.entries.push_back({n + cell - 1, -jump});
      }
      before[j - 1] = coefficient;
    }
  }
  layer = {linear, wave};
  layer.insert(layer.end(), differences.begin(), differences.end());
  AddLayer(layer);

  // Registers hold L + 1, w + 1 and D_j + 1 (then V_j + 1).
  int linear_register = 0;
  int wave_register = 1;
  std::vector<int> registers(r - 2);
  std::iota(registers.begin(), registers.end(), 2);
  const auto carried = [&](int first_registers, bool with_wave) {
    std::vector<int*> units = {&linear_register};
    if (with_wave) units.push_back(&wave_register);
    for (int j = 0; j < first_registers; ++j) units.push_back(&registers[j]);
    return units;
  };
  for (int j = r - 3; j >= 1; --j) {
    const Factors factors{AffineSum({{0.5, UnitValue(wave_register, 1 + points[j - 1])}}), UnitValue(registers[j], 1)};
    const AffineValue product = AppendProducts({factors}, plan.teeth[j + 1], carried(j, true), *this)[0];
    Layer sum = {AffineSum({{1, UnitValue(registers[j - 1])}, {2.0 / (n * (j + 2.0)), product}})};
    AppendCarried(carried(j - 1, true), sum);
    registers[j - 1] = 0;
    AddLayer(sum);
  }
  const AffineValue square = AppendSquare(UnitValue(wave_register, 1), plan.teeth[0], carried(1, false), *this);
  Layer bubble = {AffineSum({{-1, square}}, 1)};
  AppendCarried(carried(1, false), bubble);
  AddLayer(bubble);
  const Factors factors{UnitValue(0), UnitValue(registers[0], 1)};
  const AffineValue product = AppendProducts({factors}, plan.teeth[1], carried(0, false), *this)[0];
  AddLayer({AffineSum({{1, UnitValue(linear_register, 1)}, {-0.5 / n / n, product}})});
}

}  // namespace hyperwidth
