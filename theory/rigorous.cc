// SPDX-License-Identifier: Apache-2.0

#include "theory/rigorous.h"

#include <algorithm>
#include <cmath>
#include <functional>
#include <ios>
#include <optional>
#include <stdexcept>

#include "boost/math/constants/constants.hpp"
#include "theory/exact_points.h"

namespace hyperwidth {
namespace {

using internal::CountPoints;
using internal::ExactPoints;
using internal::IsBelow;
using internal::Real;

Real PowerOfTen(double exponent) { return exp(exponent * boost::math::constants::ln_ten<Real>()); }

Real Log2(const Real& value) { return log(value) / boost::math::constants::ln_two<Real>(); }

// Coefficients of degree 0 to r of the product over the axes; see norm_polynomial.h, which does the same in double.
using Polynomial = std::vector<Real>;

Polynomial Multiply(BallNorm norm, const Polynomial& a, const Polynomial& b) {
  Polynomial product(a.size(), Real(0));
  for (std::size_t i = 0; i < a.size(); ++i) {
    if (a[i] == 0) continue;  // most are, where few of many axes have cells
    for (std::size_t j = 0; i + j < a.size(); ++j) product[i + j] = Joined<Real>(norm, product[i + j], a[i] * b[j]);
  }
  return product;
}

Polynomial PowerOfAxis(BallNorm norm, const Bump& bump, const Real& cells, int exponent) {
  Polynomial base;
  Real scale = 1;
  for (const double seminorm : bump.seminorms) {
    base.push_back(seminorm * scale);
    scale *= cells;
  }
  Polynomial power(base.size(), Real(0));
  power[0] = 1;
  while (true) {
    if (exponent % 2 == 1) power = Multiply(norm, power, base);
    exponent /= 2;
    if (exponent == 0) return power;
    base = Multiply(norm, base, base);
  }
}

Real Norm(const Grid& grid) {
  Polynomial product(grid.bump.seminorms.size(), Real(0));
  product[0] = 1;
  for (const AxisGroup& group : {grid.x, grid.condition}) {
    const auto times_axes = [&](const Real& cells, int axes) {
      product = Multiply(grid.norm, PowerOfAxis(grid.norm, grid.bump, cells, axes), product);
    };
    times_axes(group.cells, group.axes - group.finer_axes);
    times_axes(Real(group.cells) + 1, group.finer_axes);
  }
  Real norm = 0;
  for (const Real& coefficient : product) norm = Joined(grid.norm, norm, coefficient);
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

// The sum of log2 D_i over the layers.
Real Log2DegreesAbove(const LayerGroup& group) {
  return group.layers * Log2(group.degree_factor) + Log2FactorialAbove(group.first_degree + group.layers - 1) -
         Log2FactorialBelow(group.first_degree - 1);
}

// Up to 2^52 the double is exact. Beyond it, whichever of the number and its logarithm was given: the other one,
// rounded, may be below it.
Real FixedScalarsAbove(const ConditionScalars& scalars) {
  if (scalars.log2_fixed <= 52) return scalars.fixed;
  const Real power = pow(Real(2), Real(scalars.log2_fixed));
  return std::isfinite(scalars.fixed) ? std::max(power, Real(scalars.fixed)) : power;
}

// M (1 - H2(share)) - bits, rounded down by far more than 50 digits lose; M itself if all patterns are needed.
Real NeededBelow(const Real& points, const NeededPatterns& needed) {
  if (needed.wrong_share == 0) return points - needed.bits;
  const Real share = needed.wrong_share;
  const Real entropy = -share * Log2(share) - (1 - share) * Log2(Real(1 - share));
  return points * (1 - entropy - Real("1e-40")) - needed.bits;
}

// The inequality (*) of one class at one grid, as a function of N.
class Inequality {
 public:
  Inequality(const NetworkClass& network_class, const Grid& grid, const NeededPatterns& needed = {})
      : network_class_(network_class),
        points_(CountPoints(grid)),
        needed_(NeededBelow(signs(), needed)),
        fixed_(FixedScalarsAbove(network_class.scalars)) {
    for (const LayerGroup& group : network_class.groups) log2_degrees_.push_back(Log2DegreesAbove(group));
  }

  // The right-hand side; nothing where Warren's lemma says nothing.
  std::optional<Real> Bits(const Real& parameters) const {
    const Real two_e = 2 * boost::math::constants::e<Real>();
    const Real kappa = network_class_.scalars.root ? Real(fixed_ + sqrt(parameters)) : fixed_;
    Real sum = 0;
    for (std::size_t i = 0; i < network_class_.groups.size(); ++i) {
      const LayerGroup& group = network_class_.groups[i];
      if (group.layers == 0) continue;
      Real variables = group.sees_condition ? Real(parameters + kappa * points_.conditions) : parameters;
      if (variables > signs()) return std::nullopt;
      const Real polynomials = PointsOfLayer(group) * (group.hidden ? parameters : Real(network_class_.outputs));
      if (variables > polynomials) variables = polynomials;
      sum += group.layers * (1 + variables * Log2(two_e * polynomials / variables)) + variables * log2_degrees_[i];
    }
    return sum;
  }

  // Whether it fails.
  bool IsViolated(const Real& parameters) const {
    const std::optional<Real> bits = Bits(parameters);
    return bits && needed_ > 0 && IsBelow(*bits, needed_);
  }

  // The left-hand side.
  Real signs() const { return points_.all * network_class_.outputs; }

 private:
  const Real& PointsOfLayer(const LayerGroup& group) const {
    if (group.points == LayerGroup::Points::kConditions) return points_.conditions;
    return group.points == LayerGroup::Points::kPrimary ? points_.primary : points_.all;
  }

  const NetworkClass& network_class_;
  ExactPoints points_;
  Real needed_;
  Real fixed_;
  std::vector<Real> log2_degrees_;  // of each group
};

double Log10Below(const Real& value) {
  const double rounded = static_cast<double>(Real(log10(value)));
  return std::nextafter(rounded, -1.0);
}

// A whole number; beyond kMaxExactCount its log10, rounded down.
Count CountBelow(const Real& whole) {
  if (whole <= static_cast<double>(kMaxExactCount)) return Count::Exact(static_cast<std::int64_t>(whole));
  return Count::FromLog10(Log10Below(whole));
}

}  // namespace

bool ProvesHeight(const Grid& grid, double epsilon) { return IsBelow(Norm(grid) * std::nextafter(epsilon, 1.0), 1); }

Count NumPoints(const Grid& grid, std::int64_t outputs) {
  const Real all = CountPoints(grid).all * outputs;
  return CountBelow(all);
}

bool ProvesMoreThan(const NetworkClass& network_class, const Grid& grid, const Count& parameters) {
  const Real number = parameters.value ? Real(*parameters.value) : PowerOfTen(parameters.log10);
  return Inequality(network_class, grid).IsViolated(number);
}

std::string PatternsPerPointAbove(const NetworkClass& network_class, const Grid& grid, const std::string& parameters) {
  constexpr int kDecimals = 36;  // a margin of the last one is far above the rounding of 50 digits
  const Inequality inequality(network_class, grid);
  const std::optional<Real> bits = inequality.Bits(Real(parameters));
  if (!bits) throw std::domain_error("with " + parameters + " parameters the sign patterns are not counted");
  const Real last = pow(Real(10), -kDecimals);
  return Real((floor(*bits / inequality.signs() / last) + 2) * last).str(kDecimals, std::ios_base::fixed);
}

double NeededShareBelow(const NeededPatterns& needed, const PointCounts& points) {
  const double share = needed.wrong_share;
  const double entropy = share == 0 ? 0 : -share * std::log2(share) - (1 - share) * std::log2(1 - share);
  return std::max(0.0, 1 - entropy - needed.bits * std::exp2(-points.log2_all) - (share == 0 ? 0 : 1e-14));
}

Count NeededBits(const Grid& grid, const NeededPatterns& needed) {
  const Real bits = ceil(std::max(NeededBelow(CountPoints(grid).all, needed), Real(0)));
  return CountBelow(bits);
}

PointCounts PointsOf(const Grid& grid) {
  return {.log2_all = grid.Log2Points(),
          .log2_conditions = grid.Log2Conditions(),
          .log2_primary = grid.Log2PrimaryPoints()};
}

namespace {

// The smallest N >= 1 that is enough. `start` >= 1 is nearly always right; else the search widens around it.
std::int64_t SmallestNear(std::int64_t start, const std::function<bool(std::int64_t)>& is_too_few) {
  std::int64_t too_few = 0;
  std::int64_t enough = 0;
  for (std::int64_t reach = 1;; reach *= 2) {
    too_few = std::max(start - reach, std::int64_t{0});
    enough = start - 1 + reach;
    if ((too_few == 0 || is_too_few(too_few)) && !is_too_few(enough)) break;
  }
  while (enough - too_few > 1) {
    const std::int64_t middle = too_few + (enough - too_few) / 2;
    (is_too_few(middle) ? too_few : enough) = middle;
  }
  return enough;
}

}  // namespace

Count SmallestParameterCount(const NetworkClass& network_class, const Grid& grid, const NeededPatterns& needed) {
  const Inequality inequality(network_class, grid, needed);
  const auto is_too_few = [&](const Real& parameters) { return inequality.IsViolated(parameters); };
  const PointCounts logarithms = PointsOf(grid);
  const double log2_estimate =
      Log2SmallestSufficient(network_class, logarithms, std::log2(NeededShareBelow(needed, logarithms)));
  if (log2_estimate < 53) {
    return Count::Exact(SmallestNear(static_cast<std::int64_t>(std::ceil(std::exp2(log2_estimate))),
                                     [&](std::int64_t count) { return is_too_few(count); }));
  }
  // Multiples of a unit of log10 N, well above the rounding of the numbers of points in the estimate.
  const double unit = 1e-10 + 1e-14 * logarithms.log2_all;
  const auto log10_at = [&](std::int64_t multiple) { return unit * static_cast<double>(multiple); };
  const std::int64_t enough =
      SmallestNear(static_cast<std::int64_t>(std::ceil(log2_estimate * std::log10(2.0) / unit)),
                   [&](std::int64_t multiple) { return is_too_few(PowerOfTen(log10_at(multiple))); });
  return Count::FromLog10(log10_at(enough - 1));
}

}  // namespace hyperwidth
