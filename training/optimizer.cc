// SPDX-License-Identifier: Apache-2.0
#include "training/optimizer.h"

#include <algorithm>
#include <cmath>
#include <numeric>
#include <stdexcept>
#include <string>

namespace hyperwidth {
namespace {

// Entries that a task takes when the gradient is applied as a whole.
constexpr Index kChunk = 16'384;

template <typename Scalar>
using StridedMap = Eigen::Map<Matrix<Scalar>, Eigen::Unaligned, Eigen::OuterStride<>>;

template <typename VectorType>
auto BlockOf(VectorType& values, const ParameterBlock& block) {
  using Scalar = typename VectorType::Scalar;
  return StridedMap<Scalar>(
      values.data() + block.first, block.rows, block.cols, Eigen::OuterStride<>(std::max<Index>(1, block.stride)));
}

double DefaultEpsilon(OptimizerMethod method) { return method == OptimizerMethod::kAdadelta ? 1e-6 : 1e-8; }

}  // namespace

template <typename Scalar>
Optimizer<Scalar>::Optimizer(const OptimizerOptions& options, VectorRef<Scalar> parameters)
    : options_(options), parameters_(parameters) {
  Validate(options_);
  if (!options_.epsilon) options_.epsilon = DefaultEpsilon(options_.method);
  const Index size = parameters.size();
  if (std::isfinite(options_.max_gradient_norm)) {
    sums_of_squares_.resize(static_cast<std::size_t>((size + kChunk - 1) / kChunk));
  }
  const bool is_sgd = Is(OptimizerMethod::kSgd);
  if (!is_sgd || options_.momentum != 0) state_.first_moment = Vector<Scalar>::Zero(size);
  if (!is_sgd) state_.second_moment = Vector<Scalar>::Zero(size);
  if (NeedsGradient()) gradient_ = Vector<Scalar>::Zero(size);
}

template <typename Scalar>
void Optimizer<Scalar>::Restore(const OptimizerState<Scalar>& state) {
  const auto require = [](bool holds, const std::string& found, const std::string& accepted) {
    if (!holds) throw std::invalid_argument("optimiser state: found " + found + ", accepted: " + accepted);
  };
  const auto require_size = [&](const char* what, const Vector<Scalar>& found, const Vector<Scalar>& own) {
    require(found.size() == own.size(),
            std::to_string(found.size()) + " entries of the " + what + " moment",
            std::to_string(own.size()));
  };
  require_size("first", state.first_moment, state_.first_moment);
  require_size("second", state.second_moment, state_.second_moment);
  require(state.step >= 0, "step " + std::to_string(state.step), "at least 0");
  state_ = state;
}

template <typename Scalar>
void Optimizer<Scalar>::BeginStep() {
  ++state_.step;
  const double t = static_cast<double>(state_.step);
  learning_rate_ = options_.learning_rate * LearningRateFactor(options_.schedule, state_.step);
  mean_scale_ = static_cast<Scalar>(learning_rate_ / (1 - std::pow(options_.beta1, t)));
  root_scale_ = static_cast<Scalar>(1 / std::sqrt(1 - std::pow(options_.beta2, t)));
}

template <typename Scalar>
Scalar Optimizer<Scalar>::scale() const {
  return IsPlainDescent() ? static_cast<Scalar>(-learning_rate_) : Scalar(1);
}

template <typename Scalar>
typename Optimizer<Scalar>::Destination Optimizer<Scalar>::Begin(const ParameterBlock& block) {
  if (NeedsGradient()) return {gradient_.data() + block.first, block.stride, /*accumulate=*/false};
  auto theta = BlockOf(parameters_, block);
  const auto weight_decay = static_cast<Scalar>(options_.weight_decay);
  if (IsPlainDescent()) {
    if (weight_decay != 0) theta *= 1 - static_cast<Scalar>(learning_rate_) * weight_decay;
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
  if (Clips() || IsPlainDescent()) return;
  if (NeedsGradient()) {
    Apply(block);
  } else {
    BlockOf(parameters_, block) -= static_cast<Scalar>(learning_rate_) * BlockOf(state_.first_moment, block);
  }
}

template <typename Scalar>
void Optimizer<Scalar>::EndStep(const Executor& executor) {
  if (!Clips()) return;
  const auto chunk = [this](Index i) {
    const Index first = i * kChunk, rows = std::min(kChunk, gradient_.size() - first);
    return ParameterBlock{.first = first, .rows = rows, .cols = 1, .stride = rows};
  };
  const auto chunks = static_cast<Index>(sums_of_squares_.size());
  executor.Run(chunks, [&](Index i, Index /*slot*/) {
    const ParameterBlock block = chunk(i);
    sums_of_squares_[static_cast<std::size_t>(i)] =
        gradient_.segment(block.first, block.rows).template cast<double>().squaredNorm();
  });
  const double norm = std::sqrt(std::accumulate(sums_of_squares_.begin(), sums_of_squares_.end(), 0.0));
  // Not a number stays one, and so reaches the next loss.
  const double factor = options_.max_gradient_norm / (norm + 1e-6);
  clip_factor_ = static_cast<Scalar>(factor > 1 ? 1 : factor);
  executor.Run(chunks, [&](Index i, Index /*slot*/) { Apply(chunk(i)); });
}

template <typename Scalar>
void Optimizer<Scalar>::Apply(const ParameterBlock& block) {
  auto theta = BlockOf(parameters_, block).array();
  auto gradient = BlockOf(gradient_, block).array();
  const auto learning_rate = static_cast<Scalar>(learning_rate_);
  const auto weight_decay = static_cast<Scalar>(options_.weight_decay);
  const auto epsilon = static_cast<Scalar>(*options_.epsilon);
  if (Clips()) gradient *= clip_factor_;
  if (weight_decay != 0) {
    if (Is(OptimizerMethod::kAdamW)) {
      theta *= 1 - learning_rate * weight_decay;
    } else {
      gradient += weight_decay * theta;
    }
  }
  if (Is(OptimizerMethod::kSgd)) {
    if (options_.momentum == 0) {
      theta -= learning_rate * gradient;
      return;
    }
    const auto momentum = static_cast<Scalar>(options_.momentum);
    auto velocity = BlockOf(state_.first_moment, block).array();
    velocity = momentum * velocity + gradient;
    if (options_.nesterov) {
      theta -= learning_rate * (gradient + momentum * velocity);
    } else {
      theta -= learning_rate * velocity;
    }
    return;
  }
  auto first_moment = BlockOf(state_.first_moment, block).array();
  auto square = BlockOf(state_.second_moment, block).array();
  if (Is(OptimizerMethod::kAdadelta)) {
    const auto rho = static_cast<Scalar>(options_.rho);
    square = rho * square + (1 - rho) * gradient.square();
    gradient *= (first_moment + epsilon).sqrt() / (square + epsilon).sqrt();
    first_moment = rho * first_moment + (1 - rho) * gradient.square();
    theta -= learning_rate * gradient;
    return;
  }
  const auto beta1 = static_cast<Scalar>(options_.beta1);
  const auto beta2 = static_cast<Scalar>(options_.beta2);
  first_moment = beta1 * first_moment + (1 - beta1) * gradient;
  square = beta2 * square + (1 - beta2) * gradient.square();
  theta -= mean_scale_ * first_moment / (root_scale_ * square.sqrt() + epsilon);
}

template class Optimizer<float>;
template class Optimizer<double>;

}  // namespace hyperwidth
