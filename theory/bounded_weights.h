// SPDX-License-Identifier: Apache-2.0
//
// Networks with bounded weights: a lower bound for any activation with values in [-1,1] and Lipschitz constant 1 (tanh,
// sigmoid, sine, clipped ReLU), however the weights are chosen. Without the bound on the weights nothing of the kind
// holds for all of them: a sine of one unbounded frequency realises every sign pattern on as many points as one likes
// (suitable ones), and analytic sigmoidal functions exist with which a network of fixed size approximates every
// continuous function (Maiorov and Pinkus 1999). For tanh and sigmoid alone a bound without B is known, much weaker: a
// network of N parameters and k units realises all sign patterns on at most about (N k)^2 points (Karpinski and
// Macintyre 1997). It is not computed here.

#ifndef HYPERWIDTH_THEORY_BOUNDED_WEIGHTS_H_
#define HYPERWIDTH_THEORY_BOUNDED_WEIGHTS_H_

#include <string>

#include "theory/lower_bounds.h"
#include "theory/problem.h"

namespace hyperwidth {

// N >= M / log2(1 + B Lambda / (rho - epsilon)) for the network h(x, I) with k = problem.depth weight layers, of an
// architecture that is fixed before the target, all weights and biases in [-B, B], B = problem.weight_bound, and at
// most problem.width units in a hidden layer; maximised over grids of M bumps of height rho > epsilon, in a ball of
// radius A those of grid.h times A. Lambda is the LipschitzConstant (bounded_weights_parts.h) with h = max(width, input
// dimension) inputs to a unit. With K outputs, each of which has this Lipschitz constant, M is K times the bumps.
//
// Of floor(1 + B Lambda / (rho - epsilon)) numbers spread evenly over [-B, B] one is closer than (rho - epsilon) /
// Lambda to any weight. Weights rounded to these change the network by less than rho - epsilon; targets are 2 rho
// apart, so two targets cannot share rounded weights: (number of roundings)^N >= 2^M. Throws: std::domain_error as
// Validate.
CertifiedBound BoundedWeightsBound(const Problem& problem);

// N log2(..) over M (times the outputs) at `grid` for N = `weights`, a whole number: a decimal fraction with 36
// decimals, rounded up. Below 1, that many weights are too few.
std::string RoundingsPerPointAbove(const Problem& problem, const Grid& grid, const std::string& weights);

}  // namespace hyperwidth

#endif  // HYPERWIDTH_THEORY_BOUNDED_WEIGHTS_H_
