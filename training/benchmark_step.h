// SPDX-License-Identifier: Apache-2.0
#ifndef HYPERWIDTH_TRAINING_BENCHMARK_STEP_H_
#define HYPERWIDTH_TRAINING_BENCHMARK_STEP_H_

#include <functional>
#include <memory>
#include <string>

#include "models/conditional_model.h"
#include "training/arena_executor.h"
#include "training/batch.h"
#include "training/optimizer.h"

namespace hyperwidth {

// A training step as benchmarks time it: the models of experiments/rotation on random images, plain descent, no data
// source. f and e have depth + 2 weight layers of width 100, the primary network one hidden layer of 10 units.
class BenchmarkStep {
 public:
  struct Options {
    std::string model = "hypernetwork";  // or "embedding"
    Index pixels = 784;
    Index depth = 4;
    Index batch_size = 64;
    int threads = 1;
  };

  // Throws std::invalid_argument for options that make no model.
  explicit BenchmarkStep(const Options& options);

  // One step: outputs, loss, gradient, update.
  void Run();
  // Runs `work`, which may call Run, where the threads are.
  void Enter(const std::function<void()>& work) { executor_.Enter(work); }

  // Floating-point operations of a step's matrix products: three for each weight (outputs, input gradient, weight
  // gradient), two for a weight that sees the model's inputs. A hypernetwork's pass may do with fewer.
  double flops() const;

 private:
  Options options_;
  std::unique_ptr<ConditionalModel<float>> model_;
  ArenaExecutor executor_;
  std::unique_ptr<BatchPass<float>> pass_;
  Vector<float> parameters_;
  TrainingBatch<float> batch_;
  std::unique_ptr<Optimizer<float>> optimizer_;
  Matrix<float> output_gradient_;
};

}  // namespace hyperwidth

#endif  // HYPERWIDTH_TRAINING_BENCHMARK_STEP_H_
