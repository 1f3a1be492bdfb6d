// SPDX-License-Identifier: Apache-2.0

#include "theory/checker/encoder_check.h"

#include <algorithm>
#include <cstddef>

#include "theory/checker/orders.h"

namespace hyperwidth::checker {
namespace {

Fraction Sum(const Orders& orders, std::size_t count) {
  Fraction sum = 0;
  for (std::size_t order = 0; order < count; ++order) sum += orders[order];
  return sum;
}

Fraction Largest(const Orders& orders, std::size_t count) {
  Fraction largest = 0;
  for (std::size_t order = 0; order < count; ++order) largest = std::max(largest, orders[order]);
  return largest;
}

}  // namespace

Fraction NormOfTarget(const EncoderFunctions& basis, const Integer& functions) {
  // The norm of the bumps is known to be below 1 / epsilon; nothing stops here.
  const Orders bumps = OrdersOfBumps(basis.takes_maximum, basis.seminorms, basis.cells, 0);
  // (1 - t)/2 and (1 + t)/2 add up to 1 and have slopes of magnitude 1/2, together 1.
  Orders together = bumps;
  Orders alone = bumps;
  for (int axis = 0; axis < basis.affine_axes; ++axis) {
    together = Times(basis.takes_maximum, together, {1, 1});
    alone = Times(basis.takes_maximum, alone, {1, Fraction(1, 2)});
  }
  if (basis.takes_maximum) {
    return std::max(Largest(together, together.size()), Largest(alone, alone.size() - 1));
  }
  return Sum(together, together.size()) + Fraction(functions) * Sum(alone, alone.size() - 1);
}

}  // namespace hyperwidth::checker
