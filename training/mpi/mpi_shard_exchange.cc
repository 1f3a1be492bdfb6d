// SPDX-License-Identifier: Apache-2.0
#include "training/mpi/mpi_shard_exchange.h"

#include <mpi/mpi.h>

#include <algorithm>
#include <array>
#include <cstring>
#include <stdexcept>
#include <type_traits>

namespace hyperwidth {
namespace {

// Bytes of a sum that a process hands on while it receives the next ones.
constexpr std::size_t kChunkBytes = 1 << 18;

// How a process is when all meet.
enum Condition : std::int32_t { kGoesOn, kHasFailed, kHasEnded };

struct Status {
  std::int32_t condition = kGoesOn;
  std::uint64_t fingerprint = 0;
};

using Message = std::array<char, 512>;

template <typename Scalar>
MPI_Datatype TypeOf() {
  return std::is_same_v<Scalar, float> ? MPI_FLOAT : MPI_DOUBLE;
}

}  // namespace

// A communicator of its own, so that nothing else is received.
template <typename Scalar>
class MpiShardExchange<Scalar>::Communicator {
 public:
  Communicator() { MPI_Comm_dup(MPI_COMM_WORLD, &communicator_); }
  Communicator(const Communicator&) = delete;
  Communicator& operator=(const Communicator&) = delete;
  ~Communicator() { MPI_Comm_free(&communicator_); }
  MPI_Comm get() const { return communicator_; }

 private:
  MPI_Comm communicator_ = MPI_COMM_NULL;
};

template <typename Scalar>
MpiShardExchange<Scalar>::MpiShardExchange(const MpiSession& session)
    : session_(session), communicator_(new Communicator) {}

template <typename Scalar>
MpiShardExchange<Scalar>::~MpiShardExchange() {
  if (is_broken_) return;
  try {
    Meet("", /*has_ended=*/true, 0);
  } catch (const std::exception&) {  // that another one has ended, too
  }
}

template <typename Scalar>
ShardRange MpiShardExchange<Scalar>::OwnOf(int rank, Index shards) const {
  const Index first = shards * rank / session_.size(), end = shards * (rank + 1) / session_.size();
  return {.first = first, .count = end - first};
}

template <typename Scalar>
void MpiShardExchange<Scalar>::Begin(VectorRef<Scalar> sum) {
  sum_ = std::span(sum.data(), static_cast<std::size_t>(sum.size()));
  if (session_.rank() == 0) sum.setZero();
  kept_count_ = 0;
}

template <typename Scalar>
void MpiShardExchange<Scalar>::Add(const Vector<Scalar>& gradient, const Executor& executor) {
  if (session_.rank() == 0) {
    AddTo<Scalar>(Eigen::Map<Vector<Scalar>>(sum_.data(), gradient.size()), gradient, executor);
    return;
  }
  if (kept_count_ == kept_.size()) kept_.emplace_back();
  kept_[kept_count_++] = gradient;
}

template <typename Scalar>
void MpiShardExchange<Scalar>::ExchangeLosses(std::span<LossSum> losses, std::uint64_t fingerprint) {
  Meet("", /*has_ended=*/false, fingerprint);
  static_assert(std::is_trivially_copyable_v<LossSum>);
  std::vector<int> bytes, starts;
  for (int rank = 0; rank < session_.size(); ++rank) {
    const ShardRange own = OwnOf(rank, static_cast<Index>(losses.size()));
    bytes.push_back(static_cast<int>(own.count * static_cast<Index>(sizeof(LossSum))));
    starts.push_back(static_cast<int>(own.first * static_cast<Index>(sizeof(LossSum))));
  }
  MPI_Allgatherv(
      MPI_IN_PLACE, 0, MPI_DATATYPE_NULL, losses.data(), bytes.data(), starts.data(), MPI_BYTE, communicator_->get());
}

template <typename Scalar>
void MpiShardExchange<Scalar>::End() {
  const MPI_Comm all = communicator_->get();
  const int rank = session_.rank(), last = session_.size() - 1;
  const std::size_t chunk = kChunkBytes / sizeof(Scalar);
  std::vector<MPI_Request> sent;
  for (std::size_t first = 0; last > 0 && first < sum_.size(); first += chunk) {
    const int count = static_cast<int>(std::min(chunk, sum_.size() - first));
    Scalar* const part = sum_.data() + first;
    if (rank > 0) {
      MPI_Recv(part, count, TypeOf<Scalar>(), rank - 1, 0, all, MPI_STATUS_IGNORE);
      Eigen::Map<Vector<Scalar>> sum(part, count);
      for (std::size_t shard = 0; shard < kept_count_; ++shard) {
        sum += kept_[shard].segment(static_cast<Index>(first), count);
      }
    }
    if (rank < last) MPI_Isend(part, count, TypeOf<Scalar>(), rank + 1, 0, all, &sent.emplace_back());
  }
  MPI_Waitall(static_cast<int>(sent.size()), sent.data(), MPI_STATUSES_IGNORE);
  constexpr std::size_t kMost = 1 << 30;  // MPI counts in int
  for (std::size_t first = 0; last > 0 && first < sum_.size(); first += kMost) {
    const int count = static_cast<int>(std::min(kMost, sum_.size() - first));
    MPI_Bcast(sum_.data() + first, count, TypeOf<Scalar>(), last, all);
  }
}

template <typename Scalar>
void MpiShardExchange<Scalar>::Fail(const std::string& why) noexcept {
  if (is_broken_) return;
  try {
    Meet(why, /*has_ended=*/false, 0);
  } catch (const std::exception&) {  // what another one says; this one has something to say itself
  }
}

template <typename Scalar>
void MpiShardExchange<Scalar>::Meet(const std::string& failure, bool has_ended, std::uint64_t fingerprint) {
  if (is_broken_) throw std::runtime_error("processes have ended that train together");
  const Condition own_condition = has_ended ? kHasEnded : failure.empty() ? kGoesOn : kHasFailed;
  const Status own{.condition = own_condition, .fingerprint = fingerprint};
  std::vector<Status> all(static_cast<std::size_t>(session_.size()));
  MPI_Allgather(&own, sizeof own, MPI_BYTE, all.data(), sizeof own, MPI_BYTE, communicator_->get());
  const auto first_of = [&](auto&& is_one) {
    return static_cast<int>(std::find_if(all.begin(), all.end(), is_one) - all.begin());
  };
  const int failed = first_of([](const Status& status) { return status.condition == kHasFailed; });
  if (failed < session_.size()) {
    is_broken_ = true;
    Message message{};
    if (failed == session_.rank()) failure.copy(message.data(), message.size() - 1);
    MPI_Bcast(message.data(), static_cast<int>(message.size()), MPI_BYTE, failed, communicator_->get());
    throw std::runtime_error("process " + std::to_string(failed) + ": " + message.data());
  }
  const int ended = first_of([](const Status& status) { return status.condition == kHasEnded; });
  if (ended < session_.size()) {
    is_broken_ = true;
    throw std::runtime_error("process " + std::to_string(ended) + " has ended its training before the others");
  }
  const int other = first_of([&](const Status& status) { return status.fingerprint != all[0].fingerprint; });
  if (other < session_.size()) {
    is_broken_ = true;
    throw std::runtime_error("process " + std::to_string(other) +
                             ": found other parameters, another state, other data, or another seed, batch size or "
                             "number of shards than in process 0, accepted: processes that start from the same");
  }
}

template class MpiShardExchange<float>;
template class MpiShardExchange<double>;

}  // namespace hyperwidth
