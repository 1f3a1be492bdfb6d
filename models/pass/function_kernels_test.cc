// SPDX-License-Identifier: Apache-2.0

#include "models/pass/function_kernels.h"

#include <cmath>
#include <limits>

#include "gtest/gtest.h"

namespace hyperwidth {
namespace {

// An odd number of entries, so that some are left over after whole vectors.
template <typename Scalar>
Vector<Scalar> Inputs(Function function) {
  if (function == Function::kLog) return Vector<Scalar>::LinSpaced(37, Scalar(0.01), Scalar(5));
  return Vector<Scalar>::LinSpaced(37, Scalar(-6), Scalar(6.1));
}

template <typename Scalar>
void ExpectTheFunctionAndItsDerivative(double tolerance) {
  for (const Function function : AllFunctions()) {
    const Vector<Scalar> in = Inputs<Scalar>(function);
    Vector<Scalar> out(in.size()), result = Vector<Scalar>::Constant(in.size(), Scalar(7));
    const Vector<Scalar> gradient = Vector<Scalar>::LinSpaced(in.size(), Scalar(-1), Scalar(2));
    ApplyFunction(function, in.size(), in.data(), out.data());
    for (Index i = 0; i < in.size(); ++i) {
      EXPECT_NEAR(out[i], ValueOf(function, in[i]), tolerance * (1 + std::abs(out[i]))) << Name(function) << in[i];
    }
    for (const bool accumulate : {false, true}) {
      const Vector<Scalar> before = result;
      MultiplyByDerivative(function, in.size(), in.data(), out.data(), gradient.data(), accumulate, result.data());
      for (Index i = 0; i < in.size(); ++i) {
        const double expected = (accumulate ? before[i] : 0) + gradient[i] * DerivativeOf(function, in[i]);
        EXPECT_NEAR(result[i], expected, tolerance * (1 + std::abs(expected))) << Name(function) << in[i];
      }
    }
  }
}

TEST(FunctionKernels, AreTheFunctionsAndTheirDerivativesInDouble) { ExpectTheFunctionAndItsDerivative<double>(1e-13); }
TEST(FunctionKernels, AreTheFunctionsAndTheirDerivativesInFloat) { ExpectTheFunctionAndItsDerivative<float>(2e-6); }

TEST(FunctionKernels, FindTheDerivativeInTheOutputWhereTheySaySo) {
  for (const Function function : AllFunctions()) {
    if (!IsDerivativeOfOutput(function)) continue;
    const Vector<double> in = Inputs<double>(function);
    Vector<double> out(in.size()), from_inputs(in.size()), from_outputs(in.size());
    ApplyFunction(function, in.size(), in.data(), out.data());
    const Vector<double> ones = Vector<double>::Ones(in.size());
    MultiplyByDerivative(function, in.size(), in.data(), out.data(), ones.data(), false, from_inputs.data());
    MultiplyByDerivative(function, in.size(), out.data(), out.data(), ones.data(), false, from_outputs.data());
    EXPECT_EQ(from_inputs, from_outputs) << Name(function);
  }
}

TEST(FunctionKernels, KeepNaN) {
  for (const Function function : AllFunctions()) {
    const Vector<float> in = Vector<float>::Constant(19, std::numeric_limits<float>::quiet_NaN());
    Vector<float> out(in.size());
    ApplyFunction(function, in.size(), in.data(), out.data());
    EXPECT_TRUE(out.array().isNaN().all()) << Name(function);
  }
}

TEST(FunctionKernels, DoNotOverflow) {
  for (const Function function : {Function::kElu, Function::kSoftplus, Function::kSigmoid, Function::kTanh}) {
    for (const float t : {-1e4F, 1e4F}) {
      Vector<float> in = Vector<float>::Constant(17, t), out(17), result(17);
      ApplyFunction(function, in.size(), in.data(), out.data());
      MultiplyByDerivative(function, in.size(), in.data(), out.data(), in.data(), false, result.data());
      EXPECT_TRUE(out.allFinite() && result.allFinite()) << Name(function) << t;
    }
  }
}

}  // namespace
}  // namespace hyperwidth
