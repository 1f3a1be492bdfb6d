// SPDX-License-Identifier: Apache-2.0
#include "experiments/rotation/rotation_experiment.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <string>
#include <utility>

#include "experiments/command_line/command_line.h"
#include "experiments/program/repeated_run.h"
#include "experiments/result/format.h"
#include "experiments/result/result_file.h"
#include "experiments/rotation/rotation_trainings.h"

namespace hyperwidth {
namespace {

using ::testing::HasSubstr;
using ::testing::Not;

// Seconds on one core: enough for the hypernetwork to be far better than chance, and than the embedding.
RotationOptions SmallRun() {
  auto options = QuickForm<RotationOptions>();
  options.repetitions = 3;
  options.train_images = 2000;
  options.test_images = 500;
  options.epochs = 3;
  options.optimizer = {.method = OptimizerMethod::kAdam, .learning_rate = 1e-3};
  return options;
}

RotationRun MadeUpRun(const char* model, Index depth, std::uint64_t seed, double test_error) {
  RotationRun run{.model = model, .depth = depth, .seed = seed, .cost = {}, .epochs = {{}}};
  run.epochs.back().test_error = test_error;
  return run;
}

// The runs of a made-up experiment: `hypernetwork` and `embedding` errors, one pair per seed.
std::vector<RotationRun> MadeUpRuns(const std::vector<double>& hypernetwork,
                                    const std::vector<double>& embedding,
                                    Index depth = 2) {
  std::vector<RotationRun> runs;
  for (std::size_t i = 0; i < hypernetwork.size(); ++i) {
    runs.push_back(MadeUpRun("hypernetwork", depth, i, hypernetwork[i]));
    runs.push_back(MadeUpRun("embedding", depth, i, embedding[i]));
  }
  return runs;
}

Verdict VerdictOf(const std::vector<double>& hypernetwork, const std::vector<double>& embedding) {
  RotationOptions options = SmallRun();
  options.repetitions = static_cast<std::int64_t>(hypernetwork.size());
  const TrainTestImages images = LoadRotationImages(options);
  const Result result = SummariseRotation(options, images, MadeUpRuns(hypernetwork, embedding));
  EXPECT_EQ(result.checks.size(), 1u);
  return result.checks.front().verdict;
}

TEST(RotationExperiment, SeparatesTheModelsOnGlyphs) {
  const RotationOptions options = SmallRun();
  const RunFolder folder = TestFolder("separates");
  const Result result = RunRotation(options, LoadRotationImages(options), folder);
  ASSERT_EQ(result.series.size(), 2u + 2) << "and learning curves";
  EXPECT_EQ(result.series[0].name, "hypernetwork");
  EXPECT_EQ(result.series[0].x_name, "depth");
  EXPECT_EQ(result.series[0].y_name, "test_error");
  EXPECT_LT(result.series[0].y[0], 0.5) << "chance is 11/12";
  EXPECT_EQ(result.checks[0].verdict, Verdict::kConsistent) << result.checks[0].why;

  const Series& curve = result.series[3];
  EXPECT_EQ(curve.name, "embedding, depth 2");
  EXPECT_EQ(curve.x_name, "step");
  EXPECT_EQ(curve.x, (std::vector<double>{32, 64, 96}));
  EXPECT_EQ(curve.y.back(), result.series[1].y[0]) << "the last epoch counts";
  EXPECT_EQ(curve.y_ci95.back(), result.series[1].y_ci95[0]);

  ASSERT_EQ(result.figures.size(), 2u);
  EXPECT_EQ(result.figures[0].x_name, "depth");
  EXPECT_FALSE(result.figures[0].is_detail);
  EXPECT_EQ(result.figures[1].x_name, "step");
  EXPECT_TRUE(result.figures[1].is_detail);
  EXPECT_THAT(result.about, HasSubstr("beside the rotated copy, 7850 of them."));
  EXPECT_EQ(result.settings, SettingsOf(options));
  ASSERT_EQ(result.tables.size(), 1u);
  using Texts = std::vector<std::string>;
  EXPECT_EQ(std::get<Texts>(*Find(result.tables[0].columns, "model")), (Texts{"hypernetwork", "embedding"}));
  const std::string unseen = std::get<Texts>(*Find(result.tables[0].columns, "unseen"))[0];
  EXPECT_EQ(unseen.rfind(FormatNumber(result.series[0].y[0]) + " [", 0), 0u) << unseen;

  // One row for each model, seed and epoch, besides the header.
  const std::string metrics = Contents(folder.path() / "metrics.csv");
  EXPECT_EQ(std::count(metrics.begin(), metrics.end(), '\n'), 1 + 2 * 3 * 3);
  EXPECT_THAT(Contents(folder.path() / "config.json"), HasSubstr("\"batch_size\": 64"));
}

// One seed says nothing of the spread; and what was not measured on seen images has no row.
TEST(RotationExperiment, OneRepetitionHasNoIntervals) {
  const RotationOptions options = SmallRun();
  const TrainTestImages images = LoadRotationImages(options);
  std::vector<RotationRun> runs = MadeUpRuns({0.1}, {0.3});
  EXPECT_TRUE(SummariseRotation(options, images, runs).tables.empty());
  runs[1].epochs.back().seen_error = 0.25;
  const Result result = SummariseRotation(options, images, runs);
  ASSERT_EQ(result.series.size(), 4u);
  EXPECT_EQ(result.series[2].y, std::vector<double>{0.1});
  EXPECT_TRUE(result.series[2].y_ci95.empty());
  ASSERT_EQ(result.tables.size(), 1u);
  using Texts = std::vector<std::string>;
  EXPECT_EQ(std::get<Texts>(*Find(result.tables[0].columns, "model")), Texts{"embedding"});
  EXPECT_EQ(std::get<Texts>(*Find(result.tables[0].columns, "seen")), Texts{"0.25"});
  EXPECT_EQ(std::get<Texts>(*Find(result.tables[0].columns, "unseen less seen")), Texts{"0.05"});
}

TEST(RotationExperiment, GivesTheSameResultForAnyNumberOfThreads) {
  RotationOptions options = SmallRun();
  options.repetitions = 1;
  options.train_images = 300;
  options.epochs = 1;
  std::vector<std::vector<double>> errors;
  for (const int threads : {1, 3}) {
    options.program.threads = threads;
    const Result result = RunRotation(options, LoadRotationImages(options), TestFolder("threads"));
    errors.push_back({result.series[0].y[0], result.series[1].y[0], result.series[0].columns[7].values[0]});
  }
  EXPECT_EQ(errors[0], errors[1]);
}

TEST(RotationExperiment, VerdictFollowsTheMeasurements) {
  EXPECT_EQ(VerdictOf({0.10, 0.11, 0.09, 0.10}, {0.30, 0.35, 0.28, 0.31}), Verdict::kConsistent);
  EXPECT_EQ(VerdictOf({0.30, 0.35, 0.28, 0.31}, {0.10, 0.11, 0.09, 0.10}), Verdict::kInconsistent);
  EXPECT_EQ(VerdictOf({0.10, 0.30, 0.20, 0.25}, {0.20, 0.20, 0.25, 0.20}), Verdict::kInconclusive);
  EXPECT_EQ(VerdictOf({0.10}, {0.30}), Verdict::kInconclusive) << "one run of each is not enough for a verdict";
}

TEST(RotationExperiment, EightDepthsOfOneSeedAreInconclusive) {
  RotationOptions options = SmallRun();
  options.depths = {2, 3, 4, 5, 6, 7, 8, 9};
  options.repetitions = 1;
  std::vector<RotationRun> runs;
  for (const int depth : options.depths) {
    // As clear and as scattered as eight independent pairs would have to be.
    runs.push_back(MadeUpRun("hypernetwork", depth, 1, 0.10 + 0.001 * depth));
    runs.push_back(MadeUpRun("embedding", depth, 1, 0.30 + 0.002 * depth));
  }
  const Result result = SummariseRotation(options, LoadRotationImages(options), runs);
  ASSERT_EQ(result.checks.size(), 8u + 2) << "and two along the depths";
  for (std::size_t i = 0; i < 8; ++i) {
    EXPECT_EQ(result.checks[i].id, "rotation.depth" + std::to_string(i + 2) + ".hypernetwork_beats_embedding");
    EXPECT_EQ(result.checks[i].verdict, Verdict::kInconclusive);
    EXPECT_THAT(result.checks[i].why, HasSubstr("Only 1 pair, where at least 3 are needed"));
  }
}

TEST(RotationExperiment, EachDepthIsJudgedByItsOwnRepetitions) {
  RotationOptions options = SmallRun();
  options.depths = {2, 4};
  std::vector<RotationRun> runs = MadeUpRuns({0.10, 0.11, 0.09, 0.10}, {0.30, 0.35, 0.28, 0.31}, 2);
  const std::vector<RotationRun> deeper = MadeUpRuns({0.30, 0.35, 0.28, 0.31}, {0.10, 0.11, 0.09, 0.10}, 4);
  runs.insert(runs.end(), deeper.begin(), deeper.end());
  const Result result = SummariseRotation(options, LoadRotationImages(options), runs);
  ASSERT_EQ(result.checks.size(), 2u + 2) << "and two along the depths";
  EXPECT_EQ(result.checks[0].verdict, Verdict::kConsistent);
  EXPECT_EQ(result.checks[1].verdict, Verdict::kInconsistent);
}

TEST(RotationExperiment, RunsArePairedBySeedWhateverTheirOrder) {
  // Seeds differ by far more than the models: only the right pairs show which is better.
  const RotationOptions options = SmallRun();
  std::vector<RotationRun> runs = MadeUpRuns({0.10, 0.50, 0.30, 0.80}, {0.11, 0.52, 0.32, 0.81});
  std::swap(runs[0], runs[4]);
  std::swap(runs[2], runs[6]);
  const Result result = SummariseRotation(options, LoadRotationImages(options), runs);
  EXPECT_EQ(result.checks[0].verdict, Verdict::kConsistent) << result.checks[0].why;
}

// Everything but the times.
Result WithoutTimes(Result result) {
  for (Series& series : result.series) {
    std::erase_if(series.columns, [](const Column& column) { return column.name == "seconds"; });
  }
  result.provenance.clear();
  return result;
}

TEST(RotationExperiment, AnInterruptedRunIsContinuedToTheSameResult) {
  RotationOptions options = SmallRun();
  options.train_images = 300;
  options.epochs = 2;
  const TrainTestImages images = LoadRotationImages(options);
  const RunFolder folder = TestFolder("interrupted");
  const Result whole = RunRotation(options, images, folder);
  EXPECT_FALSE(IsPartial(whole));

  // What is left when the process is killed while the fourth of six runs is being written down.
  const std::filesystem::path journal = folder.path() / "trials.jsonl";
  const std::string lines = Contents(journal);
  EXPECT_EQ(std::count(lines.begin(), lines.end(), '\n'), 1 + 6);
  std::size_t end = 0;
  for (int line = 0; line < 1 + 3; ++line) end = lines.find('\n', end) + 1;
  std::ofstream(journal, std::ios::trunc) << lines.substr(0, end + 20);

  const RunFolder again(folder.path(), ExistingRun::kResume);
  const Result continued = RunRotation(options, images, again);
  EXPECT_EQ(ToJson(WithoutTimes(continued)), ToJson(WithoutTimes(whole)));
  const std::string metrics = Contents(folder.path() / "metrics.csv");
  EXPECT_EQ(std::count(metrics.begin(), metrics.end(), '\n'), 1 + 6 * 2);
  EXPECT_EQ(Contents(journal).substr(0, end), lines.substr(0, end)) << "a finished run was trained again";

  options.epochs = 3;
  EXPECT_THROW(RunRotation(options, images, again), std::runtime_error);
}

TEST(RotationExperiment, WhatAnInterruptLeavesIsSummarised) {
  const RotationOptions options = SmallRun();
  const TrainTestImages images = LoadRotationImages(options);
  std::vector<RotationRun> runs = MadeUpRuns({0.1, 0.11, 0.12, 0.1}, {0.3, 0.31, 0.33, 0.3});
  runs.pop_back();
  const Result result = SummariseRotation(options, images, runs);
  EXPECT_THAT(result.checks[0].why, HasSubstr("over 3 pairs"));
  EXPECT_EQ(SummariseRotation(options, images, {}).checks[0].verdict, Verdict::kInconclusive);
}

TEST(RotationExperiment, AModelWithoutARunIsNamedAsTheReason) {
  const RotationOptions options = SmallRun();
  std::vector<RotationRun> runs = MadeUpRuns({0.1, 0.11, 0.12}, {0.3, 0.31, 0.33});
  const TrainTestImages images = LoadRotationImages(options);
  const auto reason = [&] { return SummariseRotation(options, images, runs).checks[0].why; };
  EXPECT_THAT(reason(), Not(HasSubstr("No training")));
  std::erase_if(runs, [](const RotationRun& run) { return run.model == "hypernetwork"; });
  EXPECT_THAT(reason(), HasSubstr("No training of the hypernetwork has ended with a number."));
}

TEST(RotationExperiment, ADivergingLossNamesModelStepAndSettings) {
  RotationOptions options = SmallRun();
  options.train_images = 300;
  options.optimizer = {.learning_rate = 1e6};
  try {
    RunRotation(options, LoadRotationImages(options), TestFolder("diverges"));
    FAIL() << "a learning rate of a million did not diverge";
  } catch (const RunFailed& error) {
    EXPECT_THAT(error.what(), HasSubstr("every training diverged; hypernetwork-depth2-seed1: the loss is not"));
    EXPECT_THAT(error.what(), HasSubstr("lr=1e+06"));
  }
}

TEST(RotationExperiment, WhatDivergesIsSaidAndTheOthersGoOn) {
  RotationOptions options = SmallRun();
  options.train_images = 300;
  options.repetitions = 1;
  options.sweep = RotationSweep::kLearningRate;
  options.learning_rates = {1e6, 1e-3};
  const TrainTestImages images = LoadRotationImages(options);
  const RunFolder folder = TestFolder("one diverges"), kept = TestFolder("one diverges, kept");
  RotationTrainings trainings(kept, images);
  const Result result = RunRotation(options, images, folder, &trainings);
  EXPECT_THAT(result.limits,
              HasSubstr("\n2 of 4 trainings diverged and are counted nowhere: hypernetwork-depth4-lr1e+06-seed1, "
                        "embedding-depth4-lr1e+06-seed1. A pair needs both models."));
  EXPECT_EQ(result.series[0].x, std::vector<double>{1e-3});
  ASSERT_EQ(result.checks.size(), 2u);
  EXPECT_EQ(result.checks[0].verdict, Verdict::kInconclusive);
  EXPECT_THAT(result.checks[0].why, HasSubstr("0 pairs"));
  EXPECT_NO_THROW(Validate(result));
  // Neither a run that goes on nor another one trains them again.
  const auto limits = [&](const RunFolder& where, RotationTrainings* given) {
    return RunRotation(options, images, where, given).limits;
  };
  EXPECT_EQ(limits(RunFolder(folder.path(), ExistingRun::kResume), nullptr), result.limits);
  const RotationRunOptions failed = PlannedRuns(options, images)[0];
  ASSERT_TRUE(trainings.Find(failed).has_value());
  EXPECT_EQ(trainings.Find(failed)->state, TrialState::kFailed);
  EXPECT_EQ(limits(TestFolder("another"), &trainings), result.limits);
}

TEST(RotationExperiment, ImagesOfOneColourAreWarnedOfOnce) {
  RotationOptions options = SmallRun();
  options.repetitions = 1;
  options.train_images = 100;
  options.epochs = 1;
  TrainTestImages images = LoadRotationImages(options);
  EXPECT_THAT(SummariseRotation(options, images, {}).about, Not(HasSubstr("one colour")));
  std::fill_n(images.train.pixels.begin(), 2 * images.train.image_size(), std::uint8_t{200});
  ::testing::internal::CaptureStderr();
  const Result result = RunRotation(options, images, TestFolder("constant"));
  const std::string printed = ::testing::internal::GetCapturedStderr();
  const std::string warning = "2 of 100 training images and 0 of 500 test images are of one colour";
  EXPECT_THAT(result.about, HasSubstr(warning));
  ASSERT_THAT(printed, HasSubstr("rotation: warning: " + warning));
  EXPECT_EQ(printed.find("warning", printed.find("warning") + 1), std::string::npos);
}

TEST(RotationExperiment, MissingDataNamesTheFolder) {
  RotationOptions options = SmallRun();
  options.data = "/no/such/folder";
  try {
    LoadRotationImages(options);
    FAIL();
  } catch (const std::runtime_error& error) {
    EXPECT_THAT(error.what(), HasSubstr("/no/such/folder"));
  }
}

}  // namespace
}  // namespace hyperwidth
