// SPDX-License-Identifier: Apache-2.0

#include "theory/error_floor.h"

#include <cmath>
#include <stdexcept>

#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "theory/local_taylor_network.h"
#include "theory/lower_bounds.h"
#include "theory/spline_network.h"

namespace hyperwidth {
namespace {

TEST(NumParameters, CountsWeightsAndBiases) { EXPECT_EQ(NumParameters({3, 64, 64, 1}), 64 * 4 + 64 * 65 + 65); }

// An architecture with fewer parameters than the certified minimum for epsilon has a floor of at least epsilon.
TEST(StandardErrorFloor, AgreesWithTheMinimumForAnAccuracy) {
  for (const int r : {1, 2, 3}) {
    for (const std::int64_t width : {4, 20, 300}) {
      const LayerSizes sizes = {3, width, 1};
      const double floor = StandardErrorFloor({r, 1, 2}, sizes).error;
      ASSERT_GT(floor, 0);
      for (const double factor : {1.05, 2.0}) {
        if (floor * factor >= 1) continue;
        const LowerBounds bounds({.smoothness = r, .primary_dim = 1, .condition_dim = 2, .epsilon = floor * factor});
        EXPECT_FALSE(Count::Exact(NumParameters(sizes)) < bounds.Standard().count) << r << " " << width;
      }
    }
  }
}

TEST(StandardErrorFloor, FallsAsTheNetworkGrows) {
  double before = 1;
  for (const std::int64_t width : {2, 5, 10, 30, 100, 1000, 100000}) {
    const double here = StandardErrorFloor({1, 1, 1}, {2, width, 1}).error;
    EXPECT_LT(here, before);
    EXPECT_GT(here, 0);
    before = here;
  }
  EXPECT_LT(StandardErrorFloor({1, 1, 1}, {2, 100, 100, 1}).error, StandardErrorFloor({1, 1, 1}, {2, 100, 1}).error);
}

// Twice the accuracy of W(1, d) takes 2^d as many bumps: the floor of shallow nets follows N^(-1/d), up to logarithms.
TEST(StandardErrorFloor, FollowsTheRateOfTheBall) {
  const double small = StandardErrorFloor({1, 1, 1}, {2, 1000, 1}).error;
  const double large = StandardErrorFloor({1, 1, 1}, {2, 100000, 1}).error;
  EXPECT_NEAR(std::log(small / large) / std::log(100), 0.5, 0.05);
}

TEST(EmbeddingErrorFloor, FallsWithTheEmbeddingAndSaturatesAtTheWidth) {
  const auto floor = [](std::int64_t k) { return EmbeddingErrorFloor({1, 1, 2}, {1 + k, 50, 1}, k).error; };
  EXPECT_GT(floor(1), floor(4));
  EXPECT_GT(floor(4), floor(16));
  EXPECT_GT(floor(1000), 0);
}

// Theorem 4's point, for one pair of architectures: with the same primary network, generating all weights lowers the
// floor of an embedding of dimension 1.
TEST(HypernetworkErrorFloor, IsBelowTheEmbeddingsForTheSamePrimaryNetwork) {
  const LayerSizes primary = {1, 20, 1};
  const LayerSizes generator = {2, 1000, NumParameters(primary)};
  const double hypernetwork = HypernetworkErrorFloor({1, 1, 2}, primary, generator).error;
  EXPECT_LT(hypernetwork, EmbeddingErrorFloor({1, 1, 2}, {2, 20, 1}, 1).error);
  EXPECT_GT(hypernetwork, 0);
}

// However large the generator, g's own size limits what one I can be given.
TEST(HypernetworkErrorFloor, IsLimitedByThePrimaryNetwork) {
  const LayerSizes primary = {1, 3, 1};
  const double huge = HypernetworkErrorFloor({1, 1, 2}, primary, {2, 1'000'000'000, NumParameters(primary)}).error;
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
          const double floor = StandardErrorFloor({r, m1, dim - m1}, sizes).error;
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
    EXPECT_LE(StandardErrorFloor({3, 1, 1}, sizes).error, ErrorBound(plan));
  }
}

TEST(HypernetworkErrorFloor, IsBelowWhatInterpolationReaches) {
  for (const std::int64_t cells : {1, 2, 5, 40}) {
    const LayerSizes primary = {1, cells, 1};
    // A generator this wide interpolates every weight with error 1e-8.
    const LayerSizes generator = {1, 100'000'000, NumParameters(primary)};
    EXPECT_LE(HypernetworkErrorFloor({1, 1, 1}, primary, generator).error, 1.0 / static_cast<double>(cells) + 1e-8);
  }
}

TEST(ErrorFloor, NamesTheSizeThatDoesNotFit) {
  const auto message = [](const auto& call) -> std::string {
    try {
      call();
    } catch (const std::domain_error& error) {
      return error.what();
    }
    return "accepted";
  };
  using ::testing::HasSubstr;
  EXPECT_THAT(message([] { StandardErrorFloor({1, 1, 2}, {2, 5, 1}); }), HasSubstr("sizes[0], its inputs, = 2"));
  EXPECT_THAT(message([] { StandardErrorFloor({1, 1, 1}, {2, 5, 3}); }), HasSubstr("the last size of sizes"));
  EXPECT_THAT(message([] { StandardErrorFloor({1, 1, 1}, {2, 0, 1}); }), HasSubstr("sizes[1] = 0"));
  EXPECT_THAT(message([] { StandardErrorFloor({1, 1, 1}, {2}); }), HasSubstr("at least two"));
  EXPECT_THAT(message([] { StandardErrorFloor({0, 1, 1}, {2, 1}); }), HasSubstr("smoothness = 0"));
  EXPECT_THAT(message([] { NumParameters({2, 0, 1}); }), HasSubstr("sizes[1] = 0"));
  EXPECT_THAT(message([] { NumParameters(LayerSizes(20, 1'000'000'000)); }), HasSubstr("weights and biases"));
  EXPECT_THAT(message([] { HypernetworkErrorFloor({1, 1, 1}, {1, 5, 1}, {1, 5, 3}); }), HasSubstr("= 3"));
}

}  // namespace
}  // namespace hyperwidth
