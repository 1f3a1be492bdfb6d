// SPDX-License-Identifier: Apache-2.0
//
// Errors, cells, teeth and counts of the local Taylor polynomials, against the formulas of the header evaluated anew,
// with the multi-indices enumerated one by one.

#include <algorithm>
#include <cmath>
#include <random>
#include <stdexcept>
#include <string>
#include <vector>

#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "theory/local_taylor_network.h"
#include "theory/sawtooth_product.h"

namespace hyperwidth {
namespace {

using ::testing::HasSubstr;
using ::testing::ThrowsMessage;

// Of the multi-indices of each order 0, .., r in d dimensions.
struct Enumeration {
  std::vector<long double> numbers;
  std::vector<long double> least_factorials;
};

Enumeration Enumerate(int r, int dim) {
  Enumeration found{std::vector<long double>(r + 1, 0), std::vector<long double>(r + 1, 1e30L)};
  std::vector<int> k(dim, 0);
  for (;;) {
    int order = 0;
    long double factorial = 1;
    for (const int derivatives : k) {
      order += derivatives;
      for (int i = 2; i <= derivatives; ++i) factorial *= i;
    }
    if (order <= r) {
      ++found.numbers[order];
      found.least_factorials[order] = std::min(found.least_factorials[order], factorial);
    }
    int axis = 0;
    while (axis < dim && ++k[axis] > r) k[axis++] = 0;
    if (axis == dim) return found;
  }
}

// What `teeth`[order] adds to the error for each 4^(-s-1).
long double ProductScale(int order, const Enumeration& found, int dim, long double n) {
  if (order == 0) return n == 1 ? 0 : 2 * dim;
  long double scale = found.numbers[order];
  for (int i = 0; i < order; ++i) scale *= n == 1 ? 1 : (1 + 2 / 32.0L) / n;
  return scale;
}

long double TaylorError(int r, const Enumeration& found, long double n) {
  long double error = 1 / found.least_factorials[r];
  for (int i = 0; i < r; ++i) error /= n;
  return error;
}

TEST(LocalTaylorErrorBound, IsTheHeadersFormulaRoundedUp) {
  for (int dim = 1; dim <= 4; ++dim) {
    for (int r = 3; r <= 6; ++r) {
      const Enumeration found = Enumerate(r, dim);
      for (const double cells : {1.0, 2.0, 3.0, 7.0, 1000.0, 1e9}) {
        for (int pattern = 0; pattern < 12; ++pattern) {
          LocalTaylorPlan plan{.smoothness = r, .dim = dim, .cells = cells, .teeth = {}};
          long double error = TaylorError(r, found, cells);
          for (int order = 0; order < r; ++order) {
            plan.teeth.push_back(1 + (pattern * (order + 2)) % 19);
            error += ProductScale(order, found, dim, cells) * std::pow(0.25L, plan.teeth[order] + 1);
          }
          const auto bound = static_cast<long double>(ErrorBound(plan));
          EXPECT_GT(bound, error) << r << " " << dim << " " << cells;
          EXPECT_LT(bound, error * (1 + 1.6L / (1LL << 52))) << r << " " << dim << " " << cells;
        }
      }
    }
  }
}

// What all targets have in common, counted layer by layer.
double SharedParameters(const LocalTaylorPlan& plan) {
  const int d = plan.dim;
  const int n = static_cast<int>(plan.cells);
  const int coordinates = n == 1 ? d : 2 * d;
  const int odd = n == 1 ? 0 : d;  // tau of each axis
  double shared = 0;
  for (int axis = 0; axis < d; ++axis) {
    shared += 2 * (2 * n - 1);                 // kinks
    shared += (n == 1 ? 1 : 2) * (n + 1);      // coordinates: slopes, one at the left end too, and a bias
    shared += n == 1 ? 0 : 2 * (n - 1) + 2;    // tau
    if (n > 1) shared += 1 + 1 + 2 * (n - 2);  // distances
  }
  if (n > 1) shared += std::pow(n, d) * (d + 1) + 2 * (coordinates + odd);  // plateaus, and what passes them
  for (int order = plan.smoothness - 1; order >= 1; --order) {
    const int layers = 1 + plan.teeth[order] + 1;
    for (int layer = 0; layer < layers; ++layer) shared += odd + (order == 1 ? 0 : coordinates);
  }
  for (int axis = 0; n > 1 && axis < d; ++axis) {
    const int layers = 1 + plan.teeth[0] + 1;
    for (int layer = 0; layer < layers; ++layer) shared += d - axis - 1;
  }
  return shared;
}

TEST(LocalTaylorSize, CountAgreesWithTheNetworkThatIsBuilt) {
  const auto zero = [](const std::vector<double>&, const std::vector<int>&) { return 0; };
  for (int dim = 1; dim <= 4; ++dim) {
    for (int r = 3; r <= 6; ++r) {
      const Enumeration found = Enumerate(r, dim);
      double multi_indices = 0;
      for (int order = 0; order < r; ++order) multi_indices += static_cast<double>(found.numbers[order]);
      for (int cells = 1; cells <= 5 && std::pow(cells, dim) * multi_indices < 12000; ++cells) {
        std::vector<int> teeth(r);
        for (int i = 0; i < r; ++i) teeth[i] = 1 + (2 * i + cells + r) % 4;
        const LocalTaylorPlan plan{.smoothness = r, .dim = dim, .cells = static_cast<double>(cells), .teeth = teeth};
        const LocalTaylorNetwork network(plan, zero);
        const NetworkSize size = SizeOf(plan);
        EXPECT_EQ(size.total.value, network.NumParameters()) << dim << " " << r << " " << cells;
        EXPECT_EQ(size.depth, network.Depth()) << dim << " " << r << " " << cells;
        EXPECT_EQ(size.nodal.value, std::pow(cells, dim) * multi_indices) << dim << " " << r << " " << cells;
        EXPECT_EQ(size.per_output.value, network.NumParameters() - SharedParameters(plan))
            << dim << " " << r << " " << cells;
      }
    }
  }
}

TEST(LocalTaylorLogSize, IsThatOfTheCountForAllCopies) {
  for (const int r : {3, 4, 6}) {
    for (const int dim : {1, 2, 3, 8}) {
      for (const double cells : {1.0, 2.0, 5.0, 31.0}) {
        LocalTaylorPlan plan{.smoothness = r, .dim = dim, .cells = cells, .teeth = {}};
        for (int i = 0; i < r; ++i) plan.teeth.push_back(1 + (3 * i) % 7);
        const NetworkSize size = SizeOf(plan);
        const auto total = static_cast<double>(*size.total.value);
        const auto nodal = static_cast<double>(*size.nodal.value);
        const auto output = static_cast<double>(*size.per_output.value);
        EXPECT_NEAR(LogSize(plan), std::log(total), 1e-11) << r << " " << dim << " " << cells;
        EXPECT_NEAR(LogSize(plan, 1, 50), std::log(total + 49 * nodal), 1e-11) << r << " " << dim << " " << cells;
        EXPECT_NEAR(LogSize(plan, 7, 7), std::log(total + 6 * output), 1e-11) << r << " " << dim << " " << cells;
        EXPECT_NEAR(LogSize(plan, 7, 50), std::log(total + 6 * output + 43 * nodal), 1e-11);
      }
    }
  }
  const LocalTaylorPlan large{.smoothness = 3, .dim = 20000, .cells = 1e90, .teeth = {1, 1, 1}};
  EXPECT_NEAR(LogSize(large) / std::log(10.0), SizeOf(large).total.log10, 1e-8);
}

struct Question {
  int smoothness;
  int dim;
  double epsilon;
  double share;
};

std::vector<Question> Questions(int count) {
  std::mt19937_64 random(31);
  std::uniform_real_distribution<double> uniform(0, 1);
  std::vector<Question> questions;
  for (int i = 0; i < count; ++i) {
    questions.push_back({3 + static_cast<int>(5 * uniform(random)),
                         1 + static_cast<int>(4 * uniform(random)),
                         std::pow(10.0, -14 * uniform(random) * uniform(random) - 0.01),
                         std::pow(0.5, 1 + 9 * uniform(random))});
  }
  return questions;
}

TEST(LocalTaylorCells, AreTheFewestThatLeaveTheProductsTheirShare) {
  for (const auto& [r, dim, epsilon, share] : Questions(200)) {
    const Enumeration found = Enumerate(r, dim);
    const double cells = LocalTaylorCells(r, dim, epsilon, share);
    const long double most = static_cast<long double>(epsilon) * (1 - static_cast<long double>(share));
    EXPECT_GE(cells, 1);
    EXPECT_EQ(cells, std::floor(cells));
    EXPECT_LE(TaylorError(r, found, cells), most * (1 + 1e-12L)) << r << " " << dim << " " << epsilon;
    if (cells > 1) {
      EXPECT_GT(TaylorError(r, found, cells - 1), most * (1 - 1e-12L)) << r << " " << dim << " " << epsilon;
    }
  }
}

// 10^-9 of epsilon is the margin that the search leaves. The teeth are those of ChooseTeeth for what a tooth costs in
// each colour, or for merging two, by the network's count.
TEST(PlanLocalTaylor, KeepsTheBudgetWastesNoToothAndDividesByCost) {
  for (const auto& [r, dim, epsilon, share] : Questions(200)) {
    const Enumeration found = Enumerate(r, dim);
    const LocalTaylorPlan plan = PlanLocalTaylor(r, dim, epsilon, LocalTaylorCells(r, dim, epsilon, share));
    EXPECT_EQ(plan.smoothness, r);
    EXPECT_EQ(plan.dim, dim);
    ASSERT_EQ(plan.teeth.size(), static_cast<std::size_t>(r));
    EXPECT_LE(ErrorBound(plan), epsilon) << r << " " << dim << " " << epsilon;
    const bool single = plan.cells == 1;
    if (single) {
      EXPECT_EQ(plan.teeth[0], 1);
    }
    LocalTaylorPlan counted{.smoothness = r, .dim = dim, .cells = single ? 1.0 : 2.0, .teeth = std::vector<int>(r, 1)};
    const auto count = [&] { return static_cast<double>(*SizeOf(counted).per_output.value); };
    const double before = count();
    const double colours = single ? 1 : std::pow(2, dim);
    std::vector<ProductGroup> groups;
    for (int order = single ? 1 : 0; order < r; ++order) {
      LocalTaylorPlan fewer = plan;
      if (--fewer.teeth[order] > 0) {
        EXPECT_GT(ErrorBound(fewer), epsilon * (1 - 3e-9)) << r << " " << dim << " " << epsilon;
      }
      ++counted.teeth[order];
      groups.push_back({static_cast<double>(std::log(ProductScale(order, found, dim, plan.cells))),
                        (count() - before) / (order == 0 ? colours - 1 : colours)});
      --counted.teeth[order];
    }
    const long double left = (1 - 1e-9L) * epsilon - TaylorError(r, found, plan.cells);
    const std::vector<int> chosen = ChooseTeeth(groups, static_cast<double>(std::log(left)));
    EXPECT_EQ(std::vector<int>(plan.teeth.begin() + (single ? 1 : 0), plan.teeth.end()), chosen) << r << " " << dim;
  }
}

TEST(PlanLocalTaylor, ReachesEpsilonInManyDimensions) {
  std::mt19937_64 random(13);
  std::uniform_real_distribution<double> uniform(0, 1);
  for (int sample = 0; sample < 300; ++sample) {
    const double epsilon = std::pow(10.0, -14 * uniform(random) - 0.01);
    const int r = 3 + static_cast<int>(28 * uniform(random));
    const int dim = static_cast<int>(std::pow(20000, uniform(random)));
    const double share = std::pow(0.5, 1 + 12 * uniform(random));
    LocalTaylorPlan plan = PlanLocalTaylor(r, dim, epsilon, LocalTaylorCells(r, dim, epsilon, share));
    EXPECT_LE(ErrorBound(plan), epsilon) << r << " " << dim << " " << epsilon;
    for (int& teeth : plan.teeth) {
      if (teeth == 1) continue;
      --teeth;
      EXPECT_GT(ErrorBound(plan), epsilon * (1 - 3e-9)) << r << " " << dim << " " << epsilon;
      ++teeth;
    }
  }
}

// Taylor's formula must leave the products something, beyond the margin of the search.
TEST(PlanLocalTaylor, RefusesCellsThatLeaveTheProductsNothing) {
  const double taylor_error = 1 / (6.0 * 5 * 5 * 5);  // r = 3 and n = 5 in one dimension
  for (const double share : {1.9, 1.1, 1.0, 1 - 1e-9}) {
    EXPECT_THROW(PlanLocalTaylor(3, 1, taylor_error / share, 5), std::domain_error) << share;
  }
  for (const double share : {1 - 1e-8, 0.5}) {
    EXPECT_LE(ErrorBound(PlanLocalTaylor(3, 1, taylor_error / share, 5)), taylor_error / share);
  }
}

TEST(LocalTaylorPlan, RefusesWhatTheProofDoesNotCover) {
  const auto refuses = [](const auto& call, const std::string& text) {
    EXPECT_THAT(call, ThrowsMessage<std::domain_error>(HasSubstr(text)));
  };
  const auto bound = [](int r, int dim, const std::vector<int>& teeth) {
    return [=] { ErrorBound(LocalTaylorPlan{.smoothness = r, .dim = dim, .cells = 1, .teeth = teeth}); };
  };
  refuses(bound(2, 1, {1, 1}), "smoothness = 2 is outside the admissible range: an integer from 3 to 30");
  refuses(bound(31, 1, std::vector<int>(31, 1)), "smoothness = 31");
  refuses(bound(3, 0, {1, 1, 1}), "dim = 0 is outside the admissible range: an integer from 1 to 20000");
  refuses(bound(3, 20001, {1, 1, 1}), "dim = 20001");
  refuses(bound(3, 1, {1, 1}), "number of teeth = 2 is outside the admissible range: an integer from 3 to 3");
  refuses(bound(3, 1, {1, 1, 1, 1}), "number of teeth = 4");
  refuses(bound(3, 1, {1, 0, 1}), "teeth = 0 is outside the admissible range: an integer from 1 to 10000");
  refuses(bound(3, 1, {1, 10001, 1}), "teeth = 10001");
  EXPECT_GT(ErrorBound({.smoothness = 30, .dim = 20000, .cells = 1, .teeth = std::vector<int>(30, 10000)}), 0);
  refuses([] { SizeOf(LocalTaylorPlan{.smoothness = 3, .dim = 1, .teeth = {1}}); }, "number of teeth = 1");
  refuses([] { LocalTaylorCells(2, 1, 0.1, 0.5); }, "smoothness = 2");
  refuses([] { LocalTaylorCells(31, 1, 0.1, 0.5); }, "smoothness = 31");
  refuses([] { LocalTaylorCells(3, 0, 0.1, 0.5); }, "dim = 0");
  refuses([] { LocalTaylorCells(3, 20001, 0.1, 0.5); }, "dim = 20001");
  refuses([] { LocalTaylorCells(3, 1, 1.0, 0.5); }, "1e-304 <= epsilon < 1");
  refuses([] { LocalTaylorCells(3, 1, 0.99e-304, 0.5); }, "epsilon = ");
  refuses([] { LocalTaylorCells(3, 1, 0.1, 0.0); }, "0 < product_share < 1");
  refuses([] { LocalTaylorCells(3, 1, 0.1, 1.0); }, "product_share = 1");
  refuses([] { PlanLocalTaylor(3, 2, 1e-6, 50); }, "share of epsilon that Taylor's formula takes = ");
  EXPECT_EQ(LocalTaylorCells(30, 1, 0.1, 0.5), 1);
  EXPECT_GT(LocalTaylorCells(3, 20000, 1e-304, 0.5), 1);
}

}  // namespace
}  // namespace hyperwidth
