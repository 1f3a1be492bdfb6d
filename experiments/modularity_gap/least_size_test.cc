// SPDX-License-Identifier: Apache-2.0
#include "experiments/modularity_gap/least_size.h"

#include <gtest/gtest.h>

#include <atomic>
#include <cmath>
#include <span>
#include <stdexcept>

#include "experiments/modularity_gap/tube_fit.h"
#include "theory/sampled/fewest_pieces.h"

namespace hyperwidth {
namespace {

constexpr double kTolerance = 0.75;

// The network of as many units as the function has pieces that is this function: one that is bent outside of the
// cube's reach gives the first slope, one bends at each inner vertex.
Vector<double> NetworkOf(const PiecewiseLinear& function, const TableNetwork& network) {
  Vector<double> parameters = Vector<double>::Zero(network.parameter_count());
  const auto slope = [&](std::size_t i) {
    return (function.y[i + 1] - function.y[i]) / (function.x[i + 1] - function.x[i]);
  };
  double before = 0;
  for (std::size_t i = 0; i + 1 < function.x.size(); ++i) {
    const double bend = i == 0 ? function.x[0] - 1 : function.x[i];
    network.SetUnit(static_cast<Index>(i),
                    {.weights = Vector<double>::Ones(1), .bias = -bend, .output_weight = slope(i) - before},
                    parameters);
    before = slope(i);
  }
  parameters[network.primary_parameter_count() - 1] = function.y[0] - slope(0);  // the first unit is at 1 there
  return parameters;
}

TEST(LeastHypernetworkPrimary, EnoughUnitsAreEnoughForEveryCondition) {
  for (const int cells : {2, 5, 9, 30}) {
    const ConditionedTarget target(1, 1, cells, 7);
    const LeastSize least = LeastHypernetworkPrimary(target, kTolerance);
    const Matrix<double> x = target.Points(2);
    Index most = 0;
    for (Index j = 0; j < target.conditions(); ++j) {
      const Matrix<double> values = target.Values(x, j, 1);
      const auto count = static_cast<std::size_t>(x.cols());
      const PiecewiseLinear function = FewestPieces(
          std::span(x.data(), count), std::span(values.data(), count), 0.999 * kTolerance, Nearness::kEverywhere);
      most = std::max<Index>(most, function.pieces());
      const TableNetwork network(1, function.pieces(), 0, 1);
      EXPECT_LT(target.LargestError(network, NetworkOf(function, network), j).error, kTolerance);
    }
    EXPECT_EQ(least.enough_width(), most);
    EXPECT_EQ(least.least_width(), most - 1);
  }
}

// Training, with many times its usual budget, never does with fewer, and does with enough where that is easy.
TEST(LeastHypernetworkPrimary, TrainingDoesNotDoWithFewer) {
  for (const std::uint64_t seed : {1, 2, 3}) {
    const ConditionedTarget target(1, 1, 4, seed);
    const LeastSize least = LeastHypernetworkPrimary(target, kTolerance);
    ASSERT_GE(least.least_width(), 1);
    bool does_with_enough = true, does_with_fewer = true;
    for (Index j = 0; j < target.conditions(); ++j) {
      const auto is_within = [&](Index width) {
        if (width < 1) return false;
        for (std::uint64_t restart = 0; restart < 5; ++restart) {
          RandomStream random(seed, {restart});
          const TubeFitOptions options{.tolerance = kTolerance, .iterations = 500};
          if (FitWithinTube(TableNetwork(1, width, 0, 1), target, j, options, random, {}).within) return true;
        }
        return false;
      };
      does_with_enough = does_with_enough && is_within(least.enough_width());
      does_with_fewer = does_with_fewer && is_within(least.least_width() - 1);
    }
    EXPECT_TRUE(does_with_enough);
    EXPECT_FALSE(does_with_fewer);
  }
}

TEST(LeastHypernetworkPrimary, GrowsWithTheNumberOfCells) {
  // Half of the neighbouring signs differ; the worst of n rows has some more, and at most all of them do.
  for (const int cells : {64, 512}) {
    const auto pieces = static_cast<double>(LeastHypernetworkPrimary(ConditionedTarget(1, 1, cells, 3), 0.75).pieces);
    EXPECT_GT(pieces, 0.5 * cells);
    EXPECT_LE(pieces, 2 * cells);
  }
}

TEST(LeastHypernetworkPrimary, RefusesMoreInputsAndStopsWhenAsked) {
  try {
    LeastHypernetworkPrimary(ConditionedTarget(2, 1, 2, 1), 0.75);
    FAIL() << "two inputs were accepted";
  } catch (const std::invalid_argument& error) {
    EXPECT_STREQ(error.what(), "least size: found primary_dim = 2, accepted: 1");
  }
  const std::atomic<bool> stops = true;
  EXPECT_THROW(LeastHypernetworkPrimary(ConditionedTarget(1, 1, 2, 1), 0.75, StopRequest(stops)), Stopped);
}

}  // namespace
}  // namespace hyperwidth
