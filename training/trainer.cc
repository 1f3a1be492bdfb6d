// SPDX-License-Identifier: Apache-2.0
#include "training/trainer.h"

#include <oneapi/tbb/parallel_for.h>
#include <oneapi/tbb/task_arena.h>

#include <algorithm>
#include <cmath>
#include <memory>
#include <span>
#include <sstream>
#include <string>
#include <vector>

#include "models/random_stream.h"

namespace hyperwidth {
namespace {

// A part is what one task computes. Wide enough for an efficient matrix product, and few enough of them that adding up
// their gradients, each as large as the model, costs little beside computing them.
constexpr Index kSmallestPart = 32;
constexpr Index kMostParts = 8;
// Parameters that one task adds up and updates: a few pages, so that the pieces stay in a core's own cache.
constexpr Index kUpdateRange = 16'384;
// Below this many multiplications a step is faster on one thread than shared out.
constexpr double kSerialBelow = 200'000;

// Keys of random streams.
constexpr std::uint64_t kOrderStream = 1;

Index PartSize(Index batch_size) { return std::max(kSmallestPart, (batch_size + kMostParts - 1) / kMostParts); }
Index PartCount(Index samples, Index part_size) { return (samples + part_size - 1) / part_size; }

// Runs task(0) .. task(count - 1), each on some thread. The tasks must not depend on which.
class TaskRunner {
 public:
  TaskRunner(int threads, bool serial) : serial_(serial || threads == 1) {
    if (threads > 1 && !serial_) arena_ = std::make_unique<oneapi::tbb::task_arena>(threads);
  }

  template <typename Task>
  void Run(Index count, const Task& task) const {
    if (serial_ || count == 1) {
      for (Index i = 0; i < count; ++i) task(i);
      return;
    }
    const auto run = [&] { oneapi::tbb::parallel_for(Index{0}, count, task, oneapi::tbb::simple_partitioner()); };
    if (arena_ != nullptr) {
      arena_->execute(run);
    } else {
      run();
    }
  }

 private:
  bool serial_;
  std::unique_ptr<oneapi::tbb::task_arena> arena_;  // none: the caller's
};

// One part of a step: its samples, the model's buffers, and the gradient of its share of the loss.
template <typename Scalar>
struct Part {
  Batch<Scalar> batch;
  std::unique_ptr<typename ConditionalModel<Scalar>::Workspace> workspace;
  Matrix<Scalar> output_gradient;
  Vector<Scalar> gradient;
  LossSum sum;
};

template <typename Scalar>
std::vector<Part<Scalar>> MakeParts(const ConditionalModel<Scalar>& model, Index count, bool with_gradient) {
  std::vector<Part<Scalar>> parts(static_cast<std::size_t>(count));
  for (Part<Scalar>& part : parts) {
    part.workspace = model.MakeWorkspace();
    if (with_gradient) part.gradient.resize(model.parameter_count());
  }
  return parts;
}

template <typename Scalar>
double WorkOfStep(const ConditionalModel<Scalar>& model, Index batch_size) {
  return static_cast<double>(model.cost().multiply_adds) * static_cast<double>(batch_size);
}

// The samples of part `part`, out of those of a step.
std::span<const Index> SamplesOfPart(std::span<const Index> samples, Index part, Index part_size) {
  const Index first = part * part_size;
  const Index count = std::min(part_size, static_cast<Index>(samples.size()) - first);
  return samples.subspan(static_cast<std::size_t>(first), static_cast<std::size_t>(count));
}

template <typename Scalar>
class StepRunner {
 public:
  StepRunner(const ConditionalModel<Scalar>& model,
             const DataSource<Scalar>& data,
             const TrainerOptions& options,
             VectorRef<Scalar> parameters)
      : model_(model),
        data_(data),
        options_(options),
        parameters_(parameters),
        part_size_(PartSize(options.batch_size)),
        parts_(MakeParts(model, PartCount(options.batch_size, part_size_), /*with_gradient=*/true)),
        optimizer_(options.optimizer, model.parameter_count()),
        runner_(options.threads, WorkOfStep(model, options.batch_size) < kSerialBelow) {}

  // Makes one step on these samples of the epoch and returns their loss before it.
  LossSum Step(Index epoch, std::span<const Index> samples) {
    const Index part_count = PartCount(static_cast<Index>(samples.size()), part_size_);
    runner_.Run(part_count, [&](Index part) {
      ComputeGradient(
          epoch, SamplesOfPart(samples, part, part_size_), static_cast<Index>(samples.size()), PartAt(part));
    });
    LossSum sum;
    for (Index part = 0; part < part_count; ++part) sum += PartAt(part).sum;
    // A diverged loss leaves the parameters as they were before the step, for whoever wants to look at them.
    if (std::isfinite(sum.loss)) Update(part_count);
    return sum;
  }

 private:
  Part<Scalar>& PartAt(Index part) { return parts_[static_cast<std::size_t>(part)]; }

  void ComputeGradient(Index epoch, std::span<const Index> samples, Index samples_in_step, Part<Scalar>& part) {
    data_.Fill(epoch, samples, part.batch);
    const Matrix<Scalar>& outputs = model_.Forward(parameters_, part.batch.x, part.batch.condition, *part.workspace);
    part.sum = EvaluateLoss(options_.loss, outputs, part.batch, samples_in_step, &part.output_gradient);
    model_.Backward(
        parameters_, part.batch.x, part.batch.condition, part.output_gradient, *part.workspace, part.gradient);
  }

  void Update(Index part_count) {
    optimizer_.BeginStep();
    const Index parameter_count = parameters_.size();
    runner_.Run((parameter_count + kUpdateRange - 1) / kUpdateRange, [&](Index range) {
      const Index first = range * kUpdateRange;
      const Index count = std::min(kUpdateRange, parameter_count - first);
      auto gradient = PartAt(0).gradient.segment(first, count);
      for (Index part = 1; part < part_count; ++part) gradient += PartAt(part).gradient.segment(first, count);
      optimizer_.Update(first, gradient, parameters_);
    });
  }

  const ConditionalModel<Scalar>& model_;
  const DataSource<Scalar>& data_;
  const TrainerOptions& options_;
  VectorRef<Scalar> parameters_;
  Index part_size_;
  std::vector<Part<Scalar>> parts_;
  Optimizer<Scalar> optimizer_;
  TaskRunner runner_;
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
  StepRunner<Scalar> runner(model, data, options, parameters);
  TrainingStep progress;
  for (progress.epoch = 1; progress.epoch <= options.epochs; ++progress.epoch) {
    RandomStream random(options.seed, {kOrderStream, static_cast<std::uint64_t>(progress.epoch)});
    const std::vector<std::int64_t> order = random.Permutation(data.size());
    const std::vector<Index> samples(order.begin(), order.end());
    LossSum epoch_sum;
    for (Index first = 0; first < data.size(); first += options.batch_size) {
      const Index count = std::min(options.batch_size, data.size() - first);
      const std::span<const Index> step_samples(samples.data() + first, static_cast<std::size_t>(count));
      ++progress.step;
      const LossSum sum = runner.Step(progress.epoch, step_samples);
      if (!std::isfinite(sum.loss)) throw DivergenceError(progress.epoch, progress.step, options);
      epoch_sum += sum;
      if (!on_step) continue;
      progress.samples_in_epoch = first + count;
      progress.mean_loss = epoch_sum.loss / static_cast<double>(epoch_sum.samples);
      progress.ends_epoch = progress.samples_in_epoch == data.size();
      on_step(progress);
    }
  }
}

template <typename Scalar>
LossSum Evaluate(const ConditionalModel<Scalar>& model,
                 const DataSource<Scalar>& data,
                 Loss loss,
                 const ConstVectorRef<Scalar>& parameters,
                 Index epoch,
                 int threads) {
  constexpr Index kPartSize = 64;
  constexpr Index kPartsAtOnce = 16;
  std::vector<Part<Scalar>> parts = MakeParts(model, kPartsAtOnce, /*with_gradient=*/false);
  const TaskRunner runner(threads, WorkOfStep(model, kPartSize * kPartsAtOnce) < kSerialBelow);
  std::vector<Index> samples(static_cast<std::size_t>(data.size()));
  for (std::size_t i = 0; i < samples.size(); ++i) samples[i] = static_cast<Index>(i);
  LossSum sum;
  for (Index first = 0; first < data.size(); first += kPartSize * kPartsAtOnce) {
    const Index count = std::min(kPartSize * kPartsAtOnce, data.size() - first);
    const std::span<const Index> block(samples.data() + first, static_cast<std::size_t>(count));
    const Index part_count = PartCount(count, kPartSize);
    runner.Run(part_count, [&](Index index) {
      Part<Scalar>& part = parts[static_cast<std::size_t>(index)];
      data.Fill(epoch, SamplesOfPart(block, index, kPartSize), part.batch);
      const Matrix<Scalar>& outputs = model.Forward(parameters, part.batch.x, part.batch.condition, *part.workspace);
      part.sum = EvaluateLoss<Scalar>(loss, outputs, part.batch, part.batch.size(), nullptr);
    });
    for (Index part = 0; part < part_count; ++part) sum += parts[static_cast<std::size_t>(part)].sum;
  }
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
