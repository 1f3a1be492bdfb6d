// SPDX-License-Identifier: Apache-2.0
#ifndef HYPERWIDTH_EXPERIMENTS_TARGETS_BUMP_TARGET_H_
#define HYPERWIDTH_EXPERIMENTS_TARGETS_BUMP_TARGET_H_

#include <cstdint>
#include <vector>

#include "models/types.h"

namespace hyperwidth {

// A hard target on [-1, 1]^d, one of those with which theory/ proves its lower bounds: the cube is divided into n_i
// equal cells along axis i, and each cell carries a bump of the same height with a sign of its own,
//
//     y(p) = height * sum over cells of +-prod over axes of psi(n_i (p_i - centre_i)),
//
// psi being the hat function (smoothness 1) or the spline of four parabolas of height 1 (smoothness 2). The height is
// 1/B of theory/grid.h, the largest at which every choice of signs lies in the Sobolev ball W(r, d), rounded down. An
// axis with no cells (n_i = 0) is one on which y does not depend; with none at all y is 1 or -1.
class BumpTarget {
 public:
  // cells [d], n_i >= 0, at most 2^53 bumps; a sign depends on the seed and the bump's number alone.
  // Throws std::invalid_argument for another smoothness than 1 or 2, no axis, a negative n_i or too many bumps.
  BumpTarget(int smoothness, std::vector<int> cells, std::uint64_t seed);

  int smoothness() const { return smoothness_; }
  int dim() const { return static_cast<int>(cells_.size()); }
  const std::vector<int>& cells() const { return cells_; }
  double height() const { return height_; }

  // Bumps are numbered with the first axis fastest.
  Index bump_count() const { return bump_count_; }
  double Sign(Index bump) const;            // +1 or -1
  std::vector<double> signs() const;        // [bump_count]
  Vector<double> Centre(Index bump) const;  // [d], where y is Sign(bump) * height(); 0 on an axis without cells

  // The ends of the intervals, from -1 to 1, on which y is a polynomial of degree `smoothness` along `axis`.
  std::vector<double> Breakpoints(int axis) const;

  // y at one point [d], and at the columns of points [d, samples]: [samples]. Coordinates outside [-1, 1] give 0.
  double operator()(const ConstVectorRef<double>& point) const;
  Vector<double> Values(const ConstMatrixRef<double>& points) const;

 private:
  int smoothness_;
  std::vector<int> cells_;
  std::uint64_t seed_;
  Index bump_count_ = 1;
  double height_ = 0;
};

// n_x cells on each of m1 axes of x, then n_I on each of m2 axes of I.
std::vector<int> CellsPerAxis(int primary_dim, int primary_cells, int condition_dim, int condition_cells);

}  // namespace hyperwidth

#endif  // HYPERWIDTH_EXPERIMENTS_TARGETS_BUMP_TARGET_H_
