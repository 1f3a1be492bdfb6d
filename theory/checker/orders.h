// SPDX-License-Identifier: Apache-2.0
//
// How large the derivatives of a product of bumps are: a polynomial for each axis, and their product.

#ifndef HYPERWIDTH_THEORY_CHECKER_ORDERS_H_
#define HYPERWIDTH_THEORY_CHECKER_ORDERS_H_

#include <vector>

#include "theory/checker/certificate_text.h"

namespace hyperwidth::checker {

// By the order of the derivative, 0 .. r: the sum over the derivatives of that order of their bounds, or the largest.
using Orders = std::vector<Fraction>;

// Of functions of a and functions of b, coordinates apart: entry k is the sum, or maximum, over i + j = k of a_i b_j,
// rounded up to a multiple of 2^-256 unless it is one. As long as `a`.
Orders Times(bool takes_maximum, const Orders& a, const Orders& b);

// Of products of bumps on `cells` cells along each axis, the bump's seminorms being at least 1. Equal axes side by side
// are multiplied by repeated squaring. Throws: Failure{"the bumps are not higher than epsilon"} as soon as one entry
// times `epsilon` is 1 or more, so that no number grows far beyond 1 / epsilon.
Orders OrdersOfBumps(bool takes_maximum,
                     const std::vector<Fraction>& seminorms,
                     const std::vector<Integer>& cells,
                     const Fraction& epsilon);

}  // namespace hyperwidth::checker

#endif  // HYPERWIDTH_THEORY_CHECKER_ORDERS_H_
