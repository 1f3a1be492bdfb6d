// SPDX-License-Identifier: Apache-2.0
#ifndef HYPERWIDTH_MODELS_CONSTRUCTIONS_LINEAR_SPLINE_H_
#define HYPERWIDTH_MODELS_CONSTRUCTIONS_LINEAR_SPLINE_H_

#include "models/graph/graph.h"
#include "models/types.h"

namespace hyperwidth {

// Interpolation by a continuous piecewise-linear function through n + 1 equispaced nodes of [-1, 1], as a network with
// one hidden layer of n ReLU units and 3n + 1 parameters: y(t_0) + sum_i c_i max(t - t_i, 0), c_i the change of slope
// at node i. The parameters are an affine function of the nodal values, hence continuous in the target.
//
// If y and its first r derivatives have sup norms that add up to at most 1, the error on [-1, 1] is at most 1/n for
// r = 1 and 1/(2 n^2) for r = 2 (elementary: half a cell's width h/2 = 1/n times the slope, h^2/8 times the curvature).
class LinearSpline {
 public:
  // Throws std::invalid_argument unless cells >= 1.
  explicit LinearSpline(Index cells);

  Index cells() const { return cells_; }
  // The network 1 -> n -> 1 that carries the spline, for use with Parameters(). Its theta: the n weights of the input,
  // the n biases, the n output weights, the output bias.
  const Model& network() const { return network_; }
  Index parameter_count() const { return network_.parameters.size(); }

  // Node i, 0 <= i <= cells(): -1 + 2 i / n.
  double Node(Index i) const { return -1 + 2 * static_cast<double>(i) / static_cast<double>(cells()); }

  // The network's parameters for the spline with these values at the nodes, [cells() + 1]. Throws std::invalid_argument
  // for another number of values.
  Vector<double> Parameters(const ConstVectorRef<double>& nodal_values) const;

 private:
  Index cells_;
  Model network_;
};

}  // namespace hyperwidth

#endif  // HYPERWIDTH_MODELS_CONSTRUCTIONS_LINEAR_SPLINE_H_
