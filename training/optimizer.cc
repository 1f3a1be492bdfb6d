// SPDX-License-Identifier: Apache-2.0
#include "training/optimizer.h"

#include <algorithm>
#include <cmath>
#include <sstream>
#include <stdexcept>

namespace hyperwidth {
namespace {

void Require(bool holds, const char* option, double found, const char* accepted) {
  if (holds) return;
  std::ostringstream message;
  message << option << ": found " << found << ", accepted: " << accepted;
  throw std::invalid_argument(message.str());
}

template <typename Scalar>
using StridedMap = Eigen::Map<Matrix<Scalar>, Eigen::Unaligned, Eigen::OuterStride<>>;

template <typename VectorType>
auto BlockOf(VectorType& values, const ParameterBlock& block) {
  using Scalar = typename VectorType::Scalar;
  return StridedMap<Scalar>(
      values.data() + block.first, block.rows, block.cols, Eigen::OuterStride<>(std::max<Index>(1, block.stride)));
}

}  // namespace

std::string OptimizerMethodName(OptimizerMethod method) { return method == OptimizerMethod::kSgd ? "sgd" : "adam"; }

OptimizerMethod ParseOptimizerMethod(const std::string& name) {
  if (name == "sgd") return OptimizerMethod::kSgd;
  if (name == "adam") return OptimizerMethod::kAdam;
  throw std::invalid_argument("optimizer: found '" + name + "', accepted: sgd, adam");
}

void Validate(const OptimizerOptions& options) {
  const auto is_fraction = [](double value) { return value >= 0 && value < 1; };
  Require(std::isfinite(options.learning_rate) && options.learning_rate > 0,
          "learning rate",
          options.learning_rate,
          "a number above 0");
  Require(is_fraction(options.momentum), "momentum", options.momentum, "at least 0 and below 1");
  Require(options.method == OptimizerMethod::kSgd || options.momentum == 0,
          "momentum",
          options.momentum,
          "0 with Adam, whose own momentum is beta1");
  Require(std::isfinite(options.weight_decay) && options.weight_decay >= 0,
          "weight decay",
          options.weight_decay,
          "a number of at least 0");
  Require(is_fraction(options.beta1), "beta1", options.beta1, "at least 0 and below 1");
  Require(is_fraction(options.beta2), "beta2", options.beta2, "at least 0 and below 1");
  Require(std::isfinite(options.epsilon) && options.epsilon > 0, "epsilon", options.epsilon, "a number above 0");
}

template <typename Scalar>
Optimizer<Scalar>::Optimizer(const OptimizerOptions& options, VectorRef<Scalar> parameters)
    : options_(options), parameters_(parameters) {
  Validate(options_);
  const Index size = parameters.size();
  const bool is_adam = options_.method == OptimizerMethod::kAdam;
  if (!IsPlainDescent()) state_.first_moment = Vector<Scalar>::Zero(size);
  if (is_adam) state_.second_moment = Vector<Scalar>::Zero(size);
  if (is_adam) gradient_ = Vector<Scalar>::Zero(size);
}

template <typename Scalar>
void Optimizer<Scalar>::Restore(const OptimizerState<Scalar>& state) {
  const auto require = [](const char* what, Index found, Index accepted) {
    if (found == accepted) return;
    throw std::invalid_argument("optimiser state: found " + std::to_string(found) + " entries of the " + what +
                                " moment, accepted: " + std::to_string(accepted));
  };
  require("first", state.first_moment.size(), state_.first_moment.size());
  require("second", state.second_moment.size(), state_.second_moment.size());
  state_ = state;
}

template <typename Scalar>
void Optimizer<Scalar>::BeginStep() {
  ++state_.step;
  const double t = static_cast<double>(state_.step);
  mean_scale_ = static_cast<Scalar>(options_.learning_rate / (1 - std::pow(options_.beta1, t)));
  root_scale_ = static_cast<Scalar>(1 / std::sqrt(1 - std::pow(options_.beta2, t)));
}

template <typename Scalar>
Scalar Optimizer<Scalar>::scale() const {
  return IsPlainDescent() ? static_cast<Scalar>(-options_.learning_rate) : Scalar(1);
}

template <typename Scalar>
typename Optimizer<Scalar>::Destination Optimizer<Scalar>::Begin(const ParameterBlock& block) {
  if (options_.method == OptimizerMethod::kAdam) {
    return {gradient_.data() + block.first, block.stride, /*accumulate=*/false};
  }
  auto theta = BlockOf(parameters_, block);
  const auto weight_decay = static_cast<Scalar>(options_.weight_decay);
  if (IsPlainDescent()) {
    if (weight_decay != 0) theta *= 1 - static_cast<Scalar>(options_.learning_rate) * weight_decay;
    return {parameters_.data() + block.first, block.stride, /*accumulate=*/true};
  }
  // Velocity starts at zero, so the first step is v = g without a special case.
  auto velocity = BlockOf(state_.first_moment, block);
  velocity *= static_cast<Scalar>(options_.momentum);
  if (weight_decay != 0) velocity += weight_decay * theta;
  return {state_.first_moment.data() + block.first, block.stride, /*accumulate=*/true};
}

template <typename Scalar>
void Optimizer<Scalar>::End(const ParameterBlock& block) {
  if (IsPlainDescent()) return;
  auto theta = BlockOf(parameters_, block).array();
  auto first_moment = BlockOf(state_.first_moment, block).array();
  if (options_.method == OptimizerMethod::kSgd) {
    theta -= static_cast<Scalar>(options_.learning_rate) * first_moment;
    return;
  }
  auto gradient = BlockOf(gradient_, block).array();
  auto square = BlockOf(state_.second_moment, block).array();
  const auto beta1 = static_cast<Scalar>(options_.beta1);
  const auto beta2 = static_cast<Scalar>(options_.beta2);
  if (options_.weight_decay != 0) gradient += static_cast<Scalar>(options_.weight_decay) * theta;
  first_moment = beta1 * first_moment + (1 - beta1) * gradient;
  square = beta2 * square + (1 - beta2) * gradient.square();
  theta -= mean_scale_ * first_moment / (root_scale_ * square.sqrt() + static_cast<Scalar>(options_.epsilon));
}

template class Optimizer<float>;
template class Optimizer<double>;

}  // namespace hyperwidth
