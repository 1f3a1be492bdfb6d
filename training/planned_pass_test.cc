// SPDX-License-Identifier: Apache-2.0
#include "training/planned_pass.h"

#include <gtest/gtest.h>

#include <stdexcept>

#include "models/graph/planner.h"
#include "models/schemes/schemes.h"
#include "training/batch.h"

namespace hyperwidth {
namespace {

// An embedding as wide as the published one, which no plan computes.
Model WideEmbedding() { return Embedding({.sizes = {6, 16, 500}}, {.sizes = {2 + 500, 8, 1}}); }

TrainingBatch<float> BatchOf(const Model& model, Index conditions, Index samples_each) {
  TrainingBatch<float> batch;
  batch.group_starts = EqualGroups(conditions, samples_each);
  batch.x = Matrix<float>::Ones(model.graph.x_size(), batch.samples());
  batch.condition = Matrix<float>::Ones(model.graph.condition_size(), conditions);
  return batch;
}

TEST(PlannedPass, OrdersTheModelForTheShapeOfTheFirstBatch) {
  const Model model = WideEmbedding();
  for (const Index samples_each : {1, 50}) {
    const PlannedPass<float> planned(model, BatchOf(model, 64, samples_each), 1);
    const Index found = StepCost(planned.model(), 64 * samples_each, 64);
    EXPECT_EQ(found, StepCost(Plan(model, 64 * samples_each, 64), 64 * samples_each, 64));
    EXPECT_LT(2 * found, StepCost(model, 64 * samples_each, 64));
  }
}

TEST(PlannedPass, SharesOutLargeStepsOnly) {
  const Model model = WideEmbedding();
  EXPECT_EQ(PlannedPass<float>(model, BatchOf(model, 4, 1), 3).executor().slot_count(), 1);
  EXPECT_EQ(PlannedPass<float>(model, BatchOf(model, 4000, 1), 3).executor().slot_count(), 3);
  EXPECT_EQ(PlannedPass<float>(model, BatchOf(model, 4, 4000), 3).executor().slot_count(), 3);
}

TEST(PlannedPass, BatchesOfOtherShapesAreEvaluatedToo) {
  const Model model = WideEmbedding();
  PlannedPass<float> planned(model, BatchOf(model, 64, 1), 1);
  Vector<float> theta(model.parameters.size());
  model.parameters.Initialize<float>(1, theta);
  const float expected = planned.pass().Forward(theta, BatchOf(model, 1, 1))(0, 0);
  const Matrix<float> found = planned.pass().Forward(theta, BatchOf(model, 3, 70));
  ASSERT_EQ(found.cols(), 210);
  EXPECT_NEAR(found.minCoeff(), expected, 1e-5);
  EXPECT_NEAR(found.maxCoeff(), expected, 1e-5);
}

TEST(PlannedPass, ABatchWithoutSamplesIsRefused) {
  const Model model = WideEmbedding();
  EXPECT_THROW(PlannedPass<float>(model, BatchOf(model, 3, 0), 1), std::invalid_argument);
}

}  // namespace
}  // namespace hyperwidth
