// SPDX-License-Identifier: Apache-2.0
//
// The polynomial arithmetic behind the norm of a bump grid. With P_i(t) = sum_j s_j n_i^j t^j for axis i, the norm B of
// grid.h is the sum of the coefficients of degree 0 to r of the product of all P_i.

#ifndef HYPERWIDTH_THEORY_NORM_POLYNOMIAL_H_
#define HYPERWIDTH_THEORY_NORM_POLYNOMIAL_H_

#include <array>
#include <cstddef>

#include "theory/bump.h"
#include "theory/grid.h"
#include "theory/problem.h"

namespace hyperwidth::internal {

// Coefficients of degree 0 to r. All are nonnegative, so that no digits are ever cancelled. A search multiplies some
// hundred thousand of these, so they are kept off the heap.
class NormPolynomial {
 public:
  // 1, for 1 <= size = r + 1 coefficients.
  explicit NormPolynomial(std::size_t size) : size_(size) { coefficients_[0] = 1; }

  std::size_t size() const { return size_; }
  double operator[](std::size_t degree) const { return coefficients_[degree]; }
  double& operator[](std::size_t degree) { return coefficients_[degree]; }

 private:
  std::size_t size_;
  std::array<double, kMaxSmoothness + 1> coefficients_{};
};

// The product over the axes of `group`. Coefficients that leave the range of a double are infinite, never NaN.
NormPolynomial ProductOverAxes(const Bump& bump, const AxisGroup& group);

// The sum of the coefficients of degree at most r of the product of the two.
double TruncatedSum(const NormPolynomial& a, const NormPolynomial& b);

}  // namespace hyperwidth::internal

#endif  // HYPERWIDTH_THEORY_NORM_POLYNOMIAL_H_
