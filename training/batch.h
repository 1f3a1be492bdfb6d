// SPDX-License-Identifier: Apache-2.0
//
// What a trainer needs from data: samples that can be filled into a batch by index, from any thread.

#ifndef HYPERWIDTH_TRAINING_BATCH_H_
#define HYPERWIDTH_TRAINING_BATCH_H_

#include <span>

#include "models/types.h"

namespace hyperwidth {

// Samples, one column each. Where several samples share a condition, it has a column for all of them: samples
// j n .. (j + 1) n - 1 go with column j, n = samples / conditions, and what depends on the condition alone is computed
// once. `labels` holds class indices for cross-entropy; `targets` holds real outputs for mean squared error; the one
// that a task does not use stays empty.
template <typename Scalar>
struct Batch {
  Matrix<Scalar> x;          // [primary_input_size, samples]
  Matrix<Scalar> condition;  // [condition_size, conditions]
  Matrix<Scalar> targets;    // [output_size, samples]
  Eigen::VectorXi labels;    // [samples], each in 0 .. output_size - 1

  Index size() const { return x.cols(); }
};

// A data set whose samples may be drawn afresh in each epoch, as with random augmentation.
//
// Fill must depend on its arguments alone (draw from a RandomStream keyed by epoch and sample) and may be called from
// several threads at once: then neither the order of the samples nor the number of threads changes a result.
template <typename Scalar>
class DataSource {
 public:
  virtual ~DataSource() = default;

  // The number of samples of an epoch.
  virtual Index size() const = 0;

  // Resizes `batch` to samples.size() columns and fills it with these samples, each in 0 .. size() - 1.
  virtual void Fill(Index epoch, std::span<const Index> samples, Batch<Scalar>& batch) const = 0;
};

}  // namespace hyperwidth

#endif  // HYPERWIDTH_TRAINING_BATCH_H_
