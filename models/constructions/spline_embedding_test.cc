// SPDX-License-Identifier: Apache-2.0
#include "models/constructions/spline_embedding.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <stdexcept>

#include "models/constructions/kuhn_triangulation.h"

namespace hyperwidth {
namespace {

constexpr double kRounding = 1e-12;

TEST(SplineEmbedding, AProductErrsByAtMostAQuarterToTheTeethPlusOne) {
  for (const int teeth : {1, 2, 6, 12}) {
    double largest = 0;
    for (double b = -1; b <= 1; b += 0.0119) {
      for (double e = -1; e <= 1; e += 0.0137) {
        largest = std::max(largest, std::abs(SplineEmbedding::Product(teeth, b, e) - b * e));
      }
    }
    EXPECT_LE(largest, std::pow(0.25, teeth + 1) + kRounding) << teeth;
    if (teeth <= 6) {
      EXPECT_GE(largest, 0.9 * std::pow(0.25, teeth + 1)) << teeth;
    }
  }
}

// The mean of the products of both splines, each product by its formula.
TEST(SplineEmbedding, IsTheMeanOfProductsOfSplines) {
  for (const int m1 : {1, 2}) {
    for (const int teeth : {1, 5}) {
      const SplineEmbedding network(KuhnSpline(m1, 3), KuhnSpline(2, 4), 3, teeth);
      const Matrix<double> b = Matrix<double>::Random(network.primary().node_count(), 3);
      const Matrix<double> a = Matrix<double>::Random(network.condition().node_count(), 3);
      const Matrix<double> x = Matrix<double>::Random(m1, 100);
      const Matrix<double> condition = Matrix<double>::Random(2, 100);
      const Vector<double> found = network.Forward(network.Parameters(b, a), x, condition);
      Vector<double> expected = Vector<double>::Zero(100);
      for (Index l = 0; l < 3; ++l) {
        const Vector<double> at_x = KuhnTriangulation(m1, 3).Interpolate(b.col(l), x);
        const Vector<double> at_condition = KuhnTriangulation(2, 4).Interpolate(a.col(l), condition);
        for (Index i = 0; i < 100; ++i) {
          expected[i] += SplineEmbedding::Product(teeth, at_x[i], at_condition[i]) / 3;
        }
      }
      EXPECT_LT((found - expected).cwiseAbs().maxCoeff(), kRounding);
    }
  }
}

TEST(SplineEmbedding, CountsEveryParameter) {
  const KuhnSpline primary(1, 5);    // 10 hidden parameters, 6 output weights, 2 layers
  const KuhnSpline condition(2, 3);  // 16 output weights
  const SplineEmbedding network(primary, condition, 2, 4);
  EXPECT_EQ(network.parameter_count(), 2 * (6 + 16));
  EXPECT_EQ(network.embedding_parameter_count(), condition.hidden_parameter_count() + 2 * 16);
  // Carried: weight and bias, then one weight. Sums and differences: 10. Teeth: 15 each. Output: 5 and the bias.
  EXPECT_EQ(network.primary_parameter_count(), 10 + 2 * (6 + 3 + 10 + 15 * 4 + 5) + 1);
  EXPECT_EQ(network.total_parameter_count(), network.primary_parameter_count() + network.embedding_parameter_count());
  // One more tooth: 15 more for each product.
  EXPECT_EQ(SplineEmbedding(primary, condition, 2, 5).primary_parameter_count(),
            network.primary_parameter_count() + 30);
}

TEST(SplineEmbedding, BadShapesAreRefused) {
  const KuhnSpline spline(1, 2);
  EXPECT_THROW(SplineEmbedding(spline, spline, 0, 3), std::invalid_argument);
  EXPECT_THROW(SplineEmbedding(spline, spline, 1, 0), std::invalid_argument);
  EXPECT_THROW(SplineEmbedding(spline, spline, 1, 26), std::invalid_argument);
  const SplineEmbedding network(spline, spline, 1, 3);
  EXPECT_THROW(network.Parameters(Matrix<double>::Zero(3, 2), Matrix<double>::Zero(3, 1)), std::invalid_argument);
  EXPECT_THROW(network.Forward(Vector<double>::Zero(6), Matrix<double>::Zero(1, 2), Matrix<double>::Zero(1, 3)),
               std::invalid_argument);
}

}  // namespace
}  // namespace hyperwidth
