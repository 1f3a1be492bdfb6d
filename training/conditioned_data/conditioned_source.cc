// SPDX-License-Identifier: Apache-2.0
#include "training/conditioned_data/conditioned_source.h"

#include <algorithm>
#include <cstddef>
#include <numeric>
#include <stdexcept>
#include <string>

#include "models/random_stream.h"

namespace hyperwidth {
namespace {

constexpr std::uint64_t kOrderStream = 0xb10c;

// An order of 0 .. count - 1 that takes no memory: j -> (first + j * stride) mod count, with no factor in common.
class Stride {
 public:
  Stride(std::uint64_t seed, Index epoch, Index condition, Index count) : count_(count) {
    RandomStream random(seed, {kOrderStream, static_cast<std::uint64_t>(epoch), static_cast<std::uint64_t>(condition)});
    first_ = static_cast<Index>(random.Below(static_cast<std::uint64_t>(count)));
    stride_ = 1 + static_cast<Index>(random.Below(static_cast<std::uint64_t>(count)));
    while (std::gcd(stride_, count) != 1) ++stride_;
  }
  Index operator()(Index j) const { return (first_ + j * stride_) % count_; }

 private:
  Index count_, first_ = 0, stride_ = 1;
};

int LabelOf(double value, const std::vector<double>& classes, const ConditionedData& data, std::int64_t position) {
  const auto place = std::lower_bound(classes.begin(), classes.end(), value);
  if (place != classes.end() && *place == value) return static_cast<int>(place - classes.begin());
  throw std::runtime_error(data.origin() + ": y: row " + std::to_string(data.file_row(position)) + " is " +
                           std::to_string(value) + ", which is none of the " + std::to_string(classes.size()) +
                           " classes; accepted: y of the classes in the training data");
}

}  // namespace

template <typename Scalar>
SubsetSamples<Scalar>::SubsetSamples(const ConditionedData& data,
                                     const DataSplit& split,
                                     Subset subset,
                                     const Standardisation& standardisation,
                                     const std::vector<double>& classes) {
  if (!classes.empty() && data.y_size() != 1) {
    throw std::runtime_error(data.origin() + ": y: has " + std::to_string(data.y_size()) +
                             " columns; accepted: one where it names classes");
  }
  condition_ids_.assign(split.conditions(subset).begin(), split.conditions(subset).end());
  const Index count = split.samples(subset);
  const bool on_grid = data.layout() == DataLayout::kGrid;
  std::vector<double> numbers;
  const auto standardised = [&](Matrix<Scalar>& matrix, Index column, const ColumnScaling& scaling, const auto& copy) {
    numbers.resize(static_cast<std::size_t>(matrix.rows()));
    copy(std::span<double>(numbers));
    scaling.Apply<double>(numbers);
    matrix.col(column) = Eigen::Map<const Vector<double>>(numbers.data(), matrix.rows()).template cast<Scalar>();
  };
  condition_.resize(data.condition_size(), conditions());
  x_.resize(data.x_size(), on_grid ? data.x().rows() : count);
  if (on_grid) {
    x_columns_.reserve(static_cast<std::size_t>(count));
    for (Index point = 0; point < x_.cols(); ++point) {
      standardised(x_, point, standardisation.x, [&](std::span<double> row) {
        data.x().CopyTo<double>(point * data.x_size(), row);
      });
    }
  }
  if (classes.empty()) {
    targets_.resize(data.y_size(), count);
  } else {
    labels_.resize(count);
  }
  Index column = 0;
  for (Index g = 0; g < conditions(); ++g) {
    const Index id = condition_ids_[static_cast<std::size_t>(g)];
    standardised(
        condition_, g, standardisation.condition, [&](std::span<double> row) { data.CopyCondition<double>(id, row); });
    for (std::int64_t position = data.start(id); position < data.start(id + 1); ++position) {
      if (split.of(position) != subset) continue;
      if (on_grid) {
        x_columns_.push_back(data.file_row(position) % data.x().rows());
      } else {
        standardised(x_, column, standardisation.x, [&](std::span<double> row) { data.CopyX<double>(position, row); });
      }
      if (classes.empty()) {
        standardised(
            targets_, column, standardisation.y, [&](std::span<double> row) { data.CopyY<double>(position, row); });
      } else {
        double value = 0;
        data.CopyY<double>(position, {&value, 1});
        labels_[column] = LabelOf(value, classes, data, position);
      }
      ++column;
    }
    starts_.push_back(column);
  }
}

template <typename Scalar>
void SubsetSamples<Scalar>::Resize(Index conditions, Index samples, TrainingBatch<Scalar>& batch) const {
  batch.x.resize(x_.rows(), samples);
  batch.condition.resize(condition_.rows(), conditions);
  batch.condition_ids.resize(static_cast<std::size_t>(conditions));
  batch.group_starts.assign(static_cast<std::size_t>(conditions) + 1, 0);
  batch.group_starts.back() = samples;
  if (labels_.size() == 0) {
    batch.targets.resize(targets_.rows(), samples);
  } else {
    batch.labels.resize(samples);
  }
}

template <typename Scalar>
void SubsetSamples<Scalar>::CopySamples(
    Index g, std::span<const Index> samples, Index place, Index first, TrainingBatch<Scalar>& batch) const {
  batch.condition.col(place) = condition_.col(g);
  batch.condition_ids[static_cast<std::size_t>(place)] = condition_ids_[static_cast<std::size_t>(g)];
  batch.group_starts[static_cast<std::size_t>(place)] = first;
  Index column = first;
  for (const Index sample : samples) {
    const Index at = start(g) + sample;
    batch.x.col(column) = x_.col(x_columns_.empty() ? at : x_columns_[static_cast<std::size_t>(at)]);
    if (labels_.size() == 0) {
      batch.targets.col(column) = targets_.col(at);
    } else {
      batch.labels[column] = labels_[at];
    }
    ++column;
  }
}

template <typename Scalar>
BlockSource<Scalar>::BlockSource(const SubsetSamples<Scalar>& samples, Index block, std::uint64_t seed)
    : samples_(samples), seed_(seed) {
  if (block < 1) throw std::invalid_argument("block: found " + std::to_string(block) + ", accepted: 1 or more");
  for (Index g = 0; g < samples.conditions(); ++g) {
    const Index count = samples.start(g + 1) - samples.start(g);
    for (Index first = 0; first < count; first += block) {
      blocks_.push_back({.condition = g, .first = first, .count = std::min(block, count - first)});
    }
  }
}

template <typename Scalar>
void BlockSource<Scalar>::Fill(Index epoch, std::span<const Index> items, TrainingBatch<Scalar>& batch) const {
  Index count = 0;
  for (const Index item : items) count += blocks_[static_cast<std::size_t>(item)].count;
  samples_.Resize(static_cast<Index>(items.size()), count, batch);
  Index first = 0;
  std::vector<Index> chosen;
  for (std::size_t place = 0; place < items.size(); ++place) {
    const Block& block = blocks_[static_cast<std::size_t>(items[place])];
    const Index size = samples_.start(block.condition + 1) - samples_.start(block.condition);
    const Stride order(seed_, epoch, block.condition, size);
    chosen.clear();
    for (Index j = block.first; j < block.first + block.count; ++j) chosen.push_back(order(j));
    samples_.CopySamples(block.condition, chosen, static_cast<Index>(place), first, batch);
    first += block.count;
  }
}

template class SubsetSamples<float>;
template class SubsetSamples<double>;
template class BlockSource<float>;
template class BlockSource<double>;

}  // namespace hyperwidth
