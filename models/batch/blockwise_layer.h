// SPDX-License-Identifier: Apache-2.0
#ifndef HYPERWIDTH_MODELS_BATCH_BLOCKWISE_LAYER_H_
#define HYPERWIDTH_MODELS_BATCH_BLOCKWISE_LAYER_H_

#include <vector>

#include "models/pass/executor.h"
#include "models/pass/gradient_target.h"
#include "models/mlp.h"
#include "models/types.h"

namespace hyperwidth {

// Consecutive outputs of a layer.
struct RowBlock {
  Index first = 0;
  Index count = 0;
};

// The blocks of each task. A task is a run of consecutive blocks.
using BlockPlan = std::vector<std::vector<RowBlock>>;

// Appends tasks for outputs first .. first + count - 1 to `plan`, out of `total` for which there are to be about 32
// tasks, so that any sensible number of threads shares them evenly. Blocks, a few hundred outputs that fit into a
// core's cache with their weights, end at multiples of `granularity` after `first`.
void AppendBlocks(Index first, Index count, Index granularity, Index total, BlockPlan& plan);

// What becomes of a wide layer's outputs. Called for different tasks at once.
template <typename Scalar>
class BlockConsumer {
 public:
  virtual ~BlockConsumer() = default;
  // Takes `values` [samples, block.count], contiguous, which are lost afterwards.
  virtual void Consume(Index task, const RowBlock& block, const Scalar* values) = 0;
  // Fills `gradient` [samples, block.count], contiguous, with the one with respect to these outputs.
  virtual void FillGradient(Index task, const RowBlock& block, Scalar* gradient) = 0;
};

// The last, wide layer of a network that generates weights or an embedding: nearly all the work of a step. Its outputs
// are computed, used and forgotten block by block, while weights, outputs and their gradient are in a core's cache.
template <typename Scalar>
class BlockwiseLayer {
 public:
  // The last layer of `mlp`.
  BlockwiseLayer(const Mlp& mlp, BlockPlan plan, Index slot_count);

  Index task_count() const { return static_cast<Index>(plan_.size()); }
  void Resize(Index samples);

  // `parameters`: the beginning of the whole network's. `inputs` [samples, inputs of the layer, and a column of ones if
  // there is a bias], as LayerStack::outputs has them. Outputs of the tasks before `first_task` are not computed: the
  // consumer knows how to do without.
  void Forward(const Executor& executor,
               const Scalar* parameters,
               const Matrix<Scalar>& inputs,
               BlockConsumer<Scalar>& consumer,
               Index first_task = 0);

  // Asks the consumer for the gradient and hands the layer's to `target`; `offset` is the flat vector's index of the
  // network's first parameter. What the outputs of the tasks before `first_task` contribute to the gradient with
  // respect to the inputs is left out.
  void Backward(const Executor& executor,
                const Scalar* parameters,
                const Matrix<Scalar>& inputs,
                BlockConsumer<Scalar>& consumer,
                Index offset,
                GradientTarget<Scalar>& target,
                Index first_task = 0);

  // The gradient with respect to the inputs of samples first .. first + count - 1: the sum over tasks from
  // `first_task`, in their order.
  void SumInputGradient(Index first, Index count, Matrix<Scalar>& input_gradient, Index first_task = 0) const;

 private:
  // Buffers of one slot.
  struct Scratch {
    Vector<Scalar> by_unit;    // [samples, block]
    Vector<Scalar> by_sample;  // [block, samples]
  };

  Mlp mlp_;
  Index layer_;
  BlockPlan plan_;
  Index largest_block_ = 0;
  std::vector<Scratch> scratch_;
  std::vector<Matrix<Scalar>> input_gradients_;  // [task]: [samples, inputs]
  Matrix<Scalar> scaled_inputs_;
};

extern template class BlockwiseLayer<float>;
extern template class BlockwiseLayer<double>;

}  // namespace hyperwidth

#endif  // HYPERWIDTH_MODELS_BATCH_BLOCKWISE_LAYER_H_
