// SPDX-License-Identifier: Apache-2.0
#ifndef HYPERWIDTH_TRAINING_BENCHMARK_STEP_H_
#define HYPERWIDTH_TRAINING_BENCHMARK_STEP_H_

#include <functional>
#include <memory>
#include <string>

#include "training/batch.h"
#include "training/named_scheme.h"
#include "training/objective.h"
#include "training/optimizer.h"
#include "training/planned_pass.h"

namespace hyperwidth {

// The published models of experiments/rotation: f and e have depth + 2 weight layers of width 100, the primary network
// one hidden layer of 10 units.
SchemeSizes RotationSizes(Index pixels, Index depth);

// A training step as benchmarks time it: any scheme on random numbers, plain descent, no data source. The loss is the
// mean squared error for one output, else cross-entropy.
class BenchmarkStep {
 public:
  struct Options {
    std::string scheme = "hypernetwork";  // of AllSchemeNames()
    SchemeSizes sizes = {};
    Index conditions = 64;
    Index samples_each = 1;
    int threads = 1;
  };

  // Throws: std::invalid_argument for options that make no model or no batch.
  explicit BenchmarkStep(const Options& options);

  // One step: outputs, loss, gradient, update.
  void Run();
  // Runs `work`, which may call Run, where the threads are.
  void Enter(const std::function<void()>& work) { planned_.executor().Enter(work); }

  // Floating-point operations of the products of a step, in the order that is run.
  double flops() const;
  Index samples() const { return batch_.samples(); }
  Index parameters() const { return theta_.size(); }

 private:
  TrainingBatch<float> batch_;
  PlannedPass<float> planned_;
  Vector<float> theta_;
  std::unique_ptr<Objective<float>> objective_;
  Optimizer<float> optimizer_;
  Matrix<float> output_gradient_;
};

}  // namespace hyperwidth

#endif  // HYPERWIDTH_TRAINING_BENCHMARK_STEP_H_
