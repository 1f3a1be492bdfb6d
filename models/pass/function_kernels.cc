// SPDX-License-Identifier: Apache-2.0

#include "models/pass/function_kernels.h"

#include <cmath>
#include <numbers>

namespace hyperwidth {
namespace {

template <typename Scalar>
using Array = Eigen::Map<Eigen::Array<Scalar, Eigen::Dynamic, 1>>;
template <typename Scalar>
using ConstArray = Eigen::Map<const Eigen::Array<Scalar, Eigen::Dynamic, 1>>;

template <typename Scalar>
Scalar NormalDistribution(Scalar t) {
  return Scalar(0.5) * std::erfc(-t * static_cast<Scalar>(std::numbers::sqrt2 / 2));
}

template <typename Scalar>
Scalar NormalDensity(Scalar t) {
  static const auto kScale = static_cast<Scalar>(1 / std::sqrt(2 * std::numbers::pi));
  return kScale * std::exp(Scalar(-0.5) * t * t);
}

// gradient where the output is positive, else `slope` times it. A loop, since Eigen compares one number at a time, and
// a choice between two constants, since of two products the compiler takes one by a jump, which is guessed wrong.
template <typename Scalar>
void MultiplyByStep(
    Index count, const Scalar* outputs, const Scalar* gradient, Scalar slope, bool accumulate, Scalar* result) {
  if (accumulate) {
    for (Index i = 0; i < count; ++i) result[i] += (outputs[i] > 0 ? Scalar(1) : slope) * gradient[i];
  } else {
    for (Index i = 0; i < count; ++i) result[i] = (outputs[i] > 0 ? Scalar(1) : slope) * gradient[i];
  }
}

}  // namespace

bool IsDerivativeOfOutput(Function function) {
  switch (function) {
    case Function::kRelu:
    case Function::kLeakyRelu:
    case Function::kElu:
    case Function::kTanh:
    case Function::kSigmoid:
    case Function::kExp:
      return true;
    case Function::kSine:
    case Function::kGelu:
    case Function::kSoftplus:
    case Function::kLog:
      return false;
  }
  return false;
}

template <typename Scalar>
void ApplyFunction(Function function, Index count, const Scalar* inputs, Scalar* outputs) {
  const ConstArray<Scalar> in(inputs, count);
  Array<Scalar> out(outputs, count);
  // max(t, 0) keeps a NaN if t is the first argument.
  switch (function) {
    case Function::kRelu:
      out = in.max(Scalar(0));
      return;
    case Function::kLeakyRelu:
      out = in.max(Scalar(kLeakySlope) * in);
      return;
    case Function::kElu:
      // exp is taken of the negative part only, so that a large positive input cannot overflow.
      out = in.max(Scalar(0)) + in.min(Scalar(0)).exp() - Scalar(1);
      return;
    case Function::kTanh:
      out = in.tanh();
      return;
    case Function::kSigmoid:
      out = in.logistic();
      return;
    case Function::kSine:
      out = in.sin();
      return;
    case Function::kGelu:
      out = in.unaryExpr([](Scalar t) { return t * NormalDistribution(t); });
      return;
    case Function::kSoftplus:
      out = in.max(Scalar(0)) + (-in.abs()).exp().log1p();
      return;
    case Function::kExp:
      out = in.exp();
      return;
    case Function::kLog:
      out = in.log();
      return;
  }
}

template <typename Scalar>
void MultiplyByDerivative(Function function,
                          Index count,
                          const Scalar* inputs,
                          const Scalar* outputs,
                          const Scalar* gradient,
                          bool accumulate,
                          Scalar* result) {
  const ConstArray<Scalar> in(inputs, count);
  const ConstArray<Scalar> out(outputs, count);
  const ConstArray<Scalar> g(gradient, count);
  Array<Scalar> to(result, count);
  const auto write = [&](const auto& derivative) {
    if (accumulate) {
      to += g * derivative;
    } else {
      to = g * derivative;
    }
  };
  switch (function) {
    case Function::kRelu:
      return MultiplyByStep(count, outputs, gradient, Scalar(0), accumulate, result);
    case Function::kLeakyRelu:
      return MultiplyByStep(count, outputs, gradient, Scalar(kLeakySlope), accumulate, result);
    case Function::kElu:
      write(out.min(Scalar(0)) + Scalar(1));  // exp(t) = output + 1 where t <= 0, and 1 elsewhere
      return;
    case Function::kTanh:
      write(Scalar(1) - out.square());
      return;
    case Function::kSigmoid:
      write(out * (Scalar(1) - out));
      return;
    case Function::kSine:
      write(in.cos());
      return;
    case Function::kGelu:
      write(in.unaryExpr([](Scalar t) { return NormalDistribution(t) + t * NormalDensity(t); }));
      return;
    case Function::kSoftplus:
      write(in.logistic());
      return;
    case Function::kExp:
      write(out);
      return;
    case Function::kLog:
      write(in.inverse());
      return;
  }
}

#define HYPERWIDTH_INSTANTIATE(Scalar)                                  \
  template void ApplyFunction(Function, Index, const Scalar*, Scalar*); \
  template void MultiplyByDerivative(Function, Index, const Scalar*, const Scalar*, const Scalar*, bool, Scalar*);
HYPERWIDTH_INSTANTIATE(float)
HYPERWIDTH_INSTANTIATE(double)
#undef HYPERWIDTH_INSTANTIATE

}  // namespace hyperwidth
