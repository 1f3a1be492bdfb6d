// SPDX-License-Identifier: Apache-2.0
#include "training/conditioned_model/predict.h"

#include <algorithm>
#include <limits>
#include <memory>
#include <optional>
#include <span>
#include <stdexcept>
#include <string>
#include <vector>

#include "models/require_size.h"
#include "training/planned_pass.h"

namespace hyperwidth {
namespace {

void RequireColumns(const ConditionedData& data, const char* array, std::int64_t found, Index accepted) {
  if (found == accepted) return;
  throw std::runtime_error(data.origin() + ": " + array + ": found " + std::to_string(found) +
                           " columns; accepted: " + std::to_string(accepted) + ", as the model was trained with");
}

// As many as fit into kMostBlockValues numbers, if each has all values of this axis.
Index AtOnce(const Model& model, Axis axis, Index most) {
  Index values = 1;
  for (const Node& node : model.graph.nodes()) {
    if (node.axis == axis && node.operation != Operation::kSlice) values += node.shape.size();  // slices are views
  }
  return std::clamp<Index>(kMostBlockValues / values, 1, most);
}

// Batches of consecutive samples.
class Blocks {
 public:
  Blocks(const ConditionedModel& model, const Model& network, const ConditionedData& data)
      : model_(model),
        data_(data),
        most_samples_(AtOnce(network, Axis::kSample, kMostBlockSamples)),
        most_conditions_(AtOnce(network, Axis::kCondition, kMostBlockConditions)),
        sees_condition_(network.graph.condition_size() > 0),
        row_(static_cast<std::size_t>(std::max(data.x_size(), data.condition_size()))) {
    if (network.graph.condition_count() > 0) known_.emplace(model);
  }

  std::int64_t position() const { return position_; }  // of the next sample
  bool HasNext() const { return position_ < data_.samples(); }

  void Fill(Batch<float>& batch) {
    batch.group_starts = {0};
    std::vector<std::int64_t> conditions;
    const std::int64_t first = position_;
    while (HasNext() && position_ - first < most_samples_ && std::ssize(conditions) < most_conditions_) {
      while (data_.start(condition_ + 1) <= position_) ++condition_;  // also past those without samples
      conditions.push_back(condition_);
      position_ = std::min(data_.start(condition_ + 1), first + most_samples_);
      batch.group_starts.push_back(position_ - first);
    }
    batch.x.resize(data_.x_size(), position_ - first);
    const std::span<double> x = std::span(row_).first(static_cast<std::size_t>(data_.x_size()));
    for (Index i = 0; i < batch.x.cols(); ++i) {
      data_.CopyX(first + i, x);
      model_.standardisation.x.Apply(x);
      SetColumn(x, batch.x, i);
    }
    SetConditions(conditions, batch);
  }

 private:
  static void SetColumn(std::span<const double> row, Matrix<float>& matrix, Index column) {
    for (std::size_t c = 0; c < row.size(); ++c) matrix(static_cast<Index>(c), column) = static_cast<float>(row[c]);
  }

  void SetConditions(const std::vector<std::int64_t>& conditions, Batch<float>& batch) {
    if (sees_condition_) batch.condition.resize(data_.condition_size(), std::ssize(conditions));
    batch.condition_ids.clear();
    const std::span<double> row = std::span(row_).first(static_cast<std::size_t>(data_.condition_size()));
    for (std::size_t i = 0; i < conditions.size(); ++i) {
      data_.CopyCondition(conditions[i], row);
      if (known_) batch.condition_ids.push_back(IdOf(row, conditions[i]));
      if (!sees_condition_) continue;
      model_.standardisation.condition.Apply(row);
      SetColumn(row, batch.condition, static_cast<Index>(i));
    }
  }

  Index IdOf(std::span<const double> row, std::int64_t condition) const {
    try {
      return known_->IdOf(row);
    } catch (const std::invalid_argument& error) {
      throw std::runtime_error(data_.origin() + ": I, condition " + std::to_string(condition) + ": " + error.what());
    }
  }

  const ConditionedModel& model_;
  const ConditionedData& data_;
  const Index most_samples_;
  const Index most_conditions_;
  const bool sees_condition_;
  std::optional<KnownConditions> known_;
  std::vector<double> row_;
  std::int64_t position_ = 0;
  std::int64_t condition_ = 0;
};

}  // namespace

void PredictInBlocks(const ConditionedModel& model, const ConditionedData& data, const TakeBlock& take, int threads) {
  const Model network = model.MakeModel();
  Validate(model, network);
  RequireColumns(data, "x", data.x_size(), model.sizes.x_size);
  RequireColumns(data, "I", data.condition_size(), model.sizes.condition_size);
  Blocks blocks(model, network, data);
  std::unique_ptr<PlannedPass<float>> planned;
  Batch<float> batch;
  Matrix<double> outputs;
  while (blocks.HasNext()) {
    const std::int64_t first = blocks.position();
    blocks.Fill(batch);
    if (!planned) planned = std::make_unique<PlannedPass<float>>(network, batch, threads);
    outputs = planned->pass().Forward(model.theta, batch).cast<double>();
    for (Index i = 0; model.classes.empty() && i < outputs.cols(); ++i) {
      const std::span<double> y(outputs.col(i).data(), static_cast<std::size_t>(outputs.rows()));
      model.standardisation.y.Invert(y);
    }
    take(first, outputs);
  }
}

Matrix<double> Predict(const ConditionedModel& model, const ConditionedData& data, int threads) {
  Matrix<double> all;
  PredictInBlocks(
      model,
      data,
      [&](std::int64_t first, const Matrix<double>& outputs) {
        if (first == 0) all.resize(outputs.rows(), data.samples());
        for (Index i = 0; i < outputs.cols(); ++i) all.col(data.file_row(first + i)) = outputs.col(i);
      },
      threads);
  return all;
}

Vector<double> LargestClass(const ConditionedModel& model, const Matrix<double>& logits) {
  if (model.classes.empty()) throw std::invalid_argument("classes: found none, accepted: a model of classes");
  RequireSize("rows of the logits", logits.rows(), std::ssize(model.classes));
  Vector<double> labels(logits.cols());
  for (Index i = 0; i < logits.cols(); ++i) {
    Index largest = -1;
    for (Index c = 0; c < logits.rows(); ++c) {
      if (largest < 0 ? logits(c, i) == logits(c, i) : logits(c, i) > logits(largest, i)) largest = c;
    }
    labels[i] =
        largest < 0 ? std::numeric_limits<double>::quiet_NaN() : model.classes[static_cast<std::size_t>(largest)];
  }
  return labels;
}

}  // namespace hyperwidth
