// SPDX-License-Identifier: Apache-2.0
//
// Mini-batch training of any graph on oneTBB, with the same bits for any number of threads and for any number of
// interruptions.

#ifndef HYPERWIDTH_TRAINING_TRAINER_H_
#define HYPERWIDTH_TRAINING_TRAINER_H_

#include <cstdint>
#include <functional>
#include <limits>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "models/graph/graph.h"
#include "models/types.h"
#include "training/batch.h"
#include "training/batch_queue.h"
#include "training/early_stopping.h"
#include "training/evaluator.h"
#include "training/objective.h"
#include "training/optimizer.h"
#include "training/planned_pass.h"
#include "training/shard_exchange.h"
#include "training/sharded_gradient.h"
#include "training/trainer_options.h"

namespace hyperwidth {

// What a step did, and where training is after it.
struct TrainingStep {
  Index epoch = 0;           // 1 .. epochs: to which the step belongs
  Index step = 0;            // 1, 2, ... over all epochs
  Index items_in_epoch = 0;  // of the data source, seen so far in this epoch
  Index samples = 0;         // seen so far in all epochs
  double loss = 0;           // the batch's mean, before the step
  double mean_loss = 0;      // over the terms of the objective seen so far in this epoch
  bool ends_epoch = false;
  // The mean on the validation source, where an epoch ends and there is one; else not a number.
  double validation_loss = std::numeric_limits<double>::quiet_NaN();
  bool is_best = false;  // of all validations so far
};

// Everything that a trainer's future depends on, beside what it was made with. The order of an epoch's items and
// whatever the data source draws follow from the seed and the epoch, so no state of a generator is among it.
template <typename Scalar>
struct TrainerState {
  Vector<Scalar> theta = {};
  OptimizerState<Scalar> optimizer = {};  // its step is the position in the learning rate's schedule, too
  std::uint64_t seed = 1;
  Index epoch = 1;           // 1, 2, ..: of the next step
  Index items_in_epoch = 0;  // that this epoch has trained on
  Index samples = 0;         // in all epochs
  LossSum epoch_sum = {};    // over the batches of this epoch
  BestValidation best = {};
};

// Trains `theta` in place, one step at a time. Each epoch visits every item of the data once, in an order drawn from
// the seed. A step follows the gradient of the objective's mean over a batch, in which any number of samples may share
// a condition.
//
// The model is planned for the shape of the first batch of the first epoch, or its first shard. Each batch is filled
// while the one before is trained on, with threads of its own also between steps; with those of the caller's arena
// (`threads` = 0) nothing is left there after a step, and the next may be taken in another one. Steps are split into
// tasks of fixed size, whose sums are taken in fixed order: the number of threads changes nothing but the time. After
// the first, a step on a batch of the same shape asks for no memory, but for what the data source and, on several
// threads, oneTBB ask for.
//
// Not for use from two threads at once.
template <typename Scalar>
class Trainer {
 public:
  // `data`, `objective`, `theta` [model.parameters.size()] and `validation` must outlive the trainer. theta holds the
  // values to start from, and may be read but not changed between steps. `validation`, if not null, is evaluated after
  // each epoch, always as its epoch 0; `exchange`, if not null, says which shards are this process's, and must outlive
  // the trainer, too. Throws: std::invalid_argument for options or shapes, if there are no items, if there is patience
  // but nothing to validate on, or with fewer shards than processes; and whatever data throws.
  Trainer(const Model& model,
          const DataSource<Scalar>& data,
          const Objective<Scalar>& objective,
          const TrainerOptions& options,
          VectorRef<Scalar> theta,
          const DataSource<Scalar>* validation = nullptr,
          ShardExchange<Scalar>* exchange = nullptr);

  // Whether all epochs are over, or validation has not become better for longer than there is patience.
  bool IsDone() const { return state_.epoch > options_.epochs || state_.best.IsExhausted(options_.patience); }
  // Why training is done, in words; empty while it is not.
  std::string StopReason() const;

  // Throws: std::logic_error if training is done; DivergenceError; what data and objective throw; and
  // std::runtime_error for what another process has thrown. After an
  // exception theta and the state are those before the step, which the next call tries again; but what the validation
  // source throws comes after the step, which then counts without a validation.
  TrainingStep Step();

  // A copy: take it after any step.
  TrainerState<Scalar> State() const;
  // Sets theta and everything else, so that the steps from here on have the bits of those that followed when the state
  // was taken, given the same model, data, objective and options; `epochs` may differ. Throws: std::invalid_argument,
  // and changes nothing, if the state cannot be one of this trainer.
  void Restore(const TrainerState<Scalar>& state);

  // Runs `work`, such as a loop of steps, where the threads are: a little faster than entering there at each step.
  void Enter(const std::function<void()>& work) const { planned_.executor().Enter(work); }

 private:
  void StepInArena(TrainingStep& done);
  // Of the exception that is being handled.
  void TellOthers() noexcept;
  // The next of the queue. Begins the next epoch once the last of this one is taken.
  const TrainingBatch<Scalar>& NextBatch(const TrainingStep& done);
  void BeginNextEpoch(const TrainingStep& done);
  // The loss, and its gradient with respect to the outputs in output_gradient_.
  LossSum Evaluate(const TrainingBatch<Scalar>& batch);
  Eigen::Map<Matrix<Scalar>> OutputGradient(Index samples) { return {output_gradient_.data(), outputs_, samples}; }
  void RequireFinite(const LossSum& sum, const TrainingStep& done) const;
  LossSum StepOnBatch(const TrainingStep& done);
  LossSum StepOnShards(const TrainingStep& done);
  std::uint64_t Fingerprint() const;
  void Validate(TrainingStep& done);
  void GoToState();

  const DataSource<Scalar>& data_;
  const Objective<Scalar>& objective_;
  TrainerOptions options_;
  VectorRef<Scalar> theta_;
  std::vector<Index> order_;     // of the items in the epoch of the next batch
  TrainingBatch<Scalar> first_;  // of the first epoch, until it is used; or its first shard
  PlannedPass<Scalar> planned_;
  std::unique_ptr<ShardedGradient<Scalar>> shards_;  // none: batches are not cut
  BatchQueue<Scalar> batches_;
  bool is_queue_at_state_ = false;  // whether the next batch is that of the state
  Optimizer<Scalar> optimizer_;
  TrainerState<Scalar> state_;  // but for theta and the optimiser's, which stay where they are
  std::optional<Evaluator<Scalar>> validation_;
  bool is_compared_ = false;        // whether this state was held against that of the other processes
  Index outputs_ = 0;               // of the model
  Vector<Scalar> output_gradient_;  // as long as the longest so far
};

extern template class Trainer<float>;
extern template class Trainer<double>;

// All steps of a Trainer; `on_step`, if given, is called after each on the calling thread. Throws as Trainer, and
// whatever on_step throws.
template <typename Scalar>
void Train(const Model& model,
           const DataSource<Scalar>& data,
           const Objective<Scalar>& objective,
           const TrainerOptions& options,
           VectorRef<Scalar> theta,
           const std::function<void(const TrainingStep&)>& on_step = nullptr,
           const DataSource<Scalar>* validation = nullptr);

}  // namespace hyperwidth

#endif  // HYPERWIDTH_TRAINING_TRAINER_H_
