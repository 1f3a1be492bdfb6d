// SPDX-License-Identifier: Apache-2.0
#include "experiments/assumption1/assumption1.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <filesystem>
#include <stdexcept>
#include <string>

#include "experiments/assumption1/assumption1_summary.h"
#include "experiments/program/repeated_run.h"

namespace hyperwidth {
namespace {

namespace fs = std::filesystem;
using ::testing::ElementsAre;
using ::testing::HasSubstr;

Assumption1Options Small() {
  Assumption1Options options;
  options.seeds = 3;
  options.train_inputs = 40;
  options.test_inputs = 20;
  options.hidden = 6;
  options.epochs = 2;
  options.batch_size = 10;
  return options;
}

// Pairs whose distance to each other is these shares of their distance to the target, before and after training.
DistanceCell Cell(double untrained, double trained, int pairs = 4) {
  DistanceCell cell{.inputs = "glyphs"};
  for (int i = 0; i < pairs; ++i) {
    const double size = 1 + i, spread = 1 + 0.01 * std::sin(i);
    cell.pairs.push_back(PairDistances{.between = {untrained * size * spread, trained * size * 0.5 * (2 - spread)},
                                       .target_1 = {0.9 * size, 0.4 * size},
                                       .target_2 = {1.1 * size, 0.6 * size},
                                       .variance = 0.7 * size});
  }
  return cell;
}

const Check& Find(const std::vector<Check>& checks, const std::string& id) {
  for (const Check& check : checks) {
    if (check.id == "assumption1." + id) return check;
  }
  throw std::logic_error("no check " + id);
}

TEST(JudgeAssumption1, SaysWhetherTwoNetworksAreCloserThanTheirTarget) {
  const Check closer = Find(JudgeAssumption1({Cell(0.2, 0.3)}), "glyphs.closer_to_each_other");
  EXPECT_EQ(closer.verdict, Verdict::kConsistent);
  EXPECT_NEAR(closer.measured, 0.3, 0.01);
  EXPECT_EQ(Find(JudgeAssumption1({Cell(0.2, 1.2)}), "glyphs.closer_to_each_other").verdict, Verdict::kInconsistent);
}

TEST(JudgeAssumption1, SaysWhetherTrainingHadAPartInIt) {
  const auto verdict = [](double untrained, double trained) {
    return Find(JudgeAssumption1({Cell(untrained, trained)}), "glyphs.closer_untrained").verdict;
  };
  EXPECT_EQ(verdict(0.2, 0.3), Verdict::kConsistent);
  EXPECT_EQ(verdict(0.3, 0.2), Verdict::kInconsistent);
  EXPECT_NEAR(Find(JudgeAssumption1({Cell(0.2, 0.3)}), "glyphs.closer_untrained").measured, 2.0 / 3, 0.01);
}

TEST(JudgeAssumption1, IsInconclusiveOnTwoPairsAndSilentOnNone) {
  for (const Check& check : JudgeAssumption1({Cell(0.2, 0.3, 2)})) {
    EXPECT_EQ(check.verdict, Verdict::kInconclusive) << check.id;
  }
  DistanceCell empty{.inputs = "glyphs"};
  empty.pairs.resize(3);
  EXPECT_TRUE(JudgeAssumption1({empty}).empty());
}

TEST(JudgeAssumption1, LeavesOutPairsThatDiverged) {
  DistanceCell cell = Cell(0.2, 0.3);
  cell.pairs[1].reset();
  EXPECT_THAT(Find(JudgeAssumption1({cell}), "glyphs.closer_to_each_other").why, HasSubstr("3 pairs"));
}

TEST(JudgeAssumption1, NeverJudgesWhatIsOneTraining) {
  DistanceCell published = Cell(0.2, 0.3);
  published.variant = PairVariant::kPublished;
  EXPECT_TRUE(JudgeAssumption1({published}).empty());
}

TEST(SummariseAssumption1, DrawsMeansWithIntervalsOfRepetitionsOnly) {
  DistanceCell published = Cell(0.2, 0.3, 1);
  published.variant = PairVariant::kPublished;
  const Result result = SummariseAssumption1(Small(), {Cell(0.2, 0.3), published});
  EXPECT_NO_THROW(Validate(result));
  ASSERT_EQ(result.series.size(), 6u);
  EXPECT_EQ(result.series[0].name, "f1 and f2");
  EXPECT_THAT(result.series[0].x, ElementsAre(0, 1));
  EXPECT_NEAR(result.series[1].y[1], 0.5 * 2.5, 1e-12);  // mean of sizes 1 .. 4
  EXPECT_EQ(result.series[0].y_ci95.size(), 2u);
  EXPECT_LT(result.series[1].y_ci95[1].low, 1.25);
  EXPECT_EQ(result.series[3].figure, "glyphs, published code");
  for (std::size_t i = 3; i < 6; ++i) EXPECT_TRUE(result.series[i].y_ci95.empty());
  ASSERT_EQ(result.figures.size(), 2u);
  EXPECT_FALSE(result.figures[0].is_detail);
  EXPECT_TRUE(result.figures[1].is_detail);
  EXPECT_THAT(result.figures[1].title, HasSubstr("one pair trained on and on"));
  EXPECT_EQ(result.decisive, "assumption1.glyphs.closer_to_each_other");
  EXPECT_THAT(result.limits, HasSubstr("2 epochs of SGD"));
}

TEST(SummariseAssumption1, SaysHowManyPairsAreLeft) {
  DistanceCell cell = Cell(0.2, 0.3);
  cell.pairs[0].reset();
  const Result result = SummariseAssumption1(Small(), {cell});
  ASSERT_EQ(result.figures.size(), 1u);
  EXPECT_THAT(result.figures[0].caption, HasSubstr("Means over 3 repetitions"));
}

TEST(SummariseAssumption1, IsAResultWithoutAnyPair) {
  DistanceCell empty{.inputs = "glyphs"};
  empty.pairs.resize(3);
  const Result result = SummariseAssumption1(Small(), {empty});
  EXPECT_NO_THROW(Validate(result));
  EXPECT_TRUE(result.series.empty());
}

TEST(DistanceTable, HasTwoLinesForEachCell) {
  const std::string text = DistanceTable({Cell(0.2, 0.3), Cell(0.2, 0.3)});
  EXPECT_EQ(std::count(text.begin(), text.end(), '\n'), 1 + 2 * 2);
  DistanceCell empty{.inputs = "noise"};
  empty.pairs.resize(1);
  EXPECT_THAT(DistanceTable({empty}), HasSubstr("0  diverged or not finished\n"));
  EXPECT_THAT(text, ::testing::ContainsRegex("glyphs +fresh +4 +1.75 .* 0.29[0-9]* +1\n"));
}

TEST(PairTrials, AreOfEachKindVariantAndSeed) {
  Assumption1Options options = Small();
  options.program.seed = 5;
  const std::vector<Trial> trials = PairTrials(LoadInputKinds(options), options);
  ASSERT_EQ(trials.size(), 2u * (3 + 1));
  const Fields third = {{"inputs", "glyphs"}, {"variant", "fresh"}, {"seed", std::uint64_t{7}}};
  const Fields fourth = {{"inputs", "glyphs"}, {"variant", "published"}, {"seed", std::uint64_t{5}}};
  EXPECT_EQ(trials[2].values, third);
  EXPECT_EQ(trials[3].values, fourth);
  // Two stretches of one output: 784 x 6 + 6 + 6 + 1 weights instead of 784 x 6 + 6 + 60 + 10.
  EXPECT_NEAR(trials[3].work / trials[2].work, 2 * 4717.0 / 4780, 1e-9);
}

TEST(LoadInputKinds, RefusesTwoOfOneName) {
  Assumption1Options options = Small();
  options.data = {"/nowhere/at/all"};
  EXPECT_THROW(LoadInputKinds(options), std::runtime_error);
  EXPECT_EQ(LoadInputKinds(Small()).size(), 2u);
  EXPECT_EQ(LoadInputKinds(Small())[0].name, "glyphs");
}

TEST(ForecastOf, CountsThePairs) { EXPECT_THAT(ForecastOf(LoadInputKinds(Small()), Small()), HasSubstr("8 pairs, ")); }

Result Repeated(int threads, const RunFolder& folder) {
  Assumption1Options options = Small();
  options.program.threads = threads;
  return RunAssumption1(options, folder);
}

TEST(RunAssumption1, FindsTheSameBitsWithAnyNumberOfThreads) {
  ExpectSameBitsWithAnyNumberOfThreads("assumption1", Repeated, 8);
}

TEST(RunAssumption1, GoesOnFromWhatHasFinished) { ExpectGoesOnFromWhatHasFinished("assumption1", Repeated, 4); }

TEST(RunAssumption1, CountsATrainingThatDivergesAsNone) {
  Assumption1Options options = Small();
  options.variants = {PairVariant::kFresh};
  options.inputs = {"noise"};
  options.seeds = 1;
  options.epochs = 20;
  options.learning_rate = 1e30;
  const fs::path path = fs::path(::testing::TempDir()) / "assumption1_diverged";
  const Result result = RunAssumption1(options, RunFolder(path, ExistingRun::kOverwrite));
  EXPECT_THAT(Contents(path / "metrics.csv"), HasSubstr("failed"));
  EXPECT_TRUE(result.series.empty());
}

}  // namespace
}  // namespace hyperwidth
