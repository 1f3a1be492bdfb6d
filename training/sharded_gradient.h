// SPDX-License-Identifier: Apache-2.0
#ifndef HYPERWIDTH_TRAINING_SHARDED_GRADIENT_H_
#define HYPERWIDTH_TRAINING_SHARDED_GRADIENT_H_

#include <cstdint>
#include <string>
#include <vector>

#include "models/pass/executor.h"
#include "models/types.h"
#include "training/objective.h"
#include "training/optimizer.h"
#include "training/shard_exchange.h"

namespace hyperwidth {

// The gradient of a batch from those of its shards: that of the mean over all terms, wherever they are computed.
template <typename Scalar>
class ShardedGradient {
 public:
  // `exchange`, or this process if it is null, computes so many shards; it must outlive this. Throws
  // std::invalid_argument if there are fewer shards than processes.
  ShardedGradient(ShardExchange<Scalar>* exchange, Index shards, Index parameters);
  ShardedGradient(const ShardedGradient&) = delete;
  ShardedGradient& operator=(const ShardedGradient&) = delete;

  ShardRange own() const { return exchange_.Own(static_cast<Index>(losses_.size())); }

  void Begin();
  // Where the gradient of the sum over the terms of an own shard goes before Add, [parameters].
  Vector<Scalar>& gradient() { return gradient_; }
  // Shards without terms are not added.
  void Add(Index shard, const LossSum& loss, const Executor& executor);
  // The sum over all shards, the same in every process; throws as ShardExchange::ExchangeLosses.
  LossSum Exchange(std::uint64_t fingerprint);
  // Hands the optimiser a step with the gradient of the mean over so many terms.
  void Apply(Index terms, Optimizer<Scalar>& optimizer, const Executor& executor);

  void Fail(const std::string& why) noexcept { exchange_.Fail(why); }

 private:
  LocalShards<Scalar> local_;
  ShardExchange<Scalar>& exchange_;
  std::vector<LossSum> losses_;  // of all shards
  Vector<Scalar> gradient_;      // of one
  Vector<Scalar> sum_;
};

extern template class ShardedGradient<float>;
extern template class ShardedGradient<double>;

}  // namespace hyperwidth

#endif  // HYPERWIDTH_TRAINING_SHARDED_GRADIENT_H_
