// SPDX-License-Identifier: Apache-2.0
//
// A hypernetwork for structured targets, with all its trainable parameters counted: the explicit counterpart of Theorem
// 5 of Galanti and Wolf.
//
// The class: y(x, I) = sum over l <= w of lambda_l a_l(I) b_l(x), a_l in W(r, m2), b_l in W(r, m1), sum |lambda_l|
// <= 1. By the product rule it lies in W(r, m1 + m2), of which it is a strict subset. (In a ball of another radius the
// sum is at most that, and all is divided by it.) g is a constructed network in x, whose target-dependent weights are
// linear in the target, hence W a(I), W a matrix of w columns; f computes a(I) by a constructed network with w outputs
// on a common inner network. If f errs by at most delta, the functions that g approximates are within delta of y and in
// (1 + delta) W(r, m1), so the error is at most
//
//     delta + (1 + delta) times the error of g,
//
// whatever w: g is built for the unit ball and its output scaled. Splines do not leave the range of their target, and
// with one for f the factor 1 + delta is not needed.
//
// With K outputs the b_l have values in R^K, each coordinate in W(r, m1), and the a_l are shared: g has K outputs on
// its inner network, W has K times the rows, and f is what it is for one.

#ifndef HYPERWIDTH_THEORY_STRUCTURED_TARGET_H_
#define HYPERWIDTH_THEORY_STRUCTURED_TARGET_H_

#include "theory/construction.h"
#include "theory/count.h"
#include "theory/problem.h"

namespace hyperwidth {

struct StructuredSize {
  Count total;             // all parameters of f (W included) and the fixed inner parameters of g
  Construction primary;    // g, for one target
  Construction condition;  // f, for one output
};

// The smallest total over the constructions and the ways to divide epsilon between them that the search tries.
// Throws: std::domain_error as Validate.
StructuredSize SizeForStructuredTargets(const Problem& problem);

}  // namespace hyperwidth

#endif  // HYPERWIDTH_THEORY_STRUCTURED_TARGET_H_
