// SPDX-License-Identifier: Apache-2.0
#include "experiments/synthetic/synthetic_data.h"

#include <algorithm>
#include <utility>

namespace hyperwidth {
namespace {

// Samples whose targets are computed at once.
constexpr Index kBlock = 500;

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

SyntheticSamples::SyntheticSamples(SharedColumns x,
                                   SharedColumns conditions,
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

SyntheticTask::SyntheticTask(int type, const SyntheticSizes& sizes, std::uint64_t seed, SyntheticShared& shared)
    : type_(type), sizes_(sizes), seed_(seed), shared_(shared), target_(type, sizes.size, seed) {}

SyntheticSamples SyntheticTask::Train() const {
  return Samples(sizes_.samples, Part::kTrainX, Columns(sizes_.conditions, Part::kTrainCondition));
}

SyntheticSamples SyntheticTask::Validation() const {
  return Samples(sizes_.test_samples, Part::kValidationX, Columns(sizes_.test_samples, Part::kValidationCondition));
}

SyntheticSamples SyntheticTask::Unseen() const {
  return Samples(sizes_.test_samples, Part::kUnseenX, Columns(sizes_.test_samples, Part::kUnseenCondition));
}

SyntheticSamples SyntheticTask::Seen() const {
  // The first columns of more are those of fewer.
  const Index conditions = std::min(sizes_.conditions, sizes_.test_samples);
  return Samples(sizes_.test_samples, Part::kSeenX, Columns(conditions, Part::kTrainCondition));
}

SharedColumns SyntheticTask::Columns(Index count, Part part) const {
  return shared_.columns.Get(sizes_.size, count, seed_, static_cast<std::uint64_t>(part));
}

SyntheticSamples SyntheticTask::Samples(Index count, Part x_part, SharedColumns conditions) const {
  auto x = Columns(count, x_part);
  const TargetsKey key = {.type = type_,
                          .size = sizes_.size,
                          .seed = seed_,
                          .part = static_cast<std::uint64_t>(x_part),
                          .samples = count,
                          .conditions = conditions->cols()};
  auto targets = shared_.targets.Get(key, [&] { return TargetsOf(target_, *x, *conditions); });
  return {std::move(x), std::move(conditions), std::move(targets)};
}

double ErrorOfConstant(const SyntheticSamples& train, const SyntheticSamples& samples) {
  const double mean = train.targets().cast<double>().mean();
  return (samples.targets().cast<double>().array() - mean).square().mean();
}

}  // namespace hyperwidth
