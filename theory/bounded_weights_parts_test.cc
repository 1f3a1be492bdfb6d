// SPDX-License-Identifier: Apache-2.0
//
// The Lipschitz constant of networks with bounded weights, the one step of the bound that is not counting, and what is
// made of it: the bits of one weight, and the right-hand side of certificates.

#include "theory/bounded_weights_parts.h"

#include <algorithm>
#include <cmath>
#include <random>
#include <stdexcept>
#include <string>
#include <vector>

#include "gtest/gtest.h"
#include "theory/bounded_weights.h"
#include "theory/rigorous.h"

namespace hyperwidth {
namespace {

using Wide = boost::multiprecision::cpp_bin_float_100;

// One unit's weights with its bias last; a network's layers; the last one has a single unit, without activation.
using Unit = std::vector<double>;
using Network = std::vector<std::vector<Unit>>;

double Evaluate(const Network& network, std::vector<double> values, double (*activation)(double)) {
  for (std::size_t layer = 0; layer < network.size(); ++layer) {
    std::vector<double> next;
    for (const Unit& unit : network[layer]) {
      double sum = unit.back();
      for (std::size_t i = 0; i < values.size(); ++i) sum += unit[i] * values[i];
      next.push_back(layer + 1 < network.size() ? activation(sum) : sum);
    }
    values = next;
  }
  return values.front();
}

// As many units in each hidden layer as inputs; each weight from `weight`.
template <typename Weight>
Network MakeNetwork(int depth, int inputs, const Weight& weight) {
  Network network(depth);
  for (int layer = 0; layer < depth; ++layer) {
    for (int unit = 0; unit < (layer + 1 < depth ? inputs : 1); ++unit) {
      network[layer].emplace_back();
      for (int i = 0; i <= inputs; ++i) network[layer].back().push_back(weight(layer, unit, i));
    }
  }
  return network;
}

double Tanh(double x) { return std::tanh(x); }
double Clip(double x) { return std::clamp(x, -1.0, 1.0); }

TEST(LipschitzConstant, CoversRandomNetworks) {
  constexpr int kInputs = 6;
  constexpr double kStep = 1e-4;
  std::mt19937_64 random(17);
  for (const int depth : {1, 2, 3, 4}) {
    for (const double bound : {0.3, 1.0, 4.0}) {
      const double most = kStep * static_cast<double>(LipschitzConstant(depth, kInputs, bound));
      std::uniform_real_distribution<double> inner(-bound + kStep, bound - kStep);
      std::uniform_real_distribution<double> uniform(-1, 1);
      for (int draw = 0; draw < 200; ++draw) {
        const Network network = MakeNetwork(depth, kInputs, [&](int, int, int) { return inner(random); });
        const Network changed = MakeNetwork(depth, kInputs, [&](int layer, int unit, int i) {
          return network[layer][unit][i] + (random() % 2 == 0 ? kStep : -kStep);
        });
        std::vector<double> x(kInputs);
        for (double& coordinate : x) coordinate = uniform(random);
        for (const auto activation : {Tanh, Clip}) {
          EXPECT_LE(std::abs(Evaluate(changed, x, activation) - Evaluate(network, x, activation)), most);
        }
      }
    }
  }
}

// Units of sign s = +1, -1, +1, .. whose weights are s s_j B: they cancel where all values are near 1, as the biases
// make them, but add up all the changes, which have the signs s_j.
TEST(LipschitzConstant, IsReachedUpToOnePercent) {
  constexpr double kStep = 1e-9;
  constexpr double kNearOne = 0.995;
  for (const int depth : {1, 2, 3, 4}) {
    for (const int inputs : {2, 6}) {
      for (const double bound : {1.0, 4.0}) {
        const auto sign = [](int i) { return i % 2 == 0 ? 1.0 : -1.0; };
        const auto weight = [&](int layer, int unit, int i) {
          if (i < inputs) return sign(unit) * sign(i) * (bound - kStep);
          return layer + 1 < depth ? kNearOne : 0.0;
        };
        const auto changed = [&](int layer, int unit, int i) { return weight(layer, unit, i) + sign(unit) * kStep; };
        const std::vector<double> x(inputs, 1.0);
        const double change = Evaluate(MakeNetwork(depth, inputs, changed), x, Clip) -
                              Evaluate(MakeNetwork(depth, inputs, weight), x, Clip);
        const double most = kStep * static_cast<double>(LipschitzConstant(depth, inputs, bound));
        EXPECT_LE(change, most * (1 + 1e-6)) << depth << " " << inputs << " " << bound;  // of rounding
        EXPECT_GE(change, 0.99 * most) << depth << " " << inputs << " " << bound;
      }
    }
  }
}

TEST(LipschitzConstant, IsTheGeometricSum) {
  EXPECT_EQ(LipschitzConstant(1, 6, 0.5), 7);
  EXPECT_EQ(LipschitzConstant(2, 6, 0.5), 7 * (1 + 3));
  EXPECT_EQ(LipschitzConstant(3, 6, 0.5), 7 * (1 + 3 + 9));
  EXPECT_EQ(LipschitzConstant(7, 6, 0.5), 7 * 1093);  // (3^7 - 1) / 2
  EXPECT_EQ(LipschitzConstant(5, 4, 0.25), 5 * 5);
  for (const int depth : {2, 3, 10, 61}) {
    for (const double inputs : {3.0, 1e15}) {
      for (const double bound : {1 / inputs, 1e-4, 1e6}) {  // the first makes B h hardly differ from 1
        BoundedWeightsReal sum = 0;
        for (int j = 0; j < depth; ++j) sum += pow(BoundedWeightsReal(bound) * inputs, j);
        const BoundedWeightsReal expected = (inputs + 1) * sum;
        EXPECT_LE(abs(LipschitzConstant(depth, inputs, bound) / expected - 1), 1e-45) << depth << " " << inputs;
      }
    }
  }
}

TEST(LipschitzConstant, RefusesDepthsThatNoProblemHas) {
  EXPECT_NO_THROW(LipschitzConstant(kMaxDepth, 2, 1));
  EXPECT_THROW(LipschitzConstant(kMaxDepth + 1, 2, 1), std::domain_error);
  EXPECT_THROW(LipschitzConstant(0, 2, 1), std::domain_error);
}

// log2(1 + B Lambda / excess), in 100 digits, is exceeded by one part in 10^30.
TEST(BitsOfOneWeight, AreTheLogarithmOfTheRoundings) {
  const auto check = [](const Problem& problem, double excess, double roundings) {
    const Wide exact = log(Wide(roundings)) / log(Wide(2));
    const Wide above = Wide(BitsOfOneWeight(problem, excess)) / exact - 1;
    EXPECT_GT(above, Wide("0.99e-30"));
    EXPECT_LT(above, Wide("1.01e-30"));
  };
  // Seven inputs, x and I; then as many as units: Lambda = 8 (1 + 3.5) = 36 and 11 (1 + 5 + 25) = 341.
  check({.primary_dim = 3, .condition_dim = 4, .weight_bound = 0.5, .width = 6}, 0.25, 1 + 0.5 * 36 / 0.25);
  check({.primary_dim = 3, .condition_dim = 4, .depth = 3, .weight_bound = 0.5, .width = 10}, 2, 1 + 0.5 * 341 / 2);
}

// N log2(..) / M, in 100 digits, rounded up in the 36th decimal, of which one more is kept for rounding.
TEST(RoundingsPerPointAbove, IsTheRightHandSideOfItsInequality) {
  const Problem problem{.smoothness = 1, .primary_dim = 1, .condition_dim = 2, .epsilon = 1e-3};
  const CertifiedBound bound = BoundedWeightsBound(problem);
  const Wide height = 1 / (Wide(bound.grid.Norm()) * (1 + bound.grid.NormRounding()));
  const Wide excess = height - Wide(std::nextafter(1e-3, 1.0));
  const Wide lambda = Wide(101) * (1 + 10 * 100);
  const Wide bits = log(1 + 10 * lambda / excess) / log(Wide(2)) * (1 + Wide("1e-30"));
  const std::int64_t points = *NumPoints(bound.grid).value;
  const Wide last = pow(Wide(10), -36);
  for (std::int64_t weights = 1; weights < 3 * points; weights = weights * 7 + 3) {
    const std::string text = RoundingsPerPointAbove(problem, bound.grid, std::to_string(weights));
    EXPECT_EQ(text.size() - text.find('.'), 37u);
    const Wide over = (Wide(text) - weights * bits / points) / last;
    EXPECT_GT(over, 0.99) << weights;
    EXPECT_LT(over, 2.01) << weights;
  }
  const std::int64_t least = *bound.count.value;
  EXPECT_LT(Wide(RoundingsPerPointAbove(problem, bound.grid, std::to_string(least - 1))), 1);
}

}  // namespace
}  // namespace hyperwidth
