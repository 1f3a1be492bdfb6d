// SPDX-License-Identifier: Apache-2.0

#include "theory/sawtooth_product.h"

#include <algorithm>
#include <cmath>

#include "gtest/gtest.h"

namespace hyperwidth {
namespace {

constexpr double kRounding = 1e-14;  // a few dozen additions of numbers up to 2

// P_s as a network of its own: x + 1 and y + 1 in the first layer, the product in the last.
ReluNetwork ProductNetwork(int teeth) {
  ReluNetwork network;
  network.AddLayer({{.entries = {{0, 1.0}}, .bias = 1, .has_bias = true},  //
                    {.entries = {{1, 1.0}}, .bias = 1, .has_bias = true}});
  network.AddLayer({AppendProducts({{UnitValue(0, 1), UnitValue(1, 1)}}, teeth, {}, network)[0]});
  return network;
}

TEST(SawtoothProduct, IsWithinFourToTheMinusTeethMinusOneAndNeverAboveAFactor) {
  for (const int teeth : {1, 2, 3, 5, 9}) {
    const ReluNetwork network = ProductNetwork(teeth);
    const double bound = std::pow(4.0, -teeth - 1);
    double largest = 0;
    for (double x = -1; x <= 1; x += 1.0 / 67) {
      for (double y = -1; y <= 1; y += 1.0 / 53) {
        const double product = network.Evaluate({x, y});
        largest = std::max(largest, std::abs(product - x * y));
        EXPECT_LE(std::abs(product), std::min(std::abs(x), std::abs(y)) + kRounding) << x << " " << y;
      }
    }
    EXPECT_LE(largest, bound + kRounding);
    EXPECT_GT(largest, 0.5 * bound);
  }
}

TEST(SawtoothProduct, IsExactWhereAFactorIsZeroOrOneInMagnitude) {
  const ReluNetwork network = ProductNetwork(3);
  for (double y = -1; y <= 1; y += 1.0 / 31) {
    EXPECT_NEAR(network.Evaluate({0, y}), 0, kRounding);
    EXPECT_NEAR(network.Evaluate({1, y}), y, kRounding);
    EXPECT_NEAR(network.Evaluate({y, -1}), -y, kRounding);
  }
}

TEST(SawtoothProduct, CostsFifteenParametersAToothAndFiveMore) {
  // First layer 4, magnitudes 2 * (3 + 2) since the offsets cancel in the difference, the output's bias 1.
  for (const int teeth : {1, 4}) EXPECT_EQ(ProductNetwork(teeth).NumParameters(), 4 + 10 + 15 * teeth + 5 + 1);
}

TEST(SawtoothSquare, LiesAboveTheSquareByAtMostFourToTheMinusTeethMinusOne) {
  for (const int teeth : {1, 2, 4, 7}) {
    ReluNetwork network;
    network.AddLayer({{.entries = {{0, 1.0}}, .bias = 1, .has_bias = true}});
    network.AddLayer({AppendSquare(UnitValue(0, 1), teeth, {}, network)});
    for (double x = -1; x <= 1; x += 1.0 / 301) {
      const double excess = network.Evaluate({x}) - x * x;
      EXPECT_GE(excess, -kRounding);
      EXPECT_LE(excess, std::pow(4.0, -teeth - 1) + kRounding);
    }
  }
}

TEST(ChooseTeeth, MeetsTheBudgetAndNoToothCanBeSpared) {
  const std::vector<ProductGroup> groups = {{0, 16}, {std::log(40.0), 500}, {std::log(1e-3), 15}};
  for (const double budget : {0.5, 1e-3, 1e-7, 1e-12}) {
    const std::vector<int> teeth = ChooseTeeth(groups, std::log(budget));
    const auto error = [&](const std::vector<int>& at) {
      double sum = 0;
      for (std::size_t i = 0; i < groups.size(); ++i) sum += std::exp(groups[i].log_scale) * std::pow(4.0, -at[i] - 1);
      return sum;
    };
    EXPECT_LE(error(teeth), budget * (1 + 1e-12));
    for (std::size_t i = 0; i < teeth.size(); ++i) {
      std::vector<int> fewer = teeth;
      if (fewer[i]-- == 1) continue;
      EXPECT_GT(error(fewer), budget * (1 - 1e-12)) << i;
    }
  }
}

}  // namespace
}  // namespace hyperwidth
