// SPDX-License-Identifier: Apache-2.0
#ifndef HYPERWIDTH_TRAINING_MPI_MPI_SHARD_EXCHANGE_H_
#define HYPERWIDTH_TRAINING_MPI_MPI_SHARD_EXCHANGE_H_

#include <cstdint>
#include <memory>
#include <span>
#include <string>
#include <vector>

#include "training/mpi/mpi_session.h"
#include "training/shard_exchange.h"

namespace hyperwidth {

// One model trained by all processes that mpirun has started: each computes its part of the shards. Sums pass through
// the processes in the order of their ranks, in chunks, so that all of them are at work; the last one sends the sum to
// the others. So a step moves each gradient twice, however many processes there are, and every process keeps as many
// gradients as it has shards, the first one only the sum.
//
// All processes make as many of them in the same order, and destroy them when they have made the same number of steps;
// one that is destroyed earlier ends the others' next step.
template <typename Scalar>
class MpiShardExchange final : public ShardExchange<Scalar> {
 public:
  // The session must outlive it.
  explicit MpiShardExchange(const MpiSession& session);
  MpiShardExchange(const MpiShardExchange&) = delete;
  MpiShardExchange& operator=(const MpiShardExchange&) = delete;
  ~MpiShardExchange() override;

  ShardRange Own(Index shards) const override { return OwnOf(session_.rank(), shards); }
  void Begin(VectorRef<Scalar> sum) override;
  void Add(const Vector<Scalar>& gradient, const Executor& executor) override;
  void ExchangeLosses(std::span<LossSum> losses, std::uint64_t fingerprint) override;
  void End() override;
  void Fail(const std::string& why) noexcept override;

 private:
  class Communicator;

  ShardRange OwnOf(int rank, Index shards) const;
  // Tells the others how this process is, and throws what another one says.
  void Meet(const std::string& failure, bool has_ended, std::uint64_t fingerprint);

  const MpiSession& session_;
  std::unique_ptr<Communicator> communicator_;
  bool is_broken_ = false;  // nobody waits for this process any more
  std::span<Scalar> sum_;
  std::vector<Vector<Scalar>> kept_;  // of the own shards, but in the first process
  std::size_t kept_count_ = 0;
};

extern template class MpiShardExchange<float>;
extern template class MpiShardExchange<double>;

}  // namespace hyperwidth

#endif  // HYPERWIDTH_TRAINING_MPI_MPI_SHARD_EXCHANGE_H_
