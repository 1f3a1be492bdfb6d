// SPDX-License-Identifier: Apache-2.0
#ifndef HYPERWIDTH_MODELS_CONSTRUCTIONS_SPLINE_EMBEDDING_H_
#define HYPERWIDTH_MODELS_CONSTRUCTIONS_SPLINE_EMBEDDING_H_

#include <vector>

#include "models/constructions/kuhn_spline.h"
#include "models/constructions/sparse_network.h"
#include "models/types.h"

namespace hyperwidth {

// An embedding method that is built from a structured target y(x, I) = 1/w sum over l < w of a_l(I) b_l(x), |a_l| and
// |b_l| at most 1: the embedding e(I) = (a_0(I), .., a_w-1(I)) is a spline network with w outputs, and q(x, e) computes
// the b_l(x) as another, multiplies each by its e_l with saw-teeth of ReLU units, and takes the mean. As in Yarotsky
// [2017, Propositions 2 and 3],
//
//     P_s(b, e) = f_s(|b + e| / 2) - f_s(|b - e| / 2),     |P_s(b, e) - b e| <= 4^(-s-1),
//
// f_s the interpolant of z^2 at 2^s + 1 points of [0, 1]: each of the s teeth is a layer of five units.
//
// All parameters are counted, also those of the units that carry e past the hidden layers of the b_l, one per layer and
// coordinate; these are not evaluated, being the identity.
class SplineEmbedding {
 public:
  // Throws std::invalid_argument unless 1 <= rank and 1 <= teeth <= 25.
  SplineEmbedding(KuhnSpline primary, KuhnSpline condition, Index rank, int teeth);

  const KuhnSpline& primary() const { return primary_; }
  const KuhnSpline& condition() const { return condition_; }
  Index rank() const { return rank_; }  // k, the embedding's dimension
  int teeth() const { return teeth_; }

  Index primary_parameter_count() const;    // N_q
  Index embedding_parameter_count() const;  // N_e
  Index total_parameter_count() const { return primary_parameter_count() + embedding_parameter_count(); }
  // Of the flat vector: what depends on the target, as in SplineHypernetwork.
  Index parameter_count() const;

  // The parameters for the values of b [nodes of x, w] and of a [nodes of I, w].
  Vector<double> Parameters(const ConstMatrixRef<double>& b, const ConstMatrixRef<double>& a) const;

  // q(x, e(I)) for x [m1, samples] and I [m2, samples]. All throw std::invalid_argument if a shape does not fit.
  Vector<double> Forward(const ConstVectorRef<double>& parameters,
                         const ConstMatrixRef<double>& x,
                         const ConstMatrixRef<double>& condition) const;

  // P_s(b, e) from its formula.
  static double Product(int teeth, double b, double e);

 private:
  void Require(bool fits, const char* what) const;

  KuhnSpline primary_;
  KuhnSpline condition_;
  Index rank_;
  int teeth_;
  SparseNetwork products_;  // (b + 1, e + 1) to the units whose weighted sum is the output
  Vector<double> product_parameters_;
  Vector<double> output_weights_;
};

}  // namespace hyperwidth

#endif  // HYPERWIDTH_MODELS_CONSTRUCTIONS_SPLINE_EMBEDDING_H_
