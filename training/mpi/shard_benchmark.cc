// SPDX-License-Identifier: Apache-2.0
//
// Milliseconds of a step of training, on random numbers, by size of model and batch:
//
//   shard_benchmark THREADS SHARDS                  in one process
//   mpirun -n 2 shard_benchmark THREADS SHARDS      in two; SHARDS is then at least 2
//
// A row is "MODEL PARAMETERS BATCH MILLISECONDS", those of the fastest of some steps.

#include <algorithm>
#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <limits>
#include <span>
#include <stdexcept>
#include <string>

#include "models/random_stream.h"
#include "training/benchmark_step.h"
#include "training/mpi/mpi_program.h"
#include "training/mpi/mpi_shard_exchange.h"
#include "training/objectives.h"
#include "training/trainer.h"

namespace hyperwidth {
namespace {

// Samples with a condition of their own, made once.
class MadeSamples final : public DataSource<float> {
 public:
  MadeSamples(const SchemeSizes& sizes, Index samples)
      : x_(sizes.x_size, samples), condition_(sizes.condition_size, samples), outputs_(sizes.outputs) {
    RandomStream random(1, {});
    for (float& number : x_.reshaped()) number = static_cast<float>(random.Uniform(-1, 1));
    for (float& number : condition_.reshaped()) number = static_cast<float>(random.Uniform(-1, 1));
  }
  Index size() const override { return x_.cols(); }
  void Fill(Index /*epoch*/, std::span<const Index> items, TrainingBatch<float>& batch) const override {
    const auto count = static_cast<Index>(items.size());
    batch.group_starts = EqualGroups(count);
    batch.x.resize(x_.rows(), count);
    batch.condition.resize(condition_.rows(), count);
    batch.labels.resize(count);
    for (Index i = 0; i < count; ++i) {
      const Index item = items[static_cast<std::size_t>(i)];
      batch.x.col(i) = x_.col(item);
      batch.condition.col(i) = condition_.col(item);
      batch.labels[i] = static_cast<int>(item % outputs_);
    }
  }

 private:
  Matrix<float> x_, condition_;
  Index outputs_;
};

double LeastOfSteps(Trainer<float>& trainer, int steps) {
  double least = std::numeric_limits<double>::infinity();
  for (int step = 0; step < steps; ++step) {
    const auto start = std::chrono::steady_clock::now();
    trainer.Step();
    const std::chrono::duration<double, std::milli> elapsed = std::chrono::steady_clock::now() - start;
    least = std::min(least, elapsed.count());
  }
  return least;
}

void Measure(const std::string& scheme, Index pixels, Index batch, Index shards, int threads, const MpiSession& mpi) {
  const SchemeSizes sizes = RotationSizes(pixels, /*depth=*/4);
  const Model model = NamedScheme(scheme, sizes);
  const MadeSamples data(sizes, 4 * batch);
  const CrossEntropy<float> objective;
  Vector<float> theta(model.parameters.size());
  model.parameters.Initialize<float>(1, theta);
  MpiShardExchange<float> exchange(mpi);
  const TrainerOptions options{.optimizer = {.learning_rate = 1e-4, .momentum = 0.9},
                               .epochs = 1'000'000,
                               .batch_size = batch,
                               .shards = shards,
                               .threads = threads};
  Trainer<float> trainer(model, data, objective, options, theta, nullptr, mpi.size() > 1 ? &exchange : nullptr);
  trainer.Enter([&] {
    for (int step = 0; step < 4; ++step) trainer.Step();
    // The same in all processes, whatever they measure.
    const int steps = 21 + static_cast<int>(2'000'000'000 / (batch * model.parameters.size()));
    std::printf("%s %lld %lld %.2f\n",
                scheme.c_str(),
                static_cast<long long>(theta.size()),
                static_cast<long long>(batch),
                LeastOfSteps(trainer, std::min(steps, 101)));
  });
  std::fflush(stdout);
}

}  // namespace
}  // namespace hyperwidth

int main(int argc, char** argv) {
  return hyperwidth::RunTrainingWithMpi(
      argc, argv, [](int count, char** arguments, const hyperwidth::MpiSession& session, int /*threads*/) {
        if (count != 3) throw std::invalid_argument("found other arguments, accepted: THREADS SHARDS");
        for (const std::string scheme : {"embedding", "hypernetwork"}) {
          for (const hyperwidth::Index pixels : {784, 3'072}) {
            for (const hyperwidth::Index batch : {64, 256, 1'024}) {
              hyperwidth::Measure(scheme, pixels, batch, std::atoi(arguments[2]), std::atoi(arguments[1]), session);
            }
          }
        }
        return 0;
      });
}
