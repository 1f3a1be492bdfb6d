// SPDX-License-Identifier: Apache-2.0
#include "training/trainer.h"

#include <algorithm>
#include <cmath>
#include <numeric>
#include <span>
#include <sstream>
#include <string>
#include <utility>
#include <vector>

#include "models/random_stream.h"
#include "training/arena_executor.h"
#include "training/planned_pass.h"

namespace hyperwidth {
namespace {

// Items that Evaluate handles at once.
constexpr Index kEvaluatedAtOnce = 256;

// Keys of random streams.
constexpr std::uint64_t kOrderStream = 1;

// The order of the items in an epoch.
std::vector<Index> OrderOf(Index epoch, Index items, std::uint64_t seed) {
  RandomStream random(seed, {kOrderStream, static_cast<std::uint64_t>(epoch)});
  const std::vector<std::int64_t> order = random.Permutation(items);
  return {order.begin(), order.end()};
}

// The first batch of a run, whose shape decides how the others are worked on.
template <typename Scalar>
TrainingBatch<Scalar> FirstBatch(const DataSource<Scalar>& data,
                                 Index epoch,
                                 std::span<const Index> items,
                                 Index batch_size) {
  TrainingBatch<Scalar> batch;
  data.Fill(epoch, items.first(std::min(items.size(), static_cast<std::size_t>(batch_size))), batch);
  return batch;
}

// The batches of one epoch after the other, in order, each filled while the one before is used.
template <typename Scalar>
class BatchQueue {
 public:
  // `first`: the first batch of the first epoch.
  BatchQueue(const DataSource<Scalar>& data,
             Index batch_size,
             TrainingBatch<Scalar> first,
             const ArenaExecutor& executor)
      : data_(data), batch_size_(batch_size), next_(std::move(first)), background_(executor) {}

  // Calls use(batch, number of items so far) for each batch of `items`, which must stay where it is.
  template <typename Use>
  void Run(Index epoch, std::span<const Index> items, const Use& use) {
    const auto size = static_cast<Index>(items.size());
    const auto start = [&](Index first) {
      const Index count = std::min(batch_size_, size - first);
      const auto range = items.subspan(static_cast<std::size_t>(first), static_cast<std::size_t>(count));
      background_.Start([this, epoch, range] { data_.Fill(epoch, range, next_); });
    };
    if (!std::exchange(has_first_, false)) start(0);
    for (Index first = 0; first < size; first += batch_size_) {
      background_.Wait();
      std::swap(current_, next_);
      const Index end = std::min(size, first + batch_size_);
      if (end < size) start(end);
      use(current_, end);
    }
  }

 private:
  const DataSource<Scalar>& data_;
  Index batch_size_;
  TrainingBatch<Scalar> current_, next_;
  bool has_first_ = true;                 // next_ was filled before
  ArenaExecutor::Background background_;  // destroyed, and so waited for, before the batches
};

std::string DivergenceMessage(Index epoch, Index step, const TrainerOptions& options) {
  std::ostringstream message;
  message << "the loss is not a finite number at step " << step << " (epoch " << epoch
          << ") with optimizer=" << OptimizerMethodName(options.optimizer.method)
          << " lr=" << options.optimizer.learning_rate << " momentum=" << options.optimizer.momentum
          << " weight-decay=" << options.optimizer.weight_decay << " batch-size=" << options.batch_size
          << " seed=" << options.seed << "; a smaller lr usually helps";
  return message.str();
}

}  // namespace

DivergenceError::DivergenceError(Index epoch, Index step, const TrainerOptions& options)
    : std::runtime_error(DivergenceMessage(epoch, step, options)), step_(step) {}

void Validate(const TrainerOptions& options) {
  const auto require = [](Index found, Index minimum, const char* option) {
    if (found >= minimum) return;
    throw std::invalid_argument(std::string(option) + ": found " + std::to_string(found) + ", accepted: at least " +
                                std::to_string(minimum));
  };
  Validate(options.optimizer);
  require(options.epochs, 1, "epochs");
  require(options.batch_size, 1, "batch size");
  require(options.threads, 0, "threads");
}

template <typename Scalar>
void Train(const Model& model,
           const DataSource<Scalar>& data,
           const TrainerOptions& options,
           VectorRef<Scalar> theta,
           const std::function<void(const TrainingStep&)>& on_step) {
  Validate(options);
  if (data.size() < 1) throw std::invalid_argument("training data: found no items, accepted: at least one");
  std::vector<Index> items = OrderOf(1, data.size(), options.seed);
  TrainingBatch<Scalar> first = FirstBatch(data, 1, items, options.batch_size);
  PlannedPass<Scalar> planned(model, first, options.threads);
  BatchQueue<Scalar> batches(data, options.batch_size, std::move(first), planned.executor());
  Optimizer<Scalar> optimizer(options.optimizer, theta);
  Matrix<Scalar> output_gradient;
  TrainingStep progress;
  planned.executor().Enter([&] {
    for (progress.epoch = 1; progress.epoch <= options.epochs; ++progress.epoch) {
      if (progress.epoch > 1) items = OrderOf(progress.epoch, data.size(), options.seed);
      LossSum epoch_sum;
      batches.Run(progress.epoch, items, [&](const TrainingBatch<Scalar>& batch, Index items_so_far) {
        ++progress.step;
        const Matrix<Scalar>& outputs = planned.pass().Forward(theta, batch);
        const LossSum sum = EvaluateLoss(options.loss, outputs, batch, batch.samples(), &output_gradient);
        // A diverged loss leaves theta as it was before the step, for whoever wants to look at it.
        if (!std::isfinite(sum.loss)) throw DivergenceError(progress.epoch, progress.step, options);
        optimizer.BeginStep();
        planned.pass().Backward(theta, output_gradient, optimizer);
        epoch_sum += sum;
        if (!on_step) return;
        progress.items_in_epoch = items_so_far;
        progress.samples += sum.samples;
        progress.mean_loss = epoch_sum.loss / static_cast<double>(epoch_sum.samples);
        progress.ends_epoch = progress.items_in_epoch == data.size();
        on_step(progress);
      });
    }
  });
}

template <typename Scalar>
LossSum Evaluate(const Model& model,
                 const DataSource<Scalar>& data,
                 Loss loss,
                 const ConstVectorRef<Scalar>& theta,
                 Index epoch,
                 int threads) {
  LossSum sum;
  if (data.size() < 1) return sum;
  std::vector<Index> items(static_cast<std::size_t>(data.size()));
  std::iota(items.begin(), items.end(), Index{0});
  TrainingBatch<Scalar> first = FirstBatch(data, epoch, items, kEvaluatedAtOnce);
  PlannedPass<Scalar> planned(model, first, threads);
  BatchQueue<Scalar> batches(data, kEvaluatedAtOnce, std::move(first), planned.executor());
  planned.executor().Enter([&] {
    batches.Run(epoch, items, [&](const TrainingBatch<Scalar>& batch, Index /*items_so_far*/) {
      const Matrix<Scalar>& outputs = planned.pass().Forward(theta, batch);
      sum += EvaluateLoss<Scalar>(loss, outputs, batch, batch.samples(), nullptr);
    });
  });
  return sum;
}

#define HYPERWIDTH_INSTANTIATE_TRAINER(Scalar)                                  \
  template void Train<Scalar>(const Model&,                                     \
                              const DataSource<Scalar>&,                        \
                              const TrainerOptions&,                            \
                              VectorRef<Scalar>,                                \
                              const std::function<void(const TrainingStep&)>&); \
  template LossSum Evaluate<Scalar>(                                            \
      const Model&, const DataSource<Scalar>&, Loss, const ConstVectorRef<Scalar>&, Index, int);
HYPERWIDTH_INSTANTIATE_TRAINER(float)
HYPERWIDTH_INSTANTIATE_TRAINER(double)
#undef HYPERWIDTH_INSTANTIATE_TRAINER

}  // namespace hyperwidth
