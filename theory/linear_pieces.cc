// SPDX-License-Identifier: Apache-2.0

#include "theory/linear_pieces.h"

#include <algorithm>
#include <cmath>
#include <cstdint>
#include <limits>
#include <stdexcept>

#include "boost/multiprecision/cpp_int.hpp"
#include "theory/domain_check.h"
#include "theory/exact_points.h"
#include "theory/grid_search.h"
#include "theory/onset.h"
#include "theory/problem.h"
#include "theory/rigorous.h"

namespace hyperwidth {
namespace {

using Integer = boost::multiprecision::cpp_int;
using internal::IsBelow;
using internal::Real;

// The parabola is missed by 1 / (this number times P)^2 with P pieces.
int ParabolaFactor(BallNorm norm) { return norm == BallNorm::kSum ? 3 : 2; }

// Whether the parabola is missed by more than epsilon with this many pieces.
bool ParabolaIsMissed(const Real& pieces, double epsilon, BallNorm norm) {
  const Real inverse_root = ParabolaFactor(norm) * pieces;
  return IsBelow(inverse_root * inverse_root * std::nextafter(epsilon, 1.0), 1);
}

double PiecesOfParabola(double epsilon, BallNorm norm) {
  double pieces = std::ceil(1 / (ParabolaFactor(norm) * std::sqrt(epsilon)) * (1 + 1e-14));
  while (pieces > 1 && !ParabolaIsMissed(Real(pieces) - 1, epsilon, norm)) {
    pieces = std::min(pieces - 1, std::nextafter(pieces, 0.0));
  }
  return pieces;
}

// The most layers that are worth having, at most `depth` - 1: a layer's factor is at least 2.
int MostLayers(double pieces, int depth) { return std::min(depth - 1, std::ilogb(pieces)); }

// log of q (3 2^(q-1) P)^(1/q), which is N + 2 q + 2 where (*) is an equality.
double LogOfEquality(double pieces, int q) {
  return std::log(q) + (std::log(3.0) + (q - 1) * std::log(2.0) + std::log(pieces)) / q;
}

bool IsTooFew(std::int64_t parameters, double pieces, int depth) {
  constexpr double kMargin = 1e-9;  // far above the rounding of some logarithms
  const int most = MostLayers(pieces, depth);
  if (depth - 1 > most && parameters >= 2 * (most + 1)) return false;
  for (int q = 1; q <= most; ++q) {
    const double excess = LogOfEquality(pieces, q) - std::log(static_cast<double>(parameters) + 2 * q + 2);
    if (excess > kMargin) continue;
    if (excess < -kMargin) return false;
    const Integer left = pow(Integer(parameters) + 2 * q + 2, q);
    const Integer right = (pow(Integer(q), q) * 3 * Integer(pieces)) << (q - 1);
    if (left >= right) return false;
  }
  return true;
}

}  // namespace

LeastPieces LeastLinearPieces(int smoothness, double epsilon, BallNorm norm) {
  const Grid grid =
      MostPoints({.smoothness = smoothness, .primary_dim = 1, .condition_dim = 0, .epsilon = epsilon, .norm = norm});
  if (!ProvesHeight(grid, epsilon)) {
    throw std::logic_error("grid " + grid.Description() + " is not finer than epsilon = " + ShortestDecimal(epsilon));
  }
  LeastPieces least{.pieces = std::max(grid.x.cells, 1.0), .target = PiecesTarget::kAlternatingBumps, .grid = grid};
  if (smoothness == 1) return least;
  const double parabola = PiecesOfParabola(epsilon, norm);
  if (parabola > least.pieces) least = {.pieces = parabola, .target = PiecesTarget::kParabola, .grid = {}};
  return least;
}

Count LeastParametersForPieces(double pieces, int depth) {
  RequireInteger("depth", depth, 2, kMaxDepth);
  if (!(pieces >= 1 && pieces == std::floor(pieces) && std::isfinite(pieces))) {
    throw std::domain_error("pieces = " + ShortestDecimal(pieces) +
                            " is outside the admissible range: a whole number of at least 1");
  }
  if (pieces == 1) return Count::Exact(1);
  const int most = MostLayers(pieces, depth);
  double log_least = std::numeric_limits<double>::infinity();
  if (depth - 1 > most) log_least = std::log(2.0 * (most + 1));
  for (int q = 1; q <= most; ++q) {
    const double log_sum = LogOfEquality(pieces, q);
    log_least = std::min(log_least, log_sum + std::log1p(-std::min(0.999, (2 * q + 2) * std::exp(-log_sum))));
  }
  const double log10_least = log_least / std::log(10.0);
  if (log10_least > 15) return Count::FromLog10(log10_least - 1e-9);
  auto count = std::max(std::int64_t{1}, static_cast<std::int64_t>(std::ceil(std::exp(log_least))));
  while (count > 1 && !IsTooFew(count - 1, pieces, depth)) --count;
  while (IsTooFew(count, pieces, depth)) ++count;
  return Count::Exact(count);
}

// Of three bumps, 1/3, or 1/2 in the max norm; of the parabola, 1/9 or 1/4, and no three smooth bumps are as high.
double OnsetOfPieces(int smoothness, double radius, BallNorm norm) {
  const int factor = ParabolaFactor(norm);
  return BelowWithThreeDigits(radius / (smoothness == 1 ? factor : factor * factor));
}

}  // namespace hyperwidth
