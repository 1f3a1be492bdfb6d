// SPDX-License-Identifier: Apache-2.0
#ifndef HYPERWIDTH_TRAINING_SHARD_EXCHANGE_H_
#define HYPERWIDTH_TRAINING_SHARD_EXCHANGE_H_

#include <cstdint>
#include <span>
#include <string>

#include "models/pass/executor.h"
#include "models/types.h"
#include "training/objective.h"
#include "training/shard_cut.h"

namespace hyperwidth {

// Who computes the shards of a trainer's batches: one process, or several, of which each has a trainer of its own that
// makes the same steps on its own shards. Shards are added up in their order, so that it does not change a bit who
// computes which.
//
// A step is Begin, Add for each own shard in order, ExchangeLosses, and End, which may be left out if nothing is to be
// done with the gradient, in all processes alike.
template <typename Scalar>
class ShardExchange {
 public:
  virtual ~ShardExchange() = default;

  // Those that this process computes: neighbours, in the order of the processes.
  virtual ShardRange Own(Index shards) const = 0;

  // `sum` [parameters] must stay where it is until End.
  virtual void Begin(VectorRef<Scalar> sum) = 0;
  // The next of the own shards' gradients, which is not needed after that.
  virtual void Add(const Vector<Scalar>& gradient, const Executor& executor) = 0;
  // `losses` [shards] has those of the own shards, and has all afterwards. Throws std::runtime_error "process 1: ..."
  // if another one has failed, or has ended; and if `fingerprint`, of what all must have in common, is another one
  // there.
  virtual void ExchangeLosses(std::span<LossSum> losses, std::uint64_t fingerprint) = 0;
  // `sum` is 0 + the first shard's gradient + the second's + .. in every process.
  virtual void End() = 0;

  // Instead of ExchangeLosses: this process cannot go on, which the others' ExchangeLosses throws.
  virtual void Fail(const std::string& why) noexcept = 0;
};

// sum += gradient on the executor's threads.
template <typename Scalar>
void AddTo(VectorRef<Scalar> sum, const Vector<Scalar>& gradient, const Executor& executor) {
  constexpr Index kChunk = 1 << 15;
  executor.Run((sum.size() + kChunk - 1) / kChunk, [&](Index chunk, Index /*slot*/) {
    const Index first = chunk * kChunk, count = std::min(kChunk, sum.size() - first);
    sum.segment(first, count) += gradient.segment(first, count);
  });
}

// All shards in this process.
template <typename Scalar>
class LocalShards final : public ShardExchange<Scalar> {
 public:
  ShardRange Own(Index shards) const override { return {.first = 0, .count = shards}; }
  void Begin(VectorRef<Scalar> sum) override {
    sum_ = Span(sum.data(), static_cast<std::size_t>(sum.size()));
    sum.setZero();
  }
  void Add(const Vector<Scalar>& gradient, const Executor& executor) override {
    AddTo<Scalar>(Eigen::Map<Vector<Scalar>>(sum_.data(), gradient.size()), gradient, executor);
  }
  void ExchangeLosses(std::span<LossSum> /*losses*/, std::uint64_t /*fingerprint*/) override {}
  void End() override {}
  void Fail(const std::string& /*why*/) noexcept override {}

 private:
  using Span = std::span<Scalar>;
  Span sum_;
};

}  // namespace hyperwidth

#endif  // HYPERWIDTH_TRAINING_SHARD_EXCHANGE_H_
