// SPDX-License-Identifier: Apache-2.0

#include "theory/spline_network.h"

#include <cmath>
#include <random>
#include <stdexcept>

#include "gtest/gtest.h"

namespace hyperwidth {
namespace {

double Zero(const std::vector<double>&) { return 0; }

TEST(SplineNetwork, CountAgreesWithTheNetworkThatIsBuilt) {
  for (int dim = 1; dim <= 6; ++dim) {
    for (const int cells : {1, 2, 3, 5}) {
      const SplineNetwork network(dim, cells, Zero);
      const NetworkSize size = SizeOfSplineNetwork(dim, cells);
      EXPECT_EQ(size.total.value, network.NumParameters()) << dim << " " << cells;
      EXPECT_EQ(size.depth, network.Depth()) << dim;
    }
  }
}

TEST(SplineNetwork, InOneDimensionHasThreeParametersACellAndOne) {
  EXPECT_EQ(SizeOfSplineNetwork(1, 1000).total.value, 3001);
  EXPECT_EQ(SizeOfSplineNetwork(1, 1000).depth, 2);
}

TEST(SplineNetwork, TakesTheTargetsValuesAtTheNodes) {
  const auto target = [](const std::vector<double>& x) { return std::sin(3 * x[0]) + x[1] * x[2]; };
  const SplineNetwork network(3, 4, target);
  for (double x = -1; x <= 1; x += 0.5) {
    for (double y = -1; y <= 1; y += 0.5) {
      for (double z = -1; z <= 1; z += 0.5) EXPECT_NEAR(network.Evaluate({x, y, z}), target({x, y, z}), 1e-13);
    }
  }
}

TEST(SplineNetwork, ReproducesAffineFunctions) {
  std::mt19937_64 random(3);
  std::uniform_real_distribution<double> uniform(-1, 1);
  for (int dim = 1; dim <= 5; ++dim) {
    const auto affine = [dim](const std::vector<double>& x) {
      double sum = 0.25;
      for (int i = 0; i < dim; ++i) sum += (i + 1) * 0.1 * x[i];
      return sum;
    };
    const SplineNetwork network(dim, 3, affine);
    for (int sample = 0; sample < 200; ++sample) {
      std::vector<double> x(dim);
      for (double& coordinate : x) coordinate = uniform(random);
      EXPECT_NEAR(network.Evaluate(x), affine(x), 1e-12);
    }
  }
}

// Targets of norm 1 in W(1, d) and W(2, d): a sine wave, whose derivatives of order j are frequency^j, along a
// diagonal.
TEST(SplineNetwork, ErrorStaysBelowTheProvedBound) {
  std::mt19937_64 random(5);
  std::uniform_real_distribution<double> uniform(-1, 1);
  for (const int smoothness : {1, 2}) {
    for (int dim = 1; dim <= 3; ++dim) {
      for (const int cells : {1, 2, 4, 7}) {
        for (const double frequency : {0.5, 3.0, 11.0}) {
          double norm = 1 + dim * frequency;
          if (smoothness == 2) norm += 0.5 * dim * (dim + 1) * frequency * frequency;
          const auto target = [&](const std::vector<double>& x) {
            double sum = 0.3;
            for (const double coordinate : x) sum += frequency * coordinate;
            return std::sin(sum) / norm;
          };
          const SplineNetwork network(dim, cells, target);
          double error = 0;
          for (int sample = 0; sample < 2000; ++sample) {
            std::vector<double> x(dim);
            for (double& coordinate : x) coordinate = uniform(random);
            error = std::max(error, std::abs(network.Evaluate(x) - target(x)));
          }
          EXPECT_LE(error, SplineErrorBound(smoothness, dim, cells) + 1e-12) << smoothness << dim << cells << frequency;
        }
      }
    }
  }
}

// The bound in one dimension at smoothness 1 is attained in the limit by zigzags of slope near 1: within the norm's
// share of the function itself.
TEST(SplineNetwork, BoundAtSmoothnessOneIsNearlySharp) {
  constexpr int kCells = 50;
  const auto zigzag = [](const std::vector<double>& x) {
    const double t = (x[0] + 1) * kCells / 2;                         // cells
    const double height = 1 - std::abs(2 * (t - std::floor(t)) - 1);  // 0 at nodes, 1 in the middle of each cell
    return height / (kCells + 1);                                     // slope kCells, so the norm is 1
  };
  const SplineNetwork network(1, kCells, zigzag);
  EXPECT_NEAR(network.Evaluate({-1 + 1.0 / kCells}), 0, 1e-12);
  const double error = zigzag({-1 + 1.0 / kCells});
  EXPECT_GT(error, 0.98 * SplineErrorBound(1, 1, kCells));
}

TEST(SplineCells, IsTheFewestCellsThatReachEpsilon) {
  EXPECT_EQ(SplineCells(1, 1, 1e-3), 1000);
  EXPECT_EQ(SplineCells(1, 4, 1e-6), 1e6);
  EXPECT_EQ(SplineCells(2, 1, 0.5e-4), 100);
  EXPECT_EQ(SplineCells(2, 2, 1e-4), 100);
  for (const int r : {1, 2, 5}) {
    for (const int dim : {1, 3}) {
      for (double epsilon = 1e-9; epsilon < 1; epsilon *= 3.7) {
        const double cells = SplineCells(r, dim, epsilon);
        EXPECT_LE(SplineErrorBound(r, dim, cells), epsilon);
        if (cells > 1) {
          EXPECT_GT(SplineErrorBound(r, dim, cells - 1), epsilon);
        }
      }
    }
  }
}

TEST(SplineNetwork, RefusesSizesThatDoNotFitIntoMemory) {
  EXPECT_THROW(SplineNetwork(17, 1, Zero), std::domain_error);
  EXPECT_THROW(SplineNetwork(4, 100, Zero), std::domain_error);
  EXPECT_THROW(SplineNetwork(2, 0, Zero), std::domain_error);
  EXPECT_THROW(SplineCells(1, 1, 0.0), std::domain_error);
}

}  // namespace
}  // namespace hyperwidth
