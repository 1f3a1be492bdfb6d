// SPDX-License-Identifier: Apache-2.0
#ifndef HYPERWIDTH_MODELS_CONSTRUCTIONS_KUHN_TRIANGULATION_H_
#define HYPERWIDTH_MODELS_CONSTRUCTIONS_KUHN_TRIANGULATION_H_

#include <array>

#include "models/types.h"

namespace hyperwidth {

// Kuhn's (Freudenthal's) triangulation of [-1, 1]^d, n cells per axis, each cut into d! simplices: the one of a point
// is found by sorting its coordinates inside the cell, and its corners are reached from the cell's lowest one by steps
// along the axes in that order. So the spline that is affine on the simplices is evaluated from d + 1 nodal values: the
// cheap formula of what KuhnSpline computes as a network. Source: Kuhn, Some combinatorial lemmas in topology, IBM J.
// Res. Dev. 4 (1960).
class KuhnTriangulation {
 public:
  static constexpr int kMaxDim = 8;

  // Throws std::invalid_argument unless 1 <= dim <= kMaxDim, 1 <= cells and (cells + 1)^dim <= 2^53.
  KuhnTriangulation(int dim, Index cells);

  int dim() const { return dim_; }
  Index cells() const { return cells_; }  // per axis
  Index node_count() const { return node_count_; }

  // Node i, [dim]: the first axis runs fastest.
  Vector<double> Node(Index i) const;

  // A point is the mean of the corners of its simplex with these weights, of which the first dim + 1 are used.
  struct Position {
    std::array<Index, kMaxDim + 1> nodes = {};
    std::array<double, kMaxDim + 1> weights = {};  // nonnegative, sum 1
  };

  // `point` [dim]; coordinates outside [-1, 1] are moved to its ends.
  Position Locate(const ConstVectorRef<double>& point) const;

  // The spline through nodal values [node_count] at the columns of x [dim, samples]: [samples].
  // Throws std::invalid_argument if a shape does not fit.
  Vector<double> Interpolate(const ConstVectorRef<double>& nodal_values, const ConstMatrixRef<double>& x) const;

 private:
  int dim_;
  Index cells_;
  Index node_count_ = 1;
};

}  // namespace hyperwidth

#endif  // HYPERWIDTH_MODELS_CONSTRUCTIONS_KUHN_TRIANGULATION_H_
