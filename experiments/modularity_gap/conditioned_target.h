// SPDX-License-Identifier: Apache-2.0
#ifndef HYPERWIDTH_EXPERIMENTS_MODULARITY_GAP_CONDITIONED_TARGET_H_
#define HYPERWIDTH_EXPERIMENTS_MODULARITY_GAP_CONDITIONED_TARGET_H_

#include <vector>

#include "experiments/targets/bump_target.h"
#include "models/schemes/table_network.h"
#include "models/types.h"

namespace hyperwidth {

// A random-sign bump sum y(x, I), r = 1, as a model sees it at the J conditions where its bumps are highest: the
// centres of the cells of I. A model that errs by less than epsilon everywhere does so there, so sizes that are needed
// for these conditions are needed for all. Values are in units of the bumps' height.
class ConditionedTarget {
 public:
  // n cells on each axis of x and of I. Throws std::invalid_argument unless all are at least 1.
  ConditionedTarget(int primary_dim, int condition_dim, int cells, std::uint64_t seed);

  int primary_dim() const { return primary_dim_; }
  int cells() const { return cells_; }
  Index conditions() const { return conditions_.cols(); }             // J = n^m2
  Index bumps_per_condition() const { return bumps_per_condition_; }  // n^m1
  double height() const { return target_.height(); }

  // y(x_i, I_j) / height for x [m1, points] and the conditions first .. first + count - 1: [points, count].
  Matrix<double> Values(const ConstMatrixRef<double>& x, Index first, Index count) const;

  // Where a fit begins to look: per_cell points per cell and axis, ends and centres included, as columns [m1, points].
  // per_cell is even.
  Matrix<double> Points(int per_cell) const;

  // The largest |y - network| / height over x in the cube and the network's conditions, the first of which is `first`,
  // and where it is. For m1 = 1 the supremum itself: both are piecewise linear, and all kinks are looked at. For m1 > 1
  // the largest over a grid of 8 points per cell and axis, which has the bumps' centres, edges and corners in it.
  struct Worst {
    double error = 0;
    Vector<double> x;
  };
  Worst LargestError(const TableNetwork& network, const Vector<double>& parameters, Index first) const;

 private:
  int primary_dim_;
  int cells_;
  BumpTarget target_;
  Index bumps_per_condition_;
  Matrix<double> conditions_;  // [m2, J]
  Matrix<double> dense_;       // for m1 > 1
};

}  // namespace hyperwidth

#endif  // HYPERWIDTH_EXPERIMENTS_MODULARITY_GAP_CONDITIONED_TARGET_H_
