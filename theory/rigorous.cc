// SPDX-License-Identifier: Apache-2.0

#include "theory/rigorous.h"

#include <algorithm>
#include <cmath>
#include <functional>
#include <ios>
#include <optional>
#include <stdexcept>

#include "boost/math/constants/constants.hpp"
#include "boost/multiprecision/cpp_bin_float.hpp"

namespace hyperwidth {
namespace {

using Real = boost::multiprecision::cpp_bin_float_50;

const Real kMargin("1e-40");

Real Log2(const Real& value) { return log(value) / boost::math::constants::ln_two<Real>(); }

struct Points {
  Real all = 1;
  Real conditions = 1;
  Real primary = 1;
};

Real GroupPoints(Layout layout, const AxisGroup& group) {
  const auto per_axis = [&](Real cells) -> Real {
    if (layout == Layout::kCells) return cells < 1 ? Real(1) : cells;
    return layout == Layout::kNodes ? Real(cells + 1) : Real(2 * cells + 1);
  };
  return pow(per_axis(group.cells), group.axes - group.finer_axes) *
         pow(per_axis(Real(group.cells) + 1), group.finer_axes);
}

Points CountPoints(const Grid& grid) {
  const Real x = GroupPoints(grid.layout, grid.x);
  const Real condition = GroupPoints(grid.layout, grid.condition);
  if (grid.layout != Layout::kCheckerboard) return {x * condition, condition, x};
  const Real all = (x * condition + 1) / 2;
  return {all, condition < all ? condition : all, x < all ? x : all};
}

// Coefficients of degree 0 to r of the product over the axes; see norm_polynomial.h, which does the same in double.
using Polynomial = std::vector<Real>;

Polynomial Multiply(const Polynomial& a, const Polynomial& b) {
  Polynomial product(a.size(), Real(0));
  for (std::size_t i = 0; i < a.size(); ++i) {
    for (std::size_t j = 0; i + j < a.size(); ++j) product[i + j] += a[i] * b[j];
  }
  return product;
}

Polynomial PowerOfAxis(const Bump& bump, const Real& cells, int exponent) {
  Polynomial base;
  for (std::size_t j = 0; j < bump.seminorms.size(); ++j)
    base.push_back(bump.seminorms[j] * pow(cells, static_cast<int>(j)));
  Polynomial power(base.size(), Real(0));
  power[0] = 1;
  for (; exponent > 0; exponent /= 2) {
    if (exponent % 2 == 1) power = Multiply(power, base);
    if (exponent > 1) base = Multiply(base, base);
  }
  return power;
}

Real Norm(const Grid& grid) {
  Polynomial product(grid.bump.seminorms.size(), Real(0));
  product[0] = 1;
  for (const AxisGroup& group : {grid.x, grid.condition}) {
    product = Multiply(product, PowerOfAxis(grid.bump, group.cells, group.axes - group.finer_axes));
    if (group.finer_axes > 0)
      product = Multiply(product, PowerOfAxis(grid.bump, Real(group.cells) + 1, group.finer_axes));
  }
  Real norm = 0;
  for (const Real& coefficient : product) norm += coefficient;
  return norm;
}

// An upper bound of log2(n!): the exact product for small n, else Stirling's formula with its first correction.
Real Log2FactorialAbove(int n) {
  if (n <= 300) {
    Real product = 1;
    for (int i = 2; i <= n; ++i) product *= i;
    return Log2(product);
  }
  const Real pi = boost::math::constants::pi<Real>();
  const Real natural = log(2 * pi * n) / 2 + n * (log(Real(n)) - 1) + Real(1) / (12 * Real(n));
  return natural / boost::math::constants::ln_two<Real>();
}

// A lower bound of log2(n!), in the same way.
Real Log2FactorialBelow(int n) {
  if (n <= 300) return Log2FactorialAbove(n);
  const Real cubed = Real(n) * n * n;
  return Log2FactorialAbove(n) - 1 / (360 * cubed) / boost::math::constants::ln_two<Real>();
}

// The right-hand side of (*) at N = parameters; nothing where Warren's lemma says nothing.
std::optional<Real> SignPatternBits(const NetworkClass& network_class, const Points& points, const Real& parameters) {
  const Real two_e = 2 * boost::math::constants::e<Real>();
  const double log2_kappa = network_class.scalars.log2_fixed;
  Real kappa = log2_kappa > 52 ? Real(pow(Real(2), Real(log2_kappa))) : Real(network_class.scalars.fixed);
  if (network_class.scalars.root) kappa += sqrt(parameters);
  Real sum = 0;
  for (const LayerGroup& group : network_class.groups) {
    if (group.layers == 0) continue;
    const Real variables = group.sees_condition ? Real(parameters + kappa * points.conditions) : parameters;
    if (variables > points.all) return std::nullopt;
    Real polynomials = group.points == LayerGroup::Points::kAll          ? points.all
                       : group.points == LayerGroup::Points::kConditions ? points.conditions
                                                                         : points.primary;
    if (group.hidden) polynomials *= parameters;
    const Real degrees = group.layers * Log2(Real(group.degree_factor)) +
                         Log2FactorialAbove(group.first_degree + group.layers - 1) -
                         Log2FactorialBelow(group.first_degree - 1);
    sum += group.layers * (1 + variables * Log2(two_e * polynomials / variables)) + variables * degrees;
  }
  return sum;
}

// Whether (*) fails at N = parameters.
bool IsViolated(const NetworkClass& network_class, const Points& points, const Real& parameters) {
  const std::optional<Real> bits = SignPatternBits(network_class, points, parameters);
  return bits && *bits * (1 + kMargin) < points.all;
}

double Log10Below(const Real& value) {
  const double rounded = static_cast<double>(Real(log10(value)));
  return std::nextafter(rounded, -1.0);
}

}  // namespace

bool ProvesHeight(const Grid& grid, double epsilon) {
  return Norm(grid) * Real(std::nextafter(epsilon, 1.0)) * (1 + kMargin) < 1;
}

Count NumPoints(const Grid& grid) {
  const Real all = CountPoints(grid).all;
  if (all <= static_cast<double>(kMaxExactCount)) return Count::Exact(static_cast<std::int64_t>(all));
  return Count::FromLog10(Log10Below(all));
}

bool ProvesMoreThan(const NetworkClass& network_class, const Grid& grid, const Count& parameters) {
  const Real number = parameters.value ? Real(*parameters.value) : Real(ceil(pow(Real(10), Real(parameters.log10))));
  return IsViolated(network_class, CountPoints(grid), number);
}

std::string PatternsPerPointAbove(const NetworkClass& network_class, const Grid& grid, const std::string& parameters) {
  constexpr int kDecimals = 36;  // a margin of the last one is far above the rounding of 50 digits
  const Points points = CountPoints(grid);
  const std::optional<Real> bits = SignPatternBits(network_class, points, Real(parameters));
  if (!bits) throw std::domain_error("with " + parameters + " parameters the sign patterns are not counted");
  const Real last = pow(Real(10), -kDecimals);
  return Real((floor(*bits / points.all / last) + 2) * last).str(kDecimals, std::ios_base::fixed);
}

PointCounts PointsOf(const Grid& grid) {
  return {.log2_all = grid.Log2Points(),
          .log2_conditions = grid.Log2Conditions(),
          .log2_primary = grid.Log2PrimaryPoints()};
}

namespace {

// The smallest N near the estimate, which is right to some 12 digits; bisects what is left.
std::int64_t SmallestNear(double estimate, const std::function<bool(std::int64_t)>& is_too_few) {
  constexpr double kSearchMargin = 1e-11;
  auto too_few = static_cast<std::int64_t>(std::max(std::floor(estimate * (1 - kSearchMargin)) - 1, 0.0));
  auto enough = static_cast<std::int64_t>(std::ceil(estimate * (1 + kSearchMargin))) + 1;
  if ((too_few > 0 && !is_too_few(too_few)) || is_too_few(enough)) {
    throw std::logic_error("50 digits do not confirm the number of parameters that the search found");
  }
  while (enough - too_few > 1) {
    const std::int64_t middle = too_few + (enough - too_few) / 2;
    (is_too_few(middle) ? too_few : enough) = middle;
  }
  return enough;
}

}  // namespace

Count SmallestParameterCount(const NetworkClass& network_class, const Grid& grid) {
  const Points points = CountPoints(grid);
  if (points.all == 1) return Count::Exact(1);
  const auto is_too_few = [&](const Real& parameters) { return IsViolated(network_class, points, parameters); };
  const PointCounts logarithms = PointsOf(grid);
  const double log2_estimate = Log2SmallestSufficient(network_class, logarithms);
  if (log2_estimate < 53) {
    return Count::Exact(
        SmallestNear(std::exp2(log2_estimate), [&](std::int64_t count) { return is_too_few(Real(count)); }));
  }
  // The numbers of points, in which N may be a small difference, are known to some units in the last place.
  const double log10_below = log2_estimate * std::log10(2.0) - 1e-10 - 1e-14 * logarithms.log2_all;
  if (!is_too_few(floor(pow(Real(10), Real(log10_below))))) {
    throw std::logic_error("50 digits do not confirm the number of parameters that the search found");
  }
  return Count::FromLog10(log10_below);
}

}  // namespace hyperwidth
