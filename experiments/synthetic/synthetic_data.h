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

// [d, count], shared by those who ask for the same.
using SharedColumns = std::shared_ptr<const Matrix<float>>;

class SyntheticSamples final : public DataSource<float> {
 public:
  // All of one size >= 1: x [d, samples], conditions [d, count], 1 <= count; targets, as TargetsOf computes them.
  SyntheticSamples(SharedColumns x, SharedColumns conditions, std::shared_ptr<const Vector<float>> targets);

  Index size() const override { return x_->cols(); }
  // A column of the batch's condition for each sample, also where two samples share one.
  void Fill(Index epoch, std::span<const Index> items, TrainingBatch<float>& batch) const override;

  const Vector<float>& targets() const { return *targets_; }
  const Matrix<float>& x() const { return *x_; }
  const Matrix<float>& conditions() const { return *conditions_; }

 private:
  SharedColumns x_, conditions_;
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

// A target and its samples, all of which follow from the seed: x and I are those of every type, and the first samples
// and conditions of a smaller set those of a larger one. Tasks with the same `shared`, which must outlive them, draw
// and compute nothing twice.
class SyntheticTask {
 public:
  // Throws: as SyntheticTarget.
  SyntheticTask(int type, const SyntheticSizes& sizes, std::uint64_t seed, SyntheticShared& shared);

  const SyntheticTarget& target() const { return target_; }

  SyntheticSamples Train() const;
  // Of as many conditions as samples, none of them trained on: to choose by, and to be tested by.
  SyntheticSamples Validation() const;
  SyntheticSamples Unseen() const;
  // New x of conditions that are trained on.
  SyntheticSamples Seen() const;

 private:
  // What random columns are for.
  enum class Part : std::uint64_t {
    kTrainX = 81,
    kTrainCondition,
    kUnseenX,
    kUnseenCondition,
    kSeenX,
    kValidationX,
    kValidationCondition
  };

  SharedColumns Columns(Index count, Part part) const;
  SyntheticSamples Samples(Index count, Part x_part, SharedColumns conditions) const;

  const int type_;
  const SyntheticSizes sizes_;
  const std::uint64_t seed_;
  SyntheticShared& shared_;
  const SyntheticTarget target_;
};

// The mean squared error on `samples` of the mean of the targets trained on.
double ErrorOfConstant(const SyntheticSamples& train, const SyntheticSamples& samples);

}  // namespace hyperwidth

#endif  // HYPERWIDTH_EXPERIMENTS_SYNTHETIC_SYNTHETIC_DATA_H_
