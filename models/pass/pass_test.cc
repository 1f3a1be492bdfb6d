// SPDX-License-Identifier: Apache-2.0

#include "models/pass/pass.h"

#include <limits>
#include <stdexcept>

#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "models/graph/interpreter.h"
#include "models/graph/random_graph.h"
#include "models/random_stream.h"

namespace hyperwidth {
namespace {

const SerialExecutor kSerial;

template <typename Scalar>
Vector<Scalar> Gradient(Pass<Scalar>& pass, const Vector<Scalar>& theta, const Matrix<Scalar>& output_gradient) {
  Vector<Scalar> gradient = Vector<Scalar>::Constant(theta.size(), 1e30F);  // whatever is not written shows
  GradientVector<Scalar> target(gradient);
  pass.Backward(theta, output_gradient, target);
  return gradient;
}

template <typename Scalar>
Matrix<Scalar> RandomMatrix(RandomStream& random, Index rows, Index cols) {
  Matrix<Scalar> matrix(rows, cols);
  for (Index i = 0; i < matrix.size(); ++i) matrix(i) = static_cast<Scalar>(random.Uniform(-1, 1));
  return matrix;
}

// Four conditions with 2, 0, 3 and 1 samples, for the inputs of RandomModel.
Batch<double> RaggedBatch(std::uint64_t seed) {
  RandomStream random(seed, {17});
  return {.x = RandomMatrix<double>(random, 3, 6),
          .condition = RandomMatrix<double>(random, 4, 4),
          .condition_ids = {2, 0, 1, 2},
          .group_starts = {0, 2, 2, 5, 6}};
}

// Outputs and the gradient with respect to theta, sample by sample.
struct Plain {
  Matrix<double> outputs;
  Vector<double> gradient;
};

Plain Interpret(const Model& model,
                const Vector<double>& theta,
                const Batch<double>& batch,
                const Matrix<double>& direction) {
  Interpreter interpreter(model);
  Plain plain{Matrix<double>(direction.rows(), direction.cols()), Vector<double>::Zero(theta.size())};
  for (Index g = 0; g < batch.conditions(); ++g) {
    const auto at = static_cast<std::size_t>(g);
    for (Index j = batch.group_starts[at]; j < batch.group_starts[at + 1]; ++j) {
      plain.outputs.col(j) = interpreter.Forward(
          theta, {.x = batch.x.col(j), .condition = batch.condition.col(g), .condition_id = batch.condition_ids[at]});
      plain.gradient += interpreter.Backward(direction.col(j)).theta;
    }
  }
  return plain;
}

// A thousand random graphs, with shared tensors, generated weights and every operation: to the rounding of a few
// thousand operations of moderate numbers.
// The outputs and the gradient to rounding.
void ExpectTheInterpreters(const Model& model,
                           const Vector<double>& theta,
                           const Batch<double>& batch,
                           const Matrix<double>& direction) {
  const Plain plain = Interpret(model, theta, batch, direction);
  Pass<double> pass(model, kSerial);
  EXPECT_LT((pass.Forward(theta, batch) - plain.outputs).norm(), 1e-12 * (1 + plain.outputs.norm())) << model.name;
  const Vector<double> gradient = Gradient<double>(pass, theta, direction);
  EXPECT_LT((gradient - plain.gradient).norm(), 1e-12 * (1 + plain.gradient.norm())) << model.name;
}

TEST(Pass, AgreesWithTheInterpreterOnRandomGraphs) {
  for (std::uint64_t seed = 1; seed <= 1000; ++seed) {
    const Model model = RandomModel(seed, 8);
    Vector<double> theta(model.parameters.size());
    model.parameters.Initialize<double>(seed, theta);
    RandomStream random(seed, {2});
    const Matrix<double> direction = RandomMatrix<double>(random, 2, 6);
    const Batch<double> batch = RaggedBatch(seed);
    ExpectTheInterpreters(model, theta, batch, direction);
  }
}

// Groups of one panel each, none, few and many samples; and a condition for each of many samples.
TEST(Pass, AgreesWithTheInterpreterOnManyPanels) {
  std::vector<Index> grouped = {0}, aligned = {0};
  for (Index g = 0; g < 24; ++g)
    grouped.push_back(grouped.back() + (g == 3 ? 0 : g >= 8 && g < 11 ? g - 4 : g == 20 ? 300 : 33));
  for (Index j = 1; j <= 1100; ++j) aligned.push_back(j);
  for (std::uint64_t seed = 1; seed <= 60; ++seed) {
    const Model model = RandomModel(seed, 6);
    Vector<double> theta(model.parameters.size());
    model.parameters.Initialize<double>(seed, theta);
    for (const std::vector<Index>& starts : {grouped, aligned}) {
      RandomStream random(seed, {3});
      const auto conditions = static_cast<Index>(starts.size()) - 1;
      Batch<double> batch{.x = RandomMatrix<double>(random, 3, starts.back()),
                          .condition = RandomMatrix<double>(random, 4, conditions),
                          .condition_ids = {},
                          .group_starts = starts};
      for (Index g = 0; g < conditions; ++g) batch.condition_ids.push_back(static_cast<Index>(random.Below(3)));
      const Matrix<double> direction = RandomMatrix<double>(random, 2, starts.back());
      ExpectTheInterpreters(model, theta, batch, direction);
    }
  }
}

// Weights that no operation can write condition by condition, and that meet two values.
TEST(Pass, GathersGeneratedWeightsThatLieElsewhere) {
  ParameterLayout layout;
  Graph graph;
  const auto tensor = [&](const std::string& name, Index rows, Index cols) {
    return graph.Parameter(layout.Add(name, rows, cols, Role::kPrimary, Initialization::Uniform(0.7)));
  };
  const Value made = graph.Apply(Function::kSoftplus, graph.Affine(tensor("f", 9, 4), graph.Condition(4)));
  const Value weights = graph.Slice(made, 0, 3, 3);
  const Value x = graph.X(3);
  const Value twice = graph.Add(graph.Affine(weights, x), graph.Affine(weights, graph.Apply(Function::kTanh, x)));
  const Value y = graph.Affine(tensor("q", 2, 3), twice);
  const Model model{"softplus", layout, graph, y};
  Vector<double> theta(model.parameters.size());
  model.parameters.Initialize<double>(1, theta);
  RandomStream random(1, {2});
  const Matrix<double> direction = RandomMatrix<double>(random, 2, 6);
  const Batch<double> batch = RaggedBatch(1);
  ExpectTheInterpreters(model, theta, batch, direction);
}

TEST(Pass, InFloatAgreesToTheRoundingOfFloat) {
  for (std::uint64_t seed = 1; seed <= 100; ++seed) {
    const Model model = RandomModel(seed, 5);
    Vector<float> theta(model.parameters.size());
    model.parameters.Initialize<float>(seed, theta);
    RandomStream random(seed, {2});
    const Matrix<double> direction = RandomMatrix<double>(random, 2, 6);
    const Batch<double> batch = RaggedBatch(seed);
    const Plain plain = Interpret(model, theta.cast<double>(), batch, direction);
    const Batch<float> single{.x = batch.x.cast<float>(),
                              .condition = batch.condition.cast<float>(),
                              .condition_ids = batch.condition_ids,
                              .group_starts = batch.group_starts};
    Pass<float> pass(model, kSerial);
    EXPECT_LT((pass.Forward(theta, single).cast<double>() - plain.outputs).norm(), 1e-4 * (1 + plain.outputs.norm()));
    const Vector<float> gradient = Gradient<float>(pass, theta, direction.cast<float>());
    EXPECT_LT((gradient.cast<double>() - plain.gradient).norm(), 1e-4 * (1 + plain.gradient.norm())) << model.name;
  }
}

// Buffers are reused from batch to batch, larger or smaller; a condition without samples leaves no trace.
TEST(Pass, DoesNotRememberTheBatchBefore) {
  const Model model = RandomModel(12, 10);
  Vector<double> theta(model.parameters.size());
  model.parameters.Initialize<double>(1, theta);
  const Batch<double> large = RaggedBatch(1);
  Batch<double> small{.x = large.x.rightCols(1),
                      .condition = large.condition.rightCols(1),
                      .condition_ids = {2},
                      .group_starts = {0, 1}};
  Pass<double> used(model, kSerial);
  used.Forward(theta, large);
  Gradient<double>(used, theta, Matrix<double>::Ones(2, 6));
  Pass<double> fresh(model, kSerial);
  EXPECT_EQ(used.Forward(theta, small), fresh.Forward(theta, small));
  const Matrix<double> ones = Matrix<double>::Ones(2, 1);
  EXPECT_EQ(Gradient<double>(used, theta, ones), Gradient<double>(fresh, theta, ones));
  EXPECT_LT((used.Forward(theta, large).rightCols(1) - fresh.Forward(theta, small)).norm(), 1e-14);
}

TEST(Pass, NamesWhatDoesNotFit) {
  const Model model = RandomModel(2, 6);
  const Vector<double> theta = Vector<double>::Zero(model.parameters.size());
  Pass<double> pass(model, kSerial);
  const auto message = [&](const Vector<double>& parameters, const Batch<double>& batch) -> std::string {
    try {
      pass.Forward(parameters, batch);
    } catch (const std::invalid_argument& error) {
      return error.what();
    }
    return "accepted";
  };
  using ::testing::HasSubstr;
  EXPECT_EQ(message(theta, RaggedBatch(1)), "accepted");
  EXPECT_THAT(message(theta.head(3), RaggedBatch(1)), HasSubstr("entries of theta: found 3"));
  Batch<double> wrong = RaggedBatch(1);
  wrong.x.conservativeResize(2, 6);
  EXPECT_THAT(message(theta, wrong), HasSubstr("rows of x: found 2, accepted: 3"));
  wrong = RaggedBatch(1);
  wrong.group_starts.back() = 5;
  EXPECT_THAT(message(theta, wrong), HasSubstr("columns of x: found 6, accepted: 5"));
  wrong = RaggedBatch(1);
  wrong.condition.conservativeResize(4, 3);
  EXPECT_THAT(message(theta, wrong), HasSubstr("columns of condition: found 3, accepted: 4"));
  wrong = RaggedBatch(1);
  wrong.condition_ids = {0, 1, 2};
  EXPECT_THAT(message(theta, wrong), HasSubstr("condition_ids: found 3, accepted: 4"));
  wrong = RaggedBatch(1);
  wrong.condition_ids[1] = 3;
  EXPECT_THAT(message(theta, wrong), HasSubstr("condition id: found 3, accepted: 0 to 2"));
  wrong = RaggedBatch(1);
  wrong.group_starts[1] = 3;
  EXPECT_THAT(message(theta, wrong), HasSubstr("group_starts"));
  wrong.group_starts = {1, 2, 2, 5, 6};
  EXPECT_THAT(message(theta, wrong), HasSubstr("group_starts"));
  pass.Forward(theta, RaggedBatch(1));
  EXPECT_THROW(Gradient<double>(pass, theta, Matrix<double>::Zero(2, 5)), std::invalid_argument);
  EXPECT_THROW(Gradient<double>(pass, theta, Matrix<double>::Zero(1, 6)), std::invalid_argument);
  EXPECT_THROW(Gradient<double>(pass, theta.head(3), Matrix<double>::Zero(2, 6)), std::invalid_argument);
}

TEST(Pass, RefusesAModelWhoseOutputDoesNotVaryWithTheSample) {
  ParameterLayout layout;
  Graph graph;
  const Value weights = graph.Parameter(layout.Add("w", 1, 2, Role::kPrimary, {}));
  const Model model{"constant", layout, graph, graph.Affine(weights, graph.Condition(2))};
  EXPECT_THROW(Pass<double>(model, kSerial), std::invalid_argument);
}

}  // namespace
}  // namespace hyperwidth
