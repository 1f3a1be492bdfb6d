// SPDX-License-Identifier: Apache-2.0
#ifndef HYPERWIDTH_EXPERIMENTS_TARGETS_STRUCTURED_BUMPS_H_
#define HYPERWIDTH_EXPERIMENTS_TARGETS_STRUCTURED_BUMPS_H_

#include <cstdint>
#include <vector>

#include "experiments/targets/bump_target.h"
#include "models/types.h"

namespace hyperwidth {

// The bumps of a structured target: r, and the cells per axis of the b_l and of the a_l, [m1] and [m2].
struct StructuredCells {
  int smoothness = 1;
  std::vector<int> primary = {1};
  std::vector<int> condition = {1};
};

// A target of the class of theory/structured_target.h,
//
//     y(x, I) = sum over l < w of lambda_l a_l(I) b_l(x),      sum |lambda_l| = 1,
//
// a_l and b_l being sums of bumps with independent random signs. By the product rule it lies in W(r, m1 + m2). All
// |lambda_l| are 1/w, with such signs that all terms agree at the first bump of x and of I: there the sum is as high as
// one term alone, height of a times height of b, however large w. Its rank is at most w, and at most the number of
// bumps of either factor.
class StructuredBumps {
 public:
  // Throws std::invalid_argument if rank < 1, and as BumpTarget.
  StructuredBumps(const StructuredCells& cells, int rank, std::uint64_t seed);

  int rank() const { return static_cast<int>(lambda_.size()); }
  const std::vector<BumpTarget>& primary_factors() const { return primary_; }      // b_l, [w]
  const std::vector<BumpTarget>& condition_factors() const { return condition_; }  // a_l, [w]
  const std::vector<double>& lambda() const { return lambda_; }                    // [w]
  double height() const { return primary_[0].height() * condition_[0].height(); }  // of |y|, reached

  // lambda_l b_l at the columns of x [m1, samples], and a_l at those of I [m2, samples]: [samples, w].
  Matrix<double> PrimaryValues(const ConstMatrixRef<double>& x) const;
  Matrix<double> ConditionValues(const ConstMatrixRef<double>& condition) const;

  // y for x [m1, samples] and I [m2, samples]: [samples]. Throws std::invalid_argument if a shape does not fit.
  Vector<double> Values(const ConstMatrixRef<double>& x, const ConstMatrixRef<double>& condition) const;

 private:
  std::vector<BumpTarget> primary_;
  std::vector<BumpTarget> condition_;
  std::vector<double> lambda_;
};

}  // namespace hyperwidth

#endif  // HYPERWIDTH_EXPERIMENTS_TARGETS_STRUCTURED_BUMPS_H_
