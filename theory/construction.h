// SPDX-License-Identifier: Apache-2.0
//
// The networks that this package can build for one accuracy, and the choice among them: nodal interpolation, which uses
// two derivatives (spline_network.h), or local polynomials of any degree, which use up to r of them and cost products
// (interval_polynomial_network.h for one input, local_taylor_network.h for more).

#ifndef HYPERWIDTH_THEORY_CONSTRUCTION_H_
#define HYPERWIDTH_THEORY_CONSTRUCTION_H_

#include <cstdint>
#include <string>
#include <vector>

#include "theory/ball_norm.h"
#include "theory/network_size.h"

namespace hyperwidth {

struct Construction {
  enum class Kind { kSpline, kIntervalPolynomial, kLocalTaylor };

  Kind kind = Kind::kSpline;
  int smoothness = 1;  // derivatives used, at most those that the target has
  int dim = 1;
  double cells = 1;                // per axis
  std::vector<int> teeth = {};     // of the products, as in the plans
  double log_size = 0;             // natural logarithm of the parameters, of all copies
  BallNorm norm = BallNorm::kSum;  // of the ball of targets

  std::string Description() const;  // "local Taylor polynomials of degree 2, products of saw-teeth"
  std::string Source() const;
  std::string Generated() const;  // what the parameters that depend on the target are made of
};

NetworkSize SizeOf(const Construction& construction);
double ErrorBound(const Construction& construction);  // proved, over W(smoothness, dim) in its norm

// For several targets at once on a shared inner network: as many outputs, and as many sets of parameters that depend on
// a target (a hypernetwork's generated parameters take several terms' sets, but form one network). 1 <= outputs <=
// nodal.
struct Copies {
  double outputs = 1;
  double nodal = 1;
};

// Those of a target with so many coordinates.
Copies CopiesOf(std::int64_t outputs);

// Splines, and for smoothness above 2 the local polynomials with the fewest parameters among degrees
// 2 .. smoothness - 1 and some ways to divide epsilon between polynomial and products. Each has ErrorBound <= epsilon.
// In the max norm splines have an error bound of their own; local polynomials are built for the target over C(dim +
// smoothness, smoothness), which is in the unit ball of the sum norm, and their output is multiplied by this number.
// Throws: std::domain_error unless 1 <= smoothness <= 30, 1 <= dim <= 20000 and kMinEpsilonShare <= epsilon < 1.
std::vector<Construction> Constructions(
    int smoothness, int dim, double epsilon, const Copies& copies = {}, BallNorm norm = BallNorm::kSum);

// The smallest of them for so many outputs, each with a target of its own.
Construction SmallestConstruction(
    int smoothness, int dim, double epsilon, BallNorm norm = BallNorm::kSum, std::int64_t outputs = 1);

}  // namespace hyperwidth

#endif  // HYPERWIDTH_THEORY_CONSTRUCTION_H_
