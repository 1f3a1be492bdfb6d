// SPDX-License-Identifier: Apache-2.0
//
// The error that no linear decoder gets below on a target that has been sampled.

#ifndef HYPERWIDTH_THEORY_SAMPLED_LINEAR_DECODER_FLOOR_H_
#define HYPERWIDTH_THEORY_SAMPLED_LINEAR_DECODER_FLOOR_H_

#include <Eigen/Core>
#include <cstdint>

namespace hyperwidth {

// A linear decoder forms sum over l < p of c_l(I) b_l(x): a DeepONet, a hypernetwork that generates the output layer
// alone, a proper orthogonal decomposition. Whatever computes c and b, its values on X points and J conditions are a
// matrix of rank p at most, so that no training brings its root mean square error over these samples below
//
//   sqrt(sum over i > p of s_i^2 / (X J)),    s_1 >= s_2 >= .. the singular values of the sampled target.
//
// A term that does not depend on I, such as an output bias, is one function more: ask for p + 1.
// Source: Eckart and Young 1936; for operators, Lanthaler, Mishra, Karniadakis 2022, Theorem 3.4.
class LinearDecoderFloor {
 public:
  // values [X, J]: y(x_i, I_j), all conditions on one grid of points, each sample counted alike (multiply rows by the
  // roots of quadrature weights for an integral over x). Throws: std::domain_error if it is empty or has an entry
  // that is not finite or beyond 1e150.
  // Cost: O(X J min(X, J)), seconds for 2,000 by 2,000.
  static LinearDecoderFloor OfSamples(const Eigen::Ref<const Eigen::MatrixXd>& values);

  // For y(x, I) = sum over i of a_i(I) phi_i(x) with E a_i a_j = 1 if i = j, else 0: gram [n, n], the integrals of
  // phi_i phi_j over x. Errors are root mean squares over conditions and x in the measure of these integrals. Throws:
  // std::domain_error if it is empty, not finite, not symmetric to 12 digits, or has an eigenvalue that is negative
  // beyond rounding.
  static LinearDecoderFloor OfGram(const Eigen::Ref<const Eigen::MatrixXd>& gram);

  // Lower bound of the root mean square error with p functions, p >= 0; lowered by more than the rounding of the
  // decomposition, so that it is 0 where only rounding is left. Throws: std::domain_error for p < 0.
  double RootMeanSquare(std::int64_t functions) const;

  // The same as a share of the target's own root mean square; 0 for a target that is zero.
  double Relative(std::int64_t functions) const;

  // The smallest p whose floor is at most `root_mean_square`: fewer functions cannot do it. Throws: std::domain_error
  // for one that is not >= 0.
  std::int64_t FunctionsFor(double root_mean_square) const;

  // [min(X, J)] or [n]: the mean square error that each function at best removes, falling.
  const Eigen::VectorXd& mean_squares() const { return mean_squares_; }

 private:
  LinearDecoderFloor(Eigen::VectorXd mean_squares, double rounding);

  Eigen::VectorXd mean_squares_;  // s_i^2 / (X J)
  Eigen::VectorXd tails_;         // [size + 1]: sqrt of the sum from i on
  double rounding_;               // of any tail
};

}  // namespace hyperwidth

#endif  // HYPERWIDTH_THEORY_SAMPLED_LINEAR_DECODER_FLOOR_H_
