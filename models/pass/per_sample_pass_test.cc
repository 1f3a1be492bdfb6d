// SPDX-License-Identifier: Apache-2.0

#include "models/pass/per_sample_pass.h"

#include <stdexcept>

#include "gtest/gtest.h"
#include "models/graph/interpreter.h"
#include "models/graph/random_graph.h"
#include "models/random_stream.h"

namespace hyperwidth {
namespace {

Model RandomModelOfOneOutput(std::uint64_t seed) {
  Model model = RandomModel(seed, 8);
  model.output = model.graph.Sum(model.output);
  return model;
}

Batch<double> RandomBatch(std::uint64_t seed, const std::vector<Index>& group_starts) {
  RandomStream random(seed, {17});
  const auto matrix = [&](Index rows, Index cols) {
    return Matrix<double>::NullaryExpr(rows, cols, [&] { return random.Uniform(-1, 1); }).eval();
  };
  const auto conditions = static_cast<Index>(group_starts.size()) - 1;
  Batch<double> batch{.x = matrix(3, group_starts.back()),
                      .condition = matrix(4, conditions),
                      .condition_ids = {},
                      .group_starts = group_starts};
  for (Index g = 0; g < conditions; ++g) batch.condition_ids.push_back(static_cast<Index>(random.Below(3)));
  return batch;
}

TEST(PerSamplePass, HasTheInterpretersGradientsForEachSampleOnRandomGraphs) {
  for (std::uint64_t seed = 1; seed <= 300; ++seed) {
    const Model model = RandomModelOfOneOutput(seed);
    Vector<double> theta(model.parameters.size());
    model.parameters.Initialize<double>(seed, theta);
    const Batch<double> batch = RandomBatch(seed, {0, 2, 2, 40, 41});  // more than a panel
    PerSamplePass<double> pass(model);
    Matrix<double> gradients = Matrix<double>::Constant(3, 3, 1e30);
    pass.OutputGradients(theta, batch, gradients);
    const Matrix<double> outputs = pass.Forward(theta, batch);
    ASSERT_EQ(gradients.cols(), 41);
    Interpreter interpreter(model);
    for (std::size_t g = 0; g + 1 < batch.group_starts.size(); ++g) {
      for (Index j = batch.group_starts[g]; j < batch.group_starts[g + 1]; ++j) {
        const Vector<double> output = interpreter.Forward(theta,
                                                          {.x = batch.x.col(j),
                                                           .condition = batch.condition.col(static_cast<Index>(g)),
                                                           .condition_id = batch.condition_ids[g]});
        EXPECT_LT((outputs.col(j) - output).norm(), 1e-12 * (1 + output.norm())) << model.name << ", " << j;
        const Vector<double> expected = interpreter.Backward(Vector<double>::Ones(1)).theta;
        EXPECT_LT((gradients.col(j) - expected).norm(), 1e-12 * (1 + expected.norm())) << model.name << ", " << j;
      }
    }
  }
}

// A value of one entry has samples and entries next to each other.
TEST(PerSamplePass, TakesInputsOfOneEntry) {
  ParameterLayout layout;
  Graph graph;
  const Value weights = graph.Parameter(layout.Add("w", 1, 1, Role::kPrimary, {}));
  const Value y = graph.Affine(weights, graph.X(1));
  const Model model{"line", layout, graph, y};
  const Vector<double> theta = Vector<double>::Constant(1, 3);
  const Matrix<double> x = Matrix<double>::Random(1, 70);
  PerSamplePass<double> pass(model);
  EXPECT_EQ(pass.Forward(theta, {.x = x, .group_starts = {0, 70}}), 3 * x);
  Matrix<double> gradients;
  pass.OutputGradients(theta, {.x = x, .group_starts = {0, 70}}, gradients);
  EXPECT_EQ(gradients, x);
}

TEST(PerSamplePass, DoesNotRememberTheBatchBefore) {
  const Model model = RandomModelOfOneOutput(3);
  Vector<double> theta(model.parameters.size());
  model.parameters.Initialize<double>(3, theta);
  PerSamplePass<double> used(model), fresh(model);
  Matrix<double> gradients, again;
  used.OutputGradients(theta, RandomBatch(1, {0, 70, 90}), gradients);
  used.OutputGradients(theta, RandomBatch(2, {0, 1, 3}), gradients);
  fresh.OutputGradients(theta, RandomBatch(2, {0, 1, 3}), again);
  EXPECT_EQ(gradients, again);
}

TEST(PerSamplePass, HasGradientsOfOneOutput) {
  const Model model = RandomModel(1, 3);
  Matrix<double> gradients;
  PerSamplePass<double> pass(model);
  const Vector<double> theta = Vector<double>::Zero(model.parameters.size());
  EXPECT_EQ(pass.Forward(theta, RandomBatch(1, {0, 2, 3})).rows(), 2);
  EXPECT_THROW(pass.OutputGradients(theta, RandomBatch(1, {0, 2, 3}), gradients), std::invalid_argument);
}

}  // namespace
}  // namespace hyperwidth
