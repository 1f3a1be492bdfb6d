// SPDX-License-Identifier: Apache-2.0
#include "experiments/targets/hard_targets.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace hyperwidth {
namespace {

using ::testing::ElementsAre;

TEST(HardTargets, AreInStepWithTheCellsAndFourCellsWide) {
  const auto targets = HardTargets({.smoothness = 2, .primary_dim = 2, .primary_cells = 12}, 0, 1);
  ASSERT_EQ(targets.size(), 4u);
  EXPECT_THAT(targets[0].target.cells(), ElementsAre(12, 0));
  EXPECT_THAT(targets[1].target.cells(), ElementsAre(12, 12));
  EXPECT_THAT(targets[2].target.cells(), ElementsAre(3, 0));
  EXPECT_THAT(targets[3].target.cells(), ElementsAre(3, 3));
  EXPECT_FALSE(targets[0].all_axes);
  EXPECT_TRUE(targets[1].all_axes);
  EXPECT_EQ(HardTargets({.primary_cells = 2}, 3, 1).size(), 2u + 3u);  // one variable: one axis is all axes
}

TEST(HardTargets, TakeBothInputsInTurn) {
  const auto targets =
      HardTargets({.primary_dim = 1, .primary_cells = 8, .condition_dim = 2, .condition_cells = 4}, 2, 1);
  ASSERT_EQ(targets.size(), 8u);
  EXPECT_THAT(targets[0].target.cells(), ElementsAre(8, 0, 0));
  EXPECT_THAT(targets[1].target.cells(), ElementsAre(0, 4, 0));
  EXPECT_THAT(targets[2].target.cells(), ElementsAre(8, 4, 4));
  for (std::size_t i = 6; i < 8; ++i) {
    const std::vector<int>& cells = targets[i].target.cells();
    EXPECT_TRUE(cells[0] >= 1 && cells[0] <= 16);
    EXPECT_TRUE(cells[2] >= 1 && cells[2] <= 8);
  }
}

TEST(HardTargets, OfOneSizeDifferFromSeedToSeedOnly) {
  const InterpolationGrid grid{.primary_dim = 2, .primary_cells = 8};
  EXPECT_EQ(HardTargets(grid, 0, 3)[1].target.signs(), HardTargets(grid, 0, 3)[1].target.signs());
  EXPECT_NE(HardTargets(grid, 0, 3)[1].target.signs(), HardTargets(grid, 0, 4)[1].target.signs());
}

TEST(HardStructuredTargets, AreHardInOneFactorAtATime) {
  const auto targets =
      HardStructuredTargets({.primary_dim = 2, .primary_cells = 8, .condition_dim = 1, .condition_cells = 4}, 3, 1, 1);
  ASSERT_EQ(targets.size(), 9u);
  EXPECT_EQ(targets[0].rank(), 3);
  EXPECT_THAT(targets[0].primary_factors()[2].cells(), ElementsAre(8, 0));
  EXPECT_THAT(targets[0].condition_factors()[2].cells(), ElementsAre(0));
  EXPECT_THAT(targets[2].primary_factors()[0].cells(), ElementsAre(8, 8));
  EXPECT_THAT(targets[2].condition_factors()[0].cells(), ElementsAre(1));
  EXPECT_THAT(targets[3].condition_factors()[0].cells(), ElementsAre(4));
}

TEST(BumpCentres, AreAllOrAsManyAsAskedFor) {
  const BumpTarget target(1, {4, 3}, 1);
  EXPECT_EQ(BumpCentres(target, 100, 1).cols(), 12);
  const Matrix<double> some = BumpCentres(target, 5, 1);
  ASSERT_EQ(some.cols(), 5);
  for (Index i = 0; i < 5; ++i) EXPECT_NEAR(std::abs(target(some.col(i))), target.height(), 1e-13);
  const StructuredBumps structured({.smoothness = 1, .primary = {4}, .condition = {3, 3}}, 2, 1);
  const Matrix<double> pairs = BumpCentres(structured, 7, 1);
  ASSERT_EQ(pairs.rows(), 3);
  EXPECT_NEAR(structured.Values(pairs.topRows(1), pairs.bottomRows(2))[0], structured.height(), 1e-13);
}

}  // namespace
}  // namespace hyperwidth
