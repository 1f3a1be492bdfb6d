// SPDX-License-Identifier: Apache-2.0
#include "models/activation.h"

#include <array>
#include <stdexcept>
#include <utility>

namespace hyperwidth {
namespace {

constexpr double kLeakySlope = 0.01;

constexpr std::array<std::pair<Activation, const char*>, 6> kNames = {{
    {Activation::kRelu, "relu"},
    {Activation::kElu, "elu"},
    {Activation::kLeakyRelu, "leaky_relu"},
    {Activation::kTanh, "tanh"},
    {Activation::kSigmoid, "sigmoid"},
    {Activation::kSine, "sine"},
}};

}  // namespace

const std::vector<Activation>& AllActivations() {
  static const std::vector<Activation> all = [] {
    std::vector<Activation> activations;
    for (const auto& [activation, name] : kNames) activations.push_back(activation);
    return activations;
  }();
  return all;
}

std::string ActivationName(Activation activation) {
  for (const auto& [known, name] : kNames) {
    if (known == activation) return name;
  }
  throw std::invalid_argument("activation: not a value of the enumeration");
}

Activation ParseActivation(const std::string& name) {
  std::string accepted;
  for (const auto& [activation, known] : kNames) {
    if (name == known) return activation;
    accepted += (accepted.empty() ? "" : ", ") + std::string(known);
  }
  throw std::invalid_argument("activation: found '" + name + "', accepted: " + accepted);
}

template <typename Scalar>
void ApplyActivation(Activation activation, const ConstMatrixRef<Scalar>& inputs, MatrixRef<Scalar> outputs) {
  const auto in = inputs.array();
  auto out = outputs.array();
  // A NaN must stay one: a diverging run has to be noticed. max(t, 0) keeps it if t is the first argument.
  switch (activation) {
    case Activation::kRelu:
      out = in.max(Scalar(0));
      return;
    case Activation::kElu:
      // exp is taken of the negative part only, so that a large positive input cannot overflow.
      out = in.max(Scalar(0)) + in.min(Scalar(0)).exp() - Scalar(1);
      return;
    case Activation::kLeakyRelu:
      out = in.max(Scalar(kLeakySlope) * in);
      return;
    case Activation::kTanh:
      out = in.tanh();
      return;
    case Activation::kSigmoid:
      out = in.logistic();
      return;
    case Activation::kSine:
      out = in.sin();
      return;
  }
}

template <typename Scalar>
void MultiplyByDerivative(Activation activation,
                          const ConstMatrixRef<Scalar>& inputs,
                          const ConstMatrixRef<Scalar>& outputs,
                          MatrixRef<Scalar> gradient) {
  const auto in = inputs.array();
  const auto out = outputs.array();
  auto g = gradient.array();
  switch (activation) {
    case Activation::kRelu:
      g *= (in > Scalar(0)).template cast<Scalar>();
      return;
    case Activation::kElu:
      g *= out.min(Scalar(0)) + Scalar(1);  // exp(t) = output + 1 where t <= 0, and 1 elsewhere
      return;
    case Activation::kLeakyRelu:
      g *= (in > Scalar(0)).template cast<Scalar>() * Scalar(1 - kLeakySlope) + Scalar(kLeakySlope);
      return;
    case Activation::kTanh:
      g *= Scalar(1) - out.square();
      return;
    case Activation::kSigmoid:
      g *= out * (Scalar(1) - out);
      return;
    case Activation::kSine:
      g *= in.cos();
      return;
  }
}

#define HYPERWIDTH_INSTANTIATE_ACTIVATION(Scalar)                                                      \
  template void ApplyActivation<Scalar>(Activation, const ConstMatrixRef<Scalar>&, MatrixRef<Scalar>); \
  template void MultiplyByDerivative<Scalar>(                                                          \
      Activation, const ConstMatrixRef<Scalar>&, const ConstMatrixRef<Scalar>&, MatrixRef<Scalar>);
HYPERWIDTH_INSTANTIATE_ACTIVATION(float)
HYPERWIDTH_INSTANTIATE_ACTIVATION(double)
#undef HYPERWIDTH_INSTANTIATE_ACTIVATION

}  // namespace hyperwidth
