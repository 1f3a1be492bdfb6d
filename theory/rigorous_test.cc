// SPDX-License-Identifier: Apache-2.0

#include "theory/rigorous.h"

#include <cmath>

#include "gtest/gtest.h"

namespace hyperwidth {
namespace {

const Bump& Hat() { return AdmissibleBumps(1).front(); }

TEST(NumPoints, IsExactUpToTwoToThe53) {
  EXPECT_EQ(NumPoints(IsotropicGrid(Hat(), 1, 2, 332)).value, 332 * 332 * 332);
  const Grid even{.layout = Layout::kCheckerboard,
                  .bump = Hat(),
                  .x = {.axes = 1, .cells = 333},
                  .condition = {.axes = 2, .cells = 332, .finer_axes = 1}};
  EXPECT_EQ(NumPoints(even).value, (667LL * 665 * 667 + 1) / 2);
}

TEST(NumPoints, BeyondThatIsALogarithm) {
  const Count count = NumPoints(IsotropicGrid(Hat(), 40, 60, 1000));
  EXPECT_FALSE(count.value.has_value());
  EXPECT_NEAR(count.log10, 300, 1e-12);
  EXPECT_LT(count.log10, 300);
}

// The count returned satisfies the inequality and the next smaller one does not, evaluated in ordinary doubles.
TEST(SmallestParameterCount, IsTheFirstCountThatSatisfiesTheInequality) {
  for (const double cells : {5.0, 40.0, 332.0}) {
    const Grid grid = IsotropicGrid(Hat(), 1, 2, cells);
    for (const NetworkClass& network_class : {StandardClass(2), StandardClass(5), HypernetworkTotalClass(2, 3)}) {
      const std::int64_t count = *SmallestParameterCount(network_class, grid).value;
      EXPECT_GE(Log2PatternsPerPoint(network_class, PointsOf(grid), std::log2(count)), -1e-9);
      if (count > 1) {
        EXPECT_LT(Log2PatternsPerPoint(network_class, PointsOf(grid), std::log2(count - 1)), 0);
        EXPECT_TRUE(ProvesMoreThan(network_class, grid, Count::Exact(count - 1)));
      }
      EXPECT_FALSE(ProvesMoreThan(network_class, grid, Count::Exact(count)));
    }
  }
}

TEST(SmallestParameterCount, OfASinglePointIsOne) {
  EXPECT_EQ(SmallestParameterCount(StandardClass(2), IsotropicGrid(Hat(), 3, 3, 1)).value, 1);
}

TEST(ProvesHeight, AgreesWithTheDoubleArithmeticAwayFromTheEdge) {
  EXPECT_TRUE(ProvesHeight(IsotropicGrid(Hat(), 1, 2, 332), 1e-3));
  EXPECT_FALSE(ProvesHeight(IsotropicGrid(Hat(), 1, 2, 333), 1e-3));
}

// Depths above 300 use Stirling's formula instead of the factorial; the two must meet.
TEST(SmallestParameterCount, DecreasesWithDepthAcrossTheSwitchToStirling) {
  const Grid grid = IsotropicGrid(Hat(), 1, 2, 3000);
  std::int64_t before = *SmallestParameterCount(StandardClass(298), grid).value;
  for (int depth = 299; depth <= 304; ++depth) {
    const std::int64_t here = *SmallestParameterCount(StandardClass(depth), grid).value;
    EXPECT_LT(here, before);
    EXPECT_GT(here, before * 0.99);
    before = here;
  }
}

}  // namespace
}  // namespace hyperwidth
