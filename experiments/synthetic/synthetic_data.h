// SPDX-License-Identifier: Apache-2.0
//
// Samples of a synthetic target: x and I of independent standard normal entries.

#ifndef HYPERWIDTH_EXPERIMENTS_SYNTHETIC_SYNTHETIC_DATA_H_
#define HYPERWIDTH_EXPERIMENTS_SYNTHETIC_SYNTHETIC_DATA_H_

#include <cstdint>
#include <memory>
#include <span>

#include "experiments/synthetic/normal_columns.h"
#include "experiments/synthetic/shared_targets.h"
#include "experiments/synthetic/synthetic_target.h"
#include "models/types.h"
#include "training/batch.h"

namespace hyperwidth {

// Of samples of which i has condition i modulo the number of conditions.
Vector<float> TargetsOf(const SyntheticTarget& target, const Matrix<float>& x, const Matrix<float>& conditions);

class SyntheticSamples final : public DataSource<float> {
 public:
  // All of one size >= 1: x [d, samples], conditions [d, count], 1 <= count; targets, as TargetsOf computes them.
  SyntheticSamples(std::shared_ptr<const Matrix<float>> x,
                   std::shared_ptr<const Matrix<float>> conditions,
                   std::shared_ptr<const Vector<float>> targets);

  Index size() const override { return x_->cols(); }
  // A column of the batch's condition for each sample, also where two samples share one.
  void Fill(Index epoch, std::span<const Index> items, TrainingBatch<float>& batch) const override;

  const Vector<float>& targets() const { return *targets_; }
  const Matrix<float>& x() const { return *x_; }
  const Matrix<float>& conditions() const { return *conditions_; }

 private:
  std::shared_ptr<const Matrix<float>> x_, conditions_;
  std::shared_ptr<const Vector<float>> targets_;
};

struct SyntheticSizes {
  Index size = 1;        // d
  Index samples = 1;     // to train on
  Index conditions = 1;  // that they share, at most as many as samples
  Index test_samples = 1;
};

// What trainings need that others need, too.
struct SyntheticShared {
  NormalColumns columns = NormalColumns();
  SharedTargets targets = SharedTargets();
};

// What one training needs. Target and samples follow from the seed: x and I are those of every type, and the first
// samples and conditions of a smaller set those of a larger one. Trainings with the same `shared` share them.
struct SyntheticData {
  SyntheticData(int type, const SyntheticSizes& sizes, std::uint64_t seed, SyntheticShared& shared);

  SyntheticTarget target;
  SyntheticSamples train;
  SyntheticSamples unseen;    // as many conditions as samples, none of them trained on
  SyntheticSamples seen;      // new x of conditions that are trained on
  double constant_error = 0;  // on `unseen`: mean squared error of the mean of train's targets
};

}  // namespace hyperwidth

#endif  // HYPERWIDTH_EXPERIMENTS_SYNTHETIC_SYNTHETIC_DATA_H_
