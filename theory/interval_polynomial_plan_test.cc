// SPDX-License-Identifier: Apache-2.0
//
// Errors, cells and teeth of the polynomials on an interval, against the formulas of the header evaluated anew.

#include <cmath>
#include <numbers>
#include <random>
#include <stdexcept>
#include <string>
#include <vector>

#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "theory/interval_polynomial_network.h"
#include "theory/sawtooth_product.h"

namespace hyperwidth {
namespace {

using ::testing::HasSubstr;
using ::testing::ThrowsMessage;

// Of one cell, without the ramps.
long double InterpolationConstant(int r) {
  const long double c = std::cos(std::numbers::pi_v<long double> / (2 * r));
  long double constant = 1;
  for (int i = 1; i <= r; ++i) constant /= i * c;
  for (int i = 1; i < r; ++i) constant /= 2;
  return constant;
}

// What product i of `teeth` adds to the error for each 4^(-s-1).
long double ProductScale(int i, long double n) {
  long double scale = 1 / (2 * n * n);
  for (int j = 1; j <= i - 1; ++j) scale *= 2 / (n * (j + 2));
  return scale;
}

long double Error(const IntervalPolynomialPlan& plan) {
  long double error = (1 + 1.0L / 256) * InterpolationConstant(plan.smoothness);
  for (int i = 0; i < plan.smoothness; ++i) error /= plan.cells;
  for (std::size_t i = 0; i < plan.teeth.size(); ++i) {
    error += ProductScale(static_cast<int>(i), plan.cells) * std::pow(0.25L, plan.teeth[i] + 1);
  }
  return error;
}

// The next double but one at most: to the nearest, and one up.
TEST(IntervalPolynomialErrorBound, IsTheHeadersFormulaRoundedUp) {
  for (const int r : {3, 4, 5, 6, 7, 30}) {
    for (const double cells : {1.0, 2.0, 3.0, 10.0, 12345.0, 1e12}) {
      for (int pattern = 0; pattern < 12; ++pattern) {
        IntervalPolynomialPlan plan{.smoothness = r, .cells = cells, .teeth = {}};
        for (int i = 0; i < r - 1; ++i) plan.teeth.push_back(1 + (pattern * (i + 2)) % 17);
        const long double error = Error(plan);
        const auto bound = static_cast<long double>(ErrorBound(plan));
        EXPECT_GT(bound, error) << r << " " << cells << " " << pattern;
        EXPECT_LT(bound, error * (1 + 1.6L / (1LL << 52))) << r << " " << cells << " " << pattern;
      }
    }
  }
}

struct Question {
  int smoothness;
  double epsilon;
  double share;
};

std::vector<Question> Questions(int count) {
  std::mt19937_64 random(29);
  std::uniform_real_distribution<double> uniform(0, 1);
  std::vector<Question> questions;
  for (int i = 0; i < count; ++i) {
    questions.push_back({3 + static_cast<int>(28 * uniform(random) * uniform(random)),
                         std::pow(10.0, -20 * uniform(random) - 0.01),
                         std::pow(0.5, 1 + 9 * uniform(random))});
  }
  return questions;
}

TEST(IntervalPolynomialCells, AreTheFewestThatLeaveTheProductsTheirShare) {
  for (const auto& [r, epsilon, share] : Questions(400)) {
    const double cells = IntervalPolynomialCells(r, epsilon, share);
    const long double most = static_cast<long double>(epsilon) * (1 - static_cast<long double>(share));
    const auto error = [r = r](double n) {
      return (1 + 1.0L / 256) * InterpolationConstant(r) / std::pow(1.0L * n, r);
    };
    EXPECT_GE(cells, 1);
    EXPECT_EQ(cells, std::floor(cells));
    EXPECT_LE(error(cells), most * (1 + 1e-12L)) << r << " " << epsilon << " " << share;
    if (cells > 1) {
      EXPECT_GT(error(cells - 1), most * (1 - 1e-12L)) << r << " " << epsilon << " " << share;
    }
  }
}

// 10^-9 of epsilon is the margin that the search leaves.
TEST(PlanIntervalPolynomial, KeepsTheBudgetAndWastesNoTooth) {
  for (const auto& [r, epsilon, share] : Questions(400)) {
    IntervalPolynomialPlan plan = PlanIntervalPolynomial(r, epsilon, IntervalPolynomialCells(r, epsilon, share));
    EXPECT_EQ(plan.smoothness, r);
    ASSERT_EQ(plan.teeth.size(), r - 1u);
    EXPECT_LE(ErrorBound(plan), epsilon) << r << " " << epsilon << " " << share;
    for (int& teeth : plan.teeth) {
      if (teeth == 1) continue;
      --teeth;
      EXPECT_GT(ErrorBound(plan), epsilon * (1 - 3e-9)) << r << " " << epsilon << " " << share;
      ++teeth;
    }
  }
}

// The teeth are those of ChooseTeeth for what a tooth of each product costs in parameters, by the network's count.
TEST(PlanIntervalPolynomial, DividesTheBudgetByTheCostOfATooth) {
  for (const auto& [r, epsilon, share] : Questions(400)) {
    const IntervalPolynomialPlan plan = PlanIntervalPolynomial(r, epsilon, IntervalPolynomialCells(r, epsilon, share));
    const double cells = plan.cells < 1e9 ? plan.cells : 1;  // a tooth costs the same
    IntervalPolynomialPlan counted{.smoothness = r, .cells = cells, .teeth = std::vector<int>(r - 1, 1)};
    const std::int64_t before = *SizeOf(counted).total.value;
    std::vector<ProductGroup> groups;
    for (int i = 0; i < r - 1; ++i) {
      ++counted.teeth[i];
      groups.push_back({static_cast<double>(std::log(ProductScale(i, plan.cells))),
                        static_cast<double>(*SizeOf(counted).total.value - before)});
      --counted.teeth[i];
    }
    const long double left = (1 - 1e-9L) * epsilon - (1 + 1.0L / 256) * InterpolationConstant(r) /
                                                         std::pow(static_cast<long double>(plan.cells), r);
    EXPECT_EQ(plan.teeth, ChooseTeeth(groups, static_cast<double>(std::log(left)))) << r << " " << epsilon;
  }
}

TEST(IntervalPolynomialLogSize, IsThatOfTheCountForAllCopies) {
  for (const int r : {3, 4, 7, 30}) {
    for (const double cells : {1.0, 2.0, 9.0, 400.0}) {
      IntervalPolynomialPlan plan{.smoothness = r, .cells = cells, .teeth = {}};
      for (int i = 0; i < r - 1; ++i) plan.teeth.push_back(1 + (3 * i) % 7);
      const NetworkSize size = SizeOf(plan);
      const auto total = static_cast<double>(*size.total.value);
      const auto nodal = static_cast<double>(*size.nodal.value);
      const auto output = static_cast<double>(*size.per_output.value);
      EXPECT_NEAR(LogSize(plan), std::log(total), 1e-12);
      EXPECT_NEAR(LogSize(plan, 1, 50), std::log(total + 49 * nodal), 1e-12);
      EXPECT_NEAR(LogSize(plan, 7, 7), std::log(total + 6 * output), 1e-12);
      EXPECT_NEAR(LogSize(plan, 7, 50), std::log(total + 6 * output + 43 * nodal), 1e-12);
    }
  }
}

// Interpolation must leave the products something, beyond the margin of the search.
TEST(PlanIntervalPolynomial, RefusesCellsThatLeaveTheProductsNothing) {
  const auto interpolation_error = static_cast<double>((1 + 1.0L / 256) * InterpolationConstant(3) / 125);  // n = 5
  for (const double share : {1.9, 1.1, 1.0, 1 - 1e-9}) {
    EXPECT_THROW(PlanIntervalPolynomial(3, interpolation_error / share, 5), std::domain_error) << share;
  }
  for (const double share : {1 - 1e-8, 0.5}) {
    EXPECT_LE(ErrorBound(PlanIntervalPolynomial(3, interpolation_error / share, 5)), interpolation_error / share);
  }
}

TEST(IntervalPolynomialPlan, RefusesWhatTheProofDoesNotCover) {
  const auto refuses = [](const auto& call, const std::string& text) {
    EXPECT_THAT(call, ThrowsMessage<std::domain_error>(HasSubstr(text)));
  };
  const auto bound = [](int r, const std::vector<int>& teeth) {
    return [=] { ErrorBound(IntervalPolynomialPlan{.smoothness = r, .cells = 1, .teeth = teeth}); };
  };
  refuses(bound(2, {1}), "smoothness = 2 is outside the admissible range: an integer from 3 to 30");
  refuses(bound(31, std::vector<int>(30, 1)), "smoothness = 31");
  refuses(bound(4, {1, 1}), "number of products = 2 is outside the admissible range: an integer from 3 to 3");
  refuses(bound(4, {1, 1, 1, 1}), "number of products = 4");
  refuses(bound(3, {1, 0}), "teeth = 0 is outside the admissible range: an integer from 1 to 10000");
  refuses(bound(3, {10001, 1}), "teeth = 10001");
  EXPECT_GT(ErrorBound({.smoothness = 30, .cells = 1, .teeth = std::vector<int>(29, 10000)}), 0);
  refuses([] { SizeOf(IntervalPolynomialPlan{.smoothness = 3, .cells = 1, .teeth = {1}}); }, "number of products = 1");
  refuses([] { IntervalPolynomialCells(2, 0.1, 0.5); }, "smoothness = 2");
  refuses([] { IntervalPolynomialCells(31, 0.1, 0.5); }, "smoothness = 31");
  refuses([] { IntervalPolynomialCells(3, 1.0, 0.5); }, "1e-304 <= epsilon < 1");
  refuses([] { IntervalPolynomialCells(3, 0.99e-304, 0.5); }, "epsilon = ");
  refuses([] { IntervalPolynomialCells(3, 0.1, 0.0); }, "0 < product_share < 1");
  refuses([] { IntervalPolynomialCells(3, 0.1, 1.0); }, "product_share = 1");
  refuses([] { PlanIntervalPolynomial(3, 1e-6, 5); }, "share of epsilon that the interpolation takes = ");
  EXPECT_EQ(IntervalPolynomialCells(30, 0.1, 0.5), 1);
}

}  // namespace
}  // namespace hyperwidth
