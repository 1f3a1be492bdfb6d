// SPDX-License-Identifier: Apache-2.0
//
// A hypernetwork for structured targets, with all its trainable parameters counted: the explicit counterpart of Theorem
// 5 of Galanti and Wolf.
//
// The class: y(x, I) = sum over l <= w of lambda_l a_l(I) b_l(x), a_l in W(r, m2), b_l in W(r, m1), sum |lambda_l|
// <= 1. By the product rule it lies in W(r, m1 + m2), of which it is a strict subset. g is a spline network in x, whose
// output weights at the nodes are W a(I), W the (n_x + 1)^m1 x w matrix of lambda_l b_l(node); f computes a(I) by a
// spline network with w outputs on common hats. |a b - a~ b~| <= |a - a~| + |b - b~| for functions of sup norm at most
// 1, so the error is at most the sum of the two spline errors, whatever w.

#ifndef HYPERWIDTH_THEORY_STRUCTURED_TARGET_H_
#define HYPERWIDTH_THEORY_STRUCTURED_TARGET_H_

#include "theory/count.h"
#include "theory/problem.h"

namespace hyperwidth {

struct StructuredSize {
  Count total;                 // all parameters of f (W included) and the fixed inner parameters of g
  double primary_cells = 1;    // n_x
  double condition_cells = 1;  // n_I
};

// The smallest total over the ways to divide epsilon between the two splines that the search tries.
// Throws: std::domain_error as Validate.
StructuredSize SizeForStructuredTargets(const Problem& problem);

}  // namespace hyperwidth

#endif  // HYPERWIDTH_THEORY_STRUCTURED_TARGET_H_
