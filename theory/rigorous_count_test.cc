// SPDX-License-Identifier: Apache-2.0
//
// The smallest numbers of parameters, against 100 digits and against a naive implementation.

#include <algorithm>
#include <cmath>
#include <cstdint>
#include <string>
#include <vector>

#include "gtest/gtest.h"
#include "theory/reference/naive_bounds.h"
#include "theory/reference/wide_inequality.h"
#include "theory/rigorous.h"

namespace hyperwidth {
namespace {

using reference::ClassesOfDepth;
using reference::ClassWithScalars;
using reference::DeepOnet;
using reference::IsTooFew;
using reference::TwoAxes;
using reference::Wide;

// N is enough, but for a part `rest` of it, and one parameter less is not. Beyond 2^53 with a unit of log10 instead.
// Likewise for ProvesMoreThan.
void ExpectTheFirstThatIsEnough(const ClassWithScalars& networks, const TwoAxes& axes, double rest = 0) {
  const Grid grid = axes.grid();
  const Count count = SmallestParameterCount(networks.network_class, grid);
  const std::string what = axes.Text() + ", " + networks.network_class.groups.front().meaning + ", " + count.Text();
  const auto proves = [&](const Count& parameters) { return ProvesMoreThan(networks.network_class, grid, parameters); };
  if (count.value) {
    EXPECT_FALSE(IsTooFew(networks, axes, ceil(*count.value * (1 + Wide(rest))))) << what;
    EXPECT_FALSE(proves(count)) << what;
    EXPECT_GE(*count.value, 1) << what;
    if (*count.value == 1) return;
    EXPECT_TRUE(IsTooFew(networks, axes, *count.value - 1)) << what;
    EXPECT_TRUE(proves(Count::Exact(*count.value - 1))) << what;
  } else {
    const double above = count.log10 + 1e-10 + 1e-14 * grid.Log2Points();
    EXPECT_TRUE(IsTooFew(networks, axes, pow(Wide(10), Wide(count.log10)))) << what;
    EXPECT_FALSE(IsTooFew(networks, axes, pow(Wide(10), Wide(std::nextafter(above, 1e300))))) << what;
    EXPECT_TRUE(proves(count)) << what;
    EXPECT_FALSE(proves(Count::FromLog10(std::nextafter(above, 1e300)))) << what;
  }
}

TEST(SmallestParameterCount, IsTheFirstThatIsEnough) {
  for (const int depth : {2, 11}) {
    for (const ClassWithScalars& networks : ClassesOfDepth(depth)) {
      for (const Layout layout : {Layout::kCells, Layout::kNodes, Layout::kCheckerboard}) {
        for (const double x : {1.0, 4.0, 37.0, 54321.0}) {
          for (const double condition : {1.0, 10.0, 800.0})
            ExpectTheFirstThatIsEnough(networks, {layout, x, condition});
        }
      }
    }
  }
}

TEST(SmallestParameterCount, IsTheFirstThatIsEnoughForDepthsAround300) {
  for (const int depth : {299, 300, 301, 302, 700}) {
    for (const ClassWithScalars& networks : ClassesOfDepth(depth)) {
      ExpectTheFirstThatIsEnough(networks, {Layout::kNodes, 3000, 3000});
      ExpectTheFirstThatIsEnough(networks, {Layout::kCheckerboard, 1e7, 1e5});
      ExpectTheFirstThatIsEnough(networks, {Layout::kNodes, 1e19, 1}, 1e-13);  // Stirling's formula shows
    }
  }
}

TEST(SmallestParameterCount, BeyondTwoToThe53IsAsCloseAsDocumented) {
  for (const int depth : {2, 350}) {
    for (const ClassWithScalars& networks : ClassesOfDepth(depth)) {
      for (const double x : {1e12, 1e19, 7e250}) {
        for (const double condition : {1.0, 1e9, 3e100}) {
          ExpectTheFirstThatIsEnough(networks, {Layout::kNodes, x, condition}, 1e-13);
        }
      }
    }
  }
}

// The finest grid whose count is exact has nearly 2^53 parameters, and the next has more.
TEST(SmallestParameterCount, IsExactUpToTwoToThe53) {
  for (const ClassWithScalars& networks : ClassesOfDepth(2)) {
    const auto count = [&](double x) {
      return SmallestParameterCount(networks.network_class, TwoAxes{Layout::kNodes, x, 1e4}.grid());
    };
    double exact = 1e8;
    double beyond = 1e20;
    while (beyond > exact * (1 + 1e-10)) {
      const double middle = std::floor(std::sqrt(exact) * std::sqrt(beyond));
      (count(middle).value ? exact : beyond) = middle;
    }
    EXPECT_NEAR(count(exact).log10, 53 * std::log10(2.0), 1e-8);
    EXPECT_NEAR(count(beyond).log10, 53 * std::log10(2.0), 1e-8);
  }
}

// As many scalars as are just proved not to do: N is then what they leave over, the small difference of two numbers of
// which doubles know only some digits.
TEST(SmallestParameterCount, IsTheFirstThatIsEnoughWhereItIsASmallDifference) {
  int exact = 0;
  int beyond = 0;
  for (const double x : {1e4, 1e6, 1e9, 1e12, 1e14}) {
    for (const double condition : {1e4, 1e7, 1e12, 1e20, 1e30}) {
      const TwoAxes axes{Layout::kNodes, x, condition};
      double kappa = 1;
      for (double step = std::exp2(std::floor(std::log2(x))); step >= 1; step /= 2) {
        if (ProvesMoreThan(DeepOnet(2, kappa + step).network_class, axes.grid(), Count::Exact(1))) kappa += step;
      }
      for (const double fewer : {0.0, 1.0, 2.0, 10.0}) {
        const ClassWithScalars networks = DeepOnet(2, kappa - fewer);
        ExpectTheFirstThatIsEnough(networks, axes);
        const bool is_exact = SmallestParameterCount(networks.network_class, axes.grid()).value.has_value();
        ++(is_exact ? exact : beyond);
      }
    }
  }
  EXPECT_GT(exact, 20);
  EXPECT_GT(beyond, 20);
}

TEST(SmallestParameterCount, IsOneWhereNothingIsProved) {
  const Grid single = IsotropicGrid(AdmissibleBumps(1).front(), 3, 3, 1);
  for (const ClassWithScalars& networks : ClassesOfDepth(2)) {
    if (networks.network_class.outputs > 1) continue;  // as many signs at a single point
    EXPECT_EQ(SmallestParameterCount(networks.network_class, single).value, 1);
    EXPECT_FALSE(ProvesMoreThan(networks.network_class, single, Count::Exact(1)));
  }
}

// The names of naive_bounds.h, as classes.
TEST(SmallestParameterCount, IsThatOfTheNaiveImplementation) {
  int above_one = 0;
  for (const int depth : {2, 4, 299, 300, 301, 302, 303}) {
    const std::vector<std::pair<std::string, NetworkClass>> classes = {
        {"standard", StandardClass(depth)},
        {"embedding", EmbeddingClass(depth, 5)},
        {"embedding_any_dimension", DenseEmbeddingClass(depth)},
        {"hypernetwork_total", HypernetworkTotalClass(depth, 3)},
        {"deeponet", DeepOnet(depth, 5).network_class}};
    for (const auto& [name, network_class] : classes) {
      const std::vector<reference::Layer> layers = reference::LayersOf(name, depth, 3, 5);
      for (const double x : {3.0, 50.0, 3000.0, 54321.0}) {
        for (const double condition : {2.0, 90.0, 4000.0}) {
          const reference::Points points{
              .all = (x + 1) * (condition + 1), .conditions = condition + 1, .primary = x + 1};
          const std::int64_t naive = reference::SmallestSize(layers, points);
          const Grid grid = TwoAxes{Layout::kNodes, x, condition}.grid();
          EXPECT_EQ(SmallestParameterCount(network_class, grid).value, naive) << name << " " << depth << " " << x;
          above_one += naive > 1;
        }
      }
    }
  }
  EXPECT_GT(above_one, 200);
}

}  // namespace
}  // namespace hyperwidth
