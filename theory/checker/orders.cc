// SPDX-License-Identifier: Apache-2.0

#include "theory/checker/orders.h"

#include <algorithm>
#include <cstddef>

#include "theory/checker/failure.h"

namespace hyperwidth::checker {
namespace {

constexpr unsigned kFractionDigits = 256;  // binary

// Denominators would multiply from axis to axis.
Fraction RoundedUp(const Fraction& value) {
  const Integer one = Integer(1) << kFractionDigits;
  if (one % denominator(value) == 0) return value;
  return Fraction(numerator(value) * one / denominator(value) + 1, one);
}

void RequireBelow(const Orders& orders, const Fraction& epsilon) {
  for (const Fraction& entry : orders) {
    if (entry * epsilon >= 1) throw Failure{"the bumps are not higher than epsilon"};
  }
}

Orders OrdersOfAxis(const std::vector<Fraction>& seminorms, const Integer& cells, const Fraction& epsilon) {
  Orders axis;
  Fraction power = 1;
  for (const Fraction& seminorm : seminorms) {
    axis.push_back(RoundedUp(seminorm * power));
    RequireBelow({axis.back()}, epsilon);
    power *= cells;
  }
  return axis;
}

}  // namespace

Orders Times(bool takes_maximum, const Orders& a, const Orders& b) {
  Orders product(a.size(), Fraction(0));
  for (std::size_t i = 0; i < a.size(); ++i) {
    if (a[i] == 0) continue;
    for (std::size_t j = 0; j < b.size() && i + j < a.size(); ++j) {
      if (b[j] == 0) continue;
      const Fraction part = a[i] * b[j];
      product[i + j] = takes_maximum ? std::max(product[i + j], part) : Fraction(product[i + j] + part);
    }
  }
  for (Fraction& entry : product) entry = RoundedUp(entry);
  return product;
}

Orders OrdersOfBumps(bool takes_maximum,
                     const std::vector<Fraction>& seminorms,
                     const std::vector<Integer>& cells,
                     const Fraction& epsilon) {
  const auto times = [&](const Orders& a, const Orders& b) {
    Orders product = Times(takes_maximum, a, b);
    RequireBelow(product, epsilon);
    return product;
  };
  Orders all(seminorms.size(), Fraction(0));
  all[0] = 1;
  for (std::size_t first = 0, end = 0; first < cells.size(); first = end) {
    while (end < cells.size() && cells[end] == cells[first]) ++end;
    Orders power = OrdersOfAxis(seminorms, cells[first], epsilon);
    for (std::size_t count = end - first;; power = times(power, power)) {
      if (count % 2 == 1) all = times(all, power);
      count /= 2;
      if (count == 0) break;
    }
  }
  return all;
}

}  // namespace hyperwidth::checker
