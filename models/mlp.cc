// SPDX-License-Identifier: Apache-2.0
#include "models/mlp.h"

#include <cmath>
#include <stdexcept>
#include <string>
#include <utility>

namespace hyperwidth {
namespace {

template <typename Scalar>
using ConstMatrixMap = Eigen::Map<const Matrix<Scalar>>;
template <typename Scalar>
using MatrixMap = Eigen::Map<Matrix<Scalar>>;
template <typename Scalar>
using ConstVectorMap = Eigen::Map<const Vector<Scalar>>;
template <typename Scalar>
using VectorMap = Eigen::Map<Vector<Scalar>>;

// The weights and bias of one layer, seen inside a flat parameter vector that starts at `parameters`.
template <typename Scalar>
ConstMatrixMap<Scalar> Weights(const Mlp& mlp, Index layer, const Scalar* parameters) {
  return {parameters + mlp.weight_offset(layer), mlp.outputs_of(layer), mlp.inputs_of(layer)};
}
template <typename Scalar>
MatrixMap<Scalar> MutableWeights(const Mlp& mlp, Index layer, Scalar* parameters) {
  return {parameters + mlp.weight_offset(layer), mlp.outputs_of(layer), mlp.inputs_of(layer)};
}
template <typename Scalar>
ConstVectorMap<Scalar> Bias(const Mlp& mlp, Index layer, const Scalar* parameters) {
  return {parameters + mlp.bias_offset(layer), mlp.outputs_of(layer)};
}
template <typename Scalar>
VectorMap<Scalar> MutableBias(const Mlp& mlp, Index layer, Scalar* parameters) {
  return {parameters + mlp.bias_offset(layer), mlp.outputs_of(layer)};
}

void CheckSize(const char* what, Index found, Index accepted) {
  if (found == accepted) return;
  throw std::invalid_argument(std::string("network: ") + what + " is " + std::to_string(found) +
                              ", accepted: " + std::to_string(accepted));
}

template <typename Scalar>
void CheckBatch(const Mlp& mlp, Index parameter_rows, const ConstMatrixRef<Scalar>& inputs) {
  CheckSize("number of parameters", parameter_rows, mlp.parameter_count());
  CheckSize("number of inputs", inputs.rows(), mlp.input_size());
}

template <typename Scalar>
void CheckGradient(const Mlp& mlp,
                   const ConstMatrixRef<Scalar>& inputs,
                   const ConstMatrixRef<Scalar>& output_gradient,
                   const MlpWorkspace<Scalar>& workspace) {
  CheckSize("number of rows of the output gradient", output_gradient.rows(), mlp.output_size());
  CheckSize("number of columns of the output gradient", output_gradient.cols(), inputs.cols());
  CheckSize("number of layers in the workspace", static_cast<Index>(workspace.pre_activations.size()), mlp.depth());
  CheckSize("number of samples in the workspace", workspace.outputs().cols(), inputs.cols());
}

// The inputs of a layer: those of the network, or the activations of the layer before.
template <typename Scalar>
ConstMatrixRef<Scalar> InputsOf(Index layer,
                                const ConstMatrixRef<Scalar>& inputs,
                                const MlpWorkspace<Scalar>& workspace) {
  if (layer == 0) return inputs;
  return workspace.activations[static_cast<std::size_t>(layer - 1)];
}

// Runs the layers; `affine(layer, layer_inputs, outputs)` is what differs between shared and per-sample parameters.
template <typename Scalar, typename Affine>
void RunForward(const Mlp& mlp,
                const ConstMatrixRef<Scalar>& inputs,
                MlpWorkspace<Scalar>& workspace,
                const Affine& affine) {
  workspace.pre_activations.resize(static_cast<std::size_t>(mlp.depth()));
  workspace.activations.resize(static_cast<std::size_t>(mlp.depth() - 1));
  for (Index layer = 0; layer < mlp.depth(); ++layer) {
    auto& pre_activation = workspace.pre_activations[static_cast<std::size_t>(layer)];
    pre_activation.resize(mlp.outputs_of(layer), inputs.cols());
    affine(layer, InputsOf<Scalar>(layer, inputs, workspace), pre_activation);
    if (layer + 1 < mlp.depth()) {
      auto& activation = workspace.activations[static_cast<std::size_t>(layer)];
      activation.resize(pre_activation.rows(), pre_activation.cols());
      ApplyActivation<Scalar>(mlp.activation(), pre_activation, activation);
    }
  }
}

// Runs the layers backwards. `parameter_gradient(layer, gradient)` receives the gradient with respect to a layer's
// pre-activations; `propagate(layer, gradient, input_gradient)` carries it to the layer's inputs.
template <typename Scalar, typename ParameterGradient, typename Propagate>
void RunBackward(const Mlp& mlp,
                 const ConstMatrixRef<Scalar>& output_gradient,
                 MlpWorkspace<Scalar>& workspace,
                 const ParameterGradient& parameter_gradient,
                 const Propagate& propagate) {
  workspace.gradient = output_gradient;
  for (Index layer = mlp.depth() - 1;; --layer) {
    parameter_gradient(layer, workspace.gradient);
    if (layer == 0) return;
    const auto below = static_cast<std::size_t>(layer - 1);
    workspace.next_gradient.resize(mlp.inputs_of(layer), workspace.gradient.cols());
    propagate(layer, workspace.gradient, workspace.next_gradient);
    MultiplyByDerivative<Scalar>(
        mlp.activation(), workspace.pre_activations[below], workspace.activations[below], workspace.next_gradient);
    workspace.gradient.swap(workspace.next_gradient);
  }
}

}  // namespace

Mlp::Mlp(std::vector<Index> layer_sizes, Activation activation, bool has_bias)
    : layer_sizes_(std::move(layer_sizes)), activation_(activation), has_bias_(has_bias) {
  if (layer_sizes_.size() < 2) {
    throw std::invalid_argument("layer sizes: found " + std::to_string(layer_sizes_.size()) +
                                ", accepted: at least two, the numbers of inputs and of outputs");
  }
  for (const Index size : layer_sizes_) {
    if (size < 1) throw std::invalid_argument("layer size: found " + std::to_string(size) + ", accepted: at least 1");
  }
  offsets_.push_back(0);
  for (Index layer = 0; layer < depth(); ++layer) {
    offsets_.push_back(bias_offset(layer) + (has_bias_ ? outputs_of(layer) : 0));
  }
}

Index Mlp::multiply_adds() const {
  Index count = 0;
  for (Index layer = 0; layer < depth(); ++layer) count += inputs_of(layer) * outputs_of(layer);
  return count;
}

template <typename Scalar>
void Mlp::Initialize(RandomStream& random, VectorRef<Scalar> parameters) const {
  CheckSize("number of parameters", parameters.size(), parameter_count());
  for (Index layer = 0; layer < depth(); ++layer) {
    const double bound = 1 / std::sqrt(static_cast<double>(inputs_of(layer)));
    for (Index i = weight_offset(layer); i < weight_offset(layer + 1); ++i) {
      parameters[i] = static_cast<Scalar>(random.Uniform(-bound, bound));
    }
  }
}

template <typename Scalar>
void Mlp::Forward(const ConstVectorRef<Scalar>& parameters,
                  const ConstMatrixRef<Scalar>& inputs,
                  MlpWorkspace<Scalar>& workspace) const {
  CheckBatch<Scalar>(*this, parameters.size(), inputs);
  RunForward<Scalar>(*this, inputs, workspace, [&](Index layer, const auto& layer_inputs, auto& outputs) {
    outputs.noalias() = Weights(*this, layer, parameters.data()) * layer_inputs;
    if (has_bias_) outputs.colwise() += Bias(*this, layer, parameters.data());
  });
}

template <typename Scalar>
void Mlp::Backward(const ConstVectorRef<Scalar>& parameters,
                   const ConstMatrixRef<Scalar>& inputs,
                   const ConstMatrixRef<Scalar>& output_gradient,
                   MlpWorkspace<Scalar>& workspace,
                   VectorRef<Scalar> parameter_gradient,
                   Matrix<Scalar>* input_gradient,
                   Index first_input) const {
  CheckBatch<Scalar>(*this, parameters.size(), inputs);
  CheckGradient<Scalar>(*this, inputs, output_gradient, workspace);
  CheckSize("size of the parameter gradient", parameter_gradient.size(), parameter_count());
  RunBackward<Scalar>(
      *this,
      output_gradient,
      workspace,
      [&](Index layer, const Matrix<Scalar>& gradient) {
        MutableWeights(*this, layer, parameter_gradient.data()).noalias() =
            gradient * InputsOf<Scalar>(layer, inputs, workspace).transpose();
        if (has_bias_) MutableBias(*this, layer, parameter_gradient.data()) = gradient.rowwise().sum();
      },
      [&](Index layer, const Matrix<Scalar>& gradient, Matrix<Scalar>& next_gradient) {
        next_gradient.noalias() = Weights(*this, layer, parameters.data()).transpose() * gradient;
      });
  if (input_gradient != nullptr) {
    input_gradient->noalias() =
        Weights(*this, 0, parameters.data()).rightCols(input_size() - first_input).transpose() * workspace.gradient;
  }
}

template <typename Scalar>
void Mlp::OutputGradients(const ConstVectorRef<Scalar>& parameters,
                          const ConstMatrixRef<Scalar>& inputs,
                          MlpWorkspace<Scalar>& workspace,
                          Matrix<Scalar>& parameter_gradients,
                          Matrix<Scalar>& input_gradients) const {
  CheckBatch<Scalar>(*this, parameters.size(), inputs);
  const Matrix<Scalar> ones = Matrix<Scalar>::Ones(1, inputs.cols());
  CheckGradient<Scalar>(*this, inputs, ones, workspace);
  parameter_gradients.resize(parameter_count(), inputs.cols());
  RunBackward<Scalar>(
      *this,
      ones,
      workspace,
      [&](Index layer, const Matrix<Scalar>& gradient) {
        const ConstMatrixRef<Scalar> layer_inputs = InputsOf<Scalar>(layer, inputs, workspace);
        for (Index sample = 0; sample < inputs.cols(); ++sample) {
          Scalar* const own = parameter_gradients.col(sample).data();
          MutableWeights(*this, layer, own).noalias() = gradient.col(sample) * layer_inputs.col(sample).transpose();
          if (has_bias_) MutableBias(*this, layer, own) = gradient.col(sample);
        }
      },
      [&](Index layer, const Matrix<Scalar>& gradient, Matrix<Scalar>& next_gradient) {
        next_gradient.noalias() = Weights(*this, layer, parameters.data()).transpose() * gradient;
      });
  input_gradients.noalias() = Weights(*this, 0, parameters.data()).transpose() * workspace.gradient;
}

template <typename Scalar>
void Mlp::ForwardPerSample(const ConstMatrixRef<Scalar>& parameters,
                           const ConstMatrixRef<Scalar>& inputs,
                           MlpWorkspace<Scalar>& workspace) const {
  CheckBatch<Scalar>(*this, parameters.rows(), inputs);
  CheckSize("number of parameter columns", parameters.cols(), inputs.cols());
  RunForward<Scalar>(*this, inputs, workspace, [&](Index layer, const auto& layer_inputs, auto& outputs) {
    for (Index sample = 0; sample < inputs.cols(); ++sample) {
      const Scalar* const own = parameters.col(sample).data();
      outputs.col(sample).noalias() = Weights(*this, layer, own) * layer_inputs.col(sample);
      if (has_bias_) outputs.col(sample) += Bias(*this, layer, own);
    }
  });
}

template <typename Scalar>
void Mlp::BackwardPerSample(const ConstMatrixRef<Scalar>& parameters,
                            const ConstMatrixRef<Scalar>& inputs,
                            const ConstMatrixRef<Scalar>& output_gradient,
                            MlpWorkspace<Scalar>& workspace,
                            Matrix<Scalar>& parameter_gradient) const {
  CheckBatch<Scalar>(*this, parameters.rows(), inputs);
  CheckGradient<Scalar>(*this, inputs, output_gradient, workspace);
  parameter_gradient.resize(parameter_count(), inputs.cols());
  RunBackward<Scalar>(
      *this,
      output_gradient,
      workspace,
      [&](Index layer, const Matrix<Scalar>& gradient) {
        const ConstMatrixRef<Scalar> layer_inputs = InputsOf<Scalar>(layer, inputs, workspace);
        for (Index sample = 0; sample < inputs.cols(); ++sample) {
          Scalar* const own = parameter_gradient.col(sample).data();
          MutableWeights(*this, layer, own).noalias() = gradient.col(sample) * layer_inputs.col(sample).transpose();
          if (has_bias_) MutableBias(*this, layer, own) = gradient.col(sample);
        }
      },
      [&](Index layer, const Matrix<Scalar>& gradient, Matrix<Scalar>& next_gradient) {
        for (Index sample = 0; sample < inputs.cols(); ++sample) {
          next_gradient.col(sample).noalias() =
              Weights(*this, layer, parameters.col(sample).data()).transpose() * gradient.col(sample);
        }
      });
}

#define HYPERWIDTH_INSTANTIATE_MLP(Scalar)                                                        \
  template void Mlp::Initialize<Scalar>(RandomStream&, VectorRef<Scalar>) const;                  \
  template void Mlp::Forward<Scalar>(                                                             \
      const ConstVectorRef<Scalar>&, const ConstMatrixRef<Scalar>&, MlpWorkspace<Scalar>&) const; \
  template void Mlp::Backward<Scalar>(const ConstVectorRef<Scalar>&,                              \
                                      const ConstMatrixRef<Scalar>&,                              \
                                      const ConstMatrixRef<Scalar>&,                              \
                                      MlpWorkspace<Scalar>&,                                      \
                                      VectorRef<Scalar>,                                          \
                                      Matrix<Scalar>*,                                            \
                                      Index) const;                                               \
  template void Mlp::OutputGradients<Scalar>(const ConstVectorRef<Scalar>&,                       \
                                             const ConstMatrixRef<Scalar>&,                       \
                                             MlpWorkspace<Scalar>&,                               \
                                             Matrix<Scalar>&,                                     \
                                             Matrix<Scalar>&) const;                              \
  template void Mlp::ForwardPerSample<Scalar>(                                                    \
      const ConstMatrixRef<Scalar>&, const ConstMatrixRef<Scalar>&, MlpWorkspace<Scalar>&) const; \
  template void Mlp::BackwardPerSample<Scalar>(const ConstMatrixRef<Scalar>&,                     \
                                               const ConstMatrixRef<Scalar>&,                     \
                                               const ConstMatrixRef<Scalar>&,                     \
                                               MlpWorkspace<Scalar>&,                             \
                                               Matrix<Scalar>&) const;
HYPERWIDTH_INSTANTIATE_MLP(float)
HYPERWIDTH_INSTANTIATE_MLP(double)
#undef HYPERWIDTH_INSTANTIATE_MLP

}  // namespace hyperwidth
