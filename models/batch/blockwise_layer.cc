// SPDX-License-Identifier: Apache-2.0
#include "models/batch/blockwise_layer.h"

#include <algorithm>
#include <utility>

#include "models/pass/product.h"
#include "models/batch/weight_gradient.h"

namespace hyperwidth {
namespace {

constexpr Index kTasks = 32;
// A block's weights for 100 inputs take 128 KiB, its outputs for 64 samples 80 KiB: together less than a core's second
// cache, and enough rows that the products run at full speed.
constexpr Index kBlockRows = 320;

Index RoundUp(Index value, Index multiple) { return (value + multiple - 1) / multiple * multiple; }

}  // namespace

void AppendBlocks(Index first, Index count, Index granularity, Index total, BlockPlan& plan) {
  const Index rows_of_task = RoundUp(std::max<Index>(1, (total + kTasks - 1) / kTasks), granularity);
  // Blocks of equal size within a task.
  const Index blocks_of_task = (rows_of_task + kBlockRows - 1) / kBlockRows;
  const Index rows_of_block = RoundUp((rows_of_task + blocks_of_task - 1) / blocks_of_task, granularity);
  const Index end = first + count;
  for (Index task = first; task < end; task += rows_of_task) {
    const Index task_end = std::min(end, task + rows_of_task);
    std::vector<RowBlock> blocks;
    for (Index row = task; row < task_end; row += rows_of_block) {
      blocks.push_back({.first = row, .count = std::min(rows_of_block, task_end - row)});
    }
    plan.push_back(std::move(blocks));
  }
}

template <typename Scalar>
BlockwiseLayer<Scalar>::BlockwiseLayer(const Mlp& mlp, BlockPlan plan, Index slot_count)
    : mlp_(mlp), layer_(mlp.depth() - 1), plan_(std::move(plan)), scratch_(static_cast<std::size_t>(slot_count)) {
  for (const auto& blocks : plan_) {
    for (const RowBlock& block : blocks) largest_block_ = std::max(largest_block_, block.count);
  }
  input_gradients_.resize(plan_.size());
}

template <typename Scalar>
void BlockwiseLayer<Scalar>::Resize(Index samples) {
  if (scaled_inputs_.rows() == samples) return;
  scaled_inputs_.resize(samples, mlp_.inputs_of(layer_) + (mlp_.has_bias() ? 1 : 0));
  for (Scratch& scratch : scratch_) {
    scratch.by_unit.resize(samples * largest_block_);
    scratch.by_sample.resize(samples * largest_block_);
  }
  for (Matrix<Scalar>& gradient : input_gradients_) gradient.resize(samples, mlp_.inputs_of(layer_));
}

template <typename Scalar>
void BlockwiseLayer<Scalar>::Forward(const Executor& executor,
                                     const Scalar* parameters,
                                     const Matrix<Scalar>& inputs,
                                     BlockConsumer<Scalar>& consumer,
                                     Index first_task) {
  const Index units = mlp_.outputs_of(layer_);
  const Index samples = inputs.rows();
  executor.Run(task_count() - first_task, [&](Index index, Index slot) {
    const Index task = first_task + index;
    Scalar* const values = scratch_[static_cast<std::size_t>(slot)].by_unit.data();
    for (const RowBlock& block : plan_[static_cast<std::size_t>(task)]) {
      Multiply<Scalar>({.rows = samples,
                        .cols = block.count,
                        .inner = inputs.cols(),
                        .a_stride = samples,
                        .b_stride = units,
                        .c_stride = samples,
                        .b_transposed = true},
                       inputs.data(),
                       parameters + mlp_.weight_offset(layer_) + block.first,
                       values);
      consumer.Consume(task, block, values);
    }
  });
}

template <typename Scalar>
void BlockwiseLayer<Scalar>::Backward(const Executor& executor,
                                      const Scalar* parameters,
                                      const Matrix<Scalar>& inputs,
                                      BlockConsumer<Scalar>& consumer,
                                      Index offset,
                                      GradientTarget<Scalar>& target,
                                      Index first_task) {
  const Index units = mlp_.outputs_of(layer_);
  const Index samples = inputs.rows();
  const Scalar scale = target.scale();
  // The scale belongs to one factor of each product: the inputs, which are fewer than the outputs.
  scaled_inputs_ = scale * inputs;
  executor.Run(task_count(), [&](Index task, Index slot) {
    Scratch& scratch = scratch_[static_cast<std::size_t>(slot)];
    Matrix<Scalar>& input_gradient = input_gradients_[static_cast<std::size_t>(task)];
    bool accumulate = false;
    for (const RowBlock& block : plan_[static_cast<std::size_t>(task)]) {
      consumer.FillGradient(task, block, scratch.by_unit.data());
      if (layer_ > 0 && task >= first_task) {
        Multiply<Scalar>({.rows = samples,
                          .cols = input_gradient.cols(),
                          .inner = block.count,
                          .a_stride = samples,
                          .b_stride = units,
                          .c_stride = samples,
                          .accumulate = accumulate},
                         scratch.by_unit.data(),
                         parameters + mlp_.weight_offset(layer_) + block.first,
                         input_gradient.data());
      }
      accumulate = true;
      Transpose<Scalar>(samples, block.count, scratch.by_unit.data(), samples, scratch.by_sample.data(), block.count);
      const SampleSum<Scalar> gradient{
          .samples = samples, .by_sample = scratch.by_sample.data(), .by_sample_stride = block.count};
      WriteWeightGradient(target,
                          {.first = offset + mlp_.weight_offset(layer_) + block.first,
                           .rows = block.count,
                           .cols = inputs.cols(),
                           .stride = units},
                          gradient,
                          scaled_inputs_.data(),
                          samples);
    }
  });
}

template <typename Scalar>
void BlockwiseLayer<Scalar>::SumInputGradient(Index first,
                                              Index count,
                                              Matrix<Scalar>& input_gradient,
                                              Index first_task) const {
  auto sum = input_gradient.middleRows(first, count);
  sum.setZero();
  for (Index task = first_task; task < task_count(); ++task) {
    sum += input_gradients_[static_cast<std::size_t>(task)].middleRows(first, count);
  }
}

template class BlockwiseLayer<float>;
template class BlockwiseLayer<double>;

}  // namespace hyperwidth
