// SPDX-License-Identifier: Apache-2.0
#ifndef HYPERWIDTH_MODELS_BATCH_LAYER_STACK_H_
#define HYPERWIDTH_MODELS_BATCH_LAYER_STACK_H_

#include <vector>

#include "models/pass/gradient_target.h"
#include "models/batch/sample_tasks.h"
#include "models/mlp.h"
#include "models/types.h"

namespace hyperwidth {

// Some consecutive layers of a network, for many samples and as few passes over memory as possible. Unlike everywhere
// else a sample is a row here, [samples, units]: then the products of both directions read weights as they lie in the
// flat vector, with full vectors whatever the number of units. A bias lies there like one more column of the weights,
// so the inputs of a layer that has one get a column of ones, and bias and weights are one matrix in every product.
//
// Forward and Backward work on a range of samples and may run at once for ranges that do not overlap, also with other
// parameters for each range. Pointers to parameters are to the beginning of the whole network's.
template <typename Scalar>
class LayerStack {
 public:
  // Layers begin .. end - 1 of `mlp`; none is allowed: then outputs() is inputs().
  LayerStack(const Mlp& mlp, Index begin, Index end);

  // Makes room. Contents are undefined afterwards.
  void Resize(Index samples);

  // [samples, inputs of the first layer, and a column of ones if there is a bias], to be filled before Forward but for
  // the ones.
  Matrix<Scalar>& inputs() { return inputs_; }
  const Matrix<Scalar>& inputs() const { return inputs_; }
  // [samples, outputs of the last layer], after the activation and, as inputs of the next layer, with ones for its
  // bias; without both if that is the network's last layer.
  const Matrix<Scalar>& outputs() const { return layers_.empty() ? inputs_ : layers_.back().outputs(); }
  bool empty() const { return layers_.empty(); }

  void Forward(const Scalar* parameters, Index first, Index count);

  // The same in two steps: first, for each panel of inputs, its copy from `columns` [inputs, samples] and its share of
  // the first layer; then what remains, for ranges of samples.
  Index panel_count() const { return PanelCount(inputs_.cols()); }
  void SetInputPanel(const Scalar* parameters, const ConstMatrixRef<Scalar>& columns, Index panel);
  void ForwardFromPanels(const Scalar* parameters, Index first, Index count);

  // With respect to outputs(), to be filled before Backward, which overwrites it.
  Matrix<Scalar>& output_gradient() { return layers_.back().gradient; }

  // Carries the gradient down to every layer, multiplied by `scale` where it is kept for WriteGradient, and to the
  // inputs if `input_gradient` [samples, inputs] is not null.
  void Backward(const Scalar* parameters, Index first, Index count, Scalar scale, Matrix<Scalar>* input_gradient);

  // The gradient with respect to the parameters, summed over all samples, in pieces for different threads: those of the
  // later layers, then a panel of the first layer each. `offset` is the flat vector's index of the network's first
  // parameter. Needs Backward for all samples.
  Index gradient_task_count() const { return later_task_count() + (empty() ? 0 : panel_count()); }
  Index later_task_count() const { return static_cast<Index>(later_tasks_.size()); }
  void WriteGradient(Index task, Index offset, GradientTarget<Scalar>& target) const;

  // The same, whole, for the samples of one range, to a vector that starts at `gradient`.
  void WriteGradientOfRange(Index first, Index count, Scalar* gradient) const;

 private:
  struct Layer {
    Index index;                        // in the network
    bool is_last;                       // of the network: no activation
    Matrix<Scalar> pre_activations;     // [samples, units]
    Matrix<Scalar> activations;         // [samples, units, and a column of ones for a bias]; empty in the last layer
    Matrix<Scalar> gradient;            // with respect to outputs(), then to pre-activations
    Matrix<Scalar> gradient_by_sample;  // [units, samples]: the latter, scaled

    const Matrix<Scalar>& outputs() const { return is_last ? pre_activations : activations; }
  };
  // A part of one layer's weight matrix, of which the bias is a column.
  struct WeightBlock {
    Index layer;
    Index row, rows;
    Index col, cols;
  };

  void ForwardLayer(std::size_t layer, const Scalar* parameters, Index first, Index count);
  void Activate(std::size_t layer, Index first, Index count);
  // Appends pieces of the columns of a layer's weights.
  void AppendBlocks(Index layer, const Panel& columns, std::vector<WeightBlock>& blocks) const;
  void WriteBlock(const WeightBlock& block, Index offset, GradientTarget<Scalar>& target) const;
  Index ones_columns() const { return mlp_.has_bias() ? 1 : 0; }
  const Matrix<Scalar>& InputsOf(Index layer) const {
    return layer == 0 ? inputs_ : layers_[static_cast<std::size_t>(layer - 1)].outputs();
  }

  Mlp mlp_;
  Matrix<Scalar> inputs_;
  std::vector<Layer> layers_;
  std::vector<Matrix<Scalar>> panel_sums_;  // [panel]: its share of the first layer, [samples, units]
  std::vector<WeightBlock> later_tasks_;
  std::vector<std::vector<WeightBlock>> panel_tasks_;
};

extern template class LayerStack<float>;
extern template class LayerStack<double>;

}  // namespace hyperwidth

#endif  // HYPERWIDTH_MODELS_BATCH_LAYER_STACK_H_
