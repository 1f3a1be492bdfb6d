// SPDX-License-Identifier: Apache-2.0

#include "models/pass/output_gradients.h"

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

TEST(OutputGradients, AreTheInterpretersForEachSampleOnRandomGraphs) {
  for (std::uint64_t seed = 1; seed <= 300; ++seed) {
    const Model model = RandomModelOfOneOutput(seed);
    Vector<double> theta(model.parameters.size());
    model.parameters.Initialize<double>(seed, theta);
    const Batch<double> batch = RandomBatch(seed, {0, 2, 2, 40, 41});  // more than a panel
    OutputGradients<double> output_gradients(model);
    Matrix<double> gradients = Matrix<double>::Constant(3, 3, 1e30);
    output_gradients.Evaluate(theta, batch, gradients);
    ASSERT_EQ(gradients.cols(), 41);
    Interpreter interpreter(model);
    for (std::size_t g = 0; g + 1 < batch.group_starts.size(); ++g) {
      for (Index j = batch.group_starts[g]; j < batch.group_starts[g + 1]; ++j) {
        interpreter.Forward(theta,
                            {.x = batch.x.col(j),
                             .condition = batch.condition.col(static_cast<Index>(g)),
                             .condition_id = batch.condition_ids[g]});
        const Vector<double> expected = interpreter.Backward(Vector<double>::Ones(1)).theta;
        EXPECT_LT((gradients.col(j) - expected).norm(), 1e-12 * (1 + expected.norm())) << model.name << ", " << j;
      }
    }
  }
}

TEST(OutputGradients, DoNotRememberTheBatchBefore) {
  const Model model = RandomModelOfOneOutput(3);
  Vector<double> theta(model.parameters.size());
  model.parameters.Initialize<double>(3, theta);
  OutputGradients<double> used(model), fresh(model);
  Matrix<double> gradients, again;
  used.Evaluate(theta, RandomBatch(1, {0, 70, 90}), gradients);
  used.Evaluate(theta, RandomBatch(2, {0, 1, 3}), gradients);
  fresh.Evaluate(theta, RandomBatch(2, {0, 1, 3}), again);
  EXPECT_EQ(gradients, again);
}

TEST(OutputGradients, AreOfOneOutput) {
  const Model model = RandomModel(1, 3);
  EXPECT_THROW(OutputGradients<double>{model}, std::invalid_argument);
}

}  // namespace
}  // namespace hyperwidth
