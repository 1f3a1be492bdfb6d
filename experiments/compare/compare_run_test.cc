// SPDX-License-Identifier: Apache-2.0
#include "experiments/compare/compare_run.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <cstdint>
#include <filesystem>
#include <fstream>
#include <span>
#include <stdexcept>
#include <string>
#include <utility>
#include <vector>

#include "experiments/program/repeated_run.h"
#include "experiments/result/result_file.h"
#include "training/conditioned_model/conditioned_model_file.h"

namespace hyperwidth {
namespace {

namespace fs = std::filesystem;
using ::testing::ElementsAre;
using ::testing::HasSubstr;

CompareOptions SmallComparison(const std::string& task) {
  CompareOptions options;
  options.task = task;
  options.schemes = {"concat", "film", "hypernetwork"};
  options.sizes = {"1000", "2000"};
  options.n_trials = 4;
  options.repetitions = 3;
  options.steps = 32;
  options.program.threads = 2;
  return options;
}

// What of a result may not depend on threads, time or interruptions.
std::string Findings(Result result) {
  result.provenance.clear();
  result.forecast.clear();
  result.settings.clear();
  return ToJson(result);
}

Result Compare(const CompareOptions& options, const RunFolder& folder) {
  const CompareData data = LoadCompareData(options);
  return RunCompare(options, data, PlanComparison(options, data), folder);
}

TEST(RunCompare, LeavesSeriesChecksTrialsAndModels) {
  const CompareOptions options = SmallComparison("shift");
  const RunFolder folder = TestFolder("compare");
  const Result result = Compare(options, folder);
  std::vector<std::string> names;
  for (const Series& series : result.series) {
    if (series.x_name == "total_parameters" && series.y_name == "mean_squared_error") names.push_back(series.name);
  }
  EXPECT_THAT(names, ElementsAre("concat", "film", "hypernetwork"));
  const Series& concat = result.series.front();
  ASSERT_EQ(concat.x.size(), 2u);
  EXPECT_NEAR(concat.x[0], 1000, 20);
  EXPECT_NEAR(concat.x[1], 2000, 40);
  EXPECT_EQ(concat.columns.size(), 4u);
  EXPECT_EQ(result.checks.size(), 4u) << "two sizes, the best against two others";
  EXPECT_THAT(result.checks[0].id, HasSubstr(".size1"));
  for (const std::string& scheme : options.schemes) {
    const ConditionedModel model = LoadConditionedModel(folder.path() / "models" / (scheme + ".safetensors"));
    EXPECT_EQ(model.scheme, scheme);
    EXPECT_EQ(model.sizes.x_size, 1);
  }
  std::vector<std::string> titles;
  for (const ResultTable& table : result.tables) titles.push_back(table.title);
  EXPECT_THAT(
      titles,
      ElementsAre(
          "Other errors", "How fast errors fall with size", "What was tuned, what it mattered and what was chosen"));
  const std::string trials = Contents(folder.path() / "trials.csv");
  EXPECT_EQ(std::count(trials.begin(), trials.end(), '\n'), 1 + 3 * 2 * 4 * 3);
  EXPECT_THAT(trials, HasSubstr("contender,trial,lr,"));
}

TEST(RunCompare, IsTheSameForAnyNumberOfThreadsAndAfterAnInterruption) {
  CompareOptions options = SmallComparison("rank");
  const RunFolder whole = TestFolder("compare_whole");
  const std::string expected = Findings(Compare(options, whole));
  options.program.threads = 1;
  EXPECT_EQ(Findings(Compare(options, TestFolder("compare_one_thread"))), expected);

  // As a kill leaves it: the journal's first lines, the last of them torn.
  const fs::path path = fs::path(::testing::TempDir()) / "compare_resumed";
  fs::remove_all(path);
  fs::create_directories(path);
  fs::copy(whole.path() / "config.json", path / "config.json");
  const std::string journal = Contents(whole.path() / "trials.jsonl");
  std::ofstream(path / "trials.jsonl", std::ios::binary) << journal.substr(0, journal.size() / 2);
  EXPECT_EQ(Findings(Compare(options, RunFolder(path, ExistingRun::kResume))), expected);
  EXPECT_EQ(Contents(path / "trials.csv"), Contents(whole.path() / "trials.csv"));
  for (const std::string& scheme : options.schemes) {
    const std::string model = "models/" + scheme + ".safetensors";
    EXPECT_EQ(Contents(path / model), Contents(whole.path() / model));
  }
}

TEST(RunCompare, RefusesToContinueWithOtherSettings) {
  CompareOptions options = SmallComparison("rank");
  options.schemes = {"concat"};
  options.sizes = {"300"};
  const RunFolder folder = TestFolder("compare_other");
  Compare(options, folder);
  options.steps = 33;
  EXPECT_THROW(Compare(options, RunFolder(folder.path(), ExistingRun::kResume)), std::runtime_error);
}

TEST(FairOptionsOf, HasTheBudgetOfTheOptions) {
  CompareOptions options;
  options.n_trials = 7;
  options.steps = 60;
  options.restarts = 3;
  const FairOptions fair = FairOptionsOf(options);
  EXPECT_EQ(fair.budget.trials, 7);
  EXPECT_EQ(fair.budget.steps, 60);
  EXPECT_EQ(fair.restarts, 3);
}

TEST(PlanComparison, KnowsSizesFloorsAndCosts) {
  CompareOptions options = SmallComparison("rank");
  const CompareData data = LoadCompareData(options);
  const ComparePlan plan = PlanComparison(options, data);
  ASSERT_EQ(plan.contenders.size(), 6u);
  EXPECT_EQ(plan.contenders[2].name(), "hypernetwork.size1");
  EXPECT_EQ(plan.contenders[3].name(), "concat.size2");
  ASSERT_TRUE(plan.floors.linear_decoder.has_value());
  EXPECT_NEAR(*plan.floors.LinearDecoderError(2), 0.25, 0.08) << "a bias is one function more";
  EXPECT_EQ(*plan.floors.LinearDecoderError(4), 0);
  for (const ContenderForecast& contender : plan.forecast.contenders) {
    EXPECT_NEAR(static_cast<double>(contender.sized.cost.trainable_parameters),
                contender.contender.size,
                0.02 * contender.contender.size);
    EXPECT_GT(contender.times.step, 0);
  }
  EXPECT_GT(plan.forecast.minutes, 0);
  EXPECT_THAT(ForecastText(plan.forecast), HasSubstr("hypernetwork.size2"));
}

TEST(PlanComparison, ForecastsTheTrainingThatIsKeptBesideTheNextOne) {
  CompareOptions options = SmallComparison("rank");
  options.schemes = {"concat"};
  options.sizes = {"2000"};
  const CompareData data = LoadCompareData(options);
  options.restarts = 1;
  const CompareForecast once = PlanComparison(options, data).forecast;
  options.restarts = 2;
  const CompareForecast twice = PlanComparison(options, data).forecast;
  options.program.threads = 1;
  const CompareForecast one_thread = PlanComparison(options, data).forecast;
  ASSERT_EQ(once.contenders.size(), 1u);
  const double trial = once.contenders[0].peak_mebibytes;
  EXPECT_GT(trial, 0);
  EXPECT_NEAR(twice.peak_mebibytes - once.peak_mebibytes, 2 * trial, 1e-6 * trial);
  EXPECT_NEAR(twice.peak_mebibytes - one_thread.peak_mebibytes, 2 * trial, 1e-6 * trial);
}

TEST(ResolvedSizes, OfAWordGrowFromTheSmallestThatAllSchemesHave) {
  CompareOptions options = SmallComparison("rank");
  const CompareData data = LoadCompareData(options);
  options.sizes = {"large"};
  const std::vector<double> sizes = ResolvedSizes(options, data);
  ASSERT_EQ(sizes.size(), 5u);
  for (std::size_t i = 1; i < sizes.size(); ++i) EXPECT_EQ(sizes[i], 4 * sizes[i - 1]);
  options.sizes = {"small"};
  EXPECT_THAT(ResolvedSizes(options, data), ElementsAre(sizes[0]));
  options.sizes = {"5000", "700"};
  EXPECT_THAT(ResolvedSizes(options, data), ElementsAre(700, 5000));
}

// y of two classes, which the sign of x I decides.
ConditionedData SignData() {
  std::vector<double> x, condition;
  std::vector<std::int64_t> y;
  for (int g = 0; g < 40; ++g) {
    for (int i = 0; i < 20; ++i) {
      x.push_back(i - 9.5);
      condition.push_back(g - 19.5);
      y.push_back((i - 9.5) * (g - 19.5) > 0 ? 7 : -3);
    }
  }
  NamedArrays arrays;
  arrays.emplace("x", NumericArray::Of<double>({800, 1}, std::span<const double>(x)));
  arrays.emplace("I", NumericArray::Of<double>({800, 1}, std::span<const double>(condition)));
  arrays.emplace("y", NumericArray::Of<std::int64_t>({800}, std::span<const std::int64_t>(y)));
  return ConditionedData::FromArrays(std::move(arrays), "signs");
}

TEST(RunCompare, TellsClassesApart) {
  CompareOptions options = SmallComparison("");
  options.task = "";
  options.data = "signs";
  options.schemes = {"concat", "film"};
  options.sizes = {"300"};
  options.steps = 320;
  const CompareData data = PrepareCompareData(SignData(), options);
  EXPECT_EQ(data.metric, CompareMetric::kErrorRate);
  EXPECT_THAT(data.classes, ElementsAre(-3, 7));
  EXPECT_NEAR(ConstantScore(data, *data.test.samples), 0.5, 0.01);
  const RunFolder folder = TestFolder("compare_classes");
  const Result result = RunCompare(options, data, PlanComparison(options, data), folder);
  EXPECT_EQ(result.series.front().y_name, "error_rate");
  EXPECT_LT(result.series.front().y.front(), 0.2);
  EXPECT_THAT(LoadConditionedModel(folder.path() / "models" / "film.safetensors").classes, ElementsAre(-3, 7));
}

TEST(ConstantScore, IsThatOfTheMean) {
  CompareOptions options = SmallComparison("noise");
  EXPECT_NEAR(ConstantScore(LoadCompareData(options), *LoadCompareData(options).test.samples), 1, 0.05);
  options.metric = CompareMetric::kRelativeL2;
  EXPECT_NEAR(ConstantScore(LoadCompareData(options), *LoadCompareData(options).test.samples), 1, 0.05);
}

}  // namespace
}  // namespace hyperwidth
