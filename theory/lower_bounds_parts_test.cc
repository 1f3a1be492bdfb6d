// SPDX-License-Identifier: Apache-2.0
//
// What the bounds are made of: their grids, classes and onsets, and what is refused.

#include <algorithm>
#include <cmath>
#include <limits>
#include <stdexcept>
#include <string>

#include "gtest/gtest.h"
#include "theory/lower_bounds.h"
#include "theory/onset.h"
#include "theory/rigorous.h"

namespace hyperwidth {
namespace {

const Problem kExample{.smoothness = 1, .primary_dim = 1, .condition_dim = 2, .epsilon = 1e-3};

TEST(Confirmed, IsTheGridOrAnError) {
  const Bump& hat = AdmissibleBumps(1).front();  // 1 + 3 n is 997 for n = 332
  EXPECT_EQ(Confirmed(IsotropicGrid(hat, 1, 2, 332), 1e-3).Description(), IsotropicGrid(hat, 1, 2, 332).Description());
  const Grid finer = IsotropicGrid(hat, 1, 2, 333);
  try {
    Confirmed(finer, 1e-3);
    FAIL();
  } catch (const std::logic_error& error) {
    EXPECT_EQ(error.what(), "grid " + finer.Description() + " is not finer than epsilon = 0.001");
  }
}

// n cells per axis at smoothness 1: B = 1 + m n, so n is the largest whole number below (1 / epsilon - 1) / m.
TEST(IsotropicBounds, TakeTheFinestGridOfAll) {
  for (const double epsilon : {0.9, 0.4, 0.26, 0.2, 0.1, 0.03, 7e-3, 1e-3, 3.3e-5, 1e-7}) {
    const double cells = std::ceil((1 / epsilon - 1) / 3) - 1;
    const Problem problem{.smoothness = 1, .primary_dim = 1, .condition_dim = 2, .epsilon = epsilon};
    const CertifiedBound bound = IsotropicContinuousSelection(problem);
    EXPECT_EQ(bound.grid.x.cells, cells);
    EXPECT_EQ(bound.grid.condition.cells, cells);
    ASSERT_EQ(bound.count.value.has_value(), cells < 2e5);
    if (cells > 2e5) continue;
    EXPECT_EQ(*bound.count.value, static_cast<std::int64_t>(std::max(1.0, std::pow(cells, 3))));
  }
}

TEST(IsotropicBounds, TakeTheFinestGridThatADoubleHolds) {
  for (const double epsilon : {1e-18, 3e-40, 7e-91, 1e-150, 1e-300}) {
    const Problem problem{.smoothness = 1, .primary_dim = 1, .condition_dim = 2, .epsilon = epsilon};
    const Grid grid = IsotropicContinuousSelection(problem).grid;
    const double next = std::nextafter(grid.x.cells, std::numeric_limits<double>::infinity());
    EXPECT_TRUE(grid.IsFinerThan(epsilon)) << epsilon;
    EXPECT_FALSE(IsotropicGrid(grid.bump, 1, 2, next).IsFinerThan(epsilon)) << epsilon;
  }
}

TEST(LowerBounds, AreThoseOfTheirClasses) {
  const Problem problem{.smoothness = 1,
                        .primary_dim = 1,
                        .condition_dim = 2,
                        .epsilon = 1e-3,
                        .depth = 3,
                        .generator_depth = 7,
                        .embedding_dim = 5};
  const LowerBounds bounds(problem);
  const auto count = [&](const NetworkClass& network_class) { return bounds.ForClass(network_class).count.value; };
  EXPECT_EQ(bounds.Standard().count.value, count(StandardClass(3)));
  EXPECT_EQ(bounds.Embedding().count.value, count(EmbeddingClass(3, 5)));
  EXPECT_EQ(bounds.Embedding(2).count.value, count(EmbeddingClass(3, 2)));
  EXPECT_EQ(bounds.DenseEmbedding().count.value, count(DenseEmbeddingClass(3)));
  EXPECT_EQ(bounds.HypernetworkTotal().count.value, count(HypernetworkTotalClass(3, 7)));
  EXPECT_NE(bounds.HypernetworkTotal().count.value, count(HypernetworkTotalClass(7, 3)));
}

// The bound for one worst I knows nothing of I: its grid and its onset are those of W(r, m1), of linear pieces here.
TEST(LowerBounds, PrimaryLooksAtTheAxesOfXAlone) {
  const CertifiedBound bound = LowerBounds(kExample).Primary();
  EXPECT_GT(*bound.count.value, 1);
  EXPECT_EQ(bound.grid.condition.axes, 0);
  for (const int m1 : {1, 2}) {
    const CertifiedBound silent = LowerBounds({.primary_dim = m1, .condition_dim = 2, .epsilon = 0.5}).Primary();
    ASSERT_TRUE(silent.SaysNothing());
    EXPECT_EQ(silent.grid.condition.axes, 0);
    EXPECT_EQ(silent.onset, OnsetOfPieces(1));
    EXPECT_GT(silent.onset, OnsetOfClass({1, m1, 0}, StandardClass(2))->epsilon);
  }
}

TEST(LowerBounds, BestGridComesWithItsObjective) {
  const LowerBounds bounds(kExample);
  const auto objective = [](const Grid& grid) { return grid.Log2Points() + 0.5 * grid.Log2Conditions(); };
  const GridSearch::Best best = bounds.BestGrid(objective);
  EXPECT_EQ(best.objective, objective(best.grid));
  EXPECT_TRUE(ProvesHeight(best.grid, kExample.epsilon));
  EXPECT_GE(best.objective, objective(bounds.Standard().grid));
}

// Where no grid above the least epsilon has more bumps than there are scalars, nothing is proved and there is no onset.
TEST(LowerBounds, MayBeSilentForGood) {
  const LowerBounds bounds({.smoothness = 30, .primary_dim = 1, .condition_dim = 1, .epsilon = 0.5});
  const CertifiedBound bound = bounds.ForClass(EmbeddingClass(2, 1e15));
  EXPECT_TRUE(bound.SaysNothing());
  EXPECT_FALSE(bound.onset.has_value());
}

// At its onset the bound speaks, though the search over grids, whose objective is flat but for one grid, says nothing.
TEST(LowerBounds, SpeakAtTheirOnsetThoughTheSearchMissesTheGrid) {
  const Problem problem{.smoothness = 10, .primary_dim = 1, .condition_dim = 3, .epsilon = 9.05e-23, .depth = 2100};
  const LowerBounds bounds(problem);
  const auto smallest = [](const Grid& grid) { return Log2SmallestSufficient(StandardClass(2100), PointsOf(grid)); };
  ASSERT_EQ(bounds.BestGrid(smallest).objective, 0);
  const CertifiedBound bound = bounds.ForClass(StandardClass(2100));
  EXPECT_EQ(bound.count.value, 2);
  EXPECT_TRUE(ProvesHeight(bound.grid, problem.epsilon));
  EXPECT_FALSE(bound.onset.has_value());
}

std::string RefusalOfEmbedding(std::int64_t embedding_dim) {
  try {
    LowerBounds(kExample).Embedding(embedding_dim);
  } catch (const std::domain_error& error) {
    return error.what();
  }
  return "accepted";
}

TEST(LowerBounds, RefuseWhatValidateRefusesAndEmbeddingsOutsideTheirRange) {
  EXPECT_THROW(LowerBounds({.depth = 1}), std::domain_error);
  EXPECT_THROW(LowerBounds({.embedding_dim = 0}), std::domain_error);
  EXPECT_THROW(IsotropicContinuousSelection({.depth = 1}), std::domain_error);
  EXPECT_THROW(IsotropicStandard({.depth = 1}), std::domain_error);
  EXPECT_THROW(IsotropicEmbedding({.embedding_dim = 0}), std::domain_error);
  const std::string range = " is outside the admissible range: an integer from 1 to 1000000000000000";
  EXPECT_EQ(RefusalOfEmbedding(1), "accepted");
  EXPECT_EQ(RefusalOfEmbedding(kMaxCount), "accepted");
  EXPECT_EQ(RefusalOfEmbedding(0), "embedding_dim = 0" + range);
  EXPECT_EQ(RefusalOfEmbedding(kMaxCount + 1), "embedding_dim = 1000000000000001" + range);
}

}  // namespace
}  // namespace hyperwidth
