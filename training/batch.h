// SPDX-License-Identifier: Apache-2.0
//
// What a trainer needs from data: batches that are filled by index, from any thread.

#ifndef HYPERWIDTH_TRAINING_BATCH_H_
#define HYPERWIDTH_TRAINING_BATCH_H_

#include <span>
#include <vector>

#include "models/pass/batch.h"
#include "models/types.h"

namespace hyperwidth {

// A batch of a model with what its outputs are compared to. `labels` holds class indices for cross-entropy; `targets`
// holds real outputs for mean squared error; the one that a task does not use stays empty.
template <typename Scalar>
struct TrainingBatch : Batch<Scalar> {
  Matrix<Scalar> targets = {};  // [outputs, samples]
  Eigen::VectorXi labels = {};  // [samples], each in 0 .. outputs - 1
};

// The group_starts of so many conditions with equally many samples each: 0, n, 2 n, ..
inline std::vector<Index> EqualGroups(Index conditions, Index samples_each = 1) {
  std::vector<Index> starts(static_cast<std::size_t>(conditions) + 1);
  for (std::size_t g = 0; g < starts.size(); ++g) starts[g] = static_cast<Index>(g) * samples_each;
  return starts;
}

// A data set whose samples may be drawn afresh in each epoch, as with random augmentation.
//
// It hands out items by index. What an item is, the source decides: one sample with a condition of its own, or a whole
// group, that is a condition with any number of samples. An epoch visits every item once.
//
// Fill must depend on its arguments alone (draw from a RandomStream keyed by epoch and item) and may be called from
// several threads at once: then neither the order of the items nor the number of threads changes a result.
template <typename Scalar>
class DataSource {
 public:
  virtual ~DataSource() = default;

  // The number of items of an epoch.
  virtual Index size() const = 0;

  // Fills `batch`, which may hold an earlier one, with these items, each in 0 .. size() - 1: group_starts and whatever
  // the model and the loss use. At least one sample in all.
  virtual void Fill(Index epoch, std::span<const Index> items, TrainingBatch<Scalar>& batch) const = 0;
};

}  // namespace hyperwidth

#endif  // HYPERWIDTH_TRAINING_BATCH_H_
