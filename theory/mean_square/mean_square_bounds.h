// SPDX-License-Identifier: Apache-2.0
//
// Certified lower bounds for the root mean square error over the uniform distribution on the cube: how many parameters
// a network must have to come within epsilon, in that sense, of every target in W(r, m1 + m2). The largest error is no
// smaller, so no bound here is above the one of lower_bounds.h at the same epsilon; and every network that is built for
// the largest error serves here too.

#ifndef HYPERWIDTH_THEORY_MEAN_SQUARE_MEAN_SQUARE_BOUNDS_H_
#define HYPERWIDTH_THEORY_MEAN_SQUARE_MEAN_SQUARE_BOUNDS_H_

#include <cstdint>
#include <optional>

#include "theory/count.h"
#include "theory/linear_pieces.h"
#include "theory/mean_square/mean_square_search.h"
#include "theory/problem.h"
#include "theory/rank_bound.h"
#include "theory/sign_patterns.h"

namespace hyperwidth {

// "At least `count`", proved with the bumps of `evidence` or with linear pieces. A count of 1 says nothing.
struct MeanSquareBound {
  Count count = Count::Exact(1);
  std::optional<MeanSquareGrid> evidence = {};
  std::optional<LeastPieces> pieces = {};

  bool SaysNothing() const { return count.value == 1; }
};

// Linear pieces along one axis of x. A piecewise linear function with P pieces misses (c/2) t^2 by at least c / (sqrt
// 45 P^2) in the root mean square over [-1,1], c = 4/9 in the sum norm and 1 in the max norm (equal pieces are best,
// and on one of length h the mean square of what a line leaves of (c/2) t^2 is c^2 h^4 / 720); for r >= 2. For r = 1
// the target is n hats with alternating signs, n even: on two neighbours with no kink within a line leaves 7/48 of
// rho^2 in the mean square, and P - 1 kinks leave n/2 - (P - 1) pairs alone, so
//
//     mean square >= (1 - 2 (P - 1) / n) rho^2 7/48.
LeastPieces LeastPiecesInMeanSquare(int smoothness, double epsilon, BallNorm norm);

// Functions of x that a linear decoder has to sum (rank_bound.h): at each common shift u the matrix of X x J values of
// a target with the signs of a Hadamard matrix is missed in the mean square by (1 - p / X) rho^2 phi(u)^2, so
//
//     p >= X (1 - (epsilon B)^2 / Q).
//
// Its onset is left open.
RankBound LeastFunctionsInMeanSquare(const Problem& problem);

// The bounds for one problem, of targets with several outputs those for one of them, which a network of all of them
// needs too; hypotheses as for LowerBounds, whose names they have. Not here: continuous selection and
// continuous encoders, whose proofs are about the largest error.
class MeanSquareBounds {
 public:
  // Throws: std::domain_error as Validate.
  explicit MeanSquareBounds(const Problem& problem);

  MeanSquareBound Standard() const;           // N of one network h(x, I)
  MeanSquareBound Primary() const;            // N_g; the target does not depend on I
  MeanSquareBound Embedding() const;          // N_q, with the problem's embedding dimension
  MeanSquareBound DenseEmbedding() const;     // N_q for every embedding dimension, dense first layer
  MeanSquareBound HypernetworkTotal() const;  // N_f
  MeanSquareBound Pieces() const { return pieces_; }

  // Bits for all weights together. By Gilbert and Varshamov there are 2^(M (1 - H2(delta))) targets that differ in more
  // than delta M signs pairwise, hence by 2 rho sqrt(delta Q) or more, which is above 2 epsilon.
  MeanSquareBound Bits() const;

  MeanSquareBound ForClass(const NetworkClass& network_class) const;

  const Problem& problem() const { return problem_; }

 private:
  MeanSquareBound Certify(const NetworkClass& network_class, const MeanSquareSearch& search) const;

  Problem problem_;
  MeanSquareSearch all_axes_;
  MeanSquareSearch primary_axes_;
  MeanSquareBound pieces_;
};

}  // namespace hyperwidth

#endif  // HYPERWIDTH_THEORY_MEAN_SQUARE_MEAN_SQUARE_BOUNDS_H_
