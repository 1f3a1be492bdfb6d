// SPDX-License-Identifier: Apache-2.0
//
// The two ways to run a primary network with generated weights. Both take the weights as the blocks of a wide layer's
// outputs and return their gradient as such.

#ifndef HYPERWIDTH_MODELS_BATCH_GENERATED_NETWORK_H_
#define HYPERWIDTH_MODELS_BATCH_GENERATED_NETWORK_H_

#include <vector>

#include "models/batch/blockwise_layer.h"
#include "models/batch/contracted_layer.h"
#include "models/pass/executor.h"
#include "models/batch/layer_stack.h"
#include "models/batch/sample_tasks.h"
#include "models/mlp.h"
#include "models/types.h"

namespace hyperwidth {

template <typename Scalar>
class GeneratedNetwork : public BlockConsumer<Scalar> {
 public:
  // Makes room; samples is a multiple of conditions.
  virtual void Resize(Index samples, Index conditions) = 0;
  // Copies x [inputs, samples], a panel at a time.
  virtual Index panel_count() const = 0;
  virtual void SetInputPanel(const ConstMatrixRef<Scalar>& x, Index panel) = 0;
  // After all blocks are consumed: outputs [outputs, samples].
  virtual void Forward(const Executor& executor, Matrix<Scalar>& outputs) = 0;
  // Prepares FillGradient, given the gradient with respect to the outputs, [outputs, samples].
  virtual void Backward(const Executor& executor, const ConstMatrixRef<Scalar>& output_gradient) = 0;
};

// A condition for each sample.
template <typename Scalar>
class PerSampleNetwork final : public GeneratedNetwork<Scalar> {
 public:
  // `task_count`: of the blockwise layer. If `first_layer` is not null, it has the first layer's pre-activations, and
  // Consume gets only the parameters after that layer.
  PerSampleNetwork(const Mlp& mlp, Index task_count, const ContractedLayer<Scalar>* first_layer);

  // [samples, inputs, and a column of ones if there is a bias].
  const Matrix<Scalar>& inputs() const { return inputs_; }
  // With respect to the first layer's pre-activations, [samples, units], after Backward.
  const Matrix<Scalar>& first_layer_gradient() const { return gradients_.front(); }

  // Outputs of the wide layer that make up the first layer, bias included: blocks must not cross their end, and inside
  // hold whole columns.
  static Index FirstLayerParameters(const Mlp& mlp) { return mlp.weight_offset(1); }

  void Resize(Index samples, Index conditions) override;
  Index panel_count() const override { return PanelCount(inputs_.cols()); }
  void SetInputPanel(const ConstMatrixRef<Scalar>& x, Index panel) override;
  void Forward(const Executor& executor, Matrix<Scalar>& outputs) override;
  void Backward(const Executor& executor, const ConstMatrixRef<Scalar>& output_gradient) override;
  void Consume(Index task, const RowBlock& block, const Scalar* values) override;
  void FillGradient(Index task, const RowBlock& block, Scalar* gradient) override;

 private:
  // Which weight or bias a column of later_parameters_ is.
  struct Place {
    Index layer;
    Index unit;
    Index input;  // -1: the bias
  };

  void ForwardSamples(Index first, Index count, Matrix<Scalar>& outputs);
  void BackwardSamples(Index first, Index count, const ConstMatrixRef<Scalar>& output_gradient);
  bool HasActivation(Index layer) const { return layer + 1 < mlp_.depth(); }

  Mlp mlp_;
  const ContractedLayer<Scalar>* first_layer_;
  Matrix<Scalar> inputs_;
  std::vector<Matrix<Scalar>> partial_sums_;  // [task]: its share of the first layer, [samples, units]
  std::vector<char> has_sum_;                 // [task]: whether it has one
  Matrix<Scalar> later_parameters_;           // [samples, parameters of all layers but the first]
  std::vector<Place> places_;                 // of its columns
  std::vector<Matrix<Scalar>> pre_activations_, activations_, gradients_;  // [layer]: [samples, units]
};

// Several samples for each condition, consecutive.
template <typename Scalar>
class GroupedNetwork final : public GeneratedNetwork<Scalar> {
 public:
  explicit GroupedNetwork(const Mlp& mlp) : mlp_(mlp), layers_(mlp, 0, mlp.depth()) {}

  void Resize(Index samples, Index conditions) override;
  Index panel_count() const override { return PanelCount(layers_.inputs().rows()); }  // of samples
  void SetInputPanel(const ConstMatrixRef<Scalar>& x, Index panel) override;
  void Forward(const Executor& executor, Matrix<Scalar>& outputs) override;
  void Backward(const Executor& executor, const ConstMatrixRef<Scalar>& output_gradient) override;
  void Consume(Index task, const RowBlock& block, const Scalar* values) override;
  void FillGradient(Index task, const RowBlock& block, Scalar* gradient) override;

 private:
  Index group_size() const { return layers_.inputs().rows() / parameters_.cols(); }

  Mlp mlp_;
  LayerStack<Scalar> layers_;
  Matrix<Scalar> parameters_;  // [parameters, conditions]
  Matrix<Scalar> gradient_;    // the same shape
};

extern template class PerSampleNetwork<float>;
extern template class PerSampleNetwork<double>;
extern template class GroupedNetwork<float>;
extern template class GroupedNetwork<double>;

}  // namespace hyperwidth

#endif  // HYPERWIDTH_MODELS_BATCH_GENERATED_NETWORK_H_
