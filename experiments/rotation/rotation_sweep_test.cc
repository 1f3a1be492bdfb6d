// SPDX-License-Identifier: Apache-2.0
#include "experiments/rotation/rotation_sweep.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <filesystem>
#include <fstream>
#include <set>
#include <string>

#include "experiments/program/repeated_run.h"
#include "experiments/result/result_file.h"
#include "experiments/rotation/rotation_experiment.h"
#include "experiments/rotation/rotation_summary.h"

namespace hyperwidth {
namespace {

using ::testing::HasSubstr;

RotationOptions SmallSweep(RotationSweep sweep) {
  auto options = QuickForm<RotationOptions>();
  options.sweep = sweep;
  options.repetitions = 3;
  options.train_images = 300;
  options.test_images = 100;
  options.epochs = 1;
  options.learning_rates = {1e-3, 1e-2};
  options.embedding_dims = {2, 100, 300};
  return options;
}

TEST(RotationSweep, DefaultsAreThePublishedPointsAndSmallerEmbeddings) {
  const RotationOptions options;
  ASSERT_EQ(options.learning_rates.size(), 8u);
  EXPECT_NEAR(std::log10(options.learning_rates.front()), -3.5, 1e-12);
  EXPECT_NEAR(std::log10(options.learning_rates.back()), -1.75, 1e-12);
  EXPECT_EQ(options.embedding_dims.front(), 2);
  EXPECT_EQ(std::vector<std::int64_t>(options.embedding_dims.end() - 8, options.embedding_dims.end()),
            (std::vector<std::int64_t>{10'000, 20'000, 30'000, 40'000, 50'000, 60'000, 70'000, 80'000}));
}

TEST(RotationSweep, PointsAreWhatTheOptionsSay) {
  RotationOptions options;
  EXPECT_EQ(PointsOf(options).size(), 8u);
  options.sweep = RotationSweep::kLearningRate;
  for (const RotationPoint& point : PointsOf(options)) {
    EXPECT_EQ(point.depth, 4);
    EXPECT_EQ(point.learning_rate, point.x);
    EXPECT_EQ(RunAt(options, point, RotationModel::kEmbedding, 784).trainer.optimizer.learning_rate, point.x);
  }
  options.sweep = RotationSweep::kEmbedding;
  for (const RotationPoint& point : PointsOf(options)) {
    const RotationRunOptions run = RunAt(options, point, RotationModel::kEmbedding, 784);
    EXPECT_EQ(run.architecture.depth, 0) << "d -> 100 -> E";
    EXPECT_EQ(static_cast<double>(run.architecture.EmbeddingDim()), point.x);
    EXPECT_EQ(RunAt(options, point, RotationModel::kHypernetwork, 784).architecture.depth, 0);
  }
  options.extra_layers = 1;
  for (const RotationPoint& point : PointsOf(options)) {
    EXPECT_EQ(RunAt(options, point, RotationModel::kEmbedding, 784).architecture.depth, 0);
    EXPECT_EQ(RunAt(options, point, RotationModel::kHypernetwork, 784).architecture.depth, 1);
  }
}

TEST(RotationSweep, PointsAndRunsHaveNames) {
  RotationOptions options;
  options.depths = {3};
  options.learning_rates = {2.5e-3};
  options.embedding_dims = {200};
  options.condition_counts = {1000};
  struct Names {
    RotationSweep sweep;
    double x;
    std::string id, text, hypernetwork, embedding;
  };
  const std::vector<Names> all = {
      {RotationSweep::kDepth, 3, "depth3", "depth 3", "hypernetwork-depth3", "embedding-depth3"},
      {RotationSweep::kLearningRate,
       2.5e-3,
       "lr0.0025",
       "learning rate 0.0025",
       "hypernetwork-depth4-lr0.0025",
       "embedding-depth4-lr0.0025"},
      // The hypernetwork is that of all embedding dimensions.
      {RotationSweep::kEmbedding,
       200,
       "embedding200",
       "embedding dimension 200",
       "hypernetwork-depth0",
       "embedding-depth0-embedding_dim200"},
      {RotationSweep::kConditions,
       1000,
       "conditions1000",
       "1000 training images",
       "hypernetwork-depth4-conditions1000",
       "embedding-depth4-conditions1000"}};
  for (const Names& names : all) {
    options.sweep = names.sweep;
    ASSERT_EQ(PointsOf(options).size(), 1u) << names.id;
    const RotationPoint point = PointsOf(options)[0];
    EXPECT_EQ(point.x, names.x) << names.id;
    EXPECT_EQ(point.id, names.id);
    EXPECT_EQ(point.text, names.text);
    EXPECT_EQ(RotationModelName(RunAt(options, point, RotationModel::kHypernetwork, 784)), names.hypernetwork);
    EXPECT_EQ(RotationModelName(RunAt(options, point, RotationModel::kEmbedding, 784)), names.embedding);
  }
  EXPECT_EQ(PointsOf(options)[0].which, "1000 images") << "shorter than in a sentence";
}

// A hypernetwork that does not depend on the embedding's dimension is trained once for each seed.
TEST(RotationSweep, RunsAreToldApartByWhatTheyAre) {
  RotationOptions options = SmallSweep(RotationSweep::kEmbedding);
  const TrainTestImages images = LoadRotationImages(options);
  EXPECT_EQ(PlannedRuns(options, images).size(), 3u * (1 + 3));
  options.match = RotationMatch::kKappa;  // 2, and twice 100
  EXPECT_EQ(PlannedRuns(options, images).size(), 3u * (2 + 3));
  options.match = RotationMatch::kTotal;
  EXPECT_EQ(PlannedRuns(options, images).size(), 3u * (3 + 3));
  options = SmallSweep(RotationSweep::kLearningRate);
  std::set<std::string> names;
  for (const RotationRunOptions& run : PlannedRuns(options, images)) names.insert(RotationFileName(run));
  EXPECT_EQ(names.size(), 2u * 2u * 3u);
  EXPECT_EQ(names.count("embedding-depth4-lr0.001-seed1"), 1u);
}

// Fewer images are seen more often, and measured as often as all would be.
TEST(RotationSweep, ConditionsAreTrainedForEquallyManySteps) {
  RotationOptions options = SmallSweep(RotationSweep::kConditions);
  options.epochs = 2;
  options.condition_counts = {40, 64, 100, 300};
  const TrainTestImages images = LoadRotationImages(options);
  std::vector<std::vector<std::int64_t>> found;
  for (const RotationRunOptions& run : PlannedRuns(options, images)) {
    if (run.model != RotationModel::kEmbedding || run.trainer.seed != 1) continue;
    found.push_back({run.train_images, run.trainer.epochs, run.epochs_each});
  }
  // Five steps to an epoch of 300, two to one of 100, one to one of 64 or 40: ten in all.
  EXPECT_EQ(found, (std::vector<std::vector<std::int64_t>>{{40, 10, 5}, {64, 10, 5}, {100, 5, 2}, {300, 2, 1}}));
  options.validation_images = 100;
  options.condition_counts = {40};
  EXPECT_EQ(PlannedRuns(options, images)[0].epochs_each, 1) << "each may be the best";
  options.condition_counts = {201};
  EXPECT_THAT([&] { PlannedRuns(options, images); },
              ::testing::ThrowsMessage<std::invalid_argument>(
                  "--condition-counts: found 201, accepted: at most the 200 images to train on"));
}

TEST(RotationSweep, OfConditionsHasErrorsOnSeenImagesAndJudgesThem) {
  RotationOptions options = SmallSweep(RotationSweep::kConditions);
  options.condition_counts = {30, 300};
  const RunFolder folder = TestFolder("conditions sweep");
  const Result result = RunRotation(options, LoadRotationImages(options), folder);
  ASSERT_EQ(result.series.size(), 2u + 2 + 4);
  EXPECT_EQ(result.series[0].x_name, "training_images");
  EXPECT_EQ(result.series[2].name, "hypernetwork, seen images");
  EXPECT_EQ(result.series[2].x, (std::vector<double>{30, 300}));
  const std::string metrics = Contents(folder.path() / "metrics.csv");
  EXPECT_EQ(std::count(metrics.begin(), metrics.end(), '\n'), 1 + 2 * 3 * 2) << "once for each epoch of all images";
  std::vector<std::string> ids;
  for (const Check& check : result.checks) ids.push_back(check.id);
  EXPECT_THAT(ids,
              ::testing::ElementsAre("rotation.conditions30.hypernetwork_beats_embedding",
                                     "rotation.conditions300.hypernetwork_beats_embedding",
                                     "rotation.hypernetwork_improves_with_conditions",
                                     "rotation.hypernetwork_generalises",
                                     "rotation.embedding_improves_with_conditions",
                                     "rotation.embedding_generalises"));
}

TEST(RotationSweep, SeriesHaveParametersByRoleAndKappa) {
  RotationOptions options = SmallSweep(RotationSweep::kEmbedding);
  options.extra_layers = 1;
  const Result result = RunRotation(options, LoadRotationImages(options), TestFolder("embedding sweep"));
  ASSERT_EQ(result.series.size(), 2u + 4) << "and learning curves at both ends";
  EXPECT_EQ(result.series[2].name, "hypernetwork, embedding dimension 2");
  EXPECT_EQ(result.series[5].name, "embedding, embedding dimension 300");
  const auto column = [&](std::size_t series, const std::string& name) {
    for (const Column& each : result.series[series].columns) {
      if (each.name == name) return each.values;
    }
    return std::vector<double>();
  };
  EXPECT_THAT(result.about, HasSubstr("beside the rotated copy. Data"));
  EXPECT_THAT(result.about, HasSubstr(" But f has 1 hidden layer more than e."));
  EXPECT_EQ(result.checks[0].which, "dimension 2") << "shorter than in a sentence";
  EXPECT_EQ(result.series[1].x_name, "embedding_dim");
  EXPECT_EQ(result.series[1].x, (std::vector<double>{2, 100, 300}));
  EXPECT_EQ(column(1, "kappa"), (std::vector<double>{2, 100, 100}));
  EXPECT_EQ(column(0, "kappa"), (std::vector<double>{100, 100, 100}));
  EXPECT_EQ(column(0, "primary_parameters"), (std::vector<double>{7960, 7960, 7960}));
  EXPECT_EQ(column(1, "primary_parameters"), (std::vector<double>{7870 + 132, 8850 + 132, 10850 + 132}));
  ASSERT_EQ(result.checks.size(), 3u + 1);
  EXPECT_EQ(result.checks[0].id, "rotation.embedding2.hypernetwork_beats_embedding");
  EXPECT_EQ(result.checks[3].id, "rotation.larger_embedding_does_not_help");
}

// Everything but the times.
std::string TextOf(Result result) {
  for (Series& series : result.series) {
    std::erase_if(series.columns, [](const Column& column) { return column.name == "seconds"; });
  }
  result.provenance.clear();
  for (Field& setting : result.settings) {
    if (setting.name == "threads") setting.value = 0;
  }
  return ToJson(result);
}

TEST(RotationSweep, GivesTheSameResultForAnyNumberOfThreads) {
  RotationOptions options = SmallSweep(RotationSweep::kLearningRate);
  std::set<std::string> results;
  for (const int threads : {1, 2}) {
    options.program.threads = threads;
    results.insert(TextOf(RunRotation(options, LoadRotationImages(options), TestFolder("sweep threads"))));
  }
  EXPECT_EQ(results.size(), 1u);
}

TEST(RotationSweep, AnInterruptedSweepIsContinuedToTheSameResult) {
  RotationOptions options = SmallSweep(RotationSweep::kEmbedding);
  options.match = RotationMatch::kKappa;
  const TrainTestImages images = LoadRotationImages(options);
  const RunFolder folder = TestFolder("interrupted sweep");
  const std::string whole = TextOf(RunRotation(options, images, folder));
  const std::filesystem::path journal = folder.path() / "trials.jsonl";
  const std::string lines = Contents(journal);
  EXPECT_EQ(std::count(lines.begin(), lines.end(), '\n'), 1 + 15);
  std::size_t end = 0;
  for (int line = 0; line < 1 + 7; ++line) end = lines.find('\n', end) + 1;
  std::ofstream(journal, std::ios::trunc) << lines.substr(0, end + 20);
  const RunFolder again(folder.path(), ExistingRun::kResume);
  EXPECT_EQ(TextOf(RunRotation(options, images, again)), whole);
  EXPECT_EQ(Contents(journal).substr(0, end), lines.substr(0, end)) << "a finished run was trained again";
}

ErrorsBySeed Errors(const std::vector<double>& errors) {
  ErrorsBySeed by_seed;
  for (std::size_t i = 0; i < errors.size(); ++i) by_seed[i] = errors[i];
  return by_seed;
}

const std::vector<double> kLow = {0.10, 0.11, 0.09, 0.10}, kHigh = {0.30, 0.35, 0.28, 0.31};

// Verdicts along the sweep, after those of its two points.
std::vector<Verdict> AlongSweep(RotationSweep sweep,
                                const std::vector<std::vector<double>>& hypernetwork,
                                const std::vector<std::vector<double>>& embedding) {
  RotationOptions options;
  options.sweep = sweep;
  options.depths = {2, 9};
  options.embedding_dims = {100, 80'000};
  const std::vector<RotationPoint> points = PointsOf(options);
  std::vector<ErrorsAtPoint> errors;
  for (std::size_t i = 0; i < 2; ++i) {
    errors.push_back({.point = points[i], .hypernetwork = Errors(hypernetwork[i]), .embedding = Errors(embedding[i])});
  }
  std::vector<Verdict> verdicts;
  for (const Check& check : JudgeRotation(options, errors, /*is_tuned=*/false)) verdicts.push_back(check.verdict);
  return {verdicts.begin() + 2, verdicts.end()};
}

TEST(RotationVerdicts, OfDepthFollowTheMeasurements) {
  using enum Verdict;
  EXPECT_EQ(AlongSweep(RotationSweep::kDepth, {kHigh, kLow}, {kLow, kHigh}),
            (std::vector<Verdict>{kConsistent, kConsistent}));
  EXPECT_EQ(AlongSweep(RotationSweep::kDepth, {kLow, kHigh}, {kHigh, kLow}),
            (std::vector<Verdict>{kInconsistent, kInconsistent}));
  EXPECT_EQ(AlongSweep(RotationSweep::kDepth, {{0.1}, {0.3}}, {{0.1}, {0.3}}),
            (std::vector<Verdict>{kInconclusive, kInconclusive}));
}

TEST(RotationVerdicts, OfTheEmbeddingFollowTheMeasurements) {
  using enum Verdict;
  EXPECT_EQ(AlongSweep(RotationSweep::kEmbedding, {kLow, kLow}, {kLow, kHigh}), std::vector<Verdict>{kConsistent});
  EXPECT_EQ(AlongSweep(RotationSweep::kEmbedding, {kLow, kLow}, {kHigh, kLow}), std::vector<Verdict>{kInconsistent});
}

// What is said of the embedding along a sweep over these dimensions, all but the points.
std::vector<Check> AlongEmbeddings(const std::vector<std::int64_t>& dims,
                                   const std::vector<std::vector<double>>& embedding) {
  RotationOptions options;
  options.sweep = RotationSweep::kEmbedding;
  options.embedding_dims = dims;
  std::vector<ErrorsAtPoint> errors;
  for (const RotationPoint& point : PointsOf(options)) {
    errors.push_back({.point = point, .hypernetwork = Errors(kLow), .embedding = Errors(embedding[errors.size()])});
  }
  std::vector<Check> checks = JudgeRotation(options, errors, /*is_tuned=*/false);
  checks.erase(checks.begin(), checks.begin() + static_cast<std::ptrdiff_t>(dims.size()));
  return checks;
}

// What a bottleneck costs is no argument for a larger embedding.
TEST(RotationVerdicts, OfTheEmbeddingBeginWhereItIsNoBottleneck) {
  const std::vector<Check> checks = AlongEmbeddings({2, 100, 300}, {kHigh, kLow, kHigh});
  ASSERT_EQ(checks.size(), 1u);
  EXPECT_EQ(checks[0].verdict, Verdict::kConsistent);
  EXPECT_THAT(checks[0].claim, HasSubstr("From embedding dimension 100 to embedding dimension 300, the embedding's"));
  EXPECT_TRUE(AlongEmbeddings({2, 100}, {kHigh, kLow}).empty());
  EXPECT_TRUE(AlongEmbeddings({2, 99}, {kHigh, kLow}).empty());
}

// The published conclusion is about the published dimensions; below them it is another question.
TEST(RotationVerdicts, OfTheEmbeddingTellPublishedDimensionsFromSmallerOnes) {
  using enum Verdict;
  const std::vector<Check> checks = AlongEmbeddings({2, 100, 9999, 10'000, 80'000}, {kLow, kHigh, kHigh, kLow, kHigh});
  ASSERT_EQ(checks.size(), 2u);
  EXPECT_EQ(checks[0].id, "rotation.embedding_up_to_published_does_not_help");
  EXPECT_THAT(checks[0].claim, HasSubstr("From embedding dimension 100 to embedding dimension 10000, "));
  EXPECT_EQ(checks[0].verdict, kInconsistent);
  EXPECT_EQ(checks[1].id, "rotation.larger_embedding_does_not_help");
  EXPECT_THAT(checks[1].claim, HasSubstr("From embedding dimension 10000 to embedding dimension 80000, "));
  EXPECT_EQ(checks[1].verdict, kConsistent);
  EXPECT_EQ(AlongEmbeddings({10'000, 80'000}, {kLow, kHigh}).size(), 1u);
  // A single published dimension is no range: up to it from the least that is no bottleneck.
  const std::vector<Check> up_to_one = AlongEmbeddings({100, 500, 10'000}, {kLow, kLow, kHigh});
  ASSERT_EQ(up_to_one.size(), 1u);
  EXPECT_EQ(up_to_one[0].id, "rotation.larger_embedding_does_not_help");
  EXPECT_THAT(up_to_one[0].claim, HasSubstr("From embedding dimension 100 to embedding dimension 10000, "));
}

// One seed has no error at one of the depths.
TEST(RotationVerdicts, OfDepthCountSeedsThatHaveBothEnds) {
  RotationOptions options;
  options.depths = {2, 9};
  const std::vector<RotationPoint> points = PointsOf(options);
  ErrorsAtPoint first{.point = points[0], .hypernetwork = Errors(kHigh), .embedding = Errors(kLow)};
  ErrorsAtPoint last{.point = points[1], .hypernetwork = Errors(kLow), .embedding = Errors(kHigh)};
  first.hypernetwork.erase(0);
  last.embedding.erase(1);
  const std::vector<Check> checks = JudgeRotation(options, {first, last}, /*is_tuned=*/false);
  ASSERT_EQ(checks.size(), 4u);
  EXPECT_THAT(checks[2].claim, HasSubstr("From depth 2 to depth 9, the hypernetwork's"));
  EXPECT_THAT(checks[3].claim, HasSubstr("From depth 2 to depth 9, the embedding's"));
  EXPECT_NEAR(checks[2].measured, (0.11 + 0.09 + 0.10 - 0.35 - 0.28 - 0.31) / 3, 1e-12);
  EXPECT_NEAR(checks[3].measured, (0.10 + 0.09 + 0.10 - 0.30 - 0.28 - 0.31) / 3, 1e-12);
  EXPECT_EQ(JudgeRotation(options, {first}, /*is_tuned=*/false).size(), 1u) << "one depth is no sweep";
}

// Of the hypernetwork and of the embedding, each: improves with conditions, generalises.
std::vector<Verdict> OverConditions(const ErrorsAtPoint& fewest, const ErrorsAtPoint& most) {
  RotationOptions options;
  options.sweep = RotationSweep::kConditions;
  std::vector<Verdict> verdicts;
  for (const Check& check : JudgeRotation(options, {fewest, most}, /*is_tuned=*/false)) {
    verdicts.push_back(check.verdict);
  }
  return {verdicts.begin() + 2, verdicts.end()};
}

TEST(RotationVerdicts, OfConditionsFollowTheMeasurements) {
  using enum Verdict;
  ErrorsAtPoint fewest{.hypernetwork = Errors(kHigh), .embedding = Errors(kLow)};
  ErrorsAtPoint most{.hypernetwork = Errors(kLow), .embedding = Errors(kHigh)};
  EXPECT_EQ(OverConditions(fewest, most),
            (std::vector<Verdict>{kConsistent, kInconclusive, kInconsistent, kInconclusive}))
      << "nothing was measured on seen images";
  // Errors on unseen images by a factor above those on seen ones that is just below, and just above, the accepted one.
  const auto below = [](const std::vector<double>& errors, double factor) {
    std::vector<double> seen;
    for (std::size_t i = 0; i < errors.size(); ++i) {
      seen.push_back(errors[i] / (factor + 1e-4 * static_cast<double>(i)));
    }
    return Errors(seen);
  };
  most.hypernetwork_seen = below(kLow, 1.098);
  most.embedding_seen = below(kHigh, 1.102);
  EXPECT_EQ(OverConditions(fewest, most),
            (std::vector<Verdict>{kConsistent, kConsistent, kInconsistent, kInconsistent}));
}

// What the sweep adds does not answer which model is better.
TEST(RotationVerdicts, AtThePublishedSettingsAreDecisive) {
  RotationOptions options;
  const auto decisive = [&](RotationSweep sweep, std::vector<int> depths) {
    options.sweep = sweep;
    options.depths = std::move(depths);
    std::vector<ErrorsAtPoint> errors;
    for (const RotationPoint& point : PointsOf(options)) {
      errors.push_back({.point = point, .hypernetwork = Errors(kLow), .embedding = Errors(kHigh)});
    }
    return DecisiveOf(JudgeRotation(options, errors, /*is_tuned=*/false));
  };
  EXPECT_EQ(decisive(RotationSweep::kDepth, {2, 4, 9}), "rotation.depth4.hypernetwork_beats_embedding");
  EXPECT_EQ(decisive(RotationSweep::kDepth, {2, 9}), "rotation.depth2.hypernetwork_beats_embedding");
  EXPECT_EQ(decisive(RotationSweep::kLearningRate, {}), "rotation.lr0.01.hypernetwork_beats_embedding");
  EXPECT_EQ(decisive(RotationSweep::kEmbedding, {}), "rotation.embedding10000.hypernetwork_beats_embedding");
  EXPECT_EQ(decisive(RotationSweep::kConditions, {}), "rotation.conditions50000.hypernetwork_beats_embedding");
  options.embedding_dims = {2, 5};
  EXPECT_EQ(decisive(RotationSweep::kEmbedding, {}), "rotation.embedding2.hypernetwork_beats_embedding");
  EXPECT_EQ(DecisiveOf({}), "");
}

Check AtPoint(const std::vector<double>& hypernetwork, const std::vector<double>& embedding) {
  RotationOptions options;
  options.sweep = RotationSweep::kLearningRate;
  const ErrorsAtPoint at{
      .point = PointsOf(options)[0], .hypernetwork = Errors(hypernetwork), .embedding = Errors(embedding)};
  return JudgeRotation(options, {at}, /*is_tuned=*/false).front();
}

TEST(RotationVerdicts, OfAPointAreWithheldWhereNobodyIsBetterThanGuessing) {
  EXPECT_EQ(AtPoint(kLow, kHigh).verdict, Verdict::kConsistent);
  EXPECT_EQ(AtPoint(kHigh, kLow).verdict, Verdict::kInconsistent);
  EXPECT_EQ(AtPoint(kHigh, {0.916, 0.917, 0.918, 0.916}).verdict, Verdict::kConsistent) << "one of them is";
  EXPECT_EQ(AtPoint({0.916, 0.917, 0.918, 0.916}, kLow).verdict, Verdict::kInconsistent) << "one of them is";
  EXPECT_EQ(AtPoint({0.90, 0.901, 0.902, 0.90}, {0.926, 0.928, 0.929, 0.925}).verdict, Verdict::kConsistent);
  const Check trivial = AtPoint({0.916, 0.917, 0.918, 0.916}, {0.926, 0.928, 0.929, 0.925});
  EXPECT_EQ(trivial.verdict, Verdict::kInconclusive);
  EXPECT_THAT(trivial.why, HasSubstr("Neither model is better than guessing"));
}

}  // namespace
}  // namespace hyperwidth
