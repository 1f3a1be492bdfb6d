// SPDX-License-Identifier: Apache-2.0
#include "experiments/constructed_rates/constructed_rates.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cmath>
#include <stdexcept>
#include <string>

#include "experiments/constructed_rates/rate_summary.h"
#include "experiments/result/verdict.h"

namespace hyperwidth {
namespace {

const Check& Find(const Result& result, const std::string& id) {
  for (const Check& check : result.checks) {
    if (check.id == "constructed_rates." + id) return check;
  }
  throw std::logic_error("no check " + id);
}

// Small sizes of every family, measured once.
const std::vector<RateMeasurement>& Sizes() {
  static const std::vector<RateMeasurement> sizes = [] {
    std::vector<RateMeasurement> measured;
    for (const RateFamily& family : RateFamilies({1, 2}, {"spline", "hypernetwork", "factorised"})) {
      for (const int cells : CellsOf(family, 5000)) {
        if (cells > 128) continue;
        measured.push_back(MeasureRate(family, cells, {.random = 1, .network_work = 1e6}, {}));
      }
    }
    return measured;
  }();
  return sizes;
}

Result Summary(const std::vector<RateMeasurement>& sizes, double dimension_offset = 0) {
  Result result{.experiment = "constructed_rates"};
  SummariseConstructedRates(sizes, result, dimension_offset);
  Validate(result);
  return result;
}

TEST(ConstructedRates, EveryCheckIsConsistent) {
  const Result result = Summary(Sizes());
  EXPECT_EQ(result.checks.size(), 3u + 16u);
  for (const Check& check : result.checks) {
    // Three sizes of three variables are too few for an exponent.
    const bool too_few = check.id.find("spline.d3") != std::string::npos;
    EXPECT_EQ(check.verdict, too_few ? Verdict::kInconclusive : Verdict::kConsistent) << check.id << check.why;
  }
}

TEST(ConstructedRates, AnExponentForOneMoreDimensionIsInconsistent) {
  const Result result = Summary(Sizes(), /*dimension_offset=*/1);
  for (const Check& check : result.checks) {
    if (check.id.find("exponent") == std::string::npos || check.id.find("spline.d3") != std::string::npos) continue;
    EXPECT_EQ(check.verdict, Verdict::kInconsistent) << check.id << check.why;
  }
}

TEST(ConstructedRates, ANetworkAboveItsBoundIsInconsistent) {
  std::vector<RateMeasurement> sizes = Sizes();
  sizes[3].sup_error = 1.01 * sizes[3].bound;
  EXPECT_EQ(Find(Summary(sizes), "never_above_bound").verdict, Verdict::kInconsistent);
}

TEST(ConstructedRates, EachNetworkAboveItsBoundCountsOnceAmongAllNetworks) {
  std::vector<RateMeasurement> sizes = Sizes();
  for (const std::size_t place : {3, 7, 11}) sizes[place].sup_error = 1.01 * sizes[place].bound;
  const Check check = Find(Summary(sizes), "never_above_bound");
  EXPECT_EQ(check.measured, 3);
  EXPECT_THAT(check.why, ::testing::StartsWith("3 of " + std::to_string(sizes.size()) + " runs"));
}

TEST(ConstructedRates, CaptionsCountTheExponentsThatAgree) {
  const auto caption = [](const Result& result, const std::string& figure) {
    for (const FigureNote& note : result.figures) {
      if (note.figure == figure) return note.caption;
    }
    throw std::logic_error("no figure " + figure);
  };
  EXPECT_THAT(caption(Summary(Sizes()), "spline, r = 1"), ::testing::HasSubstr("2 of 3 exponents agree"));
  EXPECT_THAT(caption(Summary(Sizes()), "hypernetwork, r = 2"), ::testing::HasSubstr("2 of 2 exponents agree"));
  EXPECT_THAT(caption(Summary(Sizes(), /*dimension_offset=*/1), "hypernetwork, r = 2"),
              ::testing::HasSubstr("0 of 2 exponents agree"));
}

TEST(MeasureRate, CountsEveryTargetAndWhereItWasMeasured) {
  const RateFamily family{.method = ConstructedMethod::kHypernetwork, .primary_dim = 1, .condition_dim = 1};
  const auto measure = [&](int random) { return MeasureRate(family, 8, {.random = random, .network_work = 1e5}, {}); };
  const RateMeasurement none = measure(0), two = measure(2);
  EXPECT_GE(none.targets, 1);
  EXPECT_EQ(two.targets, none.targets + 2);
  // Each target is met at one point by the network at least, and by its formula at many more.
  EXPECT_GE(two.network_points, none.network_points + 2);
  EXPECT_GT(two.formula_points, none.formula_points);
  EXPECT_GT(none.formula_points, none.network_points);
}

TEST(ConstructedRates, ANetworkSmallerThanItsCertifiedBoundIsInconsistent) {
  std::vector<RateMeasurement> sizes = Sizes();
  for (RateMeasurement& size : sizes) size.primary_parameters /= 1000;
  EXPECT_EQ(Find(Summary(sizes), "not_below_certified").verdict, Verdict::kInconsistent);
}

TEST(ConstructedRates, ANetworkThatDiffersFromItsFormulaIsInconsistent) {
  std::vector<RateMeasurement> sizes = Sizes();
  sizes[5].disagreement = 1e-9;
  EXPECT_EQ(Find(Summary(sizes), "network_is_its_formula").verdict, Verdict::kInconsistent);
}

// The targets are nearly the worst: for r = 1 by the height 1/(1 + n) of bumps along one axis; for r = 2 those four
// cells wide have second derivatives of nearly 1.
TEST(ConstructedRates, ErrorsNearlyReachTheBoundInOneVariableAndForOneDerivative) {
  for (const RateMeasurement& size : Sizes()) {
    if (size.family.condition_dim > 0) continue;
    const double n = size.cells, q = n * n / 4;
    if (size.family.smoothness == 1) {
      EXPECT_GT(size.sup_error / size.bound, 0.999 * n / (n + 1)) << size.family.Name();
    } else {
      EXPECT_GT(size.sup_error / size.bound,
                (size.family.primary_dim == 1 ? 0.999 : 0.4995) * q / (1 + std::sqrt(q) + q))
          << size.family.Name();
    }
  }
}

TEST(ConstructedRates, OutcomesComeBackFromTheJournal) {
  const RateMeasurement& size = Sizes().front();
  const RateMeasurement back = MeasurementOf(size.family, size.cells, OutcomeOf(size));
  EXPECT_EQ(OutcomeOf(back), OutcomeOf(size));
  EXPECT_THROW(MeasurementOf(size.family, size.cells, {}), std::runtime_error);
}

TEST(ConstructedRates, FullRangesSpanAFactorOfAHundredInParameters) {
  for (const RateFamily& family : RateFamilies({1}, {"spline", "hypernetwork", "factorised"})) {
    const std::vector<int> cells = CellsOf(family, ConstructedRatesOptions().values);
    const double growth = (cells.back() + 1.0) / (cells.front() + 1.0);
    EXPECT_GE(std::pow(growth, family.Exponent()), 100) << family.Name();
    EXPECT_GE(CellsOf(family, QuickForm<ConstructedRatesOptions>().values).size(), 4u) << family.Name();
  }
}

}  // namespace
}  // namespace hyperwidth
