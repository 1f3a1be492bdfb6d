// SPDX-License-Identifier: Apache-2.0
#ifndef HYPERWIDTH_MODELS_ACTIVATION_H_
#define HYPERWIDTH_MODELS_ACTIVATION_H_

#include <string>
#include <vector>

#include "models/types.h"

namespace hyperwidth {

// The nonlinearity between the layers of a network, applied to each entry t.
enum class Activation {
  kRelu,       // max(t, 0); derivative 0 at 0
  kElu,        // t for t > 0, exp(t) - 1 otherwise
  kLeakyRelu,  // t for t > 0, 0.01 t otherwise
  kTanh,       // hyperbolic tangent
  kSigmoid,    // 1 / (1 + exp(-t))
  kSine,       // sin(t), without a frequency factor: scale the weights instead
};

// All of them, for loops and help texts.
const std::vector<Activation>& AllActivations();

// "relu", "elu", "leaky_relu", "tanh", "sigmoid" or "sine".
std::string ActivationName(Activation activation);

// The inverse of ActivationName. Throws std::invalid_argument naming `name` and the accepted names.
Activation ParseActivation(const std::string& name);

// outputs = activation(inputs), entry by entry; both of one shape and not overlapping. NaN stays NaN.
template <typename Scalar>
void ApplyActivation(Activation activation, const ConstMatrixRef<Scalar>& inputs, MatrixRef<Scalar> outputs);

// gradient *= activation'(inputs), entry by entry: turns the gradient with respect to an activation's outputs into the
// one with respect to its inputs. `outputs` are those of ApplyActivation, from which most derivatives are cheaper.
template <typename Scalar>
void MultiplyByDerivative(Activation activation,
                          const ConstMatrixRef<Scalar>& inputs,
                          const ConstMatrixRef<Scalar>& outputs,
                          MatrixRef<Scalar> gradient);

}  // namespace hyperwidth

#endif  // HYPERWIDTH_MODELS_ACTIVATION_H_
