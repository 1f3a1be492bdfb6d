// SPDX-License-Identifier: Apache-2.0
#ifndef HYPERWIDTH_TRAINING_BATCH_QUEUE_H_
#define HYPERWIDTH_TRAINING_BATCH_QUEUE_H_

#include <exception>
#include <span>

#include "training/arena_executor.h"
#include "training/batch.h"
#include "training/shard_cut.h"

namespace hyperwidth {

// Fills `batch` with the items from `first` on: `count` of them, or what remains.
template <typename Scalar>
void FillFrom(Index first,
              Index count,
              Index epoch,
              std::span<const Index> items,
              const DataSource<Scalar>& data,
              TrainingBatch<Scalar>& batch);

// The batches of an epoch in order, or of each of them the own shards that have items, each filled on some thread while
// the one before is used.
template <typename Scalar>
class BatchQueue {
 public:
  // `data` and `executor` must outlive it.
  BatchQueue(const DataSource<Scalar>& data, const ShardCut& cut, const ArenaExecutor& executor);
  // Waits for the batch that is being filled.
  ~BatchQueue();

  // Goes on with the batch of items[first], items[first + 1], .. of an epoch, and begins to fill the first batch,
  // unless `filled` (not null) holds it already, which is then moved from. `items` must keep its content until the last
  // batch was taken or Stop called. What Next returned last stays valid.
  void Start(Index epoch, std::span<const Index> items, Index first, TrainingBatch<Scalar>* filled = nullptr);
  bool HasNext() const { return next_first_ < static_cast<Index>(items_.size()); }
  // Requires HasNext. Valid until the next call. Throws what the data threw; the queue then has to be started again.
  const TrainingBatch<Scalar>& Next();
  // Waits for what is being filled if the executor's arena is the caller's: nothing of the queue may be left there,
  // since whoever goes on may be in another one. What the data throws is thrown by Next.
  void Settle();
  // Waits for what is being filled, and forgets it, what Next returned and the items, even if the data
  // throws.
  void Stop();

 private:
  Index Count() const { return cut_.Count(static_cast<Index>(items_.size()), next_first_, next_shard_); }
  void SkipEmpty();
  void Fill();

  const DataSource<Scalar>& data_;
  const ShardCut cut_;
  const ArenaExecutor& executor_;
  Index epoch_ = 0;
  std::span<const Index> items_;
  Index next_first_ = 0;  // item of the batch that is filled, or to be filled
  Index next_shard_ = 0;  // of that batch
  TrainingBatch<Scalar> current_, next_;
  std::exception_ptr failure_;            // of what was filled when Settle waited
  ArenaExecutor::Background background_;  // destroyed, and so waited for, before the batches
};

#define HYPERWIDTH_DECLARE_BATCH_QUEUE(Scalar)                                                         \
  extern template void FillFrom<Scalar>(                                                               \
      Index, Index, Index, std::span<const Index>, const DataSource<Scalar>&, TrainingBatch<Scalar>&); \
  extern template class BatchQueue<Scalar>;
HYPERWIDTH_DECLARE_BATCH_QUEUE(float)
HYPERWIDTH_DECLARE_BATCH_QUEUE(double)
#undef HYPERWIDTH_DECLARE_BATCH_QUEUE

}  // namespace hyperwidth

#endif  // HYPERWIDTH_TRAINING_BATCH_QUEUE_H_
