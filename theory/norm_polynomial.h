// SPDX-License-Identifier: Apache-2.0
//
// The polynomial arithmetic behind the norm of a bump grid. With P_i(t) = sum_j s_j n_i^j t^j for axis i, the norm B of
// grid.h is the sum of the coefficients of degree 0 to r of the product of all P_i. In the max norm (ball_norm.h) every
// sum, inside the products too, is a maximum.

#ifndef HYPERWIDTH_THEORY_NORM_POLYNOMIAL_H_
#define HYPERWIDTH_THEORY_NORM_POLYNOMIAL_H_

#include <array>
#include <cstddef>

#include "theory/ball_norm.h"
#include "theory/bump.h"
#include "theory/grid.h"
#include "theory/problem.h"

namespace hyperwidth::internal {

// Coefficients of degree 0 to r. All are nonnegative, so that no digits are ever cancelled. A search multiplies some
// hundred thousand of these, so they are kept off the heap.
class NormPolynomial {
 public:
  // 1, for 1 <= size = r + 1 coefficients.
  NormPolynomial(BallNorm norm, std::size_t size) : norm_(norm), size_(size) { coefficients_[0] = 1; }

  BallNorm norm() const { return norm_; }
  std::size_t size() const { return size_; }
  double operator[](std::size_t degree) const { return coefficients_[degree]; }
  double& operator[](std::size_t degree) { return coefficients_[degree]; }

 private:
  BallNorm norm_;
  std::size_t size_;
  std::array<double, kMaxSmoothness + 1> coefficients_{};
};

// The product over the axes of `group`. Coefficients that leave the range of a double are infinite, never NaN.
NormPolynomial ProductOverAxes(BallNorm norm, const Bump& bump, const AxisGroup& group);

// The sum, or maximum, of the coefficients of degree at most r of the product of the two, which are of the same norm.
double TotalNorm(const NormPolynomial& a, const NormPolynomial& b);

}  // namespace hyperwidth::internal

#endif  // HYPERWIDTH_THEORY_NORM_POLYNOMIAL_H_
