// SPDX-License-Identifier: Apache-2.0
//
// A ReLU network of d inputs that uses r >= 3 derivatives: Taylor polynomials of degree r - 1 at the centres of n^d
// cubes of side h = 2/n, glued together by products of trapezoids and multiplied out by saw-teeth [Yarotsky 2017,
// Theorem 1], arranged so that the number of products does not depend on n.
//
// In the coordinate u = (x_i - v_i) / h of an axis, trapezoids are 1 for |u| <= 1/2 - delta, 0 beyond 1/2 + delta
// (those at the ends of [-1,1] do not fall), delta = 1/32. Nodes are coloured by the parity of their index on each
// axis: 2^d colours, within which supports are well apart. So one network per colour evaluates all its Taylor
// polynomials, from functions that are piecewise linear in x: coordinates w_i = 2u/(1 + 2 delta), coefficients D^k y(v)
// / k! carried by plateaus relu(1 - M sum_i distance_i) that are 1 on the node's support. With rho = (1 + 2 delta) / n,
// the Horner scheme
//
//     P_k = D^k y(v) / k! + rho * (sum over children k + e_j of w_j P_(k + e_j)),      parent of k: its first nonzero
//     axis,
//
// takes one product for each k other than 0, and stays within [-1,1] since the derivatives' norms add up to at most 1.
// The colours are then merged one axis at a time, by P + tau_i (P' - P), tau_i the trapezoids of odd nodes of axis i:
// 2^d - 1 products, exact where tau_i is 0 or 1, whatever the values of colours that are elsewhere.
//
// Error on W(r, d): the trapezoids are the weights of a random node v. Between two nodes, at a distance t <= delta from
// the middle, E |u|^r = ((1/2+t)^r + (1/2-t)^r) / 2 - t/(2 delta) ((1/2+t)^r - (1/2-t)^r), whose coefficient at t^2j is
// not positive while delta <= 1/(r-1); so E |x_i - v_i|^r <= n^-r everywhere, E |x - v|^k <= n^-r for |k| = r by
// Hoelder's inequality, and with Taylor's formula the error is at most
//
//     1 / (n^r min k!)  +  sum over l = 1 .. r-1 of C(l+d-1, l) rho^l 4^(-s_l-1)  +  2 d 4^(-s_0-1),
//
// the minimum over |k| = r, s_l the teeth of the products of level |k| = l, s_0 those of the merging. Nothing has to be
// merged for n = 1, where rho = 1. Parameters: n^d (d + 1 + C(r-1+d, d)) + O(2^d C(r-1+d, d) log(1/epsilon)) + O(d n).

#ifndef HYPERWIDTH_THEORY_LOCAL_TAYLOR_NETWORK_H_
#define HYPERWIDTH_THEORY_LOCAL_TAYLOR_NETWORK_H_

#include <functional>
#include <vector>

#include "theory/network_size.h"
#include "theory/relu_network.h"

namespace hyperwidth {

struct LocalTaylorPlan {
  int smoothness = 3;      // r >= 3
  int dim = 2;             // d >= 1
  double cells = 1;        // n per axis, an integer
  std::vector<int> teeth;  // s_0, .., s_(r-1)
};

// The proved sup error over W(r, d), rounded up.
double ErrorBound(const LocalTaylorPlan& plan);

NetworkSize SizeOf(const LocalTaylorPlan& plan);

// Natural logarithm of the number of parameters in double precision, fast: of as many outputs, with as many sets of
// parameters that depend on a target.
double LogSize(const LocalTaylorPlan& plan, double outputs = 1, double nodal = 1);

// The fewest cells whose Taylor error leaves the share product_share of epsilon to the products.
// Domain: 3 <= smoothness <= 30, 1 <= dim <= 20000, kMinEpsilonShare <= epsilon < 1, 10^-6 <= product_share < 1.
double LocalTaylorCells(int smoothness, int dim, double epsilon, double product_share);

// The plan with as many cells, from the function above. ErrorBound(plan) <= epsilon: a margin of 10^-9 covers the
// rounding of the search.
LocalTaylorPlan PlanLocalTaylor(int smoothness, int dim, double epsilon, double cells);

class LocalTaylorNetwork : public ReluNetwork {
 public:
  // The derivative D^k y at x, for multi-indices |k| < r.
  using Derivative = std::function<double(const std::vector<double>& x, const std::vector<int>& k)>;

  // Throws: std::domain_error unless 3 <= r <= 30, 1 <= dim <= 16, there are r teeth, each from 1 to 10^4, and n^dim
  // times the number of multi-indices is at most 10^6.
  LocalTaylorNetwork(const LocalTaylorPlan& plan, const Derivative& derivative);
};

}  // namespace hyperwidth

#endif  // HYPERWIDTH_THEORY_LOCAL_TAYLOR_NETWORK_H_
