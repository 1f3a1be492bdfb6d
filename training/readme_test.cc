// SPDX-License-Identifier: Apache-2.0
//
// The example of README.md, and what it does.

#include <gtest/gtest.h>

#include "models/schemes/schemes.h"
#include "training/objectives.h"
#include "training/trainer.h"

namespace {

using namespace hyperwidth;

// README example begins.
// y(x, I) = x I on a grid of the square.
class Products : public DataSource<float> {
 public:
  Index size() const override { return 400; }
  void Fill(Index /*epoch*/, std::span<const Index> items, TrainingBatch<float>& batch) const override {
    const auto count = static_cast<Index>(items.size());
    batch.x.resize(1, count);
    batch.condition.resize(1, count);
    batch.group_starts = EqualGroups(count);  // a condition for each sample
    for (Index i = 0; i < count; ++i) {
      const Index item = items[static_cast<std::size_t>(i)];
      batch.x(0, i) = static_cast<float>(item % 20) / 10 - 1;
      batch.condition(0, i) = static_cast<float>(item / 20) / 10 - 1;
    }
    batch.targets = batch.x.cwiseProduct(batch.condition);
  }
};

// The mean squared error that an embedding reaches, with an interruption on the way.
double TrainOnProducts() {
  const Model model = Embedding({.sizes = {1, 16, 4}, .function = Function::kTanh},
                                {.sizes = {1 + 4, 32, 1}, .function = Function::kTanh});
  const Products data;
  const MeanSquaredError<float> objective;
  const TrainerOptions options = {
      .optimizer = {.method = OptimizerMethod::kAdam, .learning_rate = 0.01, .schedule = {.warm_up = 20}},
      .epochs = 50};
  Vector<float> theta(model.parameters.size());
  model.parameters.Initialize<float>(/*seed=*/1, theta);
  TrainerState<float> state;
  {
    Trainer<float> trainer(model, data, objective, options, theta);
    while (trainer.Step().step < 100) continue;
    state = trainer.State();  // a value: all that the future depends on
  }
  Trainer<float> trainer(model, data, objective, options, theta);
  trainer.Restore(state);
  while (!trainer.IsDone()) trainer.Step();
  return Evaluate<float>(model, data, objective, theta).Mean();
}
// README example ends.

// The same without one.
double TrainAtOnce() {
  const Model model = Embedding({.sizes = {1, 16, 4}, .function = Function::kTanh},
                                {.sizes = {1 + 4, 32, 1}, .function = Function::kTanh});
  Vector<float> theta(model.parameters.size());
  model.parameters.Initialize<float>(/*seed=*/1, theta);
  const TrainerOptions options = {
      .optimizer = {.method = OptimizerMethod::kAdam, .learning_rate = 0.01, .schedule = {.warm_up = 20}},
      .epochs = 50};
  Train<float>(model, Products(), MeanSquaredError<float>(), options, theta);
  return Evaluate<float>(model, Products(), MeanSquaredError<float>(), theta).Mean();
}

TEST(Readme, ExampleLearnsTheProduct) {
  EXPECT_LT(TrainOnProducts(), 0.01) << "the variance of the targets is about 1/9";
}

TEST(Readme, TheInterruptionLeavesNoTrace) { EXPECT_EQ(TrainOnProducts(), TrainAtOnce()); }

}  // namespace
