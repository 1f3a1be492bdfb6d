// SPDX-License-Identifier: Apache-2.0
//
// Certified lower bounds: how many parameters a network must have to come within epsilon of every target in
// W(r, m1 + m2), in the worst case over the targets. Proved, with explicit constants, and rigorous under rounding.

#ifndef HYPERWIDTH_THEORY_LOWER_BOUNDS_H_
#define HYPERWIDTH_THEORY_LOWER_BOUNDS_H_

#include <functional>
#include <optional>

#include "theory/count.h"
#include "theory/grid.h"
#include "theory/grid_search.h"
#include "theory/linear_pieces.h"
#include "theory/problem.h"
#include "theory/sign_patterns.h"

namespace hyperwidth {

// "At least `count` parameters", proved with the bumps of `grid`. A count of 1 says nothing.
struct CertifiedBound {
  Count count;
  Grid grid;
  // If the count is 1: the largest epsilon, rounded down to three digits, at which it is larger (onset.h). Nothing if
  // that is no accepted one.
  std::optional<double> onset = {};
  // If it counts linear pieces (linear_pieces.h) instead of sign patterns: of what; `grid` is then the one in it, which
  // a parabola does not have.
  std::optional<LeastPieces> pieces = {};

  bool SaysNothing() const { return count.value == 1; }
};

// The grid itself; epsilon is that of the unit ball. Searches keep a margin for rounding that the 50-digit check of
// rigorous.h cannot exceed; this is a check of the program. Throws: std::logic_error, with the grid and epsilon, unless
// ProvesHeight(grid, epsilon).
Grid Confirmed(const Grid& grid, double epsilon);

// The one that says more: the larger count, or else the larger onset; `a` if they are equal.
CertifiedBound Stronger(const CertifiedBound& a, const CertifiedBound& b);

// The bounds for one problem, each the best over grids (differently fine in x and in I), layouts and bumps. Holding the
// candidate grids of the problem makes the second bound cheaper than the first.
//
// Common hypotheses. ContinuousSelection: the network's weights are a continuous function of the target; any
// activation, any architecture. All others: weights chosen in any way; the activation is continuous and
// linear on both sides of one kink (ReLU, leaky ReLU, absolute value); no hidden layer has more units than the network
// has parameters, which holds whenever weights are not shared, since a unit without a weight or bias of its own is
// constant and can be dropped; one architecture, fixed before the target (sign_patterns.h). Depths are upper limits:
// fewer layers only lower the right-hand side of (*).
//
// Standard, Primary, Embedding and DenseEmbedding are the better one of sign patterns and linear pieces. Pieces need
// less of the architecture, which may be chosen after the target, and more of the network: an activation that is linear
// on both sides of 0 with the value 0 there, and weights that are not shared.
//
// K outputs count K times as many bumps or signs, and share the hidden layers (sign_patterns.h, linear_pieces.h).
class LowerBounds {
 public:
  // Throws: std::domain_error as Validate.
  explicit LowerBounds(const Problem& problem);

  // N of any method. Source: Bernstein width and Borsuk-Ulam theorem (DeVore, Howard, Micchelli 1989, Theorem 3.1): the
  // M bumps span M dimensions in which the sup-norm ball of radius rho lies in W(r, m), so N < M forces error >= rho;
  // K times as many for K outputs.
  CertifiedBound ContinuousSelection() const;

  // N of one network h(x, I).
  CertifiedBound Standard() const;

  // N_g: the primary network of a hypernetwork, or any network of x alone, for one worst I.
  CertifiedBound Primary() const;

  // N_q: the primary network q(x, e(I)) of an embedding method with k = dim e(I), whatever computes e, however large.
  // Never below Primary(): for a fixed I the embedding only shifts the first layer's biases.
  CertifiedBound Embedding() const;
  CertifiedBound Embedding(std::int64_t embedding_dim) const;

  // N_q for every k at once, if q's first layer is dense: see DenseEmbeddingClass.
  CertifiedBound DenseEmbedding() const;

  // N_f: all trainable parameters of a hypernetwork whose generator f has ReLU hidden layers and a linear output, one
  // output for each weight of g. Both g and f have at most N_f units in a layer.
  CertifiedBound HypernetworkTotal() const;

  // N of any network of x and whatever enters from I, by linear pieces along one axis of x.
  CertifiedBound Pieces() const { return pieces_; }

  // The bound for any class of sign_patterns.h, with the problem's outputs, at the best grid over x and I.
  CertifiedBound ForClass(const NetworkClass& network_class) const;

  // The grid over x and I, higher than epsilon / radius, at which `objective` is largest.
  GridSearch::Best BestGrid(const std::function<double(const Grid&)>& objective) const;

  const Problem& problem() const { return problem_; }

 private:
  CertifiedBound Certify(const NetworkClass& of_one_output, const GridSearch& search, int condition_dim) const;

  Problem problem_;
  GridSearch all_axes_;
  GridSearch primary_axes_;
  CertifiedBound pieces_;
};

// The same bounds in their plainest form, as in the literature: n cells on every axis, the largest n with 1/B >
// epsilon, the perfect spline of degree r, and N units in every layer, the output included. Never above the ones of
// LowerBounds.
CertifiedBound IsotropicContinuousSelection(const Problem& problem);
CertifiedBound IsotropicStandard(const Problem& problem);
CertifiedBound IsotropicEmbedding(const Problem& problem);

}  // namespace hyperwidth

#endif  // HYPERWIDTH_THEORY_LOWER_BOUNDS_H_
