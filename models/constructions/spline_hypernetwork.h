// SPDX-License-Identifier: Apache-2.0
#ifndef HYPERWIDTH_MODELS_CONSTRUCTIONS_SPLINE_HYPERNETWORK_H_
#define HYPERWIDTH_MODELS_CONSTRUCTIONS_SPLINE_HYPERNETWORK_H_

#include "models/constructions/kuhn_spline.h"
#include "models/types.h"

namespace hyperwidth {

// A hypernetwork that is built from its target: g(x; f(I)), g a spline network in x, of which f generates the output
// weights; its hidden layers are fixed. f's hidden layers compute the features of a spline network in I, and its output
// layer is
//
//   full (rank 0)      a matrix: f interpolates, in I, the weights that g has for y(., I) [Galanti and Wolf 2020,
//   Theorem 4]; factorised, rank w the product of a matrix M of w columns and one of w rows, S~: for y(x, I) = sum over
//   l <= w of
//                      a_l(I) b_l(x), S~ interpolates the a_l and M has the weights of the b_l [the same, Theorem 5].
//
// Trainable parameters: the output layers' entries in one flat vector, S~ or the full matrix first (both [features of
// I, outputs], column by column), then M [generated weights, w]. The hidden layers' parameters are constants.
class SplineHypernetwork {
 public:
  // Throws std::invalid_argument if rank < 0.
  SplineHypernetwork(KuhnSpline primary, KuhnSpline condition, Index rank = 0);

  const KuhnSpline& primary() const { return primary_; }
  const KuhnSpline& condition() const { return condition_; }

  Index generated_parameter_count() const { return primary_.parameter_count(); }  // N_g, the constant ones included
  Index parameter_count() const;                                                  // of the flat vector
  // All parameters of f, and the constants of g: what has to be stored.
  Index total_parameter_count() const;

  // Full: the parameters for a target with these values at the nodes, [nodes of x, nodes of I].
  Vector<double> Parameters(const ConstMatrixRef<double>& nodal_values) const;
  // Factorised: for the values of b [nodes of x, w] and of a [nodes of I, w].
  Vector<double> FactorisedParameters(const ConstMatrixRef<double>& b, const ConstMatrixRef<double>& a) const;

  // g(x; f(I)) for x [m1, samples] and I [m2, samples]. All throw std::invalid_argument if a shape does not fit.
  Vector<double> Forward(const ConstVectorRef<double>& parameters,
                         const ConstMatrixRef<double>& x,
                         const ConstMatrixRef<double>& condition) const;

 private:
  void Require(bool fits, const char* what) const;

  KuhnSpline primary_;
  KuhnSpline condition_;
  Index rank_;
};

}  // namespace hyperwidth

#endif  // HYPERWIDTH_MODELS_CONSTRUCTIONS_SPLINE_HYPERNETWORK_H_
