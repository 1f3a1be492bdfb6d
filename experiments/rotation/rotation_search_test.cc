// SPDX-License-Identifier: Apache-2.0
#include "experiments/rotation/rotation_search.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <set>
#include <string>

#include "experiments/program/repeated_run.h"
#include "experiments/rotation/rotation_experiment.h"

namespace hyperwidth {
namespace {

using ::testing::HasSubstr;
using ::testing::Not;
using ::testing::StartsWith;

RotationOptions SmallSearch() {
  auto options = QuickForm<RotationOptions>();
  options.search.method = SearchMethod::kHalving;
  options.train_images = 600;
  options.test_images = 200;
  options.epochs = 2;
  options.search.n_trials = 6;
  options.repetitions = 3;
  return options;
}

TEST(RotationSearch, TunesBothModelsAndTestsTheirChoices) {
  const RotationOptions options = SmallSearch();
  const RunFolder folder = TestFolder("search");
  const Result result = RunRotationSearch(options, LoadRotationImages(options), folder);
  ASSERT_EQ(result.series.size(), 4u);
  EXPECT_EQ(result.series[0].name, "hypernetwork");
  ASSERT_EQ(result.tables.size(), 1u);
  using Texts = std::vector<std::string>;
  const auto& tuned = std::get<Texts>(*Find(result.tables[0].columns, "hyper-parameter"));
  EXPECT_EQ(std::count(tuned.begin(), tuned.end(), "lr"), 2) << "of each model";
  for (const std::string& choice : std::get<Texts>(*Find(result.tables[0].columns, "chosen"))) {
    EXPECT_THAT(choice, Not(HasSubstr(","))) << "one depth, one choice";
  }
  EXPECT_EQ(result.series[0].y_name, "test_error");
  EXPECT_EQ(result.series[0].x, std::vector<double>{2});
  EXPECT_LT(result.series[0].y[0], 0.8) << "chance is 11/12";
  EXPECT_EQ(result.series[1].name, "embedding");
  EXPECT_EQ(result.series[2].name, "hypernetwork-depth2");
  EXPECT_EQ(result.series[2].y_name, "best_validation_error");
  EXPECT_EQ(result.series[2].x.back(), 6);
  ASSERT_EQ(result.checks.size(), 1u);
  EXPECT_EQ(result.checks[0].id, "rotation.depth2.tuned_hypernetwork_beats_tuned_embedding");
  EXPECT_THAT(result.checks[0].why, HasSubstr("3"));
  // 500 images are trained on, 8 steps to an epoch and 16 to a trial; rungs of 6 trials for 6 steps and 2 for 16.
  EXPECT_THAT(result.about, HasSubstr("after 56 steps"));
  for (const char* const name : {"hypernetwork", "embedding"}) {
    const std::string table = Contents(folder.path() / ("trials-" + std::string(name) + "-depth2.csv"));
    EXPECT_THAT(table, StartsWith("trial,optimizer,lr,momentum,weight_decay,state,steps,validation_score,message\n"));
    EXPECT_EQ(std::count(table.begin(), table.end(), '\n'), 1 + 6);
  }
  EXPECT_THAT(Contents(folder.path() / "config.json"), HasSubstr("\"search\": \"halving\""));
  // Two rungs and three tests of each.
  const std::string journal = Contents(folder.path() / "trials.jsonl");
  EXPECT_EQ(std::count(journal.begin(), journal.end(), '\n'), 1 + 2 * (6 + 2 + 3));
}

TEST(RotationSearch, GivesTheSameResultForAnyNumberOfThreads) {
  RotationOptions options = SmallSearch();
  options.train_images = 200;
  options.epochs = 1;
  std::set<std::string> tables;
  std::set<double> errors;
  for (const int threads : {1, 3}) {
    options.program.threads = threads;
    const RunFolder folder = TestFolder("search threads " + std::to_string(threads));
    errors.insert(RunRotationSearch(options, LoadRotationImages(options), folder).series[0].y[0]);
    tables.insert(Contents(folder.path() / "metrics.csv"));
  }
  EXPECT_EQ(tables.size(), 1u);
  EXPECT_EQ(errors.size(), 1u);
}

ContenderResult MadeUp(const std::string& name, const std::vector<double>& errors) {
  ContenderResult contender{.name = name};
  contender.chosen = StudyTrial{};
  for (std::size_t i = 0; i < errors.size(); ++i) {
    contender.tests.push_back({.seed = i + 2, .validation_score = 0.5, .test_score = errors[i]});
  }
  return contender;
}

Verdict VerdictOf(const FairResult& found) {
  const RotationOptions options = SmallSearch();
  const Result result = SummariseRotationSearch(options, LoadRotationImages(options), found);
  EXPECT_EQ(result.checks.size(), 1u);
  return result.checks.front().verdict;
}

TEST(RotationSearch, VerdictFollowsTheTests) {
  const std::vector<double> low = {0.10, 0.11, 0.09, 0.10}, high = {0.30, 0.35, 0.28, 0.31};
  EXPECT_EQ(VerdictOf({.contenders = {MadeUp("hypernetwork-depth2", low), MadeUp("embedding-depth2", high)}}),
            Verdict::kConsistent);
  EXPECT_EQ(VerdictOf({.contenders = {MadeUp("hypernetwork-depth2", high), MadeUp("embedding-depth2", low)}}),
            Verdict::kInconsistent);
  EXPECT_EQ(VerdictOf({.contenders = {MadeUp("hypernetwork-depth2", low)}}), Verdict::kInconclusive);
  ContenderResult failed = MadeUp("embedding-depth2", high);
  for (std::size_t i = 0; i < 2; ++i) failed.tests[i].message = "diverged";
  EXPECT_EQ(VerdictOf({.contenders = {MadeUp("hypernetwork-depth2", low), failed}}), Verdict::kInconclusive)
      << "two pairs are left";
}

TEST(RotationSearch, WarnsOfImagesOfOneColour) {
  RotationOptions options = SmallSearch();
  options.train_images = 60;
  options.search.n_trials = 1;
  options.epochs = 1;
  options.repetitions = 1;
  TrainTestImages images = LoadRotationImages(options);
  EXPECT_THAT(SummariseRotationSearch(options, images, {}).about, Not(HasSubstr("one colour")));
  std::fill_n(images.test.pixels.begin(), images.test.image_size(), std::uint8_t{200});
  ::testing::internal::CaptureStderr();
  const Result result = RunRotationSearch(options, images, TestFolder("search constant"));
  const std::string warning = "0 of 60 training images and 1 of 200 test images are of one colour";
  EXPECT_THAT(::testing::internal::GetCapturedStderr(), HasSubstr("rotation: warning: " + warning));
  EXPECT_THAT(result.about, HasSubstr(warning));
}

TEST(RotationSearch, RefusesSettingsThatDoNotGoTogether) {
  RotationOptions options = SmallSearch();
  options.patience = 2;
  EXPECT_THROW(RunRotationSearch(options, LoadRotationImages(options), TestFolder("refused")), std::invalid_argument);
  options = SmallSearch();
  options.search.min_share = 0;
  EXPECT_THROW(RunRotationSearch(options, LoadRotationImages(options), TestFolder("refused")), std::invalid_argument);
}

}  // namespace
}  // namespace hyperwidth
