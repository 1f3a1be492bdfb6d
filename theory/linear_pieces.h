// SPDX-License-Identifier: Apache-2.0
//
// Bounds from linear pieces. Along a line a ReLU network is piecewise linear, with few pieces; some targets need many.
// For networks of one input this is far sharper than counting sign patterns, and it holds whatever enters from I, and
// for an architecture that is chosen after the target.
//
// Pieces of networks. Let sigma(t) be a t for t >= 0 and b t for t < 0 (ReLU, leaky ReLU, absolute value), and all
// inputs but one be fixed. A unit whose input is linear on each of p intervals adds at most one kink in each, so that a
// network with k_1, .., k_q units in the hidden layers has at most prod (k_i + 1) pieces. Of its parameters that are
// not zero, each unit that adds a kink has at least two on its way in: with one alone its input is a multiple of the
// line's coordinate, which has its kink at 0 (one unit may have that), or of another unit's output, whose kinks are
// there already. The units of the last of these layers have one on their way out each. So, if no weight is shared,
//
//     N >= 2 (k_1 + .. + k_q) + k_q - 1,   prod (k_i + 1) >= P,
//
// for P pieces and some q <= L - 1. By the inequality of the means (2 for the first q - 1 factors, 3 for the last),
//
//     (N + 2 q + 2)^q >= q^q 3 2^(q-1) P   for some q <= min(L - 1, log2 P), or else N >= 2 q for some larger q. (*)
//
// K outputs, each of which has to have P pieces. Each has a parameter of its own on its way in, so that without K - 1
// of them a network of N - K + 1 parameters with one output is left, to which (*) applies. And if q = L - 1, units of
// the last layer with kinks have nothing but outputs behind them: an output that sees s of them has s weights of its
// own, and (k_1 + 1) .. (k_(q-1) + 1) (s + 1) >= P. With the smallest s, which is at most k_q,
//
//     N >= 2 (k_1 + .. + k_(q-1)) + (K + 2) s - 1,   hence   (N + 2 q + K + 1)^q >= q^q (K + 2) 2^(q-1) P.       (**)
//
// At depth 2 that is N >= (K + 2) (P - 1) - 1: hidden units are shared, the weights behind them are not.
//
// What conditions the network may enter the parameters or add to any unit's input by weights of its own.
//
// Pieces of targets. (1) n + 1 bumps side by side at the nodes of n cells, higher than epsilon, with alternating signs.
// An approximation changes sign n times; in each of the n gaps it has a zero, and a piece that had zeros in two gaps
// would be zero in between: at least n pieces. (2) For r >= 2 the parabola (4/9)(x^2 - 1/2)/2: on a piece of length h a
// function with |y''| >= c differs from every linear function by c h^2 / 16 somewhere. P pieces have a length of 2 / P
// or more, so the error is at least 1 / (9 P^2). No target with |y''| >= c everywhere has a larger c in the ball: then
// sup |y'| >= c and sup |y| >= c / 4, and 4/9 is what makes the sum 1. In the max norm (ball_norm.h) it is x^2 / 2,
// with c = 1 and an error of 1 / (4 P^2). Either target depends on one coordinate of x.

#ifndef HYPERWIDTH_THEORY_LINEAR_PIECES_H_
#define HYPERWIDTH_THEORY_LINEAR_PIECES_H_

#include <cstdint>

#include "theory/count.h"
#include "theory/grid.h"

namespace hyperwidth {

enum class PiecesTarget { kAlternatingBumps, kParabola };

struct LeastPieces {
  double pieces = 1;  // a whole number: no function with fewer linear pieces along the axis is within epsilon
  PiecesTarget target = PiecesTarget::kAlternatingBumps;
  Grid grid = {};  // the bumps, along one axis; for the parabola none
};

// The target of the unit ball W(smoothness, .) that needs the most pieces. Domain: as for Problem at radius 1.
LeastPieces LeastLinearPieces(int smoothness, double epsilon, BallNorm norm = BallNorm::kSum);

// The smallest N that satisfies (*), for several outputs with N - K + 1 in the place of N, and if q is L - 1 then (**)
// too: networks with fewer parameters and at most `depth` weight layers have an output with fewer pieces, or one that
// is 0. At least `outputs`. Beyond 10^15 its log10, rounded down. Domain: pieces >= 1, a whole number; depth >= 2; 1 <=
// outputs <= kMaxCount. Throws: std::domain_error outside.
Count LeastParametersForPieces(double pieces, int depth, std::int64_t outputs = 1);

// The largest epsilon, of three digits, at which two pieces are needed in the ball of this radius.
double OnsetOfPieces(int smoothness, double radius = 1, BallNorm norm = BallNorm::kSum);

}  // namespace hyperwidth

#endif  // HYPERWIDTH_THEORY_LINEAR_PIECES_H_
