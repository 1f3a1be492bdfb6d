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

// log of q (factor 2^(q-1) P)^(1/q), which is N + shift where (N + shift)^q >= q^q factor 2^(q-1) P is an equality.
double LogOfEquality(double pieces, int q, double factor) {
  return std::log(q) + (std::log(factor) + (q - 1) * std::log(2.0) + std::log(pieces)) / q;
}

// The inequality itself.
bool HasEnough(std::int64_t parameters, const Integer& shift, const Integer& factor, double pieces, int q) {
  constexpr double kMargin = 1e-9;  // far above the rounding of some logarithms
  const Integer sum = Integer(parameters) + shift;
  const double excess = LogOfEquality(pieces, q, static_cast<double>(factor)) - std::log(static_cast<double>(sum));
  if (excess > kMargin) return false;
  if (excess < -kMargin) return true;
  return pow(sum, q) >= ((pow(Integer(q), q) * factor * Integer(pieces)) << (q - 1));
}

bool IsTooFew(std::int64_t parameters, double pieces, int depth, std::int64_t outputs) {
  const std::int64_t of_one = parameters - outputs + 1;
  if (of_one < 1) return true;
  const int most = MostLayers(pieces, depth);
  if (depth - 1 > most && of_one >= 2 * (most + 1)) return false;
  for (int q = 1; q <= most; ++q) {
    if (!HasEnough(of_one, 2 * q + 2, 3, pieces, q)) continue;
    if (q < depth - 1 || HasEnough(parameters, Integer(outputs) + 2 * q + 1, Integer(outputs) + 2, pieces, q)) {
      return false;
    }
  }
  return true;
}

// log of the N at which the inequality is an equality, or of a thousandth of N + shift if that is more.
double LogOfLeast(double pieces, int q, double shift, double factor) {
  const double log_sum = LogOfEquality(pieces, q, factor);
  return log_sum + std::log1p(-std::min(0.999, shift * std::exp(-log_sum)));
}

double LogOfSum(double log_a, double b) {
  if (b == 0) return log_a;
  const double log_b = std::log(b);
  return std::max(log_a, log_b) + std::log1p(std::exp(-std::abs(log_a - log_b)));
}

// About where IsTooFew ends.
double LogOfEstimate(double pieces, int depth, std::int64_t outputs) {
  const int most = MostLayers(pieces, depth);
  const auto k = static_cast<double>(outputs);
  double log_least = std::numeric_limits<double>::infinity();
  if (depth - 1 > most) log_least = LogOfSum(std::log(2.0 * (most + 1)), k - 1);
  for (int q = 1; q <= most; ++q) {
    double log_of_q = LogOfSum(LogOfLeast(pieces, q, 2 * q + 2, 3), k - 1);
    if (q == depth - 1) log_of_q = std::max(log_of_q, LogOfLeast(pieces, q, 2 * q + k + 1, k + 2));
    log_least = std::min(log_least, log_of_q);
  }
  return log_least;
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

Count LeastParametersForPieces(double pieces, int depth, std::int64_t outputs) {
  RequireInteger("depth", depth, 2, kMaxDepth);
  RequireInteger("outputs", outputs, 1, kMaxCount);
  if (!(pieces >= 1 && pieces == std::floor(pieces) && std::isfinite(pieces))) {
    throw std::domain_error("pieces = " + ShortestDecimal(pieces) +
                            " is outside the admissible range: a whole number of at least 1");
  }
  if (pieces == 1) return Count::Exact(outputs);
  const double log_least = LogOfEstimate(pieces, depth, outputs);
  const double log10_least = log_least / std::log(10.0);
  if (log10_least > 15) return Count::FromLog10(log10_least - 1e-9);
  auto count = std::max(std::int64_t{1}, static_cast<std::int64_t>(std::ceil(std::exp(log_least))));
  while (count > 1 && !IsTooFew(count - 1, pieces, depth, outputs)) --count;
  while (IsTooFew(count, pieces, depth, outputs)) ++count;
  return Count::Exact(count);
}

// Of three bumps, 1/3, or 1/2 in the max norm; of the parabola, 1/9 or 1/4, and no three smooth bumps are as high.
double OnsetOfPieces(int smoothness, double radius, BallNorm norm) {
  const int factor = ParabolaFactor(norm);
  return BelowWithThreeDigits(radius / (smoothness == 1 ? factor : factor * factor));
}

}  // namespace hyperwidth
