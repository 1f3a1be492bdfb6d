// SPDX-License-Identifier: Apache-2.0
#include "models/activation.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cmath>
#include <limits>
#include <stdexcept>

namespace hyperwidth {
namespace {

double Reference(Activation activation, double t) {
  switch (activation) {
    case Activation::kRelu:
      return t > 0 ? t : 0;
    case Activation::kElu:
      return t > 0 ? t : std::expm1(t);
    case Activation::kLeakyRelu:
      return t > 0 ? t : t / 100;
    case Activation::kTanh:
      return std::tanh(t);
    case Activation::kSigmoid:
      return 1 / (1 + std::exp(-t));
    case Activation::kSine:
      return std::sin(t);
  }
  return std::numeric_limits<double>::quiet_NaN();
}

double Apply(Activation activation, double t) {
  Matrix<double> outputs(1, 1);
  ApplyActivation<double>(activation, Matrix<double>::Constant(1, 1, t), outputs);
  return outputs(0, 0);
}

double Derivative(Activation activation, double t) {
  const Matrix<double> inputs = Matrix<double>::Constant(1, 1, t);
  Matrix<double> outputs(1, 1);
  ApplyActivation<double>(activation, inputs, outputs);
  Matrix<double> gradient = Matrix<double>::Constant(1, 1, 3.0);
  MultiplyByDerivative<double>(activation, inputs, outputs, gradient);
  return gradient(0, 0) / 3.0;
}

class EveryActivation : public ::testing::TestWithParam<Activation> {};

TEST_P(EveryActivation, AgreesWithItsFormulaInBothPrecisions) {
  // Odd sizes reach both the vectorised and the remaining part of each loop.
  const Matrix<double> inputs = Matrix<double>::Random(7, 5) * 5;
  Matrix<double> outputs(7, 5);
  Matrix<float> float_outputs(7, 5);
  ApplyActivation<double>(GetParam(), inputs, outputs);
  ApplyActivation<float>(GetParam(), inputs.cast<float>(), float_outputs);
  for (Index i = 0; i < inputs.size(); ++i) {
    const double expected = Reference(GetParam(), inputs.data()[i]);
    // A few units in the last place, of the largest intermediate value (5 here).
    EXPECT_NEAR(outputs.data()[i], expected, 5e-15);
    EXPECT_NEAR(float_outputs.data()[i], expected, 3e-6);
  }
}

TEST_P(EveryActivation, TakesRowsOfALargerMatrix) {
  const Matrix<double> inputs = Matrix<double>::Random(9, 4);
  Matrix<double> outputs = Matrix<double>::Zero(9, 4);
  ApplyActivation<double>(GetParam(), inputs.middleRows(2, 5), outputs.middleRows(2, 5));
  EXPECT_EQ(outputs.topRows(2).norm() + outputs.bottomRows(2).norm(), 0);
  EXPECT_NEAR(outputs(6, 3), Reference(GetParam(), inputs(6, 3)), 1e-15);
}

TEST_P(EveryActivation, DerivativeAgreesWithFiniteDifferences) {
  constexpr double kStep = 1e-5;
  // Third derivatives are below 2 in absolute value: truncation 4e-11, rounding 1e-11.
  for (double t = -4.05; t < 4; t += 0.1) {
    const double expected = (Reference(GetParam(), t + kStep) - Reference(GetParam(), t - kStep)) / (2 * kStep);
    EXPECT_NEAR(Derivative(GetParam(), t), expected, 1e-9) << ActivationName(GetParam()) << " at " << t;
  }
}

TEST_P(EveryActivation, NotANumberIsNeverHidden) {
  EXPECT_TRUE(std::isnan(Apply(GetParam(), std::numeric_limits<double>::quiet_NaN())));
  Matrix<float> inputs = Matrix<float>::Constant(33, 1, std::numeric_limits<float>::quiet_NaN());
  Matrix<float> outputs(33, 1);
  ApplyActivation<float>(GetParam(), inputs, outputs);
  EXPECT_TRUE(outputs.array().isNaN().all());
}

TEST_P(EveryActivation, LargeInputsStayFinite) {
  for (const double t : {-1e4, 1e4}) {
    EXPECT_TRUE(std::isfinite(Apply(GetParam(), t))) << t;
    EXPECT_TRUE(std::isfinite(Derivative(GetParam(), t))) << t;
  }
}

TEST_P(EveryActivation, NameIsReadBack) { EXPECT_EQ(ParseActivation(ActivationName(GetParam())), GetParam()); }

INSTANTIATE_TEST_SUITE_P(Activation, EveryActivation, ::testing::ValuesIn(AllActivations()), [](const auto& tested) {
  return ActivationName(tested.param);
});

TEST(Activation, ReluHasDerivativeZeroAtZero) { EXPECT_EQ(Derivative(Activation::kRelu, 0.0), 0.0); }

TEST(Activation, UnknownNameIsRefusedWithTheAcceptedOnes) {
  try {
    ParseActivation("swish");
    FAIL();
  } catch (const std::invalid_argument& error) {
    EXPECT_THAT(error.what(), ::testing::HasSubstr("'swish'"));
    EXPECT_THAT(error.what(), ::testing::HasSubstr("relu, elu, leaky_relu, tanh, sigmoid, sine"));
  }
}

}  // namespace
}  // namespace hyperwidth
