// SPDX-License-Identifier: Apache-2.0
//
// Mini-batch training of any graph on oneTBB, with the same bits for any number of threads.

#ifndef HYPERWIDTH_TRAINING_TRAINER_H_
#define HYPERWIDTH_TRAINING_TRAINER_H_

#include <cstdint>
#include <functional>
#include <stdexcept>

#include "models/graph/graph.h"
#include "models/types.h"
#include "training/batch.h"
#include "training/loss.h"
#include "training/optimizer.h"

namespace hyperwidth {

struct TrainerOptions {
  Loss loss = Loss::kCrossEntropy;
  OptimizerOptions optimizer = {};
  Index epochs = 10;       // >= 1
  Index batch_size = 64;   // >= 1 items of the data source; the last batch of an epoch holds what remains
  std::uint64_t seed = 1;  // of the order of items
  int threads = 0;         // >= 1, or 0: as many as the caller's oneTBB arena has
};

// Throws std::invalid_argument naming the first option outside its range.
void Validate(const TrainerOptions& options);

// Where training is, after each step.
struct TrainingStep {
  Index epoch = 0;           // 1 .. epochs
  Index step = 0;            // 1, 2, ... over all epochs
  Index items_in_epoch = 0;  // of the data source, seen so far in this epoch
  Index samples = 0;         // seen so far in all epochs
  double mean_loss = 0;      // over the samples seen so far in this epoch
  bool ends_epoch = false;
};

// A loss that is no longer a number, or infinite: the parameters are lost.
class DivergenceError : public std::runtime_error {
 public:
  DivergenceError(Index epoch, Index step, const TrainerOptions& options);
  Index step() const { return step_; }

 private:
  Index step_;
};

// Trains `theta` [model.parameters.size()] in place, starting from the values it holds. Each epoch visits every item of
// the data once, in an order drawn from the seed. A step follows the gradient of the mean loss of a batch's samples,
// however many of them share a condition. `on_step`, if given, is called after every step on the calling thread.
//
// The model is planned for the shape of the first batch. Each batch is filled while the one before is trained on. Steps
// are split into tasks of fixed size, whose sums are taken in fixed order: the number of threads changes nothing but
// the time. Throws DivergenceError, std::invalid_argument for options or shapes, and whatever data or on_step throw.
template <typename Scalar>
void Train(const Model& model,
           const DataSource<Scalar>& data,
           const TrainerOptions& options,
           VectorRef<Scalar> theta,
           const std::function<void(const TrainingStep&)>& on_step = nullptr);

// The loss, and for cross-entropy the number of wrong samples, summed over epoch `epoch` of `data`. `threads` as in
// TrainerOptions. Throws std::invalid_argument for shapes, and whatever data throws.
template <typename Scalar>
LossSum Evaluate(const Model& model,
                 const DataSource<Scalar>& data,
                 Loss loss,
                 const ConstVectorRef<Scalar>& theta,
                 Index epoch = 0,
                 int threads = 0);

}  // namespace hyperwidth

#endif  // HYPERWIDTH_TRAINING_TRAINER_H_
