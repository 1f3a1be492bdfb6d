// SPDX-License-Identifier: Apache-2.0

#include "theory/rigorous_floor.h"

#include "boost/math/constants/constants.hpp"
#include "boost/multiprecision/cpp_bin_float.hpp"
#include "theory/count.h"

namespace hyperwidth {
namespace {

using Real = boost::multiprecision::cpp_bin_float_50;

const Real kMargin("1e-40");

struct Points {
  Real all, conditions, primary;
};

Real PointsOnAxis(Layout layout, const Real& cells) {
  if (layout == Layout::kCells) return cells < 1 ? Real(1) : cells;
  return layout == Layout::kNodes ? Real(cells + 1) : Real(2 * cells + 1);
}

Real PointsOnAxes(Layout layout, const AxisGroup& group) {
  return pow(PointsOnAxis(layout, group.cells), group.axes - group.finer_axes) *
         pow(PointsOnAxis(layout, Real(group.cells) + 1), group.finer_axes);
}

Points CountPoints(const Grid& grid) {
  const Real x = PointsOnAxes(grid.layout, grid.x);
  const Real condition = PointsOnAxes(grid.layout, grid.condition);
  if (grid.layout != Layout::kCheckerboard) return {x * condition, condition, x};
  const Real all = (x * condition + 1) / 2;  // the even points of an odd number
  return {all, condition < all ? condition : all, x < all ? x : all};
}

// An upper bound where the double does not hold the integer exactly.
Real Above(double integer) {
  if (integer <= static_cast<double>(kMaxExactCount)) return integer;
  return Real(integer) * (1 + Real(kLayerRounding));
}

Real PatternBits(const KnownLayer& layer, const Points& points) {
  const Real& seen = layer.points == LayerGroup::Points::kAll          ? points.all
                     : layer.points == LayerGroup::Points::kConditions ? points.conditions
                                                                       : points.primary;
  const Real polynomials = Above(layer.units) * seen;
  const Real variables = Above(layer.parameters) + Above(layer.scalars) * points.conditions;
  if (variables >= polynomials) return polynomials;
  const Real two_e = 2 * boost::math::constants::e<Real>();
  const Real ratio = two_e * polynomials * Above(layer.degree) / variables;
  const Real warren = 1 + variables * (log(ratio) / boost::math::constants::ln_two<Real>());
  return warren < polynomials ? warren : polynomials;
}

}  // namespace

bool ProvesMissedPattern(const std::vector<KnownLayer>& layers, const Grid& grid) {
  const Points points = CountPoints(grid);
  Real bits = 0;
  for (const KnownLayer& layer : layers) bits += PatternBits(layer, points);
  return bits * (1 + kMargin) < points.all;
}

}  // namespace hyperwidth
