// SPDX-License-Identifier: Apache-2.0
//
// The example of README.md, line by line.

#include "gtest/gtest.h"
#include "models/pass/pass.h"

using namespace hyperwidth;

// One step of gradient descent for half the squared error, in place: theta -= learning_rate * gradient, block by block.
class Descent final : public GradientTarget<float> {
 public:
  Descent(Vector<float>& theta, float learning_rate) : theta_(theta), learning_rate_(learning_rate) {}
  float scale() const override { return -learning_rate_; }
  Destination Begin(const ParameterBlock& block) override {
    return {theta_.data() + block.first, block.stride, /*accumulate=*/true};
  }
  void End(const ParameterBlock& /*block*/) override {}

 private:
  Vector<float>& theta_;
  float learning_rate_;
};

void Step(Pass<float>& pass, const Batch<float>& batch, const Matrix<float>& targets, Vector<float>& theta) {
  const Matrix<float> errors = pass.Forward(theta, batch) - targets;
  Descent descent(theta, 0.1F);
  pass.Backward(theta, errors, descent);
}

namespace {

// A line through two points, which descent finds.
TEST(Readme, ExampleDescends) {
  ParameterLayout layout;
  Graph graph;
  const Value slope = graph.Parameter(layout.Add("slope", 1, 1, Role::kPrimary, {}));
  const Value offset = graph.Parameter(layout.Add("offset", 1, 1, Role::kPrimary, {}));
  const Value y = graph.Affine(slope, graph.X(1), offset);
  const Model model{.name = "line", .parameters = layout, .graph = graph, .output = y};
  const SerialExecutor executor;
  Pass<float> pass(model, executor);
  Vector<float> theta = Vector<float>::Zero(2);
  const Batch<float> batch{.x = Matrix<float>{{-1, 1}}, .group_starts = {0, 2}};
  for (int step = 0; step < 200; ++step) Step(pass, batch, Matrix<float>{{1, 5}}, theta);
  EXPECT_NEAR(theta[0], 2, 1e-5);
  EXPECT_NEAR(theta[1], 3, 1e-5);
}

}  // namespace
