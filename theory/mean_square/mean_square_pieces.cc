// SPDX-License-Identifier: Apache-2.0

#include <algorithm>
#include <cmath>

#include "theory/bump.h"
#include "theory/exact_points.h"
#include "theory/mean_square/mean_square_bounds.h"

namespace hyperwidth {
namespace {

using internal::IsBelow;
using internal::Real;

// c^2 of the parabola (c/2) t^2.
Real SquaredCurvature(BallNorm norm) { return norm == BallNorm::kSum ? Real(16) / 81 : Real(1); }

bool ParabolaIsMissed(const Real& pieces, double epsilon, BallNorm norm) {
  const Real above = std::nextafter(epsilon, 1.0);
  return IsBelow(45 * pow(pieces, 4) * above * above, SquaredCurvature(norm));
}

double PiecesOfParabola(double epsilon, BallNorm norm) {
  const double curvature = norm == BallNorm::kSum ? 4.0 / 9 : 1;
  double pieces = std::ceil(std::sqrt(curvature / (std::sqrt(45.0) * epsilon)) * (1 + 1e-14));
  while (pieces > 1 && !ParabolaIsMissed(Real(pieces) - 1, epsilon, norm)) {
    pieces = std::min(pieces - 1, std::nextafter(pieces, 0.0));
  }
  return std::max(pieces, 1.0);
}

// With n hats of alternating signs; 1 if they are not high enough.
double PiecesOfHats(double cells, double epsilon, BallNorm norm) {
  const Real above = std::nextafter(epsilon, 1.0);
  const Real inverse_height = norm == BallNorm::kSum ? Real(cells) + 1 : Real(cells);
  const Real share = 1 - Real(48) / 7 * above * above * inverse_height * inverse_height;
  if (!(share > 0)) return 1;
  return 1 + static_cast<double>(Real(ceil(cells / 2 * share * (1 - Real("1e-40")))));
}

}  // namespace

LeastPieces LeastPiecesInMeanSquare(int smoothness, double epsilon, BallNorm norm) {
  if (smoothness > 1) {
    return {.pieces = PiecesOfParabola(epsilon, norm),
            .target = PiecesTarget::kParabola,
            .grid = {.layout = Layout::kCells}};
  }
  // n (1 - 48/7 (epsilon n)^2) is largest where 3 * 48/7 (epsilon n)^2 = 1.
  const double top = 2 * std::floor(std::sqrt(7.0 / 144) / epsilon / 2);
  LeastPieces best;
  double best_cells = 0;
  for (double cells = std::max(2.0, top - 8); cells <= std::max(2.0, top + 4); cells += 2) {
    const double pieces = PiecesOfHats(cells, epsilon, norm);
    if (pieces > best.pieces || best_cells == 0) {
      best.pieces = std::max(pieces, 1.0);
      best_cells = cells;
    }
    if (cells + 2 == cells) break;  // beyond 2^53
  }
  best.target = PiecesTarget::kAlternatingBumps;
  best.grid = {.layout = Layout::kCells,
               .bump = AdmissibleBumps(1).front(),
               .x = {.axes = 1, .cells = best_cells},
               .condition = {.axes = 0},
               .norm = norm};
  return best;
}

}  // namespace hyperwidth
