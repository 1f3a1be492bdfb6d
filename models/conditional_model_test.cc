// SPDX-License-Identifier: Apache-2.0
//
// What holds for every conditional model, and what each of them computes.

#include "models/conditional_model.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <memory>
#include <stdexcept>
#include <string>
#include <tuple>

#include "models/embedding_model.h"
#include "models/gradient_check.h"
#include "models/hypernetwork_model.h"
#include "models/mlp.h"
#include "models/standard_model.h"

namespace hyperwidth {
namespace {

constexpr double kGradientTolerance = 1e-6;
constexpr Index kPrimaryInputs = 3;
constexpr Index kConditions = 2;
constexpr Index kOutputs = 2;
constexpr Index kSamples = 7;

template <typename Scalar>
std::unique_ptr<ConditionalModel<Scalar>> MakeModel(const std::string& name, Activation activation) {
  if (name == "standard") {
    return std::make_unique<StandardModel<Scalar>>(Mlp({kPrimaryInputs + kConditions, 6, 5, kOutputs}, activation),
                                                   kPrimaryInputs);
  }
  if (name == "embedding") {
    return std::make_unique<EmbeddingModel<Scalar>>(Mlp({kConditions, 5, 4}, activation),
                                                    Mlp({kPrimaryInputs + 4, 6, kOutputs}, activation));
  }
  const Mlp primary({kPrimaryInputs, 4, kOutputs}, activation, /*has_bias=*/name == "hypernetwork");
  return std::make_unique<HypernetworkModel<Scalar>>(Mlp({kConditions, 5, primary.parameter_count()}, activation),
                                                     primary);
}

class EveryModel : public ::testing::TestWithParam<std::tuple<std::string, Activation>> {
 protected:
  const std::unique_ptr<ConditionalModel<double>> model_ =
      MakeModel<double>(std::get<0>(GetParam()), std::get<1>(GetParam()));
  const Matrix<double> x_ = Matrix<double>::Random(kPrimaryInputs, kSamples);
  const Matrix<double> condition_ = Matrix<double>::Random(kConditions, kSamples);
};

TEST_P(EveryModel, GradientAgreesWithFiniteDifferences) {
  Vector<double> parameters(model_->parameter_count());
  model_->Initialize(5, parameters);
  parameters *= 2;  // away from the nearly linear start
  const Matrix<double> direction = Matrix<double>::Random(kOutputs, kSamples);
  const auto workspace = model_->MakeWorkspace();
  model_->Forward(parameters, x_, condition_, *workspace);
  Vector<double> gradient(model_->parameter_count());
  model_->Backward(parameters, x_, condition_, direction, *workspace, gradient);

  const auto other = model_->MakeWorkspace();
  const auto value = [&](const Vector<double>& point) {
    return model_->Forward(point, x_, condition_, *other).cwiseProduct(direction).sum();
  };
  EXPECT_LT(RelativeError(gradient, FiniteDifferenceGradient(value, parameters)), kGradientTolerance);
}

TEST_P(EveryModel, EachSampleIsTreatedAlone) {
  Vector<double> parameters(model_->parameter_count());
  model_->Initialize(6, parameters);
  const auto workspace = model_->MakeWorkspace();
  const Matrix<double> together = model_->Forward(parameters, x_, condition_, *workspace);
  for (Index sample = 0; sample < kSamples; ++sample) {
    const Matrix<double>& alone = model_->Forward(parameters, x_.col(sample), condition_.col(sample), *workspace);
    EXPECT_LT((together.col(sample) - alone).norm(), 1e-14);
  }
}

TEST_P(EveryModel, FloatAgreesWithDoubleUpToItsPrecision) {
  const auto narrow = MakeModel<float>(std::get<0>(GetParam()), std::get<1>(GetParam()));
  Vector<float> narrow_parameters(narrow->parameter_count());
  narrow->Initialize(7, narrow_parameters);
  const Vector<double> parameters = narrow_parameters.cast<double>();
  const auto narrow_workspace = narrow->MakeWorkspace();
  const auto workspace = model_->MakeWorkspace();
  const Matrix<float> narrow_x = x_.cast<float>();
  const Matrix<float> narrow_condition = condition_.cast<float>();
  const Matrix<float>& found = narrow->Forward(narrow_parameters, narrow_x, narrow_condition, *narrow_workspace);
  const Matrix<double>& expected =
      model_->Forward(parameters, narrow_x.cast<double>(), narrow_condition.cast<double>(), *workspace);
  // Fewer than 40 roundings of numbers of order one: 40 * 2^-24.
  EXPECT_LT((found.cast<double>() - expected).cwiseAbs().maxCoeff(), 40 * 0x1p-24);
}

TEST_P(EveryModel, RefusesShapesThatDoNotFit) {
  Vector<double> parameters(model_->parameter_count());
  model_->Initialize(5, parameters);
  const auto workspace = model_->MakeWorkspace();
  EXPECT_THROW(model_->Forward(parameters.head(3), x_, condition_, *workspace), std::invalid_argument);
  EXPECT_THROW(model_->Forward(parameters, x_, condition_.leftCols(2), *workspace), std::invalid_argument);
  try {
    model_->Forward(parameters, condition_, condition_, *workspace);
    FAIL();
  } catch (const std::invalid_argument& error) {
    EXPECT_THAT(error.what(), ::testing::HasSubstr("size of the primary input x is 2, accepted: 3"));
  }
}

INSTANTIATE_TEST_SUITE_P(
    ConditionalModel,
    EveryModel,
    ::testing::Combine(
        ::testing::Values(std::string("standard"), "embedding", "hypernetwork", "hypernetwork_without_bias"),
        ::testing::ValuesIn(AllActivations())),
    [](const auto& tested) { return std::get<0>(tested.param) + "_" + ActivationName(std::get<1>(tested.param)); });

TEST(HypernetworkModel, AppliesThePrimaryNetworkWithTheGeneratedParameters) {
  const Mlp primary({2, 3, 1}, Activation::kTanh);
  const Mlp hypernetwork({4, 5, primary.parameter_count()}, Activation::kRelu);
  const HypernetworkModel<double> model(hypernetwork, primary);
  Vector<double> parameters(model.parameter_count());
  model.Initialize(1, parameters);
  const Vector<double> x = Vector<double>::Random(2);
  const Vector<double> condition = Vector<double>::Random(4);
  MlpWorkspace<double> generated, output;
  hypernetwork.Forward<double>(parameters, condition, generated);
  primary.Forward<double>(generated.outputs().col(0), x, output);
  EXPECT_NEAR(model.Forward(parameters, x, condition, *model.MakeWorkspace())(0, 0), output.outputs()(0, 0), 1e-15);
}

// Theory: an embedding method is the hypernetwork whose f produces only the first-layer biases of g.
TEST(EmbeddingModel, IsAPrimaryNetworkWhoseFirstBiasesDependOnTheCondition) {
  const Mlp embedding({2, 3, 2}, Activation::kTanh);
  const Mlp primary({1 + 2, 4, 1}, Activation::kRelu);
  const EmbeddingModel<double> model(embedding, primary);
  Vector<double> parameters(model.parameter_count());
  model.Initialize(2, parameters);
  const Vector<double> q = parameters.tail(primary.parameter_count());

  const Mlp biased({1, 4, 1}, Activation::kRelu);  // g: sees x alone
  for (int trial = 0; trial < 5; ++trial) {
    const Vector<double> x = Vector<double>::Random(1);
    const Vector<double> condition = Vector<double>::Random(2);
    MlpWorkspace<double> embedded;
    embedding.Forward<double>(parameters.head(embedding.parameter_count()), condition, embedded);
    const Eigen::Map<const Matrix<double>> first_weights(q.data(), 4, 3);
    Vector<double> g(biased.parameter_count());
    g.head(4) = first_weights.col(0);
    g.segment(4, 4) = q.segment(12, 4) + first_weights.rightCols(2) * embedded.outputs().col(0);
    g.tail(5) = q.tail(5);
    MlpWorkspace<double> expected;
    biased.Forward<double>(g, x, expected);
    EXPECT_NEAR(model.Forward(parameters, x, condition, *model.MakeWorkspace())(0, 0), expected.outputs()(0, 0), 1e-14);
  }
}

TEST(ModelCost, CountsOfThePublishedRotationModels) {
  const Mlp g({784, 10, 12}, Activation::kRelu, /*has_bias=*/false);
  const HypernetworkModel<float> hypernetwork(Mlp({784, 100, 100, 100, 7960}, Activation::kRelu), g);
  EXPECT_EQ(hypernetwork.cost().trainable_parameters, 902'660);
  EXPECT_EQ(hypernetwork.cost().primary_parameters, 7'960);
  EXPECT_EQ(hypernetwork.cost().generated_parameters, 7'960);
  EXPECT_EQ(hypernetwork.cost().multiply_adds_reusing, 7'960);
  EXPECT_EQ(hypernetwork.cost().multiply_adds, 78'400 + 2 * 10'000 + 796'000 + 7'960);

  const EmbeddingModel<float> embedding(Mlp({784, 100, 100, 100, 7850}, Activation::kRelu),
                                        Mlp({784 + 7850, 10, 12}, Activation::kRelu));
  EXPECT_EQ(embedding.cost().trainable_parameters, 978'032);
  EXPECT_EQ(embedding.cost().primary_parameters, 86'482);
  EXPECT_EQ(embedding.cost().generator_parameters, 891'550);
  EXPECT_EQ(embedding.cost().multiply_adds_reusing, 784 * 10 + 10 * 12);

  const StandardModel<float> standard(Mlp({5, 4, 1}, Activation::kRelu), 3);
  EXPECT_EQ(standard.cost().primary_parameters, 29);
  EXPECT_EQ(standard.cost().multiply_adds, 24);
  EXPECT_EQ(standard.cost().multiply_adds_reusing, 24 - 2 * 4);
}

TEST(ConditionalModel, PartsThatDoNotFitAreRefused) {
  const Mlp three_inputs({3, 2}, Activation::kRelu);
  EXPECT_THROW(HypernetworkModel<double>(Mlp({2, 7}, Activation::kRelu), three_inputs), std::invalid_argument);
  EXPECT_THROW(EmbeddingModel<double>(Mlp({2, 3}, Activation::kRelu), three_inputs), std::invalid_argument);
  EXPECT_THROW(StandardModel<double>(three_inputs, 3), std::invalid_argument);
  EXPECT_THROW(StandardModel<double>(three_inputs, 0), std::invalid_argument);
}

}  // namespace
}  // namespace hyperwidth
