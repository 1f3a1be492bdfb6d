// SPDX-License-Identifier: Apache-2.0
#include "experiments/synthetic/synthetic_data.h"

#include <algorithm>
#include <utility>

namespace hyperwidth {
namespace {

// What random columns are for.
enum class Part : std::uint64_t { kTrainX = 81, kTrainCondition, kUnseenX, kUnseenCondition, kSeenX };

// Samples whose targets are computed at once.
constexpr Index kBlock = 500;

std::shared_ptr<const Matrix<float>> PartOf(
    NormalColumns& columns, Index rows, Index count, std::uint64_t seed, Part part) {
  return columns.Get(rows, count, seed, static_cast<std::uint64_t>(part));
}

// The mean squared distance of the targets from a number.
double MeanSquare(const Vector<float>& targets, double from) {
  return (targets.cast<double>().array() - from).square().mean();
}

}  // namespace

SyntheticSamples::SyntheticSamples(const SyntheticTarget& target,
                                   std::shared_ptr<const Matrix<float>> x,
                                   std::shared_ptr<const Matrix<float>> conditions)
    : x_(std::move(x)), conditions_(std::move(conditions)), targets_(x_->cols()) {
  Matrix<float> block;
  for (Index first = 0; first < size(); first += kBlock) {
    const Index count = std::min(kBlock, size() - first);
    block.resize(conditions_->rows(), count);
    for (Index i = 0; i < count; ++i) block.col(i) = conditions_->col((first + i) % conditions_->cols());
    targets_.segment(first, count) = target(x_->middleCols(first, count), block);
  }
}

void SyntheticSamples::Fill(Index /*epoch*/, std::span<const Index> items, TrainingBatch<float>& batch) const {
  const auto count = static_cast<Index>(items.size());
  batch.x.resize(x_->rows(), count);
  batch.condition.resize(conditions_->rows(), count);
  batch.targets.resize(1, count);
  batch.group_starts = EqualGroups(count);
  for (Index column = 0; column < count; ++column) {
    const Index item = items[static_cast<std::size_t>(column)];
    batch.x.col(column) = x_->col(item);
    batch.condition.col(column) = conditions_->col(item % conditions_->cols());
    batch.targets(0, column) = targets_[item];
  }
}

SyntheticData::SyntheticData(int type, const SyntheticSizes& sizes, std::uint64_t seed, NormalColumns& columns)
    : target(type, sizes.size, seed),
      train(target,
            PartOf(columns, sizes.size, sizes.samples, seed, Part::kTrainX),
            PartOf(columns, sizes.size, sizes.conditions, seed, Part::kTrainCondition)),
      unseen(target,
             PartOf(columns, sizes.size, sizes.test_samples, seed, Part::kUnseenX),
             PartOf(columns, sizes.size, sizes.test_samples, seed, Part::kUnseenCondition)),
      seen(target,
           PartOf(columns, sizes.size, sizes.test_samples, seed, Part::kSeenX),
           std::make_shared<const Matrix<float>>(
               train.conditions().leftCols(std::min(sizes.conditions, sizes.test_samples)))) {
  constant_error = MeanSquare(unseen.targets(), train.targets().cast<double>().mean());
}

}  // namespace hyperwidth
