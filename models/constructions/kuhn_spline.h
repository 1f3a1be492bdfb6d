// SPDX-License-Identifier: Apache-2.0
#ifndef HYPERWIDTH_MODELS_CONSTRUCTIONS_KUHN_SPLINE_H_
#define HYPERWIDTH_MODELS_CONSTRUCTIONS_KUHN_SPLINE_H_

#include "models/constructions/sparse_network.h"
#include "models/types.h"

namespace hyperwidth {

// Interpolation on [-1, 1]^d by a continuous function that is affine on the d! simplices of each of n^d cubes (Kuhn's
// triangulation), as a ReLU network: hidden layers that compute features of x and know nothing of the target, and
// output weights that are a linear function of its nodal values. For d > 1 the features are the nodes' hat functions,
//
//     max(0, 1 - max(0, u_1, .., u_d) + min(0, u_1, .., u_d)),      u = n/2 (x - node),
//
// the maxima being trees of max(p, q) = relu(p - q) + relu(q); for d = 1 those of LinearSpline, and the constant 1 for
// its output bias.
//
// A target whose derivatives up to order r have sup norms that add up to at most 1 is missed by at most 1/n for r = 1;
// for r = 2, by 1/(2 n^2) if d = 1 and 1/n^2 else.
class KuhnSpline {
 public:
  // Throws std::invalid_argument unless 1 <= dim <= 8, 1 <= cells and (cells + 1)^dim <= 10^7.
  KuhnSpline(int dim, Index cells);

  int dim() const { return dim_; }
  Index cells() const { return cells_; }
  int depth() const { return hidden_.depth() + 1; }  // weight layers

  Index node_count() const { return node_count_; }
  // Node i, [dim]: the first axis runs fastest.
  Vector<double> Node(Index i) const;

  // Parameters of the hidden layers, and output weights of one output: node_count(), for d = 1 one of them a bias.
  Index hidden_parameter_count() const { return hidden_.parameter_count(); }
  Index output_weight_count() const { return node_count_; }
  Index parameter_count() const { return hidden_parameter_count() + output_weight_count(); }

  // What the output weights multiply, for x [dim, samples]: [output_weight_count, samples].
  Matrix<double> Features(const ConstMatrixRef<double>& x) const;

  // The network's outputs, output_weights^T Features(x), [outputs, samples], without holding the features of more than
  // a few samples. output_weights [output_weight_count, outputs]. Throws std::invalid_argument if a shape does not fit.
  Matrix<double> Forward(const ConstMatrixRef<double>& output_weights, const ConstMatrixRef<double>& x) const;

  // The output weights [output_weight_count, outputs] of the splines through nodal values [node_count, outputs].
  // Throws std::invalid_argument for another number of rows.
  Matrix<double> OutputWeights(const ConstMatrixRef<double>& nodal_values) const;

 private:
  int dim_;
  Index cells_;
  Index node_count_;
  SparseNetwork hidden_;
  Vector<double> hidden_parameters_;
};

}  // namespace hyperwidth

#endif  // HYPERWIDTH_MODELS_CONSTRUCTIONS_KUHN_SPLINE_H_
