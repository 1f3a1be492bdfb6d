// SPDX-License-Identifier: Apache-2.0
//
// Functions that a graph applies entry by entry.

#ifndef HYPERWIDTH_MODELS_GRAPH_FUNCTION_H_
#define HYPERWIDTH_MODELS_GRAPH_FUNCTION_H_

#include <string>
#include <vector>

namespace hyperwidth {

// As PyTorch defines them.
enum class Function {
  kRelu,       // max(t, 0); derivative 0 at 0
  kLeakyRelu,  // t for t > 0, 0.01 t otherwise
  kElu,        // t for t > 0, exp(t) - 1 otherwise
  kTanh,       // hyperbolic tangent
  kSigmoid,    // 1 / (1 + exp(-t))
  kSine,       // sin(t), without a frequency factor: scale the weights instead
  kGelu,       // t times the normal distribution function at t
  kSoftplus,   // log(1 + exp(t))
  kExp,        // exp(t)
  kLog,        // log(t), of positive numbers
};

// All of them, for loops and help texts.
const std::vector<Function>& AllFunctions();

// "relu", "leaky_relu", "elu", "tanh", "sigmoid", "sine", "gelu", "softplus", "exp" or "log".
std::string Name(Function function);

// The inverse of Name. Throws std::invalid_argument naming `name` and the accepted names.
Function FunctionNamed(const std::string& name);

// Of the leaky ReLU below 0.
inline constexpr double kLeakySlope = 0.01;

double ValueOf(Function function, double t);
double DerivativeOf(Function function, double t);

}  // namespace hyperwidth

#endif  // HYPERWIDTH_MODELS_GRAPH_FUNCTION_H_
