// SPDX-License-Identifier: Apache-2.0
#include "models/constructions/linear_spline.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cmath>
#include <stdexcept>

#include "models/graph/interpreter.h"

namespace hyperwidth {
namespace {

double Evaluate(const LinearSpline& spline, const Vector<double>& parameters, double t) {
  return Interpreter(spline.network()).Forward(parameters, {.x = Vector<double>::Constant(1, t)})[0];
}

Vector<double> Sample(const LinearSpline& spline, double (*function)(double)) {
  Vector<double> values(spline.cells() + 1);
  for (Index i = 0; i < values.size(); ++i) values[i] = function(spline.Node(i));
  return values;
}

double SupError(const LinearSpline& spline, double (*function)(double)) {
  const Vector<double> parameters = spline.Parameters(Sample(spline, function));
  double error = 0;
  for (Index i = 0; i <= 8 * spline.cells(); ++i) {
    const double t = -1 + 2 * static_cast<double>(i) / static_cast<double>(8 * spline.cells());
    error = std::max(error, std::abs(Evaluate(spline, parameters, t) - function(t)));
  }
  return error;
}

TEST(LinearSpline, HasThreeParametersPerCellAndOneMore) {
  for (const Index n : {1, 2, 7, 1000}) EXPECT_EQ(LinearSpline(n).parameter_count(), 3 * n + 1);
}

TEST(LinearSpline, ParametersLieInOneVectorInputWeightsFirst) {
  const Vector<double> expected{{1, 1, 1, 0, 1, -2, 3}};  // slopes 1 and -1 from -1 and 0 on, from the value 3
  EXPECT_EQ(LinearSpline(2).Parameters(Vector<double>{{3, 4, 3}}), expected);
}

TEST(LinearSpline, PassesThroughItsNodesAndIsLinearBetween) {
  const LinearSpline spline(13);
  const Vector<double> values = Vector<double>::Random(14);
  const Vector<double> parameters = spline.Parameters(values);
  for (Index i = 0; i <= 13; ++i) EXPECT_NEAR(Evaluate(spline, parameters, spline.Node(i)), values[i], 1e-13);
  for (Index i = 0; i < 13; ++i) {
    for (const double share : {0.25, 0.5, 0.9}) {
      const double t = spline.Node(i) + share * 2 / 13;
      EXPECT_NEAR(Evaluate(spline, parameters, t), (1 - share) * values[i] + share * values[i + 1], 1e-13);
    }
  }
}

// |t|/2 + 1/2 has derivatives whose norms add up to 1 + 1/2: its error for odd n is half a cell's width times half.
TEST(LinearSpline, ErrorOfATentIsHalfTheBoundForSmoothnessOne) {
  for (const Index n : {3, 9, 101}) {
    EXPECT_NEAR(
        SupError(LinearSpline(n), [](double t) { return std::abs(t) / 2; }), 0.5 / static_cast<double>(n), 1e-12);
  }
}

// t^2 has second derivative 2: the bound h^2 / 8 * 2 = 1/n^2 is attained in the middle of every cell.
TEST(LinearSpline, ErrorOfAParabolaIsTheBoundForSmoothnessTwo) {
  for (const Index n : {1, 4, 64}) {
    EXPECT_NEAR(SupError(LinearSpline(n), [](double t) { return t * t; }), 1 / static_cast<double>(n * n), 1e-12);
  }
}

TEST(LinearSpline, ParametersAreAffineInTheNodalValues) {
  const LinearSpline spline(5);
  const Vector<double> a = Vector<double>::Random(6), b = Vector<double>::Random(6);
  const Vector<double> middle = spline.Parameters(0.5 * (a + b));
  EXPECT_LT((middle - 0.5 * (spline.Parameters(a) + spline.Parameters(b))).norm(), 1e-14);
}

TEST(LinearSpline, BadSizesAreRefused) {
  EXPECT_THROW(LinearSpline(0), std::invalid_argument);
  try {
    LinearSpline(3).Parameters(Vector<double>::Zero(3));
    FAIL();
  } catch (const std::invalid_argument& error) {
    EXPECT_THAT(error.what(), ::testing::HasSubstr("nodal values is 3, accepted: 4"));
  }
}

}  // namespace
}  // namespace hyperwidth
