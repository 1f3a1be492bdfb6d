// SPDX-License-Identifier: Apache-2.0
//
// The counting of sign patterns and of linear pieces for several outputs, against networks of one input that are run:
// all of them, random ones, and ones built to do as well as possible.

#include <algorithm>
#include <cmath>
#include <cstdint>
#include <limits>
#include <random>
#include <set>
#include <utility>
#include <vector>

#include "gtest/gtest.h"
#include "theory/bump.h"
#include "theory/grid.h"
#include "theory/linear_pieces.h"
#include "theory/rigorous.h"
#include "theory/sign_patterns.h"

namespace hyperwidth {
namespace {

// Weights [to][from], the last one of each unit its bias.
using Layer = std::vector<std::vector<double>>;
using Network = std::vector<Layer>;

std::vector<double> Applied(const Layer& layer, const std::vector<double>& inputs) {
  std::vector<double> outputs;
  for (const std::vector<double>& weights : layer) {
    double sum = weights.back();
    for (std::size_t i = 0; i < inputs.size(); ++i) sum += weights[i] * inputs[i];
    outputs.push_back(sum);
  }
  return outputs;
}

// Of the first `layers` layers: the inputs of the units of the last of them.
std::vector<double> Run(const Network& network, double x, std::size_t layers) {
  std::vector<double> values = {x};
  for (std::size_t layer = 0; layer < layers; ++layer) {
    if (layer > 0) {
      for (double& value : values) value = std::max(0.0, value);
    }
    values = Applied(network[layer], values);
  }
  return values;
}

std::int64_t NonZero(const Network& network) {
  std::int64_t count = 0;
  for (const Layer& layer : network) {
    for (const std::vector<double>& weights : layer) {
      count += std::count_if(weights.begin(), weights.end(), [](double weight) { return weight != 0; });
    }
  }
  return count;
}

constexpr double kEnd = 1e4;  // far beyond all kinks of the networks below

// Of the fewest of all outputs, and 0 if an output is 0. Between neighbouring points of the set all units are linear:
// layer by layer, the points where a unit's input is 0 join it.
int FewestPieces(const Network& network) {
  std::set<double> points = {-kEnd, kEnd};
  for (std::size_t layers = 1; layers < network.size(); ++layers) {
    const std::vector<double> before(points.begin(), points.end());
    for (std::size_t i = 0; i + 1 < before.size(); ++i) {
      const std::vector<double> left = Run(network, before[i], layers), right = Run(network, before[i + 1], layers);
      for (std::size_t unit = 0; unit < left.size(); ++unit) {
        if (left[unit] * right[unit] >= 0) continue;
        points.insert(before[i] + (before[i + 1] - before[i]) * left[unit] / (left[unit] - right[unit]));
      }
    }
  }
  const std::vector<double> x(points.begin(), points.end());
  std::vector<std::vector<double>> values;
  for (const double point : x) values.push_back(Run(network, point, network.size()));
  int fewest = std::numeric_limits<int>::max();
  for (std::size_t output = 0; output < network.back().size(); ++output) {
    int pieces = 1;
    bool is_zero = true;
    for (std::size_t i = 0; i < x.size(); ++i) is_zero = is_zero && values[i][output] == 0;
    for (std::size_t i = 1; i + 1 < x.size(); ++i) {
      const auto slope = [&](std::size_t j) { return (values[j + 1][output] - values[j][output]) / (x[j + 1] - x[j]); };
      // Weights are small whole numbers, so slopes are whole numbers too.
      pieces += x[i + 1] - x[i] > 1e-6 && x[i] - x[i - 1] > 1e-6 && std::abs(slope(i) - slope(i - 1)) > 0.5;
    }
    fewest = std::min(fewest, is_zero ? 0 : pieces);
  }
  return fewest;
}

// Hats at 1, 2, .. without constants in the outputs: kinks at 0, 1, .., of which the first unit needs no bias.
TEST(PiecesOfSeveralOutputs, NeedAsManyParametersAsIsProvedAtDepthTwo) {
  for (const int outputs : {1, 2, 3, 10}) {
    for (const int pieces : {2, 3, 8, 40}) {
      Network network(2);
      for (int unit = 0; unit + 1 < pieces; ++unit) network[0].push_back({1, -1.0 * unit});
      std::vector<double> row;
      for (int unit = 0; unit + 1 < pieces; ++unit) row.push_back(unit % 2 == 0 ? 1 : -1);
      row.push_back(0);
      network[1].assign(outputs, row);
      EXPECT_EQ(FewestPieces(network), pieces);
      EXPECT_EQ(NonZero(network), (outputs + 2) * (pieces - 1) - 1);
      EXPECT_EQ(LeastParametersForPieces(pieces, 2, outputs).value, NonZero(network)) << outputs << " " << pieces;
    }
  }
}

// With a layer to spare one unit passes all kinks on, and each output has a single weight.
TEST(PiecesOfSeveralOutputs, ShareTheirWeightsToo) {
  for (const int outputs : {1, 2, 3, 10}) {
    for (const int pieces : {2, 3, 8}) {
      Network network(3);
      for (int unit = 0; unit + 1 < pieces; ++unit) network[0].push_back({1, -1.0 * unit});
      std::vector<double> row;
      for (int unit = 0; unit + 1 < pieces; ++unit) row.push_back(unit % 2 == 0 ? 2 : -2);
      row.push_back(1);  // the sum is above 0 throughout
      network[1] = {row};
      network[2].assign(outputs, {1, 0});
      EXPECT_EQ(FewestPieces(network), pieces);
      const std::int64_t least = *LeastParametersForPieces(pieces, 3, outputs).value;
      EXPECT_LE(least, NonZero(network));
      // One parameter more for each output, both built and proved.
      EXPECT_EQ(NonZero(network), (2 * (pieces - 1) - 1) + pieces + outputs);
      EXPECT_EQ(least, *LeastParametersForPieces(pieces, 3).value + outputs - 1) << outputs << " " << pieces;
    }
  }
}

TEST(PiecesOfSeveralOutputs, AreNeverMoreThanTheParametersAllow) {
  std::mt19937_64 random(3);
  const auto integer = [&](int low, int high) { return std::uniform_int_distribution<int>(low, high)(random); };
  int close = 0;
  for (int draw = 0; draw < 25000; ++draw) {
    const int depth = integer(2, 4), outputs = integer(1, 4);
    const int share = integer(1, 4);  // of weights that are not 0, in quarters
    Network network;
    std::size_t inputs = 1;
    for (int layer = 0; layer < depth; ++layer) {
      Layer weights(layer + 1 < depth ? integer(1, 4) : outputs);
      for (std::vector<double>& unit : weights) {
        for (std::size_t i = 0; i <= inputs; ++i) unit.push_back(integer(1, 4) <= share ? integer(-3, 3) : 0);
      }
      inputs = weights.size();
      network.push_back(std::move(weights));
    }
    const int pieces = FewestPieces(network);
    if (pieces == 0) continue;
    const std::int64_t least = *LeastParametersForPieces(pieces, depth, outputs).value;
    ASSERT_LE(least, NonZero(network)) << depth << " layers, " << outputs << " outputs, " << pieces << " pieces";
    close += outputs > 1 && pieces > 1 && NonZero(network) <= least + 2;
  }
  EXPECT_GE(close, 20);
}

using Patterns = std::vector<bool>;  // all points of the first output, then of the next

Patterns PatternsAt(const Network& network, int points) {
  Patterns patterns;
  for (std::size_t output = 0; output < network.back().size(); ++output) {
    for (int x = 0; x < points; ++x) patterns.push_back(Run(network, x, network.size())[output] > 0);
  }
  return patterns;
}

// One hidden unit: each output is constant on one side of its kink and linear on the other, so that it changes its sign
// at most once, and outputs that both do have their changes on the active side, where they may be anywhere.
TEST(PatternsOfTwoOutputs, OfOneUnitAreAllPairsWithOneChange) {
  for (int points = 3; points <= 8; ++points) {
    std::set<Patterns> found;
    // Changes before, or nowhere: -1. The unit is x + 1.
    for (int first = -1; first < 2 * points; ++first) {
      for (int second = -1; second < 2 * points; ++second) {
        const auto row = [&](int change) -> std::vector<double> {
          const double sign = change < points ? 1 : -1;
          return {sign, -sign * ((change < points ? change : change - points) + 1.5)};
        };
        found.insert(PatternsAt({{{1, 1}}, {row(first), row(second)}}, points));
      }
    }
    std::mt19937_64 random(points);
    std::normal_distribution<double> normal;
    for (int draw = 0; draw < 5000; ++draw) {
      const double w = normal(random), kink = points * (normal(random) + 0.5);
      found.insert(
          PatternsAt({{{w, -w * kink}}, {{normal(random), normal(random)}, {normal(random), normal(random)}}}, points));
    }
    EXPECT_EQ(found.size(), static_cast<std::size_t>(4 * points * points));
    const double counted = Log2SignPatterns(points, 2, 1) + Log2SignPatterns(2 * points, 2 + 2 * 2, 2);
    EXPECT_LE(std::log2(static_cast<double>(found.size())), counted);
  }
}

TEST(PatternsOfTwoOutputs, AreNeverMoreThanCounted) {
  for (const int units : {1, 2, 3}) {
    for (const int points : {4, 6, 12, 40}) {
      std::set<Patterns> found;
      std::set<Patterns> of_first;
      std::mt19937_64 random(100 * units + points);
      std::normal_distribution<double> normal;
      std::uniform_real_distribution<double> kink(-0.5, points - 0.5);
      for (int draw = 0; draw < 30000; ++draw) {
        Network network(2);
        for (int unit = 0; unit < units; ++unit) {
          const double w = normal(random);
          network[0].push_back({w, -w * kink(random)});
        }
        for (int output = 0; output < 2; ++output) {
          std::vector<double> row;
          for (int unit = 0; unit < units; ++unit) row.push_back(normal(random));
          row.push_back(units * normal(random));
          network[1].push_back(row);
        }
        const Patterns patterns = PatternsAt(network, points);
        found.insert(patterns);
        of_first.insert(Patterns(patterns.begin(), patterns.begin() + points));
      }
      const double of_hidden = Log2SignPatterns(units * points, 2 * units, 1);
      const double counted = of_hidden + Log2SignPatterns(2 * points, 2 * units + 2 * (units + 1), 2);
      EXPECT_LE(std::log2(static_cast<double>(found.size())), counted) << units << " " << points;
      EXPECT_GT(found.size(), 5 * of_first.size());
      // The hidden layer is counted once: less than two networks of one output.
      EXPECT_LT(counted, 2 * (of_hidden + Log2SignPatterns(points, 3 * units + 1, 2)));
    }
  }
}

// All signs at M points of a line: hats at the points, shared by the outputs, with weights of their own.
TEST(PatternsOfSeveralOutputs, AreAllReachedByNoFewerParametersThanAreProved) {
  for (const double outputs : {1.0, 2.0, 7.0, 100.0}) {
    for (const double points : {2.0, 10.0, 500.0}) {
      const Grid grid{.layout = Layout::kNodes,
                      .bump = AdmissibleBumps(1).front(),
                      .x = {.axes = 1, .cells = points - 1},
                      .condition = {.axes = 0}};
      const double built = 2 * (points - 1) + outputs * points;
      const auto least = SmallestParameterCount(WithOutputs(StandardClass(2), outputs), grid);
      EXPECT_LE(static_cast<double>(*least.value), built);
      // At least as many bits of the outputs alone: N log2(4 e K M / N) + .. >= K M.
      EXPECT_GT(static_cast<double>(*least.value), outputs * points / 40);
    }
  }
}

// With fewer parameters than outputs a hidden layer has fewer polynomials than variables, and still the count increases
// with both.
TEST(PatternsOfSeveralOutputs, IncreaseWithParametersAndScalarsWhereOutputsAreMany) {
  const PointCounts points{.log2_all = 10, .log2_conditions = 9, .log2_primary = 1};
  double before = -std::numeric_limits<double>::infinity();
  for (double log2_parameters = 0; log2_parameters < 14; log2_parameters += 0.01) {
    const double bits = Log2PatternsPerPoint(WithOutputs(EmbeddingClass(3, 100), 1000), points, log2_parameters);
    EXPECT_GE(bits, before) << log2_parameters;
    before = bits;
  }
  before = -std::numeric_limits<double>::infinity();
  for (double kappa = 1; kappa < 3000; kappa *= 1.01) {
    const double bits = Log2PatternsPerPoint(WithOutputs(EmbeddingClass(3, kappa), 1000), points, 3);
    EXPECT_GE(bits, before - 1e-12) << kappa;
    before = bits;
  }
  EXPECT_EQ(before, std::numeric_limits<double>::infinity());
}

}  // namespace
}  // namespace hyperwidth
