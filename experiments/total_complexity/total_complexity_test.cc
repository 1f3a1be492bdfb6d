// SPDX-License-Identifier: Apache-2.0
#include "experiments/total_complexity/total_complexity.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cmath>
#include <stdexcept>
#include <string>

#include "experiments/result/verdict.h"
#include "experiments/total_complexity/complexity_checks.h"
#include "experiments/total_complexity/complexity_summary.h"
#include "theory/spline_network.h"

namespace hyperwidth {
namespace {

using Method = ComplexityMethod;

constexpr StructuredClass kTargets = {.smoothness = 1, .primary_dim = 2, .condition_dim = 2};

// Sizes small enough for seconds, measured once: four of each method, and a few ranks.
const std::vector<ComplexityMeasurement>& Sizes() {
  static const std::vector<ComplexityMeasurement> sizes = [] {
    std::vector<ComplexityMeasurement> measured;
    const ComplexityTargets few{.random = 0, .built_nodes = 1e4, .scanned_cells = 32, .network_work = 1e6};
    TotalComplexityOptions options{.targets = kTargets, .ranks = {1, 2}, .cells = 24};
    for (const ComplexitySize& size : ComplexitySizes(options)) {
      const bool large = size.method == Method::kFull && size.cells > 12;
      if (!large && size.rank <= 64) measured.push_back(MeasureComplexity(size, few, {}));
    }
    return measured;
  }();
  return sizes;
}

Result Summary(const std::vector<ComplexityMeasurement>& sizes, double dimension_offset = 0) {
  Result result{.experiment = "total_complexity"};
  SummariseTotalComplexity(sizes, {.targets = kTargets, .dimension_offset = dimension_offset}, result);
  Validate(result);
  return result;
}

const Check& Find(const Result& result, const std::string& id) {
  for (const Check& check : result.checks) {
    if (check.id == "total_complexity." + id) return check;
  }
  throw std::logic_error("no check " + id);
}

TEST(TotalComplexity, EveryCheckIsConsistent) {
  const Result result = Summary(Sizes());
  EXPECT_GE(result.checks.size(), 10u);
  for (const Check& check : result.checks) {
    // Two sizes of the full hypernetwork are too few for an exponent.
    const bool too_few = check.id.find("full_hypernetwork.exponent") != std::string::npos;
    EXPECT_EQ(check.verdict, too_few ? Verdict::kInconclusive : Verdict::kConsistent) << check.id << check.why;
  }
  EXPECT_GT(Find(result, "ten_times_smaller").measured, 10);
}

TEST(TotalComplexity, AnExponentForOneMoreDimensionIsInconsistent) {
  const Result result = Summary(Sizes(), /*dimension_offset=*/1);
  for (const char* id : {"standard.exponent", "factorised_hypernetwork.w1.exponent", "embedding.w2.exponent"}) {
    EXPECT_EQ(Find(result, id).verdict, Verdict::kInconsistent) << Find(result, id).why;
  }
}

TEST(TotalComplexity, ANetworkAboveItsBoundOrUnlikeItsFormulaIsInconsistent) {
  std::vector<ComplexityMeasurement> sizes = Sizes();
  sizes[2].sup_error = 1.01 * sizes[2].size.ProvedError();
  EXPECT_EQ(Find(Summary(sizes), "never_above_bound").verdict, Verdict::kInconsistent);
  sizes = Sizes();
  sizes[1].disagreement = 1e-6;
  EXPECT_EQ(Find(Summary(sizes), "network_is_its_formula").verdict, Verdict::kInconsistent);
}

TEST(TotalComplexity, EachNetworkAboveItsBoundCountsOnceAmongAllNetworks) {
  std::vector<ComplexityMeasurement> sizes = Sizes();
  for (const std::size_t place : {2, 5}) sizes[place].sup_error = 1.01 * sizes[place].size.ProvedError();
  const Check check = Find(Summary(sizes), "never_above_bound");
  EXPECT_EQ(check.measured, 2);
  EXPECT_THAT(check.why, ::testing::StartsWith("2 of " + std::to_string(sizes.size()) + " runs"));
}

TEST(MeasureComplexity, CountsEveryTargetAndWhereItWasMeasured) {
  const auto measure = [](int random) {
    return MeasureComplexity({.method = Method::kFactorised, .targets = kTargets, .rank = 2, .cells = 8},
                             {.random = random, .scanned_cells = 16, .network_work = 1e5},
                             {});
  };
  const ComplexityMeasurement none = measure(0), two = measure(2);
  EXPECT_GE(none.targets, 1);
  EXPECT_EQ(two.targets, none.targets + 2);
  EXPECT_GE(two.network_points, none.network_points + 2);
  EXPECT_GT(two.formula_points, none.formula_points);
}

TEST(TotalComplexity, ASmallStandardNetworkRefutesTheFactorOfTen) {
  std::vector<ComplexityMeasurement> sizes = Sizes();
  for (ComplexityMeasurement& size : sizes) {
    if (size.size.method == Method::kStandard) size.total_parameters /= 1e4;
  }
  EXPECT_EQ(Find(Summary(sizes), "ten_times_smaller").verdict, Verdict::kInconsistent);
}

TEST(TotalComplexity, TheStandardNetworkErrsAlikeBuiltOrNot) {
  const ComplexitySize size{.method = Method::kStandard, .targets = kTargets, .cells = 8};
  const ComplexityTargets targets{.random = 1, .scanned_cells = 64, .network_work = 1e6};
  ComplexityTargets unbuilt = targets;
  unbuilt.built_nodes = 0;
  const ComplexityMeasurement network = MeasureComplexity(size, targets, {});
  const ComplexityMeasurement formula = MeasureComplexity(size, unbuilt, {});
  EXPECT_GT(network.network_points, 0);
  EXPECT_EQ(formula.network_points, 0);
  EXPECT_EQ(network.total_parameters, formula.total_parameters);
  EXPECT_NEAR(network.sup_error, formula.sup_error, 1e-12);
}

TEST(TotalComplexity, TotalsAreAffineInTheRank) {
  const auto total = [](Method method, int rank) {
    const ComplexitySize size{.method = method, .targets = kTargets, .rank = rank, .cells = 8};
    return MeasureComplexity(size, {.random = 0, .scanned_cells = 1, .network_work = 1}, {}).total_parameters;
  };
  for (const Method method : {Method::kFactorised, Method::kEmbedding}) {
    EXPECT_EQ(total(method, 5) - total(method, 3), total(method, 3) - total(method, 1));
  }
  EXPECT_EQ(total(Method::kFactorised, 3) - total(Method::kFactorised, 2), 2 * 81);
}

TEST(CrossingRank, IsWhereTheStraightLineMeetsTheTotal) {
  std::vector<ComplexityMeasurement> sizes(2);
  sizes[0].size.rank = 10;
  sizes[0].total_parameters = 100;
  sizes[1].size.rank = 20;
  sizes[1].total_parameters = 300;
  EXPECT_DOUBLE_EQ(*CrossingRank(sizes, 150), 12.5);
  EXPECT_FALSE(CrossingRank(sizes, 50).has_value());
  EXPECT_FALSE(CrossingRank(sizes, 400).has_value());
}

TEST(ComplexitySize, ProductsAddASixteenthToTheSplinesErrorAtMost) {
  for (const int r : {1, 2}) {
    for (const int cells : {8, 64, 512}) {
      const StructuredClass targets{.smoothness = r, .primary_dim = 1, .condition_dim = 2};
      const ComplexitySize factorised{.method = Method::kFactorised, .targets = targets, .cells = cells};
      ComplexitySize embedding = factorised;
      embedding.method = Method::kEmbedding;
      EXPECT_GT(embedding.ProvedError(), factorised.ProvedError());
      EXPECT_LE(embedding.ProvedError(), factorised.ProvedError() * (1 + 1.0 / 16));
      EXPECT_EQ(factorised.ProvedError(), SplineErrorBound(r, 1, cells) + SplineErrorBound(r, 2, cells));
    }
  }
}

TEST(TotalComplexity, BadOptionsAreRefused) {
  EXPECT_NO_THROW(ValidateTotalComplexity({}));
  EXPECT_THROW(ValidateTotalComplexity({.targets = {.smoothness = 3}}), std::invalid_argument);
  EXPECT_THROW(ValidateTotalComplexity({.targets = {.primary_dim = 3, .condition_dim = 2}}), std::invalid_argument);
  EXPECT_THROW(ValidateTotalComplexity({.ranks = {0}}), std::invalid_argument);
  EXPECT_THROW(ValidateTotalComplexity({.cells = 4}), std::invalid_argument);
}

}  // namespace
}  // namespace hyperwidth
