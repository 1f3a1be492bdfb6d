// SPDX-License-Identifier: Apache-2.0
//
// A multilayer perceptron as a shape: it holds sizes and an activation, and no parameters. Those are a point in R^N,
// one flat vector that belongs to the caller, so that an optimiser is a loop over a vector, a checkpoint is a vector,
// and a hypernetwork is a network whose outputs are another one's parameters.

#ifndef HYPERWIDTH_MODELS_MLP_H_
#define HYPERWIDTH_MODELS_MLP_H_

#include <vector>

#include "models/activation.h"
#include "models/random_stream.h"
#include "models/types.h"

namespace hyperwidth {

// What a forward pass leaves behind for the backward pass of the same batch. Buffers grow to the largest batch seen and
// are then reused: keep one per thread. Its contents between the two passes must not be touched.
template <typename Scalar>
struct MlpWorkspace {
  std::vector<Matrix<Scalar>> pre_activations;  // [layer]: [units, samples], before the activation
  std::vector<Matrix<Scalar>> activations;      // [layer]: [units, samples]; the last layer has none
  Matrix<Scalar> gradient;                      // with respect to the pre-activations of one layer
  Matrix<Scalar> next_gradient;

  // The network's outputs, [output_size, samples].
  const Matrix<Scalar>& outputs() const { return pre_activations.back(); }
};

// Fully connected layers: affine maps with an activation between them and none after the last.
//
// Parameters, layer by layer from the input: the weight matrix [outputs, inputs] column by column, then the bias
// [outputs] if there is one. Immutable; safe to use from several threads with a workspace each.
class Mlp {
 public:
  // `layer_sizes` = {inputs, hidden units..., outputs}: at least two sizes, each at least 1. Throws
  // std::invalid_argument otherwise.
  Mlp(std::vector<Index> layer_sizes, Activation activation, bool has_bias = true);

  Index input_size() const { return layer_sizes_.front(); }
  Index output_size() const { return layer_sizes_.back(); }
  // The number of weight layers: one more than there are hidden layers.
  Index depth() const { return static_cast<Index>(layer_sizes_.size()) - 1; }
  const std::vector<Index>& layer_sizes() const { return layer_sizes_; }
  Activation activation() const { return activation_; }
  bool has_bias() const { return has_bias_; }
  Index parameter_count() const { return offsets_.back(); }
  // Multiplications of one forward pass for one sample.
  Index multiply_adds() const;

  // Fills `parameters` [parameter_count] like the field's default dense layer (PyTorch's nn.Linear): weights and biases
  // of a layer uniform on +-1 / sqrt(inputs of the layer).
  template <typename Scalar>
  void Initialize(RandomStream& random, VectorRef<Scalar> parameters) const;

  // Evaluates the network for each column of `inputs` [input_size, samples]; the result is workspace.outputs().
  template <typename Scalar>
  void Forward(const ConstVectorRef<Scalar>& parameters,
               const ConstMatrixRef<Scalar>& inputs,
               MlpWorkspace<Scalar>& workspace) const;

  // Given the gradient of a scalar with respect to the outputs, [output_size, samples], writes the one with respect to
  // the parameters, summed over the samples. If `input_gradient` is not null it receives the gradient with respect to
  // inputs first_input .. input_size - 1, [input_size - first_input, samples]. Needs the workspace of the Forward call
  // with the same arguments.
  template <typename Scalar>
  void Backward(const ConstVectorRef<Scalar>& parameters,
                const ConstMatrixRef<Scalar>& inputs,
                const ConstMatrixRef<Scalar>& output_gradient,
                MlpWorkspace<Scalar>& workspace,
                VectorRef<Scalar> parameter_gradient,
                Matrix<Scalar>* input_gradient = nullptr,
                Index first_input = 0) const;

  // For a network with one output: column j of `parameter_gradients` [parameter_count, samples] is the gradient of the
  // output for inputs.col(j) with respect to the parameters, and column j of `input_gradients` [input_size, samples]
  // the one with respect to the inputs. Needs the workspace of the Forward call with the same arguments. Throws:
  // std::invalid_argument if output_size() > 1, or as Forward.
  template <typename Scalar>
  void OutputGradients(const ConstVectorRef<Scalar>& parameters,
                       const ConstMatrixRef<Scalar>& inputs,
                       MlpWorkspace<Scalar>& workspace,
                       Matrix<Scalar>& parameter_gradients,
                       Matrix<Scalar>& input_gradients) const;

  // The same network with other parameters for each sample: column j of `parameters` [parameter_count, samples] is
  // applied to column j of `inputs`.
  template <typename Scalar>
  void ForwardPerSample(const ConstMatrixRef<Scalar>& parameters,
                        const ConstMatrixRef<Scalar>& inputs,
                        MlpWorkspace<Scalar>& workspace) const;

  // The gradient with respect to each sample's own parameters, [parameter_count, samples].
  template <typename Scalar>
  void BackwardPerSample(const ConstMatrixRef<Scalar>& parameters,
                         const ConstMatrixRef<Scalar>& inputs,
                         const ConstMatrixRef<Scalar>& output_gradient,
                         MlpWorkspace<Scalar>& workspace,
                         Matrix<Scalar>& parameter_gradient) const;

  // Where the weights and the bias of a layer, 0 .. depth() - 1, start in the flat vector.
  Index weight_offset(Index layer) const { return offsets_[static_cast<std::size_t>(layer)]; }
  Index bias_offset(Index layer) const { return weight_offset(layer) + inputs_of(layer) * outputs_of(layer); }
  Index inputs_of(Index layer) const { return layer_sizes_[static_cast<std::size_t>(layer)]; }
  Index outputs_of(Index layer) const { return layer_sizes_[static_cast<std::size_t>(layer) + 1]; }

 private:
  std::vector<Index> layer_sizes_;
  std::vector<Index> offsets_;  // [depth + 1]: the last one is the number of parameters
  Activation activation_;
  bool has_bias_;
};

}  // namespace hyperwidth

#endif  // HYPERWIDTH_MODELS_MLP_H_
