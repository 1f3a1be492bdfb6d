// SPDX-License-Identifier: Apache-2.0
#include <gtest/gtest.h>

#include <algorithm>
#include <string>
#include <vector>

#include "models/allocation_count.h"
#include "training/named_scheme.h"
#include "training/objectives.h"
#include "training/trainer.h"

namespace hyperwidth {
namespace {

const std::vector<OptimizerOptions> kOptimizers = {
    {},
    {.momentum = 0.9},
    {.method = OptimizerMethod::kAdam},
    {.method = OptimizerMethod::kAdamW, .max_gradient_norm = 0.1},
    {.method = OptimizerMethod::kAdadelta, .schedule = {.shape = ScheduleShape::kCosine, .period = 10}},
};

constexpr Index kBatch = 8, kStepsOfEpoch = 5;

// Fills batches without a single vector of its own.
class ConstantData final : public DataSource<float> {
 public:
  Index size() const override { return kBatch * kStepsOfEpoch; }
  void Fill(Index epoch, std::span<const Index> items, TrainingBatch<float>& batch) const override {
    const auto count = static_cast<Index>(items.size());
    batch.group_starts.clear();
    for (Index g = 0; g <= count; ++g) batch.group_starts.push_back(g);
    batch.x.resize(2, count);
    batch.condition.resize(3, count);
    batch.targets.resize(1, count);
    for (Index i = 0; i < count; ++i) {
      batch.x.col(i).setConstant(static_cast<float>(items[static_cast<std::size_t>(i)]) / 40);
      batch.condition.col(i).setConstant(static_cast<float>(epoch) / 10);
      batch.targets.col(i).setConstant(1);
    }
  }
};

TEST(TrainerMemory, StepsAfterTheFirstAskForNone) {
  for (const std::string scheme : {"embedding", "hypernetwork", "film"}) {
    for (const OptimizerOptions& optimizer : kOptimizers) {
      const Model model = NamedScheme(scheme, {.condition_size = 3, .condition_hidden = {10}, .primary_hidden = {12}});
      const ConstantData data;
      const MeanSquaredError<float> objective;
      Vector<float> theta(model.parameters.size());
      model.parameters.Initialize<float>(1, theta);
      Trainer<float> trainer(
          model, data, objective, {.optimizer = optimizer, .epochs = 3, .batch_size = kBatch, .threads = 1}, theta);
      const long before_first = AllocationCount();
      trainer.Step();
      const long before = AllocationCount();
      EXPECT_EQ(before > before_first, CountsAllocations());
      while (!trainer.IsDone()) trainer.Step();
      EXPECT_EQ(AllocationCount(), before) << scheme << ", " << OptimizerMethodName(optimizer.method);
    }
  }
}

TEST(TrainerMemory, EvaluationsAfterTheFirstAskForNone) {
  const Model model = NamedScheme("film", {.condition_size = 3, .condition_hidden = {10}, .primary_hidden = {12}});
  const ConstantData data;
  const MeanSquaredError<float> objective;
  Vector<float> theta(model.parameters.size());
  model.parameters.Initialize<float>(1, theta);
  Evaluator<float> evaluator(model, data, objective, 1);
  const LossSum first = evaluator.Evaluate(theta);
  const long before = AllocationCount();
  EXPECT_EQ(evaluator.Evaluate(theta), first);
  EXPECT_EQ(AllocationCount(), before);

  // Nor do the validations of a trainer.
  Trainer<float> trainer(
      model, data, objective, {.epochs = 4, .batch_size = kBatch, .patience = 5, .threads = 1}, theta, &data);
  for (Index step = 0; step < kStepsOfEpoch; ++step) trainer.Step();
  const long after_one = AllocationCount();
  while (!trainer.IsDone()) trainer.Step();
  EXPECT_EQ(AllocationCount(), after_one);
}

}  // namespace
}  // namespace hyperwidth
