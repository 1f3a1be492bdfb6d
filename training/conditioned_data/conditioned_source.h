// SPDX-License-Identifier: Apache-2.0
//
// Conditioned data as a trainer and an evaluation want them.

#ifndef HYPERWIDTH_TRAINING_CONDITIONED_DATA_CONDITIONED_SOURCE_H_
#define HYPERWIDTH_TRAINING_CONDITIONED_DATA_CONDITIONED_SOURCE_H_

#include <cstdint>
#include <span>
#include <vector>

#include "models/types.h"
#include "training/batch.h"
#include "training/conditioned_data/conditioned_data.h"
#include "training/conditioned_data/data_split.h"
#include "training/conditioned_data/standardisation.h"

namespace hyperwidth {

// The samples of some subset, standardised, condition by condition. Memory: its samples once, in Scalar; of x on a grid
// the points once.
template <typename Scalar>
class SubsetSamples {
 public:
  // `classes` are the values of y, rising, if it names classes: samples then have labels instead of targets. Throws:
  // std::runtime_error "<origin>: y: .." for a y that is none of them, or for several columns of classes.
  SubsetSamples(const ConditionedData& data,
                const DataSplit& split,
                Subset subset,
                const Standardisation& standardisation,
                const std::vector<double>& classes = {});

  Index samples() const { return starts_.back(); }
  // With samples in the subset; `condition_ids` are their numbers in the data, rising.
  Index conditions() const { return static_cast<Index>(condition_ids_.size()); }
  const std::vector<Index>& condition_ids() const { return condition_ids_; }
  // Samples of the g-th of these conditions are start(g) .. start(g + 1) - 1, in the order of the data.
  Index start(Index g) const { return starts_[static_cast<std::size_t>(g)]; }

  const Matrix<Scalar>& targets() const { return targets_; }  // [outputs, samples]; empty: labels
  const Eigen::VectorXi& labels() const { return labels_; }   // [samples]; empty: targets

  // Writes these samples of condition g into a batch, from column `first` on, its condition as number `place`.
  void CopySamples(
      Index g, std::span<const Index> samples, Index place, Index first, TrainingBatch<Scalar>& batch) const;
  // Gives the batch the shape of so many conditions and samples.
  void Resize(Index conditions, Index samples, TrainingBatch<Scalar>& batch) const;

 private:
  Matrix<Scalar> x_;              // [x_size, samples, or points of the grid]
  std::vector<Index> x_columns_;  // [samples]; empty: column i for sample i
  Matrix<Scalar> condition_;      // [condition_size, conditions]
  std::vector<Index> condition_ids_;
  std::vector<Index> starts_ = {0};
  Matrix<Scalar> targets_;
  Eigen::VectorXi labels_;
};

// To train on: an item is a block of at most `block` samples of one condition, which are other ones in each epoch; each
// epoch visits every sample once.
template <typename Scalar>
class BlockSource final : public DataSource<Scalar> {
 public:
  // `samples` must outlive it; block >= 1.
  BlockSource(const SubsetSamples<Scalar>& samples, Index block, std::uint64_t seed);

  Index size() const override { return static_cast<Index>(blocks_.size()); }
  void Fill(Index epoch, std::span<const Index> items, TrainingBatch<Scalar>& batch) const override;

 private:
  struct Block {
    Index condition;
    Index first;  // of the condition's samples, in the order of the epoch
    Index count;
  };

  const SubsetSamples<Scalar>& samples_;
  std::uint64_t seed_;
  std::vector<Block> blocks_;
};

extern template class SubsetSamples<float>;
extern template class SubsetSamples<double>;
extern template class BlockSource<float>;
extern template class BlockSource<double>;

}  // namespace hyperwidth

#endif  // HYPERWIDTH_TRAINING_CONDITIONED_DATA_CONDITIONED_SOURCE_H_
