// SPDX-License-Identifier: Apache-2.0
#ifndef HYPERWIDTH_EXPERIMENTS_CONSTRUCTIONS_SUP_ERROR_SCAN_H_
#define HYPERWIDTH_EXPERIMENTS_CONSTRUCTIONS_SUP_ERROR_SCAN_H_

#include <cstdint>
#include <functional>
#include <vector>

#include "models/types.h"

namespace hyperwidth {

// A function of points [dim, samples]: [samples].
using PointFunction = std::function<Vector<double>(const ConstMatrixRef<double>&)>;

// A network that was built from a target. It is affine, or nearly, on Kuhn's simplices of a grid of cells, so that its
// values can also be had from a formula that is cheap: evaluating the network costs as many operations as it has
// parameters for each point.
struct BuiltNetwork {
  std::vector<int> cells = {};  // [dim], of the grid along each axis of [-1, 1]^dim
  PointFunction network = {};   // evaluates the network object; empty if it was too large to build
  PointFunction formula = {};
  double work = 1;  // multiply-adds of the network for one point
};

struct ScanOptions {
  Index cells = 4096;         // at most so many cells are scanned with the formula, >= 1
  double network_work = 5e8;  // multiply-adds spent on the network itself, of which at least one cell is evaluated
  Index random_points = 4;    // in each cell, besides the adversarial ones
  std::uint64_t seed = 1;
};

struct SupError {
  double value = 0;         // largest |target - network| found, or of the formula if there is no network
  double formula = 0;       // largest |target - formula| found
  double disagreement = 0;  // largest |network - formula| found
  Index network_points = 0;
  Index formula_points = 0;
};

// The largest error found. The formula is evaluated at the adversarial points (unit_cell.h) of all cells, or of
// options.cells of them drawn from the seed, and at `extra` points [dim, points], such as the centres of the target's
// bumps. The network is evaluated at the worst of all these points, at all points of the worst cell, and at those of
// further cells drawn from the seed, as many as options.network_work allows.
// Throws std::invalid_argument if `extra` has another number of rows than there are axes.
SupError ScanSupError(const PointFunction& target,
                      const BuiltNetwork& built,
                      const ConstMatrixRef<double>& extra,
                      const ScanOptions& options);

}  // namespace hyperwidth

#endif  // HYPERWIDTH_EXPERIMENTS_CONSTRUCTIONS_SUP_ERROR_SCAN_H_
