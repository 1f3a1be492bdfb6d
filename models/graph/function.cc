// SPDX-License-Identifier: Apache-2.0

#include "models/graph/function.h"

#include <cmath>
#include <numbers>
#include <stdexcept>
#include <utility>

namespace hyperwidth {
namespace {

const std::vector<std::pair<Function, std::string>>& Names() {
  static const std::vector<std::pair<Function, std::string>> names = {{Function::kRelu, "relu"},
                                                                      {Function::kLeakyRelu, "leaky_relu"},
                                                                      {Function::kElu, "elu"},
                                                                      {Function::kTanh, "tanh"},
                                                                      {Function::kSigmoid, "sigmoid"},
                                                                      {Function::kSine, "sine"},
                                                                      {Function::kGelu, "gelu"},
                                                                      {Function::kSoftplus, "softplus"},
                                                                      {Function::kExp, "exp"},
                                                                      {Function::kLog, "log"}};
  return names;
}

double Sigmoid(double t) { return t >= 0 ? 1 / (1 + std::exp(-t)) : std::exp(t) / (1 + std::exp(t)); }

double NormalDistribution(double t) { return 0.5 * std::erfc(-t / std::numbers::sqrt2); }

double NormalDensity(double t) { return std::exp(-0.5 * t * t) / std::sqrt(2 * std::numbers::pi); }

}  // namespace

const std::vector<Function>& AllFunctions() {
  static const std::vector<Function> functions = [] {
    std::vector<Function> all;
    for (const auto& [function, name] : Names()) all.push_back(function);
    return all;
  }();
  return functions;
}

std::string Name(Function function) {
  for (const auto& [known, name] : Names()) {
    if (known == function) return name;
  }
  return "";
}

Function FunctionNamed(const std::string& name) {
  std::string accepted;
  for (const auto& [function, known] : Names()) {
    if (known == name) return function;
    accepted += (accepted.empty() ? "" : ", ") + known;
  }
  throw std::invalid_argument("function '" + name + "' is unknown; accepted: " + accepted);
}

double ValueOf(Function function, double t) {
  switch (function) {
    case Function::kRelu:
      return t > 0 ? t : std::isnan(t) ? t : 0;
    case Function::kLeakyRelu:
      return t > 0 ? t : kLeakySlope * t;
    case Function::kElu:
      return t > 0 ? t : std::expm1(t);
    case Function::kTanh:
      return std::tanh(t);
    case Function::kSigmoid:
      return Sigmoid(t);
    case Function::kSine:
      return std::sin(t);
    case Function::kGelu:
      return t * NormalDistribution(t);
    case Function::kSoftplus:
      return std::max(t, 0.0) + std::log1p(std::exp(-std::abs(t)));
    case Function::kExp:
      return std::exp(t);
    case Function::kLog:
      return std::log(t);
  }
  return t;
}

double DerivativeOf(Function function, double t) {
  switch (function) {
    case Function::kRelu:
      return t > 0 ? 1 : 0;
    case Function::kLeakyRelu:
      return t > 0 ? 1 : kLeakySlope;
    case Function::kElu:
      return t > 0 ? 1 : std::exp(t);
    case Function::kTanh:
      return 1 - std::tanh(t) * std::tanh(t);
    case Function::kSigmoid:
      return Sigmoid(t) * Sigmoid(-t);
    case Function::kSine:
      return std::cos(t);
    case Function::kGelu:
      return NormalDistribution(t) + t * NormalDensity(t);
    case Function::kSoftplus:
      return Sigmoid(t);
    case Function::kExp:
      return std::exp(t);
    case Function::kLog:
      return 1 / t;
  }
  return 1;
}

}  // namespace hyperwidth
