// SPDX-License-Identifier: Apache-2.0
#include "training/trainer.h"

#include <algorithm>
#include <cmath>
#include <memory>
#include <span>
#include <sstream>
#include <string>
#include <utility>
#include <vector>

#include "models/batch/batch_pass.h"
#include "models/random_stream.h"
#include "training/arena_executor.h"

namespace hyperwidth {
namespace {

// Below this many multiplications a step is faster on one thread than shared out.
constexpr double kSerialBelow = 200'000;
// Samples that Evaluate handles at once.
constexpr Index kEvaluatedAtOnce = 256;

// Keys of random streams.
constexpr std::uint64_t kOrderStream = 1;

template <typename Scalar>
bool IsSmall(const ConditionalModel<Scalar>& model, Index batch_size) {
  return static_cast<double>(model.cost().multiply_adds) * static_cast<double>(batch_size) < kSerialBelow;
}

// The batches of an epoch, in order, each filled while the one before is used.
template <typename Scalar>
class BatchQueue {
 public:
  BatchQueue(const DataSource<Scalar>& data, Index batch_size, const ArenaExecutor& executor)
      : data_(data), batch_size_(batch_size), background_(executor) {}

  // Calls use(batch, number of samples so far) for each batch of `samples`, which must stay where it is.
  template <typename Use>
  void Run(Index epoch, std::span<const Index> samples, const Use& use) {
    const auto size = static_cast<Index>(samples.size());
    const auto start = [&](Index first) {
      const Index count = std::min(batch_size_, size - first);
      const auto range = samples.subspan(static_cast<std::size_t>(first), static_cast<std::size_t>(count));
      background_.Start([this, epoch, range] { data_.Fill(epoch, range, next_); });
    };
    start(0);
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
void Train(const ConditionalModel<Scalar>& model,
           const DataSource<Scalar>& data,
           const TrainerOptions& options,
           VectorRef<Scalar> parameters,
           const std::function<void(const TrainingStep&)>& on_step) {
  Validate(options);
  if (data.size() < 1) throw std::invalid_argument("training data: found no samples, accepted: at least one");
  const ArenaExecutor executor(options.threads, IsSmall(model, options.batch_size));
  const std::unique_ptr<BatchPass<Scalar>> pass = model.MakeBatchPass(executor);
  Optimizer<Scalar> optimizer(options.optimizer, parameters);
  BatchQueue<Scalar> batches(data, options.batch_size, executor);
  Matrix<Scalar> output_gradient;
  TrainingStep progress;
  executor.Enter([&] {
    for (progress.epoch = 1; progress.epoch <= options.epochs; ++progress.epoch) {
      RandomStream random(options.seed, {kOrderStream, static_cast<std::uint64_t>(progress.epoch)});
      const std::vector<std::int64_t> order = random.Permutation(data.size());
      const std::vector<Index> samples(order.begin(), order.end());
      LossSum epoch_sum;
      batches.Run(progress.epoch, samples, [&](const TrainingBatch<Scalar>& batch, Index samples_so_far) {
        ++progress.step;
        const Matrix<Scalar>& outputs = pass->Forward(parameters, batch.x, batch.condition);
        const LossSum sum = EvaluateLoss(options.loss, outputs, batch, batch.samples(), &output_gradient);
        // A diverged loss leaves the parameters as they were before the step, for whoever wants to look at them.
        if (!std::isfinite(sum.loss)) throw DivergenceError(progress.epoch, progress.step, options);
        optimizer.BeginStep();
        pass->Backward(parameters, output_gradient, optimizer);
        epoch_sum += sum;
        if (!on_step) return;
        progress.samples_in_epoch = samples_so_far;
        progress.mean_loss = epoch_sum.loss / static_cast<double>(epoch_sum.samples);
        progress.ends_epoch = progress.samples_in_epoch == data.size();
        on_step(progress);
      });
    }
  });
}

template <typename Scalar>
LossSum Evaluate(const ConditionalModel<Scalar>& model,
                 const DataSource<Scalar>& data,
                 Loss loss,
                 const ConstVectorRef<Scalar>& parameters,
                 Index epoch,
                 int threads) {
  const ArenaExecutor executor(threads, IsSmall(model, kEvaluatedAtOnce));
  const std::unique_ptr<BatchPass<Scalar>> pass = model.MakeBatchPass(executor);
  BatchQueue<Scalar> batches(data, kEvaluatedAtOnce, executor);
  std::vector<Index> samples(static_cast<std::size_t>(data.size()));
  for (std::size_t i = 0; i < samples.size(); ++i) samples[i] = static_cast<Index>(i);
  LossSum sum;
  if (samples.empty()) return sum;
  executor.Enter([&] {
    batches.Run(epoch, samples, [&](const TrainingBatch<Scalar>& batch, Index /*samples_so_far*/) {
      const Matrix<Scalar>& outputs = pass->Forward(parameters, batch.x, batch.condition);
      sum += EvaluateLoss<Scalar>(loss, outputs, batch, batch.samples(), nullptr);
    });
  });
  return sum;
}

#define HYPERWIDTH_INSTANTIATE_TRAINER(Scalar)                                  \
  template void Train<Scalar>(const ConditionalModel<Scalar>&,                  \
                              const DataSource<Scalar>&,                        \
                              const TrainerOptions&,                            \
                              VectorRef<Scalar>,                                \
                              const std::function<void(const TrainingStep&)>&); \
  template LossSum Evaluate<Scalar>(                                            \
      const ConditionalModel<Scalar>&, const DataSource<Scalar>&, Loss, const ConstVectorRef<Scalar>&, Index, int);
HYPERWIDTH_INSTANTIATE_TRAINER(float)
HYPERWIDTH_INSTANTIATE_TRAINER(double)
#undef HYPERWIDTH_INSTANTIATE_TRAINER

}  // namespace hyperwidth
