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

// Draws samples and computes their targets, unless another training has.
struct Drawing {
  int type;
  Index size;
  std::uint64_t seed;
  const SyntheticTarget& target;
  SyntheticShared& shared;

  std::shared_ptr<const Matrix<float>> Columns(Index count, Part part) const {
    return shared.columns.Get(size, count, seed, static_cast<std::uint64_t>(part));
  }
  SyntheticSamples Samples(Index count, Part x_part, std::shared_ptr<const Matrix<float>> conditions) const {
    auto x = Columns(count, x_part);
    const TargetsKey key = {.type = type,
                            .size = size,
                            .seed = seed,
                            .part = static_cast<std::uint64_t>(x_part),
                            .samples = count,
                            .conditions = conditions->cols()};
    auto targets = shared.targets.Get(key, [&] { return TargetsOf(target, *x, *conditions); });
    return {std::move(x), std::move(conditions), std::move(targets)};
  }
  SyntheticSamples Samples(Index count, Part x_part, Index conditions, Part condition_part) const {
    return Samples(count, x_part, Columns(conditions, condition_part));
  }
};

// The mean squared distance of the targets from a number.
double MeanSquare(const Vector<float>& targets, double from) {
  return (targets.cast<double>().array() - from).square().mean();
}

}  // namespace

Vector<float> TargetsOf(const SyntheticTarget& target, const Matrix<float>& x, const Matrix<float>& conditions) {
  Vector<float> targets(x.cols());
  Matrix<float> block;
  for (Index first = 0; first < x.cols(); first += kBlock) {
    const Index count = std::min(kBlock, x.cols() - first);
    block.resize(conditions.rows(), count);
    for (Index i = 0; i < count; ++i) block.col(i) = conditions.col((first + i) % conditions.cols());
    targets.segment(first, count) = target(x.middleCols(first, count), block);
  }
  return targets;
}

SyntheticSamples::SyntheticSamples(std::shared_ptr<const Matrix<float>> x,
                                   std::shared_ptr<const Matrix<float>> conditions,
                                   std::shared_ptr<const Vector<float>> targets)
    : x_(std::move(x)), conditions_(std::move(conditions)), targets_(std::move(targets)) {}

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
    batch.targets(0, column) = (*targets_)[item];
  }
}

SyntheticData::SyntheticData(int type, const SyntheticSizes& sizes, std::uint64_t seed, SyntheticShared& shared)
    : target(type, sizes.size, seed),
      train(Drawing{type, sizes.size, seed, target, shared}.Samples(
          sizes.samples, Part::kTrainX, sizes.conditions, Part::kTrainCondition)),
      unseen(Drawing{type, sizes.size, seed, target, shared}.Samples(
          sizes.test_samples, Part::kUnseenX, sizes.test_samples, Part::kUnseenCondition)),
      seen(Drawing{type, sizes.size, seed, target, shared}.Samples(
          sizes.test_samples,
          Part::kSeenX,
          std::make_shared<const Matrix<float>>(
              train.conditions().leftCols(std::min(sizes.conditions, sizes.test_samples))))) {
  constant_error = MeanSquare(unseen.targets(), train.targets().cast<double>().mean());
}

}  // namespace hyperwidth
