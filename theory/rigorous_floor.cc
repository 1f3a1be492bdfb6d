// SPDX-License-Identifier: Apache-2.0

#include "theory/rigorous_floor.h"

#include <stdexcept>

#include "boost/math/constants/constants.hpp"
#include "theory/count.h"
#include "theory/domain_check.h"
#include "theory/exact_points.h"
#include "theory/rigorous.h"

namespace hyperwidth {
namespace {

using internal::CountPoints;
using internal::ExactPoints;
using internal::Real;

// An upper bound where the double does not hold the integer exactly.
Real Above(double integer) {
  if (integer <= static_cast<double>(kMaxExactCount)) return integer;
  return Real(integer) * (1 + Real(kLayerRounding));
}

Real PatternBits(const KnownLayer& layer, const ExactPoints& points) {
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
  const ExactPoints points = CountPoints(grid);
  Real bits = 0;
  for (const KnownLayer& layer : layers) bits += PatternBits(layer, points);
  return internal::IsBelow(bits, points.all);
}

void RequireProved(const std::vector<KnownLayer>& layers, const Grid& grid, double height) {
  if (!ProvesMissedPattern(layers, grid)) {
    throw std::logic_error("the sign patterns at " + grid.Description() +
                           " are not too few if they are counted with 50 digits");
  }
  if (!ProvesHeight(grid, height)) {
    throw std::logic_error("the height " + ShortestDecimal(height) + " of the bumps of " + grid.Description() +
                           " does not hold with 50 digits");
  }
}

}  // namespace hyperwidth
