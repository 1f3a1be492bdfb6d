// SPDX-License-Identifier: Apache-2.0
#include "experiments/modularity_gap/modularity_gap.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <map>
#include <numeric>
#include <optional>
#include <set>
#include <string>

#include "experiments/result/verdict.h"
#include "training/trials/trial_values.h"

namespace hyperwidth {
namespace {

const Check& Find(const Result& result, const std::string& id) {
  for (const Check& check : result.checks) {
    if (check.id == "modularity_gap." + id) return check;
  }
  throw std::logic_error("no check " + id);
}

std::int64_t IntegerIn(const Trial& trial, const std::string& name) {
  return OutcomeValue<std::int64_t>(trial.values, name);
}

const std::string& MethodOf(const Trial& trial) { return OutcomeValue<std::string>(trial.values, "method"); }

bool IsComputed(const Trial& trial) { return MethodOf(trial) == "computed hypernetwork"; }

// Outcomes as a search could have found them: 2 n^exponent units for both, with a spread from target to target.
TrialOutcomes PowerLaws(const ModularityGapOptions& options,
                        double hypernetwork,
                        double embedding,
                        double disagreement = 1) {
  TrialOutcomes outcomes{.outcomes = {}, .complete = true};
  int number = 0;
  for (const Trial& trial : ModularityGapTrials(options)) {
    const auto n = static_cast<double>(IntegerIn(trial, "n"));
    const bool is_embedding = MethodOf(trial) == "embedding", is_computed = IsComputed(trial);
    const double spread = is_computed ? 0.9 : 1 + 0.02 * (number++ % 3 - 1);
    const auto width = static_cast<std::int64_t>(2 * spread * std::pow(n, is_embedding ? embedding : hypernetwork));
    const std::int64_t parameters = width * (is_embedding ? 4 : 3) + 1;
    outcomes.outcomes.push_back(
        Fields{{"parameters", parameters},
               {"width", width},
               {"widths",
                std::vector<std::int64_t>{width, static_cast<std::int64_t>((is_computed ? 1 : disagreement) * width)}},
               {"error", 0.7},
               {"iterations", std::int64_t{1}}});
  }
  return outcomes;
}

ModularityGapOptions OneCase() {
  ModularityGapOptions options;
  options.dims = {{1, 1}};
  options.cells = {20, 30, 40, 60, 80};
  options.hypernetwork_cells = {};
  options.computed_cells = {};
  options.embedding_dims = {1};
  return options;
}

// How often each n occurs among the trials that have all of these values.
std::map<int, int> TargetsByCells(const ModularityGapOptions& options, const Fields& values) {
  std::map<int, int> targets;
  for (const Trial& trial : ModularityGapTrials(options)) {
    const bool has_all = std::all_of(values.begin(), values.end(), [&](const Field& field) {
      const FieldValue* const value = hyperwidth::Find(trial.values, field.name);
      return value != nullptr && *value == field.value;
    });
    if (has_all) ++targets[static_cast<int>(IntegerIn(trial, "n"))];
  }
  return targets;
}

TEST(ModularityGapTrials, GiveTheHypernetworkAWiderRange) {
  ModularityGapOptions options;
  options.cells = {4, 10};
  options.hypernetwork_cells = {16, 10, 40};  // once, in order, and none of more than 16 bumps for each condition
  EXPECT_EQ(TargetsByCells(options, {{"method", "hypernetwork"}, {"m1", 1}, {"m2", 1}}),
            (std::map<int, int>{{4, 24}, {10, 15}, {16, 6}}));
  EXPECT_EQ(TargetsByCells(options, {{"method", "embedding"}, {"m1", 1}, {"m2", 1}, {"k", 1}}),
            (std::map<int, int>{{4, 24}, {10, 6}}));

  options.cells_3d = {3, 5};
  options.targets_3d = 6;
  options.hypernetwork_cells_3d = {6, 10};
  EXPECT_EQ(TargetsByCells(options, {{"method", "hypernetwork"}, {"m1", 1}, {"m2", 2}}),
            (std::map<int, int>{{3, 24}, {5, 24}, {6, 17}, {10, 6}}));
  EXPECT_EQ(TargetsByCells(options, {{"method", "hypernetwork"}, {"m1", 2}, {"m2", 1}}),
            (std::map<int, int>{{3, 17}, {5, 6}}));
  EXPECT_EQ(TargetsByCells(options, {{"method", "embedding"}, {"m1", 2}, {"m2", 1}, {"k", 1}}),
            (std::map<int, int>{{3, 17}, {5, 6}}));
}

TEST(ModularityGap, SizesThatGrowAsPredictedAreConsistent) {
  const Result result = SummariseModularityGap(OneCase(), PowerLaws(OneCase(), 0.9, 2));
  for (const char* id : {"m1+1.hypernetwork_exponent",
                         "m1+1.embedding_k1_exponent",
                         "m1+1.separate",
                         "m1+1.never_below_certified",
                         "m1+1.never_below_least_pieces"}) {
    EXPECT_EQ(Find(result, id).verdict, Verdict::kConsistent) << Find(result, id).why;
  }
}

TEST(ModularityGap, AWrongPredictionIsInconsistent) {
  const Result result = SummariseModularityGap(OneCase(), PowerLaws(OneCase(), 0.9, 2), /*added_to_exponents=*/1);
  EXPECT_EQ(Find(result, "m1+1.embedding_k1_exponent").verdict, Verdict::kInconsistent);
  EXPECT_EQ(Find(result, "m1+1.hypernetwork_exponent").verdict, Verdict::kInconsistent);
}

TEST(ModularityGap, TheCaptionSaysInWordsWhatWasConcluded) {
  const Result result = SummariseModularityGap(OneCase(), PowerLaws(OneCase(), 0.9, 2), /*added_to_exponents=*/1);
  ASSERT_EQ(result.figures.size(), 1u);
  EXPECT_THAT(
      result.figures.front().caption,
      ::testing::EndsWith("\nConcluded, consistent: the gap between the two; that no network is smaller than is proved "
                          "to be needed; that none that was found has fewer pieces than the target needs."
                          "\nConcluded, inconsistent: the exponent of hypernetwork, computed; the exponent of "
                          "embedding, k = 1; that with the embeddings of all conditions."));
}

TEST(ModularityGap, EqualGrowthOfBothIsNoSeparation) {
  const Result result = SummariseModularityGap(OneCase(), PowerLaws(OneCase(), 1, 1));
  EXPECT_NE(Find(result, "m1+1.separate").verdict, Verdict::kConsistent);
  EXPECT_EQ(Find(result, "m1+1.embedding_k1_exponent").verdict, Verdict::kInconsistent);
}

TEST(ModularityGap, ANetworkBelowTheProvedMinimumIsInconsistent) {
  TrialOutcomes outcomes = PowerLaws(OneCase(), 1, 2);
  outcomes.outcomes.back()->values[0].value = std::int64_t{9};
  EXPECT_EQ(Find(SummariseModularityGap(OneCase(), outcomes), "m1+1.never_below_certified").verdict,
            Verdict::kInconsistent);
}

TEST(ModularityGap, ANetworkOfFewerPiecesThanItsTargetNeedsIsInconsistent) {
  TrialOutcomes outcomes = PowerLaws(OneCase(), 1, 2);
  const std::vector<Trial> trials = ModularityGapTrials(OneCase());
  std::optional<std::size_t> computed;
  for (std::size_t i = 0; i < trials.size(); ++i) {
    if (trials[i].values ==
        Fields{{"method", "computed hypernetwork"}, {"m1", 1}, {"m2", 1}, {"k", 0}, {"n", 80}, {"target", 3}})
      computed = i;
  }
  ASSERT_TRUE(computed.has_value());
  const auto verdict = [&] {
    return Find(SummariseModularityGap(OneCase(), outcomes), "m1+1.never_below_least_pieces").verdict;
  };
  EXPECT_EQ(verdict(), Verdict::kConsistent);
  auto& parameters = std::get<std::int64_t>(outcomes.outcomes[*computed]->values[0].value);
  const std::int64_t before = parameters;
  parameters = 100'000;
  EXPECT_EQ(verdict(), Verdict::kInconsistent);
  // Interrupted before its partner was computed, a search has nothing to be compared with, and least of all another's.
  parameters = before;
  outcomes.outcomes[*computed - 1].reset();
  outcomes.outcomes[*computed - 2].reset();
  EXPECT_EQ(verdict(), Verdict::kConsistent);
}

TEST(ModularityGapTrials, ComputeLeastSizesWhereSearchesAreAndFarBeyond) {
  ModularityGapOptions options;
  options.cells = {4, 10};
  options.hypernetwork_cells = {16};
  options.computed_cells = {2048, 16, 4096};
  EXPECT_EQ(TargetsByCells(options, {{"method", "computed hypernetwork"}, {"m1", 1}, {"m2", 1}}),
            (std::map<int, int>{{4, 24}, {10, 15}, {16, 6}, {2048, 6}}));
  EXPECT_TRUE(TargetsByCells(options, {{"method", "computed hypernetwork"}, {"m1", 2}}).empty());
  options.cells_3d = {3};
  options.hypernetwork_cells_3d = {};
  options.computed_cells = {200, 300};
  EXPECT_EQ(TargetsByCells(options, {{"method", "computed hypernetwork"}, {"m1", 1}, {"m2", 2}}),
            (std::map<int, int>{{3, 3}, {200, 3}}));
}

TEST(ModularityGap, EveryTrialCountsOnce) {
  TrialOutcomes outcomes = PowerLaws(OneCase(), 1, 2);
  for (const std::size_t trial : {outcomes.outcomes.size() - 1, outcomes.outcomes.size() - 3}) {
    outcomes.outcomes[trial]->values[0].value = std::int64_t{9};
  }
  const Result result = SummariseModularityGap(OneCase(), outcomes);
  const Check check = Find(result, "m1+1.never_below_certified");
  EXPECT_EQ(check.measured, 2);
  std::size_t found = 0;
  for (const Trial& trial : ModularityGapTrials(OneCase())) found += !IsComputed(trial);
  EXPECT_THAT(check.why, ::testing::StartsWith("2 of " + std::to_string(found) + " runs"));

  double targets = 0;
  for (const Series& series : result.series) {
    for (const Column& column : series.columns) {
      if (column.name == "targets") targets = std::accumulate(column.values.begin(), column.values.end(), targets);
    }
  }
  EXPECT_EQ(targets, static_cast<double>(outcomes.outcomes.size()));
}

TEST(ModularityGap, SearchesThatDisagreeMakeExponentsInconclusive) {
  const Result result = SummariseModularityGap(OneCase(), PowerLaws(OneCase(), 0.9, 2, /*disagreement=*/2));
  for (const char* id : {"m1+1.embedding_k1_exponent", "m1+1.separate"}) {
    EXPECT_EQ(Find(result, id).verdict, Verdict::kInconclusive) << Find(result, id).why;
  }
  // No search decides what is computed.
  EXPECT_EQ(Find(result, "m1+1.hypernetwork_exponent").verdict, Verdict::kConsistent);
}

TEST(ModularityGap, TrialsHaveValuesOfTheirOwn) {
  std::set<std::string> keys;
  const std::vector<Trial> trials = ModularityGapTrials({});
  for (const Trial& trial : trials) keys.insert(TrialKey(trial.values));
  EXPECT_EQ(keys.size(), trials.size());
}

std::string ResultOf(const std::string& name, int threads) {
  ModularityGapOptions options;
  options.program.threads = threads;
  options.dims = {{1, 1}};
  options.cells = {2, 3, 4};
  options.hypernetwork_cells = {};
  options.computed_cells = {50};
  options.embedding_dims = {1, 4};
  options.targets = 2;
  const std::filesystem::path path = std::filesystem::path(::testing::TempDir()) / name;
  RunModularityGap(options, RunFolder(path, ExistingRun::kOverwrite));
  std::ifstream file(path / "metrics.csv");
  return {std::istreambuf_iterator<char>(file), {}};
}

TEST(ModularityGap, FindsTheSameSizesWithAnyNumberOfThreads) {
  const std::string one = ResultOf("gap_one", 1);
  EXPECT_GT(one.size(), 500u);
  EXPECT_EQ(one, ResultOf("gap_three", 3));
}

// The whole way, from training to verdict.
TEST(ModularityGap, TrainingTellsTheMethodsApart) {
  const std::filesystem::path path = std::filesystem::path(::testing::TempDir()) / "gap_small";
  auto options = QuickForm<ModularityGapOptions>();
  options.cells = {3, 4, 5, 6};
  options.targets = 3;
  options.program.threads = 2;
  const Result result = RunModularityGap(options, RunFolder(path, ExistingRun::kOverwrite));
  // Other processors round, and then search, differently: what holds for all is the order of the exponents.
  EXPECT_LT(Find(result, "m1+1.hypernetwork_exponent").measured + 0.3,
            Find(result, "m1+1.embedding_k1_exponent").measured);
  EXPECT_NE(Find(result, "m1+1.separate").verdict, Verdict::kInconsistent);
  EXPECT_EQ(Find(result, "m1+1.never_below_certified").verdict, Verdict::kConsistent);
  EXPECT_EQ(Find(result, "m1+1.never_below_least_pieces").verdict, Verdict::kConsistent);
  EXPECT_EQ(Find(result, "m1+1.hypernetwork_exponent").verdict, Verdict::kConsistent);
}

}  // namespace
}  // namespace hyperwidth
