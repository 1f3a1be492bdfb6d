// SPDX-License-Identifier: Apache-2.0
#ifndef HYPERWIDTH_EXPERIMENTS_CONSTRUCTED_RATES_BUMP_TARGET_H_
#define HYPERWIDTH_EXPERIMENTS_CONSTRUCTED_RATES_BUMP_TARGET_H_

#include <cstdint>
#include <vector>

#include "theory/bump.h"

namespace hyperwidth {

// A hard target of one variable: on each of n equal cells of [-1, 1] a bump of height rho with a random sign, rho as
// large as the Sobolev ball W(r, 1) allows. These sums are what the lower bounds of theory/ are proved with.
class BumpTarget {
 public:
  // Smoothness 1 or 2 (hats, and the perfect spline made of parabolas), n = `cells` >= 1, signs drawn from `seed`.
  // Throws std::invalid_argument otherwise.
  BumpTarget(int smoothness, int cells, std::uint64_t seed);

  // y(t), for t in [-1, 1].
  double operator()(double t) const;

  double height() const { return height_; }
  // The ends of the intervals on which y is a polynomial of degree `smoothness`, from -1 to 1.
  const std::vector<double>& breakpoints() const { return breakpoints_; }

 private:
  PerfectSpline bump_;
  std::vector<double> signs_;  // [cells], +1 or -1
  double height_;
  std::vector<double> breakpoints_;
};

}  // namespace hyperwidth

#endif  // HYPERWIDTH_EXPERIMENTS_CONSTRUCTED_RATES_BUMP_TARGET_H_
