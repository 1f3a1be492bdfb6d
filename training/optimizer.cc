// SPDX-License-Identifier: Apache-2.0
#include "training/optimizer.h"

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
Optimizer<Scalar>::Optimizer(const OptimizerOptions& options, Index parameter_count) : options_(options) {
  Validate(options_);
  const bool is_adam = options_.method == OptimizerMethod::kAdam;
  if (is_adam || options_.momentum > 0) first_moment_ = Vector<Scalar>::Zero(parameter_count);
  if (is_adam) second_moment_ = Vector<Scalar>::Zero(parameter_count);
}

template <typename Scalar>
void Optimizer<Scalar>::Update(Index first, const ConstVectorRef<Scalar>& gradient, VectorRef<Scalar> parameters) {
  auto theta = parameters.segment(first, gradient.size()).array();
  const auto g = gradient.array() + static_cast<Scalar>(options_.weight_decay) * theta;
  const auto learning_rate = static_cast<Scalar>(options_.learning_rate);
  if (options_.method == OptimizerMethod::kSgd) {
    if (options_.momentum == 0) {
      theta -= learning_rate * g;
      return;
    }
    auto velocity = first_moment_.segment(first, gradient.size()).array();
    // Velocity starts at zero, so the first step is v = g without a special case.
    velocity = static_cast<Scalar>(options_.momentum) * velocity + g;
    theta -= learning_rate * velocity;
    return;
  }
  auto mean = first_moment_.segment(first, gradient.size()).array();
  auto square = second_moment_.segment(first, gradient.size()).array();
  const auto beta1 = static_cast<Scalar>(options_.beta1);
  const auto beta2 = static_cast<Scalar>(options_.beta2);
  mean = beta1 * mean + (1 - beta1) * g;
  square = beta2 * square + (1 - beta2) * g.square();
  const double t = static_cast<double>(step_);
  const auto mean_scale = static_cast<Scalar>(options_.learning_rate / (1 - std::pow(options_.beta1, t)));
  const auto root_scale = static_cast<Scalar>(1 / std::sqrt(1 - std::pow(options_.beta2, t)));
  theta -= mean_scale * mean / (root_scale * square.sqrt() + static_cast<Scalar>(options_.epsilon));
}

template class Optimizer<float>;
template class Optimizer<double>;

}  // namespace hyperwidth
