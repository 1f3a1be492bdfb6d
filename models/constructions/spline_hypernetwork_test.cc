// SPDX-License-Identifier: Apache-2.0
#include "models/constructions/spline_hypernetwork.h"

#include <gtest/gtest.h>

#include <stdexcept>

namespace hyperwidth {
namespace {

constexpr double kRounding = 1e-11;

// Interpolation in x and in I separately: the same as applying both splines' weights to the nodal values.
TEST(SplineHypernetwork, InterpolatesInBothVariables) {
  for (const int m1 : {1, 2}) {
    for (const int m2 : {1, 2}) {
      const SplineHypernetwork network(KuhnSpline(m1, 3), KuhnSpline(m2, 4));
      const KuhnSpline& primary = network.primary();
      const KuhnSpline& condition = network.condition();
      const Matrix<double> values = Matrix<double>::Random(primary.node_count(), condition.node_count());
      const Vector<double> parameters = network.Parameters(values);
      ASSERT_EQ(parameters.size(), network.parameter_count());
      // At the nodes.
      for (Index i = 0; i < primary.node_count(); ++i) {
        const Index j = (5 * i + 2) % condition.node_count();
        EXPECT_NEAR(network.Forward(parameters, primary.Node(i), condition.Node(j))[0], values(i, j), kRounding);
      }
      // Elsewhere, for I fixed: g is the spline through the interpolated values.
      const Matrix<double> x = Matrix<double>::Random(m1, 10);
      const Vector<double> one_condition = Vector<double>::Random(m2);
      const Matrix<double> at_condition =
          values * (condition.OutputWeights(Matrix<double>::Identity(condition.node_count(), condition.node_count()))
                        .transpose() *
                    condition.Features(one_condition));
      const Matrix<double> expected = primary.OutputWeights(at_condition).transpose() * primary.Features(x);
      const Vector<double> found = network.Forward(parameters, x, one_condition.replicate(1, 10));
      EXPECT_LT((found.transpose() - expected).cwiseAbs().maxCoeff(), kRounding);
    }
  }
}

TEST(SplineHypernetwork, FactorisedIsTheFullOneOfTheProduct) {
  const Matrix<double> b = Matrix<double>::Random(6, 2);
  const Matrix<double> a = Matrix<double>::Random(16, 2);
  const SplineHypernetwork factorised(KuhnSpline(1, 5), KuhnSpline(2, 3), 2);
  const SplineHypernetwork full(KuhnSpline(1, 5), KuhnSpline(2, 3));
  const Matrix<double> x = Matrix<double>::Random(1, 150);
  const Matrix<double> condition = Matrix<double>::Random(2, 150);
  const Vector<double> found = factorised.Forward(factorised.FactorisedParameters(b, a), x, condition);
  const Vector<double> expected = full.Forward(full.Parameters(b * a.transpose()), x, condition);
  EXPECT_LT((found - expected).cwiseAbs().maxCoeff(), kRounding);
}

TEST(SplineHypernetwork, CountsWhatIsGeneratedAndWhatIsStored) {
  const KuhnSpline primary(1, 5);    // 16 parameters, 6 of them generated afresh for each I
  const KuhnSpline condition(2, 3);  // 16 features
  const SplineHypernetwork full(primary, condition);
  EXPECT_EQ(full.generated_parameter_count(), 16);
  EXPECT_EQ(full.parameter_count(), 16 * 6);
  EXPECT_EQ(full.total_parameter_count(), 16 * 6 + 10 + condition.hidden_parameter_count());
  EXPECT_EQ(SplineHypernetwork(primary, condition, 2).parameter_count(), 2 * (16 + 6));
}

TEST(SplineHypernetwork, BadShapesAreRefused) {
  const SplineHypernetwork full(KuhnSpline(1, 2), KuhnSpline(1, 2));
  EXPECT_THROW(SplineHypernetwork(KuhnSpline(1, 2), KuhnSpline(1, 2), -1), std::invalid_argument);
  EXPECT_THROW(full.Parameters(Matrix<double>::Zero(3, 2)), std::invalid_argument);
  EXPECT_THROW(full.FactorisedParameters(Matrix<double>::Zero(3, 1), Matrix<double>::Zero(3, 1)),
               std::invalid_argument);
  EXPECT_THROW(full.Forward(Vector<double>::Zero(9), Matrix<double>::Zero(1, 2), Matrix<double>::Zero(1, 3)),
               std::invalid_argument);
}

}  // namespace
}  // namespace hyperwidth
