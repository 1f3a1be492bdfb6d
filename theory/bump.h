// SPDX-License-Identifier: Apache-2.0
//
// Bumps: the even functions on [-1,1] from which all lower bounds build their hardest targets. A bump of smoothness r
// has sup norm 1, reached at 0, and vanishes at both ends with its first r-1 derivatives, so that extended by zero it
// has a bounded r-th derivative. The smaller its seminorms s_j = sup |bump^(j)|, the better the bound.

#ifndef HYPERWIDTH_THEORY_BUMP_H_
#define HYPERWIDTH_THEORY_BUMP_H_

#include <string>
#include <vector>

namespace hyperwidth {

// The spline of degree q on [-1,1] whose q-th derivative is +-c, changing sign at the zeros cos(j pi / (q+1)) of the
// Chebyshev polynomial of the second kind U_q, scaled to sup norm 1. The sign of U_q is orthogonal to all polynomials
// of degree below q, which makes the first q-1 derivatives vanish at both ends. It is the B-spline with the knots
// cos(j pi / (q+1)), j = 0..q+1, up to its scale ("perfect B-spline"). q = 1 is the hat function.
// Source: Schumaker, Spline Functions: Basic Theory, section 4.9 (perfect B-splines).
class PerfectSpline {
 public:
  // Domain: 1 <= degree <= kMaxSmoothness + 1. Throws: std::domain_error outside.
  explicit PerfectSpline(int degree);

  // The derivative of order `order` at t; at a jump (order = degree) the limit from the left half of the knot span.
  // Zero outside [-1,1]. Domain: 0 <= order <= degree. Throws: std::domain_error outside.
  double Derivative(int order, double t) const;

  // sup |bump^(order)|, to about 12 digits, not rounded in any direction.
  double Seminorm(int order) const;

  int degree() const { return degree_; }

 private:
  double DerivativeOnLeftHalf(int order, double t) const;

  int degree_;
  std::vector<double> knots_;                  // those below 0
  std::vector<std::vector<double>> at_knots_;  // at_knots_[piece][j]: j-th derivative just right of knots_[piece]
};

// cos(pi t / 2)^power on [-1,1]: zeros of order `power` at both ends, so it is a bump of smoothness up to `power`.
class CosinePower {
 public:
  // Domain: 1 <= power <= kMaxSmoothness + 1. Throws: std::domain_error outside.
  explicit CosinePower(int power);

  double Derivative(int order, double t) const;  // zero outside [-1,1]
  double Seminorm(int order) const;              // as for PerfectSpline

  int power() const { return power_; }

 private:
  int power_;
  std::vector<double> weights_;  // cos^power(theta) = sum over l of weights_[l] cos((power - 2 l) theta)
};

// A bump as the bounds use it: its name and upper bounds of its seminorms.
struct Bump {
  enum class Family { kPerfectSpline, kCosinePower };

  Family family = Family::kPerfectSpline;
  int order = 1;  // degree of the spline, power of the cosine
  // seminorms[j] >= sup |bump^(j)|, j = 0..r. Exact for the perfect splines of degree 1 and 2 (1, 1 and 1, 2, 4); all
  // others are raised by one part in a million and then to the next number of 7 digits, far more than their rounding
  // error, so that a certificate can state them in full and a checker can confirm them by dense sampling.
  std::vector<double> seminorms;

  std::string Name() const;  // "perfect spline of degree 2"
};

// The bumps of smoothness r that are worth trying: perfect splines and cosine powers of orders r and up, without those
// whose seminorms are nowhere below another's. Never empty. Domain: 1 <= r <= kMaxSmoothness. Throws:
// std::domain_error. Cost: some milliseconds for large r the first time, then a look-up.
const std::vector<Bump>& AdmissibleBumps(int smoothness);

}  // namespace hyperwidth

#endif  // HYPERWIDTH_THEORY_BUMP_H_
