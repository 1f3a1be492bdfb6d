// SPDX-License-Identifier: Apache-2.0

#include "theory/error_floor.h"

#include <cmath>
#include <limits>
#include <optional>
#include <vector>

#include "gtest/gtest.h"
#include "theory/local_taylor_network.h"
#include "theory/lower_bounds.h"
#include "theory/rigorous.h"
#include "theory/schemes.h"
#include "theory/spline_network.h"

namespace hyperwidth {
namespace {

// The statement without an architecture: if more parameters are needed for epsilon than the architecture has, its floor
// is at least epsilon.
struct Architecture {
  Scheme scheme;
  std::int64_t scalars;  // kappa
  int depth;
  Count parameters;
  std::optional<ErrorFloor> floor;
};

std::vector<Architecture> ArchitecturesOfWidth(int r, std::int64_t width) {
  const SmoothTargets targets{.smoothness = r, .primary_dim = 1, .condition_dim = 2};
  const LayerSizes primary = {1, width, width, 1};
  const LayerSizes embedded = {3, width, width, 1};
  const LayerSizes trunk = {1, width, width, 5};
  const Count rank_two = Count::Exact(3 * *NumParameters(primary).value);
  return {{Scheme::kEmbedding, 2, 3, NumParameters(embedded), EmbeddingErrorFloor(targets, embedded, 2)},
          {Scheme::kConditionalBias, width, 3, NumParameters(primary), FirstLayerBiasErrorFloor(targets, primary)},
          {Scheme::kFilm, 4 * width, 3, NumParameters(primary), FilmErrorFloor(targets, primary)},
          {Scheme::kDeepOnet, 5, 3, NumParameters(trunk), DeepOnetErrorFloor(targets, trunk)},
          {Scheme::kLowRank, 2, 3, rank_two, LowRankErrorFloor(targets, primary, 2)}};
}

TEST(ErrorFloor, IsNotBelowTheStatementWithoutAnArchitecture) {
  int applicable = 0;
  for (const int r : {1, 2, 4}) {
    for (const std::int64_t width : {1, 4, 20, 100}) {
      for (const Architecture& architecture : ArchitecturesOfWidth(r, width)) {
        ASSERT_TRUE(architecture.floor);
        for (const double factor : {0.2, 0.5, 0.8, 0.99, 1.0001, 1.1, 2.0}) {
          const double epsilon = architecture.floor->error * factor;
          if (epsilon >= 1) continue;
          const LowerBounds bounds({.smoothness = r, .condition_dim = 2, .epsilon = epsilon});
          const NetworkClass network_class =
              ClassOf(architecture.scheme, architecture.depth, static_cast<double>(architecture.scalars));
          if (!(architecture.parameters < bounds.ForClass(network_class).count)) continue;
          ++applicable;
          EXPECT_LE(factor, 1) << Name(architecture.scheme) << " " << r << " " << width;
        }
      }
    }
  }
  EXPECT_GT(applicable, 40);
}

TEST(StandardErrorFloor, IsNotBelowTheStatementWithoutAnArchitecture) {
  for (const int r : {1, 2, 3}) {
    for (const std::int64_t width : {4, 20, 300}) {
      const LayerSizes sizes = {3, width, 1};
      const double floor = StandardErrorFloor({r, 1, 2}, sizes)->error;
      for (const double factor : {1.0001, 1.05, 2.0}) {
        if (floor * factor >= 1) continue;
        const LowerBounds bounds({.smoothness = r, .condition_dim = 2, .epsilon = floor * factor});
        // By signs, as the floor; linear pieces say more about some of these networks.
        EXPECT_FALSE(NumParameters(sizes) < bounds.ForClass(StandardClass(2)).count) << r << " " << width;
      }
      const LowerBounds finer({.smoothness = r, .condition_dim = 2, .epsilon = floor / 100});
      EXPECT_TRUE(NumParameters(sizes) < finer.Standard().count) << r << " " << width;
    }
  }
}

// certified.primary by signs alone, at smoothness 1 and one hidden layer.
Count LeastPrimaryBySigns(double epsilon) {
  const NetworkClass network_class = StandardClass(2);
  const GridSearch search({.smoothness = 1, .primary_dim = 1, .condition_dim = 0, .epsilon = epsilon});
  const auto objective = [&](const Grid& grid) { return Log2SmallestSufficient(network_class, PointsOf(grid)); };
  return SmallestParameterCount(network_class, search.Maximise(objective).grid);
}

TEST(HypernetworkErrorFloor, IsNotBelowTheStatementWithoutAnArchitecture) {
  for (const std::int64_t width : {1, 2, 4}) {
    for (const std::int64_t generator_width : {1, 10, 300}) {
      const LayerSizes primary = {1, width, 1};
      const LayerSizes generator = {2, generator_width, *NumParameters(primary).value};
      const double floor = HypernetworkErrorFloor({1, 1, 2}, primary, generator)->error;
      for (const double factor : {1.0001, 1.1, 2.0}) {
        if (floor * factor >= 1) continue;
        const LowerBounds bounds({.smoothness = 1, .condition_dim = 2, .epsilon = floor * factor});
        EXPECT_FALSE(NumParameters(generator) < bounds.HypernetworkTotal().count) << width << " " << generator_width;
        EXPECT_FALSE(NumParameters(primary) < LeastPrimaryBySigns(floor * factor)) << width << " " << generator_width;
      }
    }
  }
}

// Sizes of which only logarithms are exact, and floors that no double holds.
TEST(ErrorFloor, AnswersForTheLargestNetworksOrSaysThatThereIsNone) {
  LayerSizes sizes(101, 1'000'000'000);
  sizes.front() = 10000;
  sizes.back() = 1;
  for (const int r : {1, 2, 30}) {
    const auto floor = StandardErrorFloor({r, 5000, 5000}, sizes);
    ASSERT_TRUE(floor);
    EXPECT_GT(floor->error, 0);
    EXPECT_LT(floor->error, 0.1);
  }
  EXPECT_FALSE(StandardErrorFloor({30, 1, 1}, {2, 1'000'000'000, 1'000'000'000, 1}));
  const auto tiny = StandardErrorFloor({17, 1, 1}, {2, 1'000'000'000, 1'000'000, 1});
  ASSERT_TRUE(tiny);
  EXPECT_GT(tiny->error, kSmallestErrorFloor);
  EXPECT_LT(tiny->error, 1e-100);
}

// The widest network that has a floor: the next would have one that is smaller by a ten-thousandth.
TEST(ErrorFloor, IsNeverBelowTheSmallestThatIsGiven) {
  const auto floor = [](std::int64_t width) { return StandardErrorFloor({30, 1, 1}, {2, width, width, 1}); };
  std::int64_t with = 100'000;
  std::int64_t without = 1'000'000'000;
  while (without - with > 1) {
    const std::int64_t middle = with + (without - with) / 2;
    (floor(middle) ? with : without) = middle;
  }
  EXPECT_GE(floor(with)->error, kSmallestErrorFloor);
  EXPECT_LT(floor(with)->error, 1.001 * kSmallestErrorFloor);
}

// Nothing changes at 2^53 parameters, where the sums stop to be exact.
TEST(ErrorFloor, IsContinuousWhereCountsAreNoLongerExact) {
  const double below = StandardErrorFloor({1, 1, 1}, {2, 94'000'000, 94'000'000, 1})->error;
  const double above = StandardErrorFloor({1, 1, 1}, {2, 96'000'000, 96'000'000, 1})->error;
  EXPECT_NEAR(below / above, 96.0 / 94, 0.001);
}

TEST(StandardErrorFloor, FallsAsTheNetworkGrows) {
  double before = 1;
  for (const std::int64_t width : {2, 5, 10, 30, 100, 1000, 100000}) {
    const double here = StandardErrorFloor({1, 1, 1}, {2, width, 1})->error;
    EXPECT_LT(here, before);
    EXPECT_GT(here, 0);
    before = here;
  }
  EXPECT_LT(StandardErrorFloor({1, 1, 1}, {2, 100, 100, 1})->error, StandardErrorFloor({1, 1, 1}, {2, 100, 1})->error);
}

// Twice the accuracy of W(1, d) takes 2^d as many bumps: the floor of shallow nets follows N^(-1/d), up to logarithms.
TEST(StandardErrorFloor, FollowsTheRateOfTheBall) {
  const double small = StandardErrorFloor({1, 1, 1}, {2, 1000, 1})->error;
  const double large = StandardErrorFloor({1, 1, 1}, {2, 100000, 1})->error;
  EXPECT_NEAR(std::log(small / large) / std::log(100), 0.5, 0.05);
}

TEST(EmbeddingErrorFloor, FallsWithTheEmbeddingAndSaturatesAtTheWidth) {
  const auto floor = [](std::int64_t k) { return EmbeddingErrorFloor({1, 1, 2}, {1 + k, 50, 1}, k)->error; };
  EXPECT_GT(floor(1), floor(4));
  EXPECT_GT(floor(4), floor(16));
  EXPECT_GT(floor(1000), 0);
}

// Theorem 4's point, for one pair of architectures: with the same primary network, generating all weights lowers the
// floor of an embedding of dimension 1.
TEST(HypernetworkErrorFloor, IsBelowTheEmbeddingsForTheSamePrimaryNetwork) {
  const LayerSizes primary = {1, 20, 1};
  const LayerSizes generator = {2, 1000, *NumParameters(primary).value};
  const double hypernetwork = HypernetworkErrorFloor({1, 1, 2}, primary, generator)->error;
  EXPECT_LT(hypernetwork, EmbeddingErrorFloor({1, 1, 2}, {2, 20, 1}, 1)->error);
  EXPECT_GT(hypernetwork, 0);
}

// However large the generator, g's own size limits what one I can be given.
TEST(HypernetworkErrorFloor, IsLimitedByThePrimaryNetwork) {
  const LayerSizes primary = {1, 3, 1};
  const double huge =
      HypernetworkErrorFloor({1, 1, 2}, primary, {2, 1'000'000'000, *NumParameters(primary).value})->error;
  EXPECT_GT(huge, 1e-3);
}

LayerSizes SizesOf(int inputs, const ReluNetwork& network) {
  LayerSizes sizes = {inputs};
  for (const std::int64_t units : network.Units()) sizes.push_back(units);
  return sizes;
}

// Networks that exist, with a proved error: no floor of their layer sizes may lie above it.
TEST(StandardErrorFloor, IsBelowWhatConstructedNetworksReach) {
  const auto zero = [](const std::vector<double>&) { return 0.0; };
  for (const int r : {1, 2}) {
    for (const int dim : {2, 3, 4}) {
      for (const int cells : {1, 2, 3, 8}) {
        const LayerSizes sizes = SizesOf(dim, SplineNetwork(dim, cells, zero));
        for (int m1 = 1; m1 < dim; ++m1) {
          const double floor = StandardErrorFloor({r, m1, dim - m1}, sizes)->error;
          EXPECT_GT(floor, 0);
          EXPECT_LE(floor, SplineErrorBound(r, dim, cells)) << r << " " << dim << " " << cells;
        }
      }
    }
  }
  const auto zero_derivative = [](const std::vector<double>&, const std::vector<int>&) { return 0.0; };
  for (const double epsilon : {0.3, 1e-2, 1e-3}) {
    const LocalTaylorPlan plan = PlanLocalTaylor(3, 2, epsilon, LocalTaylorCells(3, 2, epsilon, 0.1));
    const LayerSizes sizes = SizesOf(2, LocalTaylorNetwork(plan, zero_derivative));
    EXPECT_LE(StandardErrorFloor({3, 1, 1}, sizes)->error, ErrorBound(plan));
  }
}

TEST(HypernetworkErrorFloor, IsBelowWhatInterpolationReaches) {
  for (const std::int64_t cells : {1, 2, 5, 40}) {
    const LayerSizes primary = {1, cells, 1};
    // A generator this wide interpolates every weight with error 1e-8.
    const LayerSizes generator = {1, 100'000'000, *NumParameters(primary).value};
    EXPECT_LE(HypernetworkErrorFloor({1, 1, 1}, primary, generator)->error, 1.0 / static_cast<double>(cells) + 1e-8);
  }
}

// 1 / B, less what the rounding of B makes necessary.
TEST(ErrorFloor, IsTheHeightOfItsBumpsRoundedDown) {
  for (const int r : {1, 2, 3, 30}) {
    for (const std::int64_t width : {1, 7, 300}) {
      for (const ErrorFloor& floor : {*StandardErrorFloor({r, 1, 2}, {3, width, 1}),
                                      *FilmErrorFloor({r, 2, 1}, {2, width, 1}),
                                      *EmbeddingErrorFloor({r, 1, 1}, {4, width, 1}, 3)}) {
        EXPECT_TRUE(ProvesHeight(floor.grid, floor.error)) << r << " " << width;
        // In long double: 1 - NormRounding() less 4 units of rounding, itself right to one.
        const long double below = 1 - static_cast<long double>(floor.error) * floor.grid.Norm();
        const long double units = (below - floor.grid.NormRounding()) / std::numeric_limits<double>::epsilon();
        EXPECT_GE(units, 3) << r << " " << width;
        EXPECT_LE(units, 5) << r << " " << width;
      }
    }
  }
}

TEST(ErrorFloor, NamesItsArgument) {
  EXPECT_EQ(StandardErrorFloor({1, 1, 2}, {3, 5, 1})->argument, FloorArgument::kAllConditions);
  EXPECT_EQ(EmbeddingErrorFloor({1, 1, 2}, {2, 50, 1}, 1)->argument, FloorArgument::kAllConditions);
  EXPECT_EQ(EmbeddingErrorFloor({1, 1, 2}, {41, 2, 1}, 40)->argument, FloorArgument::kConditionalBiases);
  // Of two with the same floor, the first.
  EXPECT_EQ(EmbeddingErrorFloor({1, 1, 2}, {6, 6, 1}, 5)->argument, FloorArgument::kAllConditions);
  EXPECT_EQ(LowRankErrorFloor({1, 1, 2}, {1, 2, 1}, 4)->argument, FloorArgument::kAllConditions);
  const auto single = HypernetworkErrorFloor({1, 1, 2}, {1, 3, 1}, {2, 1'000'000, 10});
  EXPECT_EQ(single->argument, FloorArgument::kSingleCondition);
  EXPECT_EQ(single->grid.condition.axes, 0);
  EXPECT_EQ(HypernetworkErrorFloor({1, 1, 2}, {1, 300, 1}, {2, 1, 901})->argument, FloorArgument::kAllConditions);
}

}  // namespace
}  // namespace hyperwidth
