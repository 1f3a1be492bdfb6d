// SPDX-License-Identifier: Apache-2.0
//
// A ReLU network of one input that uses r >= 3 derivatives. [-1,1] is cut into n cells; on each, the target is replaced
// by the polynomial of degree r - 1 through its values at both ends and at r - 2 points between: the zeros of the
// Chebyshev polynomial T_r, stretched until the outermost fall on the ends. With c = cos(pi / 2r), on W(r, 1),
//
//     interpolation error <= 1 / (n^r r! 2^(r-1) c^r).
//
// Let w be the triangle wave that runs from -1 to 1 in one cell and back in the next, L the linear interpolant, x_1 ..
// x_(r-2) the points between in the coordinate w. By Newton's formula with divided differences in w,
//
//     y = L - (1 - w^2) V_1 / (2 n^2),      V_j = D_j + 2/(n (j+2)) (w - x_j)/2 V_(j+1),
//     D_j = (j+1)! n^(j+1) y[-1, 1, x_1, .., x_j],      |D_j| <= sup |y^(j+1)|,  so that |V_j| <= 1.
//
// L, w and the D_j are piecewise linear in x: one kink at each node, and for the jumps of D_j one more, a distance of
// delta cells to the right. Where D_j ramps from one value to the next, 1 - w^2 <= 4 delta; so the jumps cost at most
// 4 delta / n^2, and delta is made so small that this is below 1/256 of the interpolation error. The r - 1 products are
// those of sawtooth_product.h, their number independent of n and their accuracy relative to 1/n^2: a network of
//
//     (2 r + 2) n + O(r^2 log n) parameters.
//
// The idea of local polynomials and approximate products is Yarotsky's (2017, Theorem 1); a single continuous wave as
// the local coordinate takes the place of the partition of unity.

#ifndef HYPERWIDTH_THEORY_INTERVAL_POLYNOMIAL_NETWORK_H_
#define HYPERWIDTH_THEORY_INTERVAL_POLYNOMIAL_NETWORK_H_

#include <functional>
#include <vector>

#include "theory/network_size.h"
#include "theory/relu_network.h"

namespace hyperwidth {

struct IntervalPolynomialPlan {
  int smoothness = 3;      // r >= 3
  double cells = 1;        // n, an integer
  std::vector<int> teeth;  // of the square, of the product with 1 - w^2, of the products that make V_1, .., V_(r-3)
};

// The proved sup error over W(r, 1), rounded up.
double ErrorBound(const IntervalPolynomialPlan& plan);

NetworkSize SizeOf(const IntervalPolynomialPlan& plan);

// Natural logarithm of the number of parameters in double precision, fast: of as many outputs, with as many sets of
// parameters that depend on a target.
double LogSize(const IntervalPolynomialPlan& plan, double outputs = 1, double nodal = 1);

// The fewest cells whose interpolation error leaves the share product_share of epsilon to the products.
// Domain: 3 <= smoothness <= 30, kMinEpsilonShare <= epsilon < 1, 10^-6 <= product_share < 1.
double IntervalPolynomialCells(int smoothness, double epsilon, double product_share);

// The plan with as many cells, from the function above. ErrorBound(plan) <= epsilon: a margin of 10^-9 covers the
// rounding of the search.
IntervalPolynomialPlan PlanIntervalPolynomial(int smoothness, double epsilon, double cells);

class IntervalPolynomialNetwork : public ReluNetwork {
 public:
  // Throws: std::domain_error unless 3 <= r <= 30, 1 <= cells <= 10^6 and there are r - 1 teeth, each from 1 to 10^4.
  IntervalPolynomialNetwork(const IntervalPolynomialPlan& plan, const std::function<double(double)>& target);
};

}  // namespace hyperwidth

#endif  // HYPERWIDTH_THEORY_INTERVAL_POLYNOMIAL_NETWORK_H_
