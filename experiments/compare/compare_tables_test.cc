// SPDX-License-Identifier: Apache-2.0
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cmath>
#include <deque>
#include <limits>
#include <string>
#include <vector>

#include "experiments/compare/compare_data.h"
#include "experiments/compare/error_table.h"
#include "experiments/compare/hyperparameter_table.h"
#include "experiments/compare/size_growth.h"

namespace hyperwidth {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;

using Texts = std::vector<std::string>;
constexpr double kNone = std::numeric_limits<double>::quiet_NaN();

const Texts& TextsOf(const ResultTable& table, const char* column) {
  return std::get<Texts>(*Find(table.columns, column));
}

// Tests of contenders, and what the contenders point to.
struct Tests {
  std::deque<ContenderResult> results = {};
  std::vector<TestedContender> tested = {};

  // Errors by repetition; sizes [repetition] of the primary network, or one for all.
  TestedContender& Add(const std::string& scheme,
                       double total,
                       const std::vector<double>& primary,
                       const std::vector<double>& errors) {
    TestedContender contender{.contender = {.scheme = scheme}};
    for (std::size_t r = 0; r < errors.size(); ++r) {
      ContenderResult result;
      TestRun run{.test_score = errors[r]};
      if (std::isfinite(errors[r])) {
        run.details = {{"total_parameters", static_cast<std::int64_t>(total)},
                       {"primary_parameters", static_cast<std::int64_t>(primary[r % primary.size()])}};
      }
      result.tests.push_back(run);
      results.push_back(std::move(result));
      contender.repetitions.push_back(&results.back());
    }
    contender.errors = errors;
    tested.push_back(std::move(contender));
    return tested.back();
  }
};

TEST(GrowthOf, IsTheMeanOfTheSlopesOfRepetitions) {
  Tests tests;
  tests.Add("film", 1000, {100}, {1, 8});
  tests.Add("concat", 1000, {1000}, {1, 1});
  tests.Add("film", 4000, {1600, 400}, {1.0 / 4, 1});
  tests.Add("film", 16000, {25600, 1600}, {1.0 / 16, 1.0 / 8});
  const std::vector<SchemeGrowth> growths = GrowthOf(tests.tested, 1);
  ASSERT_EQ(growths.size(), 1u);  // the other one has one size
  EXPECT_EQ(growths[0].scheme, "film");
  EXPECT_NEAR(growths[0].total.value, (-1 - 1.5) / 2, 1e-12);
  EXPECT_NEAR(growths[0].primary.value, (-0.5 - 1.5) / 2, 1e-12);
  EXPECT_NEAR(growths[0].total.ci95.high - growths[0].total.ci95.low, 2 * 12.7062047 * 0.25, 1e-5);  // t(1) s / sqrt(2)
  EXPECT_NEAR(GrowthOf(tests.tested, 0.5)[0].total.value, (-0.5 - 0.75) / 2, 1e-12);
}

TEST(GrowthOf, LeavesOutRepetitionsThatFailedAndEqualSizes) {
  Tests tests;
  tests.Add("film", 1000, {100}, {1, kNone, 1, 0});
  tests.Add("film", 4000, {100, 400, 400, 400}, {0.5, 0.5, 0.25, 0.5});
  const SchemeGrowth growth = GrowthOf(tests.tested, 1)[0];
  EXPECT_EQ(growth.total.samples, 2);
  EXPECT_NEAR(growth.total.value, -0.75, 1e-12);
  EXPECT_EQ(growth.primary.samples, 1);
  EXPECT_NEAR(growth.primary.value, -1, 1e-12);
  Tests failed;
  failed.Add("film", 1000, {100}, {kNone, kNone});
  failed.Add("film", 4000, {100}, {1, 1});
  EXPECT_EQ(GrowthOf(failed.tested, 1)[0].total.samples, 0);
}

TEST(WorstCaseGrowth, IsThatOfTheoryForOneDerivative) {
  const WorstCaseGrowth hypernetwork = WorstCaseGrowthOf("hypernetwork", 2, 3);
  EXPECT_DOUBLE_EQ(hypernetwork.total, -0.2);
  EXPECT_DOUBLE_EQ(hypernetwork.primary.value(), -0.5);
  const WorstCaseGrowth embedding = WorstCaseGrowthOf("embedding", 2, 3);
  EXPECT_DOUBLE_EQ(embedding.total, -0.2);
  EXPECT_DOUBLE_EQ(embedding.primary.value(), -0.2);
  EXPECT_FALSE(WorstCaseGrowthOf("film", 2, 3).primary);
  EXPECT_THROW(WorstCaseGrowthOf("film", 0, 3), std::domain_error);
}

TEST(GrowthTable, HasTheRootOfMeanSquaresAndLeavesErrorRatesOut) {
  CompareOptions options;
  options.task = "shift";  // one x
  CompareData data = LoadCompareData(options);
  Tests tests;
  tests.Add("hypernetwork", 1000, {100}, {1, 1});
  tests.Add("film", 1000, {100}, {1});
  tests.Add("hypernetwork", 4000, {400}, {1.0 / 4, 1.0 / 4});
  tests.Add("film", 4000, {400}, {1.0 / 4});
  data.metric = CompareMetric::kMse;
  const ResultTable table = GrowthTable(tests.tested, data, 3).value();
  EXPECT_THAT(TextsOf(table, "scheme"), ElementsAre("hypernetwork", "film"));
  EXPECT_THAT(TextsOf(table, "all_parameters"), ElementsAre("-0.5 [-0.5, -0.5]", "-0.5"));
  EXPECT_THAT(TextsOf(table, "worst_case"), ElementsAre("-0.25", "-0.25"));
  EXPECT_THAT(TextsOf(table, "primary_parameters"), ElementsAre("-0.5 [-0.5, -0.5]", "-0.5"));
  EXPECT_THAT(TextsOf(table, "worst_case_of_primary"), ElementsAre("-1", ""));
  EXPECT_THAT(table.caption, HasSubstr("The root mean squared error is"));
  EXPECT_THAT(table.caption, HasSubstr("x has 1 and what y(., I) varies in 3 dimensions"));
  EXPECT_TRUE(GrowthTable(tests.tested, data, 10'000));
  EXPECT_FALSE(GrowthTable(tests.tested, data, 10'001));
  data.metric = CompareMetric::kRelativeL2;
  EXPECT_THAT(TextsOf(GrowthTable(tests.tested, data, 3).value(), "all_parameters"), ElementsAre("-1 [-1, -1]", "-1"));
  tests.tested.resize(2);  // one size of each
  EXPECT_FALSE(GrowthTable(tests.tested, data, 3));
  Tests failed;
  failed.Add("film", 1000, {100}, {kNone});
  failed.Add("film", 4000, {100}, {1});
  EXPECT_THAT(TextsOf(GrowthTable(failed.tested, data, 3).value(), "all_parameters"), ElementsAre(""));
  data.classes = {0, 1};
  EXPECT_FALSE(GrowthTable(failed.tested, data, 3));
}

TEST(ErrorTable, HasMeansOfWhatIsKnown) {
  Tests tests;
  tests.Add("film", 1000, {1}, {1, 1, kNone});
  tests.Add("concat", 4000, {1}, {1, 1});
  tests.tested[0].contender.size = 1000;
  tests.tested[1].contender.size = 4000;
  EXPECT_FALSE(ErrorTable(tests.tested));
  EXPECT_FALSE(ErrorTable({}));
  const double slopes[] = {0.5, 0.7, kNone, 0.25};
  for (std::size_t i = 0; i < 4; ++i) {
    if (std::isfinite(slopes[i])) tests.results[i].tests[0].details.emplace_back("relative_slope", slopes[i]);
  }
  const ResultTable table = ErrorTable(tests.tested).value();
  ASSERT_EQ(table.columns.size(), 3u);
  EXPECT_THAT(TextsOf(table, "scheme"), ElementsAre("film", "concat"));
  EXPECT_THAT(TextsOf(table, "size"), ElementsAre("1000", "4000"));
  // t(1) s / sqrt(2) = 12.706 0.1
  EXPECT_THAT(TextsOf(table, "relative L2 of dy/dx"), ElementsAre("0.6 [-0.6706, 1.871]", "0.25"));
  EXPECT_THAT(table.caption, HasSubstr("\nrelative L2 of dy/dx: of a condition, where x is one number"));
}

TEST(HyperparameterTable, HasMeanSharesAndChoicesOfTheLargestSize) {
  Tests tests;
  tests.Add("film", 1000, {1}, {1, 1});
  tests.Add("concat", 1000, {1}, {1});
  tests.Add("film", 4000, {1}, {1, 1});
  const std::vector<std::vector<double>> lr_shares = {{0.1, 0.2}, {}, {0.3, 0.6}};
  std::size_t i = 0;
  for (std::size_t c = 0; c < tests.tested.size(); ++c) {
    for (std::size_t r = 0; r < tests.tested[c].repetitions.size(); ++r, ++i) {
      ContenderResult& result = tests.results[i];
      result.sensitivity.parameters = {{.name = "lr", .bins = {}}, {.name = "layers", .bins = {}}};
      if (c != 1) result.sensitivity.parameters[0].share = lr_shares[c][r];
      result.chosen.emplace();
      result.chosen->values = {{"lr", 0.00123 * static_cast<double>(i + 1)}, {"layers", static_cast<std::int64_t>(c)}};
    }
  }
  EXPECT_THAT(TextsOf(HyperparameterTable(tests.tested).value(), "chosen"),
              ElementsAre("0.0049, 0.0062", "2, 2", "0.0037", "1"));
  tests.results[4].chosen.reset();
  const ResultTable table = HyperparameterTable(tests.tested).value();
  EXPECT_THAT(TextsOf(table, "scheme"), ElementsAre("film", "film", "concat", "concat"));
  EXPECT_THAT(TextsOf(table, "hyper-parameter"), ElementsAre("lr", "layers", "lr", "layers"));
  EXPECT_THAT(TextsOf(table, "share"), ElementsAre("30 %", "", "", ""));
  EXPECT_THAT(TextsOf(table, "chosen"), ElementsAre("0.0049", "2", "0.0037", "1"));
  EXPECT_FALSE(HyperparameterTable({}));
}

}  // namespace
}  // namespace hyperwidth
