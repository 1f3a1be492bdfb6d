// SPDX-License-Identifier: Apache-2.0

#include "theory/spline_network.h"

#include <algorithm>
#include <cmath>
#include <random>
#include <stdexcept>
#include <string>
#include <utility>

#include "gmock/gmock.h"
#include "gtest/gtest.h"

namespace hyperwidth {
namespace {

using ::testing::HasSubstr;
using ::testing::ThrowsMessage;

double Zero(const std::vector<double>&) { return 0; }

TEST(SplineNetwork, CountAgreesWithTheNetworkThatIsBuilt) {
  for (int dim = 1; dim <= 11; ++dim) {
    for (int cells = 1; std::pow(cells + 1, dim) < 2200 && cells < 12; ++cells) {
      const SplineNetwork network(dim, cells, Zero);
      const NetworkSize size = SizeOfSplineNetwork(dim, cells);
      EXPECT_EQ(size.total.value, network.NumParameters()) << dim << " " << cells;
      EXPECT_EQ(size.depth, network.Depth()) << dim;
      // The weights of the last layer, and its bias in one dimension: with it, one for each node.
      std::int64_t nodes = 1;
      for (int axis = 0; axis < dim; ++axis) nodes *= cells + 1;
      EXPECT_EQ(network.Units()[network.Depth() - 2] + (dim == 1 ? 1 : 0), nodes);
      EXPECT_EQ(size.nodal.value, nodes);
      EXPECT_EQ(size.per_output.value, nodes);
    }
  }
}

TEST(SplineNetwork, CountIsALogarithmWhereItLeavesTheIntegers) {
  const NetworkSize size = SizeOfSplineNetwork(20000, 1);
  EXPECT_NEAR(size.nodal.log10, 20000 * std::log10(2.0), 1e-8);
  // Of a tree over d values half the units of the first level take three, and all later ones six for each pair.
  EXPECT_NEAR(size.total.log10 - size.nodal.log10, std::log10(2 * (1.5 + 3) * 20000.0), 1e-3);
  EXPECT_EQ(size.depth, 3 + 15);
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

// Between the nodes: on each simplex of Kuhn's triangulation the affine function through its corners.
double KuhnInterpolant(std::vector<double> x, int cells, const std::function<double(const std::vector<double>&)>& f) {
  const std::size_t dim = x.size();
  std::vector<std::pair<double, std::size_t>> inside(dim);  // how far from the lower corner
  std::vector<double> corner(dim);
  for (std::size_t i = 0; i < dim; ++i) {
    const double cell = std::min(std::floor((x[i] + 1) * cells / 2), cells - 1.0);
    inside[i] = {(x[i] + 1) * cells / 2 - cell, i};
    corner[i] = -1 + 2 * cell / cells;
  }
  std::sort(inside.rbegin(), inside.rend());
  double before = f(corner);
  double value = before;
  for (const auto& [share, axis] : inside) {
    corner[axis] += 2.0 / cells;
    value += share * (f(corner) - before);
    before = f(corner);
  }
  return value;
}

TEST(SplineNetwork, IsAffineOnKuhnsSimplices) {
  std::mt19937_64 random(8);
  std::uniform_real_distribution<double> uniform(-1, 1);
  for (int dim = 1; dim <= 4; ++dim) {
    const auto rough = [](const std::vector<double>& x) {
      double sum = 0;
      for (std::size_t i = 0; i < x.size(); ++i) sum += std::sin((5.0 + i) * x[i] * (i + x[0]));
      return sum;
    };
    const SplineNetwork network(dim, 3, rough);
    for (int sample = 0; sample < 200; ++sample) {
      std::vector<double> x(dim);
      for (double& coordinate : x) coordinate = uniform(random);
      EXPECT_NEAR(network.Evaluate(x), KuhnInterpolant(x, 3, rough), 1e-12) << dim;
    }
  }
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
  const auto refuses = [](int dim, int cells, const std::string& text) {
    EXPECT_THAT([&] { SplineNetwork(dim, cells, Zero); }, ThrowsMessage<std::domain_error>(HasSubstr(text)));
  };
  refuses(17, 1, "dim = 17 is outside the admissible range: an integer from 1 to 16");
  refuses(0, 1, "dim = 0");
  refuses(2, 0, "cells = 0 is outside the admissible range: an integer from 1 to 999999");
  refuses(1, 1'000'000, "cells = 1000000");
  refuses(4, 100, "(cells + 1)^dim = 104060401 nodes are too many to build: at most 10^6");
  refuses(2, 1000, "(cells + 1)^dim = 1002001 nodes");
  EXPECT_EQ(SplineNetwork(1, 999'999, Zero).NumParameters(), 3 * 999'999 + 1);
}

}  // namespace
}  // namespace hyperwidth
