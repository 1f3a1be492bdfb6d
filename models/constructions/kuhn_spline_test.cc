// SPDX-License-Identifier: Apache-2.0
#include "models/constructions/kuhn_spline.h"

#include <gtest/gtest.h>

#include <cmath>
#include <stdexcept>

#include "models/random_stream.h"

namespace hyperwidth {
namespace {

constexpr double kRounding = 1e-12;

Matrix<double> RandomPoints(int dim, Index count) {
  RandomStream random(3, {static_cast<std::uint64_t>(dim)});
  Matrix<double> points(dim, count);
  for (double& coordinate : points.reshaped()) coordinate = random.Uniform(-1, 1);
  return points;
}

Vector<double> Evaluate(const KuhnSpline& spline, double (*function)(const Vector<double>&), const Matrix<double>& x) {
  Vector<double> values(spline.node_count());
  for (Index i = 0; i < values.size(); ++i) values[i] = function(spline.Node(i));
  return (spline.OutputWeights(values).transpose() * spline.Features(x)).transpose();
}

double Affine(const Vector<double>& x) {
  double sum = 0.25;
  for (Index i = 0; i < x.size(); ++i) sum += 0.1 * static_cast<double>(i + 1) * x[i];
  return sum;
}

double Rough(const Vector<double>& x) { return std::sin(17 * x.sum()) + x[0] * x[x.size() - 1]; }

TEST(KuhnSpline, HasTheParametersOfItsHats) {
  // d = 1: 3 n + 1. Else two distances with weight and bias for each node of each axis, and for each node two trees,
  // the hat with its bias and the output weight: 12 for d = 2, 22 for d = 3.
  EXPECT_EQ(KuhnSpline(1, 9).parameter_count(), 28);
  EXPECT_EQ(KuhnSpline(2, 4).parameter_count(), 4 * 2 * 5 + 25 * 12);
  EXPECT_EQ(KuhnSpline(3, 4).parameter_count(), 4 * 3 * 5 + 125 * 22);
  EXPECT_EQ(KuhnSpline(1, 4).depth(), 2);
  EXPECT_EQ(KuhnSpline(2, 4).depth(), 4);
  EXPECT_EQ(KuhnSpline(3, 4).depth(), 5);
}

TEST(KuhnSpline, TakesTheTargetsValuesAtTheNodes) {
  for (int dim = 1; dim <= 3; ++dim) {
    const KuhnSpline spline(dim, 4);
    Matrix<double> nodes(dim, spline.node_count());
    for (Index i = 0; i < spline.node_count(); ++i) nodes.col(i) = spline.Node(i);
    const Vector<double> values = Evaluate(spline, Rough, nodes);
    for (Index i = 0; i < spline.node_count(); ++i) EXPECT_NEAR(values[i], Rough(spline.Node(i)), kRounding);
  }
}

TEST(KuhnSpline, ReproducesAffineFunctions) {
  for (int dim = 1; dim <= 5; ++dim) {
    const Matrix<double> points = RandomPoints(dim, 100);
    const Vector<double> values = Evaluate(KuhnSpline(dim, 3), Affine, points);
    for (Index i = 0; i < points.cols(); ++i) EXPECT_NEAR(values[i], Affine(points.col(i)), kRounding) << dim;
  }
}

// In the middle of a cell the spline is the mean of its two corners on the diagonal.
TEST(KuhnSpline, IsTheMeanOfTwoCornersInTheMiddleOfACell) {
  for (int dim = 1; dim <= 4; ++dim) {
    const KuhnSpline spline(dim, 3);
    const Vector<double> low = Vector<double>::Constant(dim, -1.0 / 3);
    const Vector<double> high = Vector<double>::Constant(dim, 1.0 / 3);
    const Vector<double> value = Evaluate(spline, Rough, Vector<double>::Zero(dim));
    EXPECT_NEAR(value[0], (Rough(low) + Rough(high)) / 2, kRounding) << dim;
  }
}

TEST(KuhnSpline, SeveralOutputsShareTheFeatures) {
  const KuhnSpline spline(2, 3);
  const Matrix<double> nodal_values = Matrix<double>::Random(16, 3);
  const Matrix<double> points = RandomPoints(2, 20);
  const Matrix<double> together = spline.OutputWeights(nodal_values).transpose() * spline.Features(points);
  for (Index output = 0; output < 3; ++output) {
    const Matrix<double> alone = spline.OutputWeights(nodal_values.col(output)).transpose() * spline.Features(points);
    EXPECT_LT((together.row(output) - alone).cwiseAbs().maxCoeff(), kRounding);
  }
}

// 40 samples: blocks that are full and one that is not.
TEST(KuhnSpline, OutputsAreTheWeightedFeaturesInWhateverBatch) {
  for (const int dim : {1, 3}) {
    const KuhnSpline spline(dim, 4);
    const Matrix<double> weights = Matrix<double>::Random(spline.output_weight_count(), 2);
    const Matrix<double> points = RandomPoints(dim, 40);
    const Matrix<double> outputs = spline.Forward(weights, points);
    EXPECT_LT((outputs - weights.transpose() * spline.Features(points)).cwiseAbs().maxCoeff(), kRounding);
    for (Index i = 0; i < 40; ++i) EXPECT_EQ(spline.Features(points.col(i)), spline.Features(points).col(i));
  }
  EXPECT_THROW(KuhnSpline(2, 3).Forward(Matrix<double>::Zero(15, 1), Matrix<double>::Zero(2, 1)),
               std::invalid_argument);
}

TEST(KuhnSpline, BadArgumentsAreRefused) {
  EXPECT_THROW(KuhnSpline(0, 3), std::invalid_argument);
  EXPECT_THROW(KuhnSpline(2, 0), std::invalid_argument);
  EXPECT_THROW(KuhnSpline(4, 100), std::invalid_argument);
  EXPECT_THROW(KuhnSpline(2, 3).OutputWeights(Matrix<double>::Zero(15, 1)), std::invalid_argument);
  EXPECT_THROW(KuhnSpline(2, 3).Features(Matrix<double>::Zero(3, 1)), std::invalid_argument);
}

}  // namespace
}  // namespace hyperwidth
