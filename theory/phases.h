// SPDX-License-Identifier: Apache-2.0
//
// What depth buys for ReLU networks: the phases of Yarotsky 2018 (r = 1) and Yarotsky and Zhevnerchuk 2020 (any r).

#ifndef HYPERWIDTH_THEORY_PHASES_H_
#define HYPERWIDTH_THEORY_PHASES_H_

namespace hyperwidth {

// For networks of N parameters whose depth grows like N^a, approximating W(r, d).
struct DepthPhase {
  double depth_exponent = 0;         // a in [0, 1]; 0 means a depth that grows like log N at most
  double reachable_rate = 0;         // p: error N^-p is reached, up to logarithms; p = (1 + a) r / d
  double forbidden_above = 0;        // no larger p is reached, however the weights are chosen; equals reachable_rate
  double continuous_rate = 0;        // r / d: no larger p is reached with a continuous choice of weights, at any depth
  double parameter_exponent = 0;     // 1 / p: N ~ epsilon^-(1/p)
  bool needs_discontinuity = false;  // a > 0: the rate needs weights that depend discontinuously on the target
};

// Forbidden: the sign-pattern inequality allows N L log N bumps, and with L = N^a that is N^(1+a), up to logarithms,
// against epsilon^(-d/r) bumps. That the rate up to there is reached is published, constants unknown.
// Domain: smoothness, dim >= 1, 0 <= depth_exponent <= 1. Throws: std::domain_error outside.
DepthPhase PhaseAtDepth(int smoothness, int dim, double depth_exponent);

}  // namespace hyperwidth

#endif  // HYPERWIDTH_THEORY_PHASES_H_
