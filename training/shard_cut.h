// SPDX-License-Identifier: Apache-2.0
#ifndef HYPERWIDTH_TRAINING_SHARD_CUT_H_
#define HYPERWIDTH_TRAINING_SHARD_CUT_H_

#include <algorithm>

#include "models/types.h"

namespace hyperwidth {

// Shards first, .., first + count - 1 of a batch.
struct ShardRange {
  Index first = 0;
  Index count = 1;

  Index end() const { return first + count; }
};

// How the items of an epoch are cut into batches, and each of these into shards: neighbouring items, as many in each as
// in any other, but for one. A batch with fewer items than shards has empty ones.
struct ShardCut {
  Index batch_size = 1;  // the last batch of an epoch holds what remains
  Index shards = 1;
  ShardRange own = {};  // those that are filled

  // Of the batch that begins with item `batch` of `items`: where a shard begins in the epoch. Shard `shards` begins
  // where the batch ends.
  Index Begin(Index items, Index batch, Index shard) const {
    return batch + std::min(batch_size, items - batch) * shard / shards;
  }
  Index Count(Index items, Index batch, Index shard) const {
    return Begin(items, batch, shard + 1) - Begin(items, batch, shard);
  }
};

}  // namespace hyperwidth

#endif  // HYPERWIDTH_TRAINING_SHARD_CUT_H_
