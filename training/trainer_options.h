// SPDX-License-Identifier: Apache-2.0
#ifndef HYPERWIDTH_TRAINING_TRAINER_OPTIONS_H_
#define HYPERWIDTH_TRAINING_TRAINER_OPTIONS_H_

#include <cstdint>
#include <stdexcept>

#include "models/types.h"
#include "training/optimizer.h"

namespace hyperwidth {

struct TrainerOptions {
  OptimizerOptions optimizer = {};
  Index epochs = 10;       // >= 1
  Index batch_size = 64;   // >= 1 items of the data source; the last batch of an epoch holds what remains
  std::uint64_t seed = 1;  // of the order of items
  // >= 1 parts of each batch, of neighbouring items: the gradient is computed for each by itself, and added up in their
  // order, so that processes may share them (ShardExchange). An objective of sets of samples sees those of a shard.
  Index shards = 1;
  Index patience = 0;  // epochs without a better validation after which training stops; 0: it does not
  int threads = 0;     // >= 1, or 0: as many as the caller's oneTBB arena has
};

// Throws std::invalid_argument naming the first option outside its range.
void Validate(const TrainerOptions& options);

// A loss that is no longer a number, or infinite: training leads nowhere. The parameters are those before the step.
class DivergenceError : public std::runtime_error {
 public:
  DivergenceError(Index epoch, Index step, const TrainerOptions& options);
  Index step() const { return step_; }

 private:
  Index step_;
};

}  // namespace hyperwidth

#endif  // HYPERWIDTH_TRAINING_TRAINER_OPTIONS_H_
