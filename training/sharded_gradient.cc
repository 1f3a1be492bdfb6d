// SPDX-License-Identifier: Apache-2.0
#include "training/sharded_gradient.h"

#include <algorithm>
#include <stdexcept>

namespace hyperwidth {
namespace {

constexpr Index kChunk = 1 << 14;  // of the parameters that the optimiser is handed at a time

}  // namespace

template <typename Scalar>
ShardedGradient<Scalar>::ShardedGradient(ShardExchange<Scalar>* exchange, Index shards, Index parameters)
    : exchange_(exchange != nullptr ? *exchange : local_),
      losses_(static_cast<std::size_t>(shards)),
      gradient_(parameters),
      sum_(parameters) {
  if (own().count < 1) {
    throw std::invalid_argument("shards: found " + std::to_string(shards) +
                                " for more processes, accepted: at least as many as processes");
  }
}

template <typename Scalar>
void ShardedGradient<Scalar>::Begin() {
  std::fill(losses_.begin(), losses_.end(), LossSum{});
  exchange_.Begin(sum_);
}

template <typename Scalar>
void ShardedGradient<Scalar>::Add(Index shard, const LossSum& loss, const Executor& executor) {
  losses_[static_cast<std::size_t>(shard)] = loss;
  if (loss.terms > 0) exchange_.Add(gradient_, executor);
}

template <typename Scalar>
LossSum ShardedGradient<Scalar>::Exchange(std::uint64_t fingerprint) {
  exchange_.ExchangeLosses(losses_, fingerprint);
  LossSum total;
  for (const LossSum& loss : losses_) total += loss;
  return total;
}

template <typename Scalar>
void ShardedGradient<Scalar>::Apply(Index terms, Optimizer<Scalar>& optimizer, const Executor& executor) {
  exchange_.End();
  optimizer.BeginStep();
  const Scalar factor = terms > 0 ? optimizer.scale() / static_cast<Scalar>(terms) : Scalar(0);
  const Index chunks = (sum_.size() + kChunk - 1) / kChunk;
  executor.Run(chunks, [&](Index chunk, Index /*slot*/) {
    const Index first = chunk * kChunk, count = std::min(kChunk, sum_.size() - first);
    const ParameterBlock block{.first = first, .rows = count, .cols = 1, .stride = count};
    const auto to = optimizer.Begin(block);
    Eigen::Map<Vector<Scalar>> destination(to.data, count);
    if (to.accumulate) {
      destination += factor * sum_.segment(first, count);
    } else {
      destination = factor * sum_.segment(first, count);
    }
    optimizer.End(block);
  });
  optimizer.EndStep(executor);
}

template class ShardedGradient<float>;
template class ShardedGradient<double>;

}  // namespace hyperwidth
