// SPDX-License-Identifier: Apache-2.0

#include "theory/construction.h"

#include <algorithm>
#include <cmath>
#include <limits>
#include <numbers>
#include <utility>

#include "theory/interval_polynomial_network.h"
#include "theory/local_taylor_network.h"
#include "theory/problem.h"
#include "theory/spline_network.h"

namespace hyperwidth {
namespace {

// Shares of epsilon that are tried for the products: a small share costs a few teeth more, a large one many cells.
constexpr double kProductShares[] = {1.0 / 3, 1.0 / 8, 1.0 / 24, 1.0 / 96, 1.0 / 512};

IntervalPolynomialPlan IntervalPlan(const Construction& construction) {
  return {.smoothness = construction.smoothness, .cells = construction.cells, .teeth = construction.teeth};
}

LocalTaylorPlan TaylorPlan(const Construction& construction) {
  return {.smoothness = construction.smoothness,
          .dim = construction.dim,
          .cells = construction.cells,
          .teeth = construction.teeth};
}

Construction Spline(int smoothness, int dim, double epsilon, const Copies& copies, BallNorm norm) {
  Construction spline{.kind = Construction::Kind::kSpline,
                      .smoothness = std::min(smoothness, 2),
                      .dim = dim,
                      .cells = SplineCells(smoothness, dim, epsilon, norm),
                      .norm = norm};
  const NetworkSize size = SizeOf(spline);
  // One more output has the parameters of one more target.
  const double nodal_share = std::pow(10.0, size.nodal.log10 - size.total.log10);
  spline.log_size = size.total.log10 * std::numbers::ln10 + std::log1p((copies.nodal - 1) * nodal_share);
  return spline;
}

double LogSize(const Construction& polynomial, const Copies& copies) {
  return polynomial.dim == 1 ? LogSize(IntervalPlan(polynomial), copies.outputs, copies.nodal)
                             : LogSize(TaylorPlan(polynomial), copies.outputs, copies.nodal);
}

Construction WithCells(int smoothness, int dim, double epsilon, double cells, BallNorm norm) {
  return {.kind = dim == 1 ? Construction::Kind::kIntervalPolynomial : Construction::Kind::kLocalTaylor,
          .smoothness = smoothness,
          .dim = dim,
          .cells = cells,
          .teeth = dim == 1 ? PlanIntervalPolynomial(smoothness, epsilon, cells).teeth
                            : PlanLocalTaylor(smoothness, dim, epsilon, cells).teeth,
          .norm = norm};
}

// By how much targets of the ball may exceed those of the unit ball in the sum norm: 1, or C(dim + smoothness,
// smoothness), which is how many derivatives there are, rounded up.
double LargestSumNorm(int smoothness, int dim, BallNorm norm) {
  if (norm == BallNorm::kSum) return 1;
  double derivatives = 1;
  for (int i = 1; i <= smoothness; ++i) derivatives *= (static_cast<double>(dim) + i) / i;
  return derivatives * (1 + 1e-13);
}

// The smallest of all degrees and shares; of infinite size if none is accurate enough within the range of a double.
Construction Polynomial(int smoothness, int dim, double epsilon, const Copies& copies, BallNorm norm) {
  Construction best{.log_size = std::numeric_limits<double>::infinity()};
  for (int used = 3; used <= smoothness; ++used) {
    const double scale = LargestSumNorm(used, dim, norm);
    const double scaled_epsilon = scale == 1 ? epsilon : epsilon / scale * (1 - 1e-15);
    if (scaled_epsilon < kMinEpsilonShare) continue;
    double cells_before = 0;
    for (const double share : kProductShares) {
      const double cells = dim == 1 ? IntervalPolynomialCells(used, scaled_epsilon, share)
                                    : LocalTaylorCells(used, dim, scaled_epsilon, share);
      if (cells == cells_before) continue;
      cells_before = cells;
      Construction polynomial = WithCells(used, dim, scaled_epsilon, cells, norm);
      polynomial.log_size = LogSize(polynomial, copies);
      if (polynomial.log_size < best.log_size) best = std::move(polynomial);
    }
  }
  return best;
}

}  // namespace

std::string Construction::Description() const {
  const std::string degree = std::to_string(smoothness - 1);
  switch (kind) {
    case Kind::kSpline:
      return "piecewise linear interpolation";
    case Kind::kIntervalPolynomial:
      return "piecewise polynomials of degree " + degree + ", products of saw-teeth";
    case Kind::kLocalTaylor:
      return "local Taylor polynomials of degree " + degree + ", products of saw-teeth";
  }
  return "";
}

std::string Construction::Source() const {
  switch (kind) {
    case Kind::kSpline:
      return "nodal interpolation on Kuhn's triangulation, error by Taylor's formula";
    case Kind::kIntervalPolynomial:
      return "interpolation at stretched Chebyshev points in each cell, approximate products after Yarotsky [2017, "
             "Theorem 1]";
    case Kind::kLocalTaylor:
      return "trapezoids with local Taylor polynomials and approximate products, after Yarotsky [2017, Theorem 1]";
  }
  return "";
}

std::string Construction::Generated() const {
  switch (kind) {
    case Kind::kSpline:
      return "values of y at the nodes";
    case Kind::kIntervalPolynomial:
      return "linear combinations of values of y at " + std::to_string(smoothness) + " points in each cell";
    case Kind::kLocalTaylor:
      return "partial derivatives of y of orders 0 to " + std::to_string(smoothness - 1) +
             " at the centres of the cells";
  }
  return "";
}

NetworkSize SizeOf(const Construction& construction) {
  switch (construction.kind) {
    case Construction::Kind::kSpline:
      return SizeOfSplineNetwork(construction.dim, construction.cells);
    case Construction::Kind::kIntervalPolynomial:
      return SizeOf(IntervalPlan(construction));
    case Construction::Kind::kLocalTaylor:
      return SizeOf(TaylorPlan(construction));
  }
  return {};
}

namespace {

// The error of a polynomial's plan, in the ball of its targets, rounded up.
double InBallOf(const Construction& polynomial, double error) {
  if (polynomial.norm == BallNorm::kSum) return error;
  const double scale = LargestSumNorm(polynomial.smoothness, polynomial.dim, polynomial.norm);
  return std::nextafter(error * scale, std::numeric_limits<double>::infinity());
}

}  // namespace

double ErrorBound(const Construction& construction) {
  switch (construction.kind) {
    case Construction::Kind::kSpline:
      return SplineErrorBound(construction.smoothness, construction.dim, construction.cells, construction.norm);
    case Construction::Kind::kIntervalPolynomial:
      return InBallOf(construction, ErrorBound(IntervalPlan(construction)));
    case Construction::Kind::kLocalTaylor:
      return InBallOf(construction, ErrorBound(TaylorPlan(construction)));
  }
  return std::numeric_limits<double>::infinity();
}

std::vector<Construction> Constructions(int smoothness, int dim, double epsilon, const Copies& copies, BallNorm norm) {
  std::vector<Construction> constructions = {Spline(smoothness, dim, epsilon, copies, norm)};
  if (smoothness <= 2) return constructions;
  Construction polynomial = Polynomial(smoothness, dim, epsilon, copies, norm);
  if (std::isfinite(polynomial.log_size)) constructions.push_back(std::move(polynomial));
  return constructions;
}

Copies CopiesOf(std::int64_t outputs) {
  return {.outputs = static_cast<double>(outputs), .nodal = static_cast<double>(outputs)};
}

Construction SmallestConstruction(int smoothness, int dim, double epsilon, BallNorm norm, std::int64_t outputs) {
  std::vector<Construction> constructions = Constructions(smoothness, dim, epsilon, CopiesOf(outputs), norm);
  const auto total = [&](int i) { return WithOutputs(SizeOf(constructions[i]), outputs).total; };
  return constructions.size() == 1 || !(total(1) < total(0)) ? constructions[0] : constructions[1];
}

}  // namespace hyperwidth
