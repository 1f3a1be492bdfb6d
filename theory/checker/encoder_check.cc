// SPDX-License-Identifier: Apache-2.0

#include "theory/checker/encoder_check.h"

#include <algorithm>
#include <cstddef>

namespace hyperwidth::checker {
namespace {

// By total order of the derivative, so far; the axes multiply.
using Orders = std::vector<Fraction>;

Orders Times(bool takes_maximum, const Orders& all, const Orders& axis) {
  Orders product(all.size(), Fraction(0));
  for (std::size_t i = 0; i < all.size(); ++i) {
    for (std::size_t j = 0; j < axis.size() && i + j < all.size(); ++j) {
      const Fraction part = all[i] * axis[j];
      product[i + j] = takes_maximum ? std::max(product[i + j], part) : Fraction(product[i + j] + part);
    }
  }
  return product;
}

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
  Orders bumps(basis.seminorms.size(), Fraction(0));
  bumps[0] = 1;
  for (const Integer& cells : basis.cells) {
    Orders axis;
    Fraction scale = 1;
    for (const Fraction& seminorm : basis.seminorms) {
      axis.push_back(seminorm * scale);
      scale *= cells;
    }
    bumps = Times(basis.takes_maximum, bumps, axis);
  }
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
