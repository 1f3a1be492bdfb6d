// SPDX-License-Identifier: Apache-2.0
#include "training/trainer.h"

#include <algorithm>
#include <cmath>
#include <numeric>
#include <stdexcept>
#include <string>
#include <utility>

#include "models/random_stream.h"
#include "training/floating_point_mode.h"

namespace hyperwidth {
namespace {

// Keys of random streams.
constexpr std::uint64_t kOrderStream = 1;

// The order of the items in an epoch: RandomStream's Permutation, in the memory that is there.
void DrawOrder(Index epoch, std::uint64_t seed, std::vector<Index>& order) {
  RandomStream random(seed, {kOrderStream, static_cast<std::uint64_t>(epoch)});
  std::iota(order.begin(), order.end(), Index{0});
  for (std::size_t i = order.size(); i > 1; --i) std::swap(order[i - 1], order[random.Below(i)]);
}

const TrainerOptions& Validated(const TrainerOptions& options) {
  Validate(options);
  return options;
}

template <typename Scalar>
std::vector<Index> FirstOrder(const DataSource<Scalar>& data, const TrainerOptions& options) {
  if (data.size() < 1) throw std::invalid_argument("training data: found no items, accepted: at least one");
  std::vector<Index> order(static_cast<std::size_t>(data.size()));
  DrawOrder(1, options.seed, order);
  return order;
}

// The first batch, or its first shard with samples, whose shape decides how the others are worked on.
template <typename Scalar>
TrainingBatch<Scalar> FirstBatch(const DataSource<Scalar>& data,
                                 std::span<const Index> items,
                                 const TrainerOptions& options) {
  TrainingBatch<Scalar> batch;
  const ShardCut cut{.batch_size = options.batch_size, .shards = options.shards};
  const auto count = static_cast<Index>(items.size());
  for (Index shard = 0; shard < cut.shards && batch.samples() == 0; ++shard) {
    if (cut.Count(count, 0, shard) == 0) continue;
    FillFrom(cut.Begin(count, 0, shard), cut.Count(count, 0, shard), 1, items, data, batch);
  }
  return batch;
}

template <typename Scalar>
std::unique_ptr<ShardedGradient<Scalar>> MakeShards(const TrainerOptions& options,
                                                    ShardExchange<Scalar>* exchange,
                                                    Index parameters) {
  if (options.shards == 1 && exchange == nullptr) return nullptr;
  return std::make_unique<ShardedGradient<Scalar>>(exchange, options.shards, parameters);
}

void RequireInState(bool holds, const char* what, const std::string& found, const std::string& accepted) {
  if (holds) return;
  throw std::invalid_argument(std::string("state of a trainer: found ") + what + " " + found +
                              ", accepted: " + accepted);
}

}  // namespace

template <typename Scalar>
Trainer<Scalar>::Trainer(const Model& model,
                         const DataSource<Scalar>& data,
                         const Objective<Scalar>& objective,
                         const TrainerOptions& options,
                         VectorRef<Scalar> theta,
                         const DataSource<Scalar>* validation,
                         ShardExchange<Scalar>* exchange)
    : data_(data),
      objective_(objective),
      options_(Validated(options)),
      theta_(theta),
      order_(FirstOrder(data, options_)),
      first_(FirstBatch<Scalar>(data, order_, options_)),
      planned_(model, first_, options_.threads),
      shards_(MakeShards<Scalar>(options_, exchange, theta_.size())),
      batches_(data,
               {.batch_size = options_.batch_size,
                .shards = options_.shards,
                .own = shards_ != nullptr ? shards_->own() : ShardRange{}},
               planned_.executor()),
      optimizer_(options_.optimizer, theta_) {
  state_.seed = options_.seed;
  if (validation != nullptr) {
    if (validation->size() < 1) throw std::invalid_argument("validation data: found no items, accepted: at least one");
    validation_.emplace(model, *validation, objective, options_.threads);
  } else if (options_.patience > 0) {
    throw std::invalid_argument("patience: found " + std::to_string(options_.patience) +
                                " without validation data, accepted: 0");
  }
}

template <typename Scalar>
TrainerState<Scalar> Trainer<Scalar>::State() const {
  TrainerState<Scalar> state = state_;
  state.theta = theta_;
  state.optimizer = optimizer_.state();
  return state;
}

template <typename Scalar>
void Trainer<Scalar>::Restore(const TrainerState<Scalar>& state) {
  const auto text = [](auto number) { return std::to_string(number); };
  RequireInState(
      state.theta.size() == theta_.size(), "a number of parameters of", text(state.theta.size()), text(theta_.size()));
  RequireInState(state.seed == options_.seed, "a seed of", text(state.seed), text(options_.seed));
  RequireInState(state.best.epochs_since >= 0 && state.best.not_numbers_since >= 0,
                 "epochs since the best validation, or not numbers among them,",
                 text(state.best.epochs_since) + ", " + text(state.best.not_numbers_since),
                 "at least 0");
  RequireInState(state.epoch >= 1, "an epoch of", text(state.epoch), "at least 1");
  RequireInState(state.items_in_epoch >= 0 && state.items_in_epoch < data_.size() &&
                     state.items_in_epoch % options_.batch_size == 0,
                 "a number of items in the epoch of",
                 text(state.items_in_epoch),
                 "a multiple of the batch size " + text(options_.batch_size) + " below " + text(data_.size()));
  optimizer_.Restore(state.optimizer);
  theta_ = state.theta;
  state_ = state;
  state_.theta.resize(0);
  state_.optimizer = {};
  is_queue_at_state_ = false;
  is_compared_ = false;
}

template <typename Scalar>
void Trainer<Scalar>::GoToState() {
  batches_.Stop();
  DrawOrder(state_.epoch, options_.seed, order_);
  const bool is_first = shards_ == nullptr && state_.epoch == 1 && state_.items_in_epoch == 0 && first_.samples() > 0;
  batches_.Start(state_.epoch, order_, state_.items_in_epoch, is_first ? &first_ : nullptr);
  first_ = {};
}

template <typename Scalar>
TrainingStep Trainer<Scalar>::Step() {
  if (IsDone()) throw std::logic_error("a step of a trainer: found training done, accepted: while it is not");
  TrainingStep done;
  const FlushSubnormals flush;
  planned_.executor().Enter([&] {
    try {
      StepInArena(done);
    } catch (...) {
      batches_.Settle();
      TellOthers();
      throw;
    }
    batches_.Settle();
  });
  return done;
}

template <typename Scalar>
void Trainer<Scalar>::StepInArena(TrainingStep& done) {
  if (!is_queue_at_state_) GoToState();
  is_queue_at_state_ = false;  // until the step has succeeded
  done.epoch = state_.epoch;
  done.step = optimizer_.state().step + 1;
  done.items_in_epoch = std::min(data_.size(), state_.items_in_epoch + options_.batch_size);
  done.ends_epoch = done.items_in_epoch == data_.size();
  const LossSum sum = shards_ != nullptr ? StepOnShards(done) : StepOnBatch(done);

  state_.epoch_sum += sum;
  state_.samples += sum.samples;
  state_.items_in_epoch = done.items_in_epoch;
  done.samples = state_.samples;
  done.loss = sum.Mean();
  done.mean_loss = state_.epoch_sum.Mean();
  if (done.ends_epoch) {
    ++state_.epoch;
    state_.items_in_epoch = 0;
    state_.epoch_sum = {};
  }
  is_queue_at_state_ = true;
  if (done.ends_epoch && validation_) Validate(done);
}

template <typename Scalar>
const TrainingBatch<Scalar>& Trainer<Scalar>::NextBatch(const TrainingStep& done) {
  const TrainingBatch<Scalar>& batch = batches_.Next();
  BeginNextEpoch(done);
  return batch;
}

template <typename Scalar>
void Trainer<Scalar>::BeginNextEpoch(const TrainingStep& done) {
  if (!done.ends_epoch || batches_.HasNext() || done.epoch == options_.epochs) return;
  DrawOrder(done.epoch + 1, options_.seed, order_);
  batches_.Start(done.epoch + 1, order_, 0);
}

template <typename Scalar>
LossSum Trainer<Scalar>::Evaluate(const TrainingBatch<Scalar>& batch) {
  const Matrix<Scalar>& outputs = planned_.pass().Forward(theta_, batch);
  if (output_gradient_.size() < outputs.size()) output_gradient_.resize(outputs.size());
  outputs_ = outputs.rows();
  return objective_.Evaluate(outputs, batch, OutputGradient(outputs.cols()));
}

template <typename Scalar>
void Trainer<Scalar>::RequireFinite(const LossSum& sum, const TrainingStep& done) const {
  if (!std::isfinite(sum.loss)) throw DivergenceError(done.epoch, done.step, options_);
}

template <typename Scalar>
LossSum Trainer<Scalar>::StepOnBatch(const TrainingStep& done) {
  const TrainingBatch<Scalar>& batch = NextBatch(done);
  const LossSum sum = Evaluate(batch);
  RequireFinite(sum, done);
  optimizer_.BeginStep();
  planned_.pass().Backward(theta_, OutputGradient(batch.samples()), optimizer_);
  optimizer_.EndStep(planned_.executor());
  return sum;
}

template <typename Scalar>
void Trainer<Scalar>::Validate(TrainingStep& done) {
  done.validation_loss = validation_->Evaluate(theta_).Mean();
  done.is_best = state_.best.Update(done.epoch, done.validation_loss);
}

template <typename Scalar>
std::string Trainer<Scalar>::StopReason() const {
  if (!IsDone()) return "";
  if (state_.best.IsExhausted(options_.patience)) return state_.best.Description();
  return "all " + std::to_string(options_.epochs) + " epochs are over";
}

template <typename Scalar>
void Train(const Model& model,
           const DataSource<Scalar>& data,
           const Objective<Scalar>& objective,
           const TrainerOptions& options,
           VectorRef<Scalar> theta,
           const std::function<void(const TrainingStep&)>& on_step,
           const DataSource<Scalar>* validation) {
  Trainer<Scalar> trainer(model, data, objective, options, theta, validation);
  trainer.Enter([&] {
    while (!trainer.IsDone()) {
      const TrainingStep step = trainer.Step();
      if (on_step) on_step(step);
    }
  });
}

#define HYPERWIDTH_INSTANTIATE_TRAINER(Scalar)                                 \
  template class Trainer<Scalar>;                                              \
  template void Train<Scalar>(const Model&,                                    \
                              const DataSource<Scalar>&,                       \
                              const Objective<Scalar>&,                        \
                              const TrainerOptions&,                           \
                              VectorRef<Scalar>,                               \
                              const std::function<void(const TrainingStep&)>&, \
                              const DataSource<Scalar>*);
HYPERWIDTH_INSTANTIATE_TRAINER(float)
HYPERWIDTH_INSTANTIATE_TRAINER(double)
#undef HYPERWIDTH_INSTANTIATE_TRAINER

}  // namespace hyperwidth
