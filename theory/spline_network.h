// SPDX-License-Identifier: Apache-2.0
//
// The constructed upper bounds: ReLU networks that interpolate their target at the nodes of a grid, with every
// parameter counted and the error bounded by proof. n cells per axis of [-1,1]^d, each cut into d! simplices (Kuhn's,
// also called Freudenthal's, triangulation); on a simplex the network is the affine function through the target at its
// corners.
//
// d = 1: one hidden layer, one unit per cell: 3n + 1 parameters. d > 1: the hat function of a node is
//
//     max(0, 1 - max(0, u_1, .., u_d) + min(0, u_1, .., u_d)),      u = n/2 (x - node),
//
// and the two maxima are trees of max(p, q) = relu(p - q) + relu(q) for p, q >= 0: ceil(log2 d) further layers.
//
// Error, h = 2/n the side of a cell, v the random corner whose mean is x: E |x_i - v_i| <= h/2 and, for r >= 2,
// E |x_i - v_i| |x_j - v_j| <= h^2/4, so Taylor's formula at x gives, in W(r, d) with the sum of all sup norms at most
// 1,
//
//     r = 1: 1/n,        r >= 2: 1/n^2, and 1/(2 n^2) for d = 1.
//
// In the max norm (ball_norm.h) each of the derivatives may be 1, and what they contribute adds up: d/n and d^2/(2
// n^2).

#ifndef HYPERWIDTH_THEORY_SPLINE_NETWORK_H_
#define HYPERWIDTH_THEORY_SPLINE_NETWORK_H_

#include <functional>
#include <vector>

#include "theory/ball_norm.h"
#include "theory/network_size.h"
#include "theory/relu_network.h"

namespace hyperwidth {

// The proved sup error over W(smoothness, dim) with n cells per axis. Domain: smoothness, dim, n >= 1.
double SplineErrorBound(int smoothness, int dim, double cells, BallNorm norm = BallNorm::kSum);

// The fewest cells per axis whose proved error is at most epsilon; an integer. "At most" up to half a unit in the last
// place: 1/1000 <= 1e-3 holds although the double nearest to 0.001 might lie below it.
double SplineCells(int smoothness, int dim, double epsilon, BallNorm norm = BallNorm::kSum);

// What the network consists of; the parameters that depend on the target are the output weights.
NetworkSize SizeOfSplineNetwork(int dim, double cells);

// The network itself, for sizes that fit into memory.
class SplineNetwork : public ReluNetwork {
 public:
  // Interpolates `target` at the nodes; target takes a point of [-1,1]^dim.
  // Throws: std::domain_error unless 1 <= dim <= 16, 1 <= cells and (cells + 1)^dim <= 10^6.
  SplineNetwork(int dim, int cells, const std::function<double(const std::vector<double>&)>& target);

 private:
  void BuildInterval(int cells, const std::function<double(const std::vector<double>&)>& target);
  void BuildCube(int dim, int cells, const std::function<double(const std::vector<double>&)>& target);
};

}  // namespace hyperwidth

#endif  // HYPERWIDTH_THEORY_SPLINE_NETWORK_H_
