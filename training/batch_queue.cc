// SPDX-License-Identifier: Apache-2.0
#include "training/batch_queue.h"

#include <algorithm>
#include <utility>

namespace hyperwidth {

template <typename Scalar>
void FillFrom(Index first,
              Index count,
              Index epoch,
              std::span<const Index> items,
              const DataSource<Scalar>& data,
              TrainingBatch<Scalar>& batch) {
  const auto begin = static_cast<std::size_t>(first);
  data.Fill(epoch, items.subspan(begin, std::min(static_cast<std::size_t>(count), items.size() - begin)), batch);
}

template <typename Scalar>
BatchQueue<Scalar>::BatchQueue(const DataSource<Scalar>& data, const ShardCut& cut, const ArenaExecutor& executor)
    : data_(data), cut_(cut), executor_(executor), background_(executor) {}

template <typename Scalar>
BatchQueue<Scalar>::~BatchQueue() {
  Stop();
}

template <typename Scalar>
void BatchQueue<Scalar>::Start(Index epoch, std::span<const Index> items, Index first, TrainingBatch<Scalar>* filled) {
  epoch_ = epoch;
  items_ = items;
  next_first_ = first;
  next_shard_ = cut_.own.first;
  SkipEmpty();
  if (filled != nullptr) {
    next_ = std::move(*filled);
  } else if (HasNext()) {
    Fill();
  }
}

template <typename Scalar>
const TrainingBatch<Scalar>& BatchQueue<Scalar>::Next() {
  background_.Wait();
  if (failure_) std::rethrow_exception(std::exchange(failure_, nullptr));
  std::swap(current_, next_);
  ++next_shard_;
  SkipEmpty();
  if (HasNext()) Fill();
  return current_;
}

template <typename Scalar>
void BatchQueue<Scalar>::Settle() {
  if (executor_.has_own_arena()) return;
  try {
    background_.Wait();
  } catch (...) {
    failure_ = std::current_exception();
  }
}

template <typename Scalar>
void BatchQueue<Scalar>::Stop() {
  // Forgets, whether or not filling fails.
  const auto wait = [this] {
    try {
      background_.Wait();
    } catch (...) {
    }
  };
  // Inside the arena: from outside nobody would have to take the task up.
  executor_.Enter(wait);
  failure_ = nullptr;
  items_ = {};
  next_first_ = 0;
  // Go on with the buffer that has its memory, where an epoch is a single batch.
  if (next_.samples() == 0) std::swap(current_, next_);
}

template <typename Scalar>
void BatchQueue<Scalar>::SkipEmpty() {
  while (HasNext()) {
    for (; next_shard_ < cut_.own.end(); ++next_shard_) {
      if (Count() > 0) return;
    }
    next_first_ = std::min(static_cast<Index>(items_.size()), next_first_ + cut_.batch_size);
    next_shard_ = cut_.own.first;
  }
}

template <typename Scalar>
void BatchQueue<Scalar>::Fill() {
  // A closure of one pointer asks for no memory.
  background_.Start([this] {
    const Index first = cut_.Begin(static_cast<Index>(items_.size()), next_first_, next_shard_);
    FillFrom(first, Count(), epoch_, items_, data_, next_);
  });
}

#define HYPERWIDTH_INSTANTIATE_BATCH_QUEUE(Scalar)                                                     \
  template void FillFrom<Scalar>(                                                                      \
      Index, Index, Index, std::span<const Index>, const DataSource<Scalar>&, TrainingBatch<Scalar>&); \
  template class BatchQueue<Scalar>;
HYPERWIDTH_INSTANTIATE_BATCH_QUEUE(float)
HYPERWIDTH_INSTANTIATE_BATCH_QUEUE(double)
#undef HYPERWIDTH_INSTANTIATE_BATCH_QUEUE

}  // namespace hyperwidth
