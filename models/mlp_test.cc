// SPDX-License-Identifier: Apache-2.0
#include "models/mlp.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cmath>
#include <stdexcept>

#include "models/gradient_check.h"

namespace hyperwidth {
namespace {

// Gradients are compared in double; see FiniteDifferenceGradient for the error of the comparison.
constexpr double kGradientTolerance = 1e-6;

Vector<double> RandomParameters(const Mlp& mlp, std::uint64_t seed) {
  Vector<double> parameters(mlp.parameter_count());
  RandomStream random(seed);
  mlp.Initialize<double>(random, parameters);
  return parameters;
}

// The network as a mathematician writes it: loops over entries, nothing shared with the code under test.
double NaiveOutput(const Mlp& mlp, const Vector<double>& parameters, const Vector<double>& input, Index output) {
  std::vector<double> values(input.data(), input.data() + input.size());
  Index next = 0;
  for (Index layer = 0; layer < mlp.depth(); ++layer) {
    const Index inputs = mlp.layer_sizes()[static_cast<std::size_t>(layer)];
    const Index outputs = mlp.layer_sizes()[static_cast<std::size_t>(layer) + 1];
    std::vector<double> sums(static_cast<std::size_t>(outputs), 0.0);
    for (Index column = 0; column < inputs; ++column) {
      for (Index row = 0; row < outputs; ++row) {
        sums[static_cast<std::size_t>(row)] += parameters[next++] * values[static_cast<std::size_t>(column)];
      }
    }
    if (mlp.has_bias()) {
      for (double& sum : sums) sum += parameters[next++];
    }
    if (layer + 1 < mlp.depth()) {
      for (double& sum : sums) sum = std::tanh(sum);
    }
    values = sums;
  }
  return values[static_cast<std::size_t>(output)];
}

TEST(Mlp, CountsParametersAndProducts) {
  const Mlp with_bias({3, 5, 4, 2}, Activation::kRelu);
  EXPECT_EQ(with_bias.parameter_count(), 3 * 5 + 5 + 5 * 4 + 4 + 4 * 2 + 2);
  EXPECT_EQ(with_bias.depth(), 3);
  EXPECT_EQ(with_bias.multiply_adds(), 3 * 5 + 5 * 4 + 4 * 2);
  const Mlp without_bias({784, 10, 12}, Activation::kRelu, /*has_bias=*/false);
  EXPECT_EQ(without_bias.parameter_count(), 7960);
}

TEST(Mlp, ForwardAgreesWithLoopsOverEntries) {
  for (const bool has_bias : {true, false}) {
    const Mlp mlp({3, 5, 4, 2}, Activation::kTanh, has_bias);
    const Vector<double> parameters = RandomParameters(mlp, 1);
    const Matrix<double> inputs = Matrix<double>::Random(3, 6);
    MlpWorkspace<double> workspace;
    mlp.Forward<double>(parameters, inputs, workspace);
    ASSERT_EQ(workspace.outputs().rows(), 2);
    ASSERT_EQ(workspace.outputs().cols(), 6);
    for (Index sample = 0; sample < 6; ++sample) {
      for (Index output = 0; output < 2; ++output) {
        // Sums of at most five products of numbers below one: a few units in the last place.
        EXPECT_NEAR(
            workspace.outputs()(output, sample), NaiveOutput(mlp, parameters, inputs.col(sample), output), 1e-14);
      }
    }
  }
}

TEST(Mlp, InitialisationIsUniformWithinOneOverTheRootOfFanIn) {
  const Mlp mlp({100, 400, 3}, Activation::kRelu);
  const Vector<double> parameters = RandomParameters(mlp, 3);
  const auto first = parameters.head(100 * 400 + 400);
  EXPECT_LE(first.cwiseAbs().maxCoeff(), 0.1);
  // Uniform on +-b has variance b^2 / 3, and its estimate from n values a deviation of b^2 sqrt(4 / 45 / n).
  EXPECT_NEAR(first.squaredNorm() / 40400, 0.01 / 3, 6 * 0.01 * std::sqrt(4.0 / 45 / 40400));
  EXPECT_NEAR(first.mean(), 0.0, 6 * 0.1 / std::sqrt(3.0 * 40400));
  const auto bias = parameters.segment(100 * 400, 400);
  EXPECT_GT(bias.cwiseAbs().maxCoeff(), 0.09) << "biases are drawn like weights";
  EXPECT_LE(parameters.tail(400 * 3 + 3).cwiseAbs().maxCoeff(), 0.05);
  EXPECT_EQ(parameters, RandomParameters(mlp, 3));
  EXPECT_NE(parameters, RandomParameters(mlp, 4));
}

class MlpGradient : public ::testing::TestWithParam<Activation> {};

TEST_P(MlpGradient, OfParametersAndInputsAgreesWithFiniteDifferences) {
  for (const bool has_bias : {true, false}) {
    const Mlp mlp({4, 6, 5, 3}, GetParam(), has_bias);
    const Vector<double> parameters = RandomParameters(mlp, 11) * 2;
    const Matrix<double> inputs = Matrix<double>::Random(4, 5);
    const Matrix<double> direction = Matrix<double>::Random(3, 5);  // the scalar is the sum of direction * outputs
    MlpWorkspace<double> workspace;
    mlp.Forward<double>(parameters, inputs, workspace);
    Vector<double> gradient(mlp.parameter_count());
    Matrix<double> input_gradient;
    mlp.Backward<double>(parameters, inputs, direction, workspace, gradient, &input_gradient, /*first_input=*/1);

    MlpWorkspace<double> other;
    const auto value = [&](const Vector<double>& point) {
      mlp.Forward<double>(point, inputs, other);
      return other.outputs().cwiseProduct(direction).sum();
    };
    EXPECT_LT(RelativeError(gradient, FiniteDifferenceGradient(value, parameters)), kGradientTolerance);

    const auto value_at_inputs = [&](const Vector<double>& point) {
      Matrix<double> moved = inputs;
      moved.bottomRows(3) = point.reshaped(3, 5);
      mlp.Forward<double>(parameters, moved, other);
      return other.outputs().cwiseProduct(direction).sum();
    };
    const Vector<double> from_second = Matrix<double>(inputs.bottomRows(3)).reshaped();
    EXPECT_LT(RelativeError(input_gradient.reshaped(), FiniteDifferenceGradient(value_at_inputs, from_second)),
              kGradientTolerance);
  }
}

TEST_P(MlpGradient, PerSampleIsTheGradientOfEachSampleAlone) {
  for (const bool has_bias : {true, false}) {
    const Mlp mlp({4, 6, 3}, GetParam(), has_bias);
    constexpr Index kSamples = 5;
    const Matrix<double> inputs = Matrix<double>::Random(4, kSamples);
    const Matrix<double> direction = Matrix<double>::Random(3, kSamples);
    Matrix<double> parameters(mlp.parameter_count(), kSamples);
    for (Index sample = 0; sample < kSamples; ++sample) {
      parameters.col(sample) = RandomParameters(mlp, 20 + static_cast<std::uint64_t>(sample));
    }
    MlpWorkspace<double> workspace;
    Matrix<double> gradients;
    mlp.ForwardPerSample<double>(parameters, inputs, workspace);
    mlp.BackwardPerSample<double>(parameters, inputs, direction, workspace, gradients);
    for (Index sample = 0; sample < kSamples; ++sample) {
      MlpWorkspace<double> alone;
      mlp.Forward<double>(parameters.col(sample), inputs.col(sample), alone);
      Vector<double> gradient(mlp.parameter_count());
      mlp.Backward<double>(parameters.col(sample), inputs.col(sample), direction.col(sample), alone, gradient);
      // Both sum the same few products, at most in another order.
      EXPECT_LT((workspace.outputs().col(sample) - alone.outputs()).norm(), 1e-14);
      EXPECT_LT((gradients.col(sample) - gradient).norm(), 1e-14);
    }
  }
}

TEST_P(MlpGradient, OfOneOutputIsTheGradientOfEachSampleAlone) {
  for (const bool has_bias : {true, false}) {
    const Mlp mlp({4, 6, 5, 1}, GetParam(), has_bias);
    const Vector<double> parameters = RandomParameters(mlp, 12);
    const Matrix<double> inputs = Matrix<double>::Random(4, 5);
    MlpWorkspace<double> workspace;
    Matrix<double> parameter_gradients, input_gradients;
    mlp.Forward<double>(parameters, inputs, workspace);
    mlp.OutputGradients<double>(parameters, inputs, workspace, parameter_gradients, input_gradients);
    for (Index sample = 0; sample < inputs.cols(); ++sample) {
      MlpWorkspace<double> alone;
      mlp.Forward<double>(parameters, inputs.col(sample), alone);
      Vector<double> gradient(mlp.parameter_count());
      Matrix<double> input_gradient;
      mlp.Backward<double>(
          parameters, inputs.col(sample), Matrix<double>::Ones(1, 1), alone, gradient, &input_gradient);
      // Both sum the same few products, at most in another order.
      EXPECT_LT((parameter_gradients.col(sample) - gradient).norm(), 1e-14);
      EXPECT_LT((input_gradients.col(sample) - input_gradient).norm(), 1e-14);
    }
  }
}

INSTANTIATE_TEST_SUITE_P(Activation, MlpGradient, ::testing::ValuesIn(AllActivations()), [](const auto& tested) {
  return ActivationName(tested.param);
});

TEST(Mlp, RefusesSizesThatDoNotFit) {
  EXPECT_THROW(Mlp({3}, Activation::kRelu), std::invalid_argument);
  EXPECT_THROW(Mlp({3, 0, 1}, Activation::kRelu), std::invalid_argument);
  const Mlp mlp({3, 2}, Activation::kRelu);
  MlpWorkspace<double> workspace;
  const Vector<double> parameters = Vector<double>::Zero(8);
  EXPECT_THROW(mlp.Forward<double>(parameters.head(7), Matrix<double>::Zero(3, 2), workspace), std::invalid_argument);
  try {
    mlp.Forward<double>(parameters, Matrix<double>::Zero(4, 2), workspace);
    FAIL();
  } catch (const std::invalid_argument& error) {
    EXPECT_THAT(error.what(), ::testing::HasSubstr("number of inputs is 4, accepted: 3"));
  }
  mlp.Forward<double>(parameters, Matrix<double>::Zero(3, 2), workspace);
  Vector<double> gradient(8);
  EXPECT_THROW(
      mlp.Backward<double>(parameters, Matrix<double>::Zero(3, 2), Matrix<double>::Zero(2, 3), workspace, gradient),
      std::invalid_argument);
}

}  // namespace
}  // namespace hyperwidth
