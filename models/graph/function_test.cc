// SPDX-License-Identifier: Apache-2.0

#include "models/graph/function.h"

#include <cmath>
#include <limits>
#include <stdexcept>

#include "gtest/gtest.h"

namespace hyperwidth {
namespace {

TEST(Function, NamesReadBack) {
  EXPECT_EQ(AllFunctions().size(), 10u);
  for (const Function function : AllFunctions()) EXPECT_EQ(FunctionNamed(Name(function)), function);
  EXPECT_THROW(FunctionNamed("relus"), std::invalid_argument);
}

TEST(Function, ValuesAreThoseOfTheDefinitions) {
  const auto value = [](Function function, double t) { return ValueOf(function, t); };
  EXPECT_EQ(value(Function::kRelu, -2), 0);
  EXPECT_EQ(value(Function::kRelu, 3), 3);
  EXPECT_EQ(value(Function::kLeakyRelu, -2), -0.02);
  EXPECT_NEAR(value(Function::kElu, -1), std::exp(-1) - 1, 1e-16);
  EXPECT_EQ(value(Function::kElu, 2), 2);
  EXPECT_NEAR(value(Function::kTanh, 0.5), 0.46211715726000976, 1e-16);
  EXPECT_NEAR(value(Function::kSigmoid, -1), 0.2689414213699951, 1e-16);
  EXPECT_NEAR(value(Function::kSine, 1), 0.8414709848078965, 1e-16);
  EXPECT_NEAR(value(Function::kGelu, 1), 0.8413447460685429, 1e-15);
  EXPECT_NEAR(value(Function::kGelu, -1), -0.15865525393145707, 1e-15);
  EXPECT_NEAR(value(Function::kSoftplus, 0), std::log(2), 1e-16);
  EXPECT_NEAR(value(Function::kExp, 1), 2.718281828459045, 1e-15);
  EXPECT_NEAR(value(Function::kLog, 10), 2.302585092994046, 1e-15);
}

TEST(Function, ValuesStayFiniteFarOut) {
  for (const Function function : {Function::kSigmoid, Function::kGelu, Function::kSoftplus, Function::kTanh}) {
    for (const double t : {-1000.0, 1000.0}) {
      EXPECT_TRUE(std::isfinite(ValueOf(function, t))) << Name(function);
      EXPECT_TRUE(std::isfinite(DerivativeOf(function, t))) << Name(function);
    }
  }
  EXPECT_EQ(ValueOf(Function::kSoftplus, 1000), 1000);
  EXPECT_EQ(ValueOf(Function::kSigmoid, -1000), 0);
}

TEST(Function, NanStaysNan) {
  for (const Function function : AllFunctions()) {
    EXPECT_TRUE(std::isnan(ValueOf(function, std::numeric_limits<double>::quiet_NaN()))) << Name(function);
  }
}

TEST(Function, DerivativesAreThoseOfFiniteDifferences) {
  constexpr double kStep = 1e-6;
  for (const Function function : AllFunctions()) {
    for (const double t : {-3.0, -0.7, -0.01, 0.02, 0.6, 2.5}) {
      if (function == Function::kLog && t <= 0) continue;
      const double difference = (ValueOf(function, t + kStep) - ValueOf(function, t - kStep)) / (2 * kStep);
      EXPECT_NEAR(DerivativeOf(function, t), difference, 1e-8 * (1 + std::abs(difference)))
          << Name(function) << " " << t;
    }
  }
  EXPECT_EQ(DerivativeOf(Function::kRelu, 0), 0);
}

}  // namespace
}  // namespace hyperwidth
