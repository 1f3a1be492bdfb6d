// SPDX-License-Identifier: Apache-2.0
#include "models/constructions/kuhn_triangulation.h"

#include <gtest/gtest.h>

#include <stdexcept>

#include "models/constructions/kuhn_spline.h"
#include "models/random_stream.h"

namespace hyperwidth {
namespace {

constexpr double kRounding = 1e-12;

// Random points, and points on the faces that simplices and cells share: multiples of half a cell.
Matrix<double> Points(int dim, Index cells) {
  RandomStream random(3, {static_cast<std::uint64_t>(dim)});
  Matrix<double> points(dim, 200);
  for (double& coordinate : points.leftCols(100).reshaped()) coordinate = random.Uniform(-1, 1);
  for (double& coordinate : points.rightCols(100).reshaped()) {
    const auto steps = static_cast<std::uint64_t>(2 * cells);
    coordinate = -1 + 2 * static_cast<double>(random.Below(steps + 1)) / static_cast<double>(steps);
  }
  return points;
}

TEST(KuhnTriangulation, InterpolatesAsTheNetworkDoes) {
  for (int dim = 1; dim <= 4; ++dim) {
    for (const Index cells : {1, 3, 5}) {
      const KuhnTriangulation triangulation(dim, cells);
      const KuhnSpline spline(dim, cells);
      ASSERT_EQ(triangulation.node_count(), spline.node_count());
      const Vector<double> values = Vector<double>::Random(spline.node_count());
      const Matrix<double> points = Points(dim, cells);
      const Vector<double> network = spline.Forward(spline.OutputWeights(values), points).transpose();
      const Vector<double> formula = triangulation.Interpolate(values, points);
      EXPECT_LT((network - formula).cwiseAbs().maxCoeff(), kRounding) << dim << " " << cells;
    }
  }
}

TEST(KuhnTriangulation, APointIsTheWeightedMeanOfItsCorners) {
  const KuhnTriangulation triangulation(3, 7);
  const Matrix<double> points = Points(3, 7);
  for (Index i = 0; i < points.cols(); ++i) {
    const KuhnTriangulation::Position position = triangulation.Locate(points.col(i));
    Vector<double> mean = Vector<double>::Zero(3);
    double sum = 0;
    for (std::size_t corner = 0; corner < 4; ++corner) {
      EXPECT_GE(position.weights[corner], 0);
      sum += position.weights[corner];
      mean += position.weights[corner] * triangulation.Node(position.nodes[corner]);
    }
    EXPECT_NEAR(sum, 1, kRounding);
    EXPECT_LT((mean - points.col(i)).cwiseAbs().maxCoeff(), kRounding);
  }
}

TEST(KuhnTriangulation, ANodeIsItsOwnCorner) {
  const KuhnTriangulation triangulation(2, 6);
  const Vector<double> values = Vector<double>::Random(49);
  Matrix<double> nodes(2, 49);
  for (Index i = 0; i < 49; ++i) nodes.col(i) = triangulation.Node(i);
  EXPECT_LT((triangulation.Interpolate(values, nodes) - values).cwiseAbs().maxCoeff(), kRounding);
}

TEST(KuhnTriangulation, BadArgumentsAreRefused) {
  EXPECT_THROW(KuhnTriangulation(0, 3), std::invalid_argument);
  EXPECT_THROW(KuhnTriangulation(9, 3), std::invalid_argument);
  EXPECT_THROW(KuhnTriangulation(2, 0), std::invalid_argument);
  EXPECT_THROW(KuhnTriangulation(8, 1000), std::invalid_argument);
  EXPECT_THROW(KuhnTriangulation(2, 3).Interpolate(Vector<double>::Zero(15), Matrix<double>::Zero(2, 1)),
               std::invalid_argument);
  EXPECT_THROW(KuhnTriangulation(2, 3).Interpolate(Vector<double>::Zero(16), Matrix<double>::Zero(3, 1)),
               std::invalid_argument);
}

}  // namespace
}  // namespace hyperwidth
