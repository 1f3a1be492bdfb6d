// SPDX-License-Identifier: Apache-2.0
//
// Every model's fast pass computes what its plain Forward and Backward do, whatever the shapes.

#include "models/batch/batch_pass.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <memory>
#include <stdexcept>
#include <string>
#include <tuple>
#include <vector>

#include "models/pass/executor.h"
#include "models/embedding_model.h"
#include "models/hypernetwork_model.h"
#include "models/mlp.h"
#include "models/partwise_pass.h"
#include "models/standard_model.h"

namespace hyperwidth {
namespace {

constexpr Index kOutputs = 5;

struct Shape {
  std::string name;
  std::vector<Index> generator;  // hidden layers of e or f
  std::vector<Index> primary;    // hidden layers of h, q or g
  Index embedding_dim = 7;
  Index primary_inputs = 5;
  Index condition_inputs = 4;
};

// The smallest networks, those with no hidden layer at all, and sizes that end in the middle of a block or a vector.
const std::vector<Shape>& Shapes() {
  static const std::vector<Shape> shapes = {
      {"usual", {6, 9}, {8}, 7},
      {"linear_generator", {}, {8}, 7},
      {"linear_primary", {6}, {}, 7},
      {"both_linear", {}, {}, 1},
      {"deep_primary", {10}, {6, 17, 5}, 30},
      {"wide", {20}, {600}, 300},
      // Several blocks in a task: of an embedding, and of generated weights.
      {"many_blocks_of_embedding", {3}, {7}, 12'000},
      {"many_blocks_of_weights", {3}, {70, 150}, 7},
      // Where a hypernetwork need not generate its primary network's first layer, and where it must all the same.
      {"many_inputs", {6, 9}, {7}, 7, 201},
      {"many_inputs_linear_primary", {6}, {}, 7, 130},
      {"many_inputs_deep_primary", {30}, {20, 5, 4}, 7, 99},
      {"many_inputs_linear_generator", {}, {7}, 7, 101},
      {"many_inputs_few_units", {6}, {3}, 7, 101},
      // Where inputs are cut into panels: of the condition, of x, of both and of T.
      {"panels_of_condition", {11, 6}, {5}, 20, 5, 201},
      {"panels_of_condition_linear_generator", {}, {5}, 20, 5, 130},
      {"panels_of_both", {9, 10}, {6}, 3, 800, 513},
  };
  return shapes;
}

template <typename Scalar>
std::unique_ptr<ConditionalModel<Scalar>> MakeModel(const std::string& name,
                                                    const Shape& shape,
                                                    Activation activation) {
  const auto with_ends = [](Index inputs, std::vector<Index> hidden, Index outputs) {
    hidden.insert(hidden.begin(), inputs);
    hidden.push_back(outputs);
    return hidden;
  };
  if (name == "standard") {
    return std::make_unique<StandardModel<Scalar>>(
        Mlp(with_ends(shape.primary_inputs + shape.condition_inputs, shape.primary, kOutputs), activation),
        shape.primary_inputs);
  }
  if (name == "embedding") {
    return std::make_unique<EmbeddingModel<Scalar>>(
        Mlp(with_ends(shape.condition_inputs, shape.generator, shape.embedding_dim), activation),
        Mlp(with_ends(shape.primary_inputs + shape.embedding_dim, shape.primary, kOutputs), activation));
  }
  const Mlp primary(
      with_ends(shape.primary_inputs, shape.primary, kOutputs), activation, /*has_bias=*/name == "hypernetwork");
  return std::make_unique<HypernetworkModel<Scalar>>(
      Mlp(with_ends(shape.condition_inputs, shape.generator, primary.parameter_count()),
          activation,
          /*has_bias=*/name != "hypernetwork_without_any_bias"),
      primary);
}

template <typename Scalar>
struct Result {
  Matrix<Scalar> outputs;
  Vector<Scalar> gradient;
};

template <typename Scalar>
struct Problem {
  Vector<Scalar> parameters;
  Matrix<Scalar> x, condition, direction;
};

template <typename Scalar>
Problem<Scalar> MakeProblem(const ConditionalModel<Scalar>& model, Index conditions, Index group) {
  Problem<Scalar> problem{.parameters = Vector<Scalar>(model.parameter_count()),
                          .x = Matrix<Scalar>::Random(model.primary_input_size(), conditions * group),
                          .condition = Matrix<Scalar>::Random(model.condition_size(), conditions),
                          .direction = Matrix<Scalar>::Random(kOutputs, conditions * group)};
  model.Initialize(3, problem.parameters);
  return problem;
}

template <typename Scalar>
Result<Scalar> Evaluate(BatchPass<Scalar>& pass, const Problem<Scalar>& problem) {
  Result<Scalar> result{.outputs = pass.Forward(problem.parameters, problem.x, problem.condition),
                        .gradient = Vector<Scalar>::Constant(problem.parameters.size(), 99)};
  GradientVector<Scalar> target(result.gradient);
  pass.Backward(problem.parameters, problem.direction, target);
  return result;
}

template <typename Scalar>
Result<Scalar> Plain(const ConditionalModel<Scalar>& model, const Problem<Scalar>& problem) {
  const Index group = problem.x.cols() / problem.condition.cols();
  Matrix<Scalar> condition(problem.condition.rows(), problem.x.cols());
  for (Index i = 0; i < problem.x.cols(); ++i) condition.col(i) = problem.condition.col(i / group);
  const auto workspace = model.MakeWorkspace();
  Result<Scalar> result{.outputs = model.Forward(problem.parameters, problem.x, condition, *workspace),
                        .gradient = Vector<Scalar>(problem.parameters.size())};
  model.Backward(problem.parameters, problem.x, condition, problem.direction, *workspace, result.gradient);
  return result;
}

// Runs the tasks backwards and in changing slots, as threads might.
class ReverseExecutor final : public Executor {
 public:
  Index slot_count() const override { return 3; }
  void Run(Index count, const Task& task) const override {
    for (Index i = count; i-- > 0;) task(i, i % 3);
  }
};

class EveryModel : public ::testing::TestWithParam<std::tuple<std::string, std::string>> {
 protected:
  const Shape& shape() const {
    for (const Shape& shape : Shapes()) {
      if (shape.name == std::get<1>(GetParam())) return shape;
    }
    throw std::logic_error("no such shape");
  }
  template <typename Scalar>
  std::unique_ptr<ConditionalModel<Scalar>> Model(Activation activation = Activation::kElu) const {
    return MakeModel<Scalar>(std::get<0>(GetParam()), shape(), activation);
  }
};

TEST_P(EveryModel, AgreesWithThePlainPath) {
  const SerialExecutor executor;
  for (const Activation activation : {Activation::kRelu, Activation::kTanh, Activation::kSine}) {
    const auto model = Model<double>(activation);
    const auto pass = model->MakeBatchPass(executor);  // one for all batches: their sizes change
    for (const auto& [conditions, group] : {std::pair<Index, Index>{1, 1}, {7, 1}, {70, 1}, {1, 5}, {3, 40}, {64, 1}}) {
      const auto problem = MakeProblem(*model, conditions, group);
      const auto found = Evaluate(*pass, problem);
      const auto expected = Plain(*model, problem);
      const std::string what = ActivationName(activation) + ", " + std::to_string(conditions) + " conditions, " +
                               std::to_string(group) + " samples each";
      EXPECT_LT((found.outputs - expected.outputs).norm(), 1e-12 * (1 + expected.outputs.norm())) << what;
      EXPECT_LT((found.gradient - expected.gradient).norm(), 1e-12 * (1 + expected.gradient.norm())) << what;
    }
  }
}

TEST_P(EveryModel, TheOrderOfTasksDoesNotChangeABit) {
  const SerialExecutor in_order;
  const ReverseExecutor reversed;
  const auto model = Model<float>();
  const auto pass = model->MakeBatchPass(in_order);
  const auto other = model->MakeBatchPass(reversed);
  for (const auto& [conditions, group] : {std::pair<Index, Index>{70, 1}, {3, 40}}) {
    const auto problem = MakeProblem(*model, conditions, group);
    const auto expected = Evaluate(*pass, problem);
    const auto found = Evaluate(*other, problem);
    EXPECT_EQ(found.outputs, expected.outputs);
    EXPECT_EQ(found.gradient, expected.gradient);
  }
}

TEST_P(EveryModel, PartwisePassAgreesToo) {
  const SerialExecutor executor;
  const auto model = Model<double>();
  PartwisePass<double> pass(*model, executor);
  for (const auto& [conditions, group] : {std::pair<Index, Index>{70, 1}, {3, 40}}) {
    const auto problem = MakeProblem(*model, conditions, group);
    const auto found = Evaluate<double>(pass, problem);
    const auto expected = Plain(*model, problem);
    EXPECT_LT((found.outputs - expected.outputs).norm(), 1e-12 * (1 + expected.outputs.norm()));
    EXPECT_LT((found.gradient - expected.gradient).norm(), 1e-12 * (1 + expected.gradient.norm()));
  }
}

// Descends while the gradient is handed over, as an optimiser may.
class Descent final : public GradientTarget<double> {
 public:
  explicit Descent(VectorRef<double> parameters) : parameters_(parameters), seen_(parameters.size(), 0) {}
  double scale() const override { return -0.25; }
  Destination Begin(const ParameterBlock& block) override {
    for (Index col = 0; col < block.cols; ++col) {
      for (Index row = 0; row < block.rows; ++row) {
        ++seen_[static_cast<std::size_t>(block.first + col * block.stride + row)];
      }
    }
    return {parameters_.data() + block.first, block.stride, /*accumulate=*/true};
  }
  void End(const ParameterBlock& /*block*/) override {}
  const std::vector<int>& seen() const { return seen_; }

 private:
  VectorRef<double> parameters_;
  std::vector<int> seen_;
};

TEST_P(EveryModel, TheTargetMayChangeParametersWhileItReceivesTheGradient) {
  const SerialExecutor executor;
  const auto model = Model<double>();
  const auto pass = model->MakeBatchPass(executor);
  for (const auto& [conditions, group] : {std::pair<Index, Index>{33, 1}, {3, 11}}) {
    const auto problem = MakeProblem(*model, conditions, group);
    Vector<double> parameters = problem.parameters;
    Descent target(parameters);
    pass->Forward(parameters, problem.x, problem.condition);
    pass->Backward(parameters, problem.direction, target);
    const Vector<double> expected = problem.parameters - 0.25 * Plain(*model, problem).gradient;
    EXPECT_LT((parameters - expected).norm(), 1e-12 * (1 + expected.norm()));
    EXPECT_THAT(target.seen(), ::testing::Each(1));  // each parameter in one block
  }
}

TEST_P(EveryModel, RefusesShapesThatDoNotFit) {
  const SerialExecutor executor;
  const auto model = Model<double>();
  const auto pass = model->MakeBatchPass(executor);
  const auto problem = MakeProblem(*model, 6, 1);
  EXPECT_THROW(pass->Forward(problem.parameters.head(3), problem.x, problem.condition), std::invalid_argument);
  EXPECT_THROW(pass->Forward(problem.parameters, problem.condition, problem.condition), std::invalid_argument);
  EXPECT_THROW(pass->Forward(problem.parameters, problem.x, problem.condition.leftCols(4)), std::invalid_argument);
  EXPECT_THROW(pass->Forward(problem.parameters, problem.x.leftCols(0), problem.condition.leftCols(0)),
               std::invalid_argument);
  pass->Forward(problem.parameters, problem.x, problem.condition);
  Vector<double> gradient(problem.parameters.size());
  GradientVector<double> target(gradient);
  EXPECT_THROW(pass->Backward(problem.parameters, problem.direction.leftCols(2), target), std::invalid_argument);
}

std::vector<std::string> ShapeNames() {
  std::vector<std::string> names;
  for (const Shape& shape : Shapes()) names.push_back(shape.name);
  return names;
}

INSTANTIATE_TEST_SUITE_P(BatchPass,
                         EveryModel,
                         ::testing::Combine(::testing::Values("standard",
                                                              "embedding",
                                                              "hypernetwork",
                                                              "hypernetwork_without_bias",
                                                              "hypernetwork_without_any_bias"),
                                            ::testing::ValuesIn(ShapeNames())),
                         [](const auto& tested) {
                           return std::get<0>(tested.param) + "_" + std::get<1>(tested.param);
                         });

}  // namespace
}  // namespace hyperwidth
