// SPDX-License-Identifier: Apache-2.0
#include "experiments/synthetic/synthetic.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <regex>
#include <sstream>
#include <stdexcept>
#include <string>

#include "experiments/program/repeated_run.h"

namespace hyperwidth {
namespace {

namespace fs = std::filesystem;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::Not;
using ::testing::ThrowsMessage;

const PairCell& CellAt(const std::vector<PairCell>& cells,
                       const std::string& sweep,
                       double place,
                       PublishedModel model) {
  for (const PairCell* cell : CellsIn(cells, "type2", sweep, model)) {
    if (cell->what.At(sweep) == place) return *cell;
  }
  throw std::logic_error("no cell");
}

constexpr auto kHypernetwork = PublishedModel::kHypernetwork;
constexpr auto kEmbedding = PublishedModel::kEmbedding;

// g 1000 -> 10 -> 1 without biases, q 11000 -> 10 -> 1, f and e of k layers of width 100, e with 10,000 outputs.
TEST(SyntheticModels, HaveThePublishedSizesInTheSweepOfLayers) {
  const std::vector<PairCell> cells = CellsOf(SyntheticCases({}));
  for (const Index layers : {2, 3, 9}) {
    const auto place = static_cast<double>(layers);
    const PublishedSizes f = CellAt(cells, "layers", place, kHypernetwork).sizes;
    const PublishedSizes e = CellAt(cells, "layers", place, kEmbedding).sizes;
    const Index hidden = 1001 * 100 + (layers - 2) * 101 * 100;
    EXPECT_EQ(f.primary_parameters, 10'010);
    EXPECT_EQ(f.total_parameters, hidden + 101 * 10'010);
    EXPECT_EQ(f.kappa, 100);
    EXPECT_EQ(e.primary_parameters, 110'021);
    EXPECT_EQ(e.total_parameters, hidden + 101 * 10'000 + 110'021);
    EXPECT_EQ(e.kappa, 100);
  }
}

// e 100 -> 100 -> 100 -> 1000 i, f 100 -> 100 -> 100 i -> 1010.
TEST(SyntheticModels, HaveThePublishedSizesInTheSweepOfEmbeddings) {
  const std::vector<PairCell> cells = CellsOf(SyntheticCases({}));
  for (const Index i : {1, 8}) {
    const auto place = static_cast<double>(1000 * i);
    const PublishedSizes f = CellAt(cells, "embedding", place, kHypernetwork).sizes;
    const PublishedSizes e = CellAt(cells, "embedding", place, kEmbedding).sizes;
    EXPECT_EQ(f.primary_parameters, 1010);
    EXPECT_EQ(f.total_parameters, 101 * 100 + 101 * 100 * i + (100 * i + 1) * 1010);
    EXPECT_EQ(f.kappa, 100);
    EXPECT_EQ(e.primary_parameters, (100 + 1000 * i) * 10 + 10 + 11);
    EXPECT_EQ(e.total_parameters, 2 * 101 * 100 + 101 * 1000 * i + e.primary_parameters);
    EXPECT_EQ(e.kappa, 100);
  }
}

TEST(SyntheticModels, OfMatchedTotalsAreWithinTwoPercent) {
  SyntheticOptions options;
  options.types = {2};
  options.pairs.match = SizeMatch::kTotal;
  const std::vector<PairCell> cells = CellsOf(SyntheticCases(options));
  for (std::size_t i = 0; i < cells.size(); i += 2) {
    EXPECT_LE(std::abs(cells[i].sizes.total_parameters - cells[i + 1].sizes.total_parameters),
              cells[i].sizes.total_parameters / 50);
  }
  options.pairs.match = SizeMatch::kPrimary;
  // One unit of q alone has 11,003 parameters, and g has 10,010.
  EXPECT_EQ(CellAt(CellsOf(SyntheticCases(options)), "layers", 4, kEmbedding).sizes.primary_parameters, 11'003);
}

TEST(SyntheticCases, ShareWhatTwoSweepsHave) {
  SyntheticOptions options;
  options.types = {2};
  const std::vector<PairCase> cases = SyntheticCases(options);
  EXPECT_EQ(cases.size(), 8u + 8u + 4u);
  EXPECT_THAT(cases[2].sweeps, ElementsAre("layers", "conditions"));
  EXPECT_EQ(cases[2].layers, 4);
  options.pairs.sweep = {"conditions"};
  EXPECT_EQ(SyntheticCases(options).size(), 5u);
  options.types = {1, 3};
  EXPECT_EQ(SyntheticCases(options).back().task, "type3");
  options.samples = 20'000;
  EXPECT_THAT(
      [&] { SyntheticCases(options); },
      ThrowsMessage<std::invalid_argument>(HasSubstr("--conditions: found 30000, accepted: at most the 20000")));
  options.pairs.sweep = {"layers"};
  EXPECT_NO_THROW(SyntheticCases(options));
}

SyntheticOptions Small() {
  SyntheticOptions options;
  options.types = {2, 3};
  options.pairs.layers = {2, 3};
  options.dims = {1, 2};
  options.pairs.conditions = {20, 200};
  options.pairs.conditions_layers = 3;
  options.size = options.embedding_size = 6;
  options.pairs.width = 12;
  options.samples = 200;
  options.test_samples = 50;
  options.pairs.epochs = 2;
  options.pairs.batch_size = 20;
  return options;
}

TEST(MeasureSynthetic, LearnsAndUsesWhatItIsTold) {
  SyntheticOptions options = Small();
  options.samples = 2000;
  options.pairs.conditions = {2000};
  options.test_samples = 500;
  options.pairs.learning_rate = 0.05;
  SyntheticShared shared;
  const auto run = [&](const char* task, PublishedModel model, std::uint64_t seed) {
    PairCell cell = CellsOf(SyntheticCases(options))[0];
    cell.model = model;
    cell.what.task = task;
    return MeasureSynthetic(options, cell, seed, {}, shared);
  };
  options.pairs.epochs = 20;
  const PairErrors found = run("type2", kHypernetwork, 1);
  EXPECT_LT(found.test_error, 0.5 * found.constant_error);
  EXPECT_NE(found.seen_error, found.test_error);
  EXPECT_NE(run("type2", kEmbedding, 1).test_error, found.test_error);
  EXPECT_EQ(run("type2", kEmbedding, 1).constant_error, found.constant_error);
  EXPECT_NE(run("type3", kHypernetwork, 1).constant_error, found.constant_error);
  EXPECT_NE(run("type2", kHypernetwork, 2).constant_error, found.constant_error);
  options.pairs.batch_size = 40;
  EXPECT_NE(run("type2", kHypernetwork, 1).test_error, found.test_error);
  options.pairs.batch_size = 20;
  options.pairs.epochs = 1;
  EXPECT_GT(run("type2", kHypernetwork, 1).test_error, found.test_error);
  options.pairs.learning_rate = 1e-9;
  EXPECT_GT(run("type2", kHypernetwork, 1).test_error, 0.7 * found.constant_error);
}

TEST(SummariseSynthetic, WithholdsThePublishedConclusionsOfSmallRunsOnly) {
  SyntheticOptions options;
  options.types = {2};
  options.pairs.layers = {3, 4};
  options.pairs.sweep = {"layers"};
  const auto verdict_of = [&](double hypernetwork, double embedding) {
    std::vector<PairCell> cells = CellsOf(SyntheticCases(options));
    for (PairCell& cell : cells) {
      for (const double noise : {0.0, 0.001, 0.002}) {
        const double error = (cell.model == kHypernetwork ? hypernetwork : embedding) + noise * noise * 1000;
        cell.by_seed.push_back({.test_error = error, .seen_error = error, .constant_error = 1});
      }
    }
    const Result result = SummariseSynthetic(options, cells);
    Validate(result);
    return result.checks[0].verdict;
  };
  EXPECT_EQ(verdict_of(0.3, 0.6), Verdict::kConsistent);
  EXPECT_EQ(verdict_of(0.6, 0.3), Verdict::kInconsistent);
  options.size = 999;
  EXPECT_EQ(verdict_of(0.3, 0.6), Verdict::kInconclusive);
  EXPECT_EQ(verdict_of(0.6, 0.3), Verdict::kInconclusive);
}

Result Repeated(int threads, const RunFolder& folder) {
  SyntheticOptions options = Small();
  options.program.threads = threads;
  return RunSynthetic(options, folder);
}

TEST(RunSynthetic, FindsTheSameBitsWithAnyNumberOfThreads) {
  // Two types of two layers, two dimensions and one more number of conditions, two models, three seeds.
  ExpectSameBitsWithAnyNumberOfThreads("synthetic", Repeated, 2 * 5 * 2 * 3);
}

TEST(RunSynthetic, GoesOnFromWhatHasFinished) { ExpectGoesOnFromWhatHasFinished("synthetic", Repeated, 9); }

TEST(RunSynthetic, TakesHypernetworksFromThePublishedRunAndNothingElse) {
  SyntheticOptions options = Small();
  options.types = {2};
  const RunFolder published = TestFolder("synthetic_published");
  RunSynthetic(options, published);
  options.pairs.match = SizeMatch::kTotal;
  RunSynthetic(options, TestFolder("synthetic_total_alone"));
  const RunFolder folder = TestFolder("synthetic_total");
  const RunFolder earlier = TestFolder("synthetic_published", ExistingRun::kResume);
  RunSynthetic(options, folder, &earlier);
  const fs::path alone = fs::path(::testing::TempDir()) / "synthetic_total_alone";
  EXPECT_EQ(Contents(folder.path() / "metrics.csv"), Contents(alone / "metrics.csv"));

  // The published run with another error for each model: that of a hypernetwork comes through.
  const fs::path journal = published.path() / "trials.jsonl";
  const std::string lines =
      std::regex_replace(Contents(journal), std::regex("\"test_error\":[0-9.e-]+"), "\"test_error\":12.5");
  std::ofstream(journal) << lines;
  RunSynthetic(options, TestFolder("synthetic_total"), &earlier);
  std::istringstream table(Contents(folder.path() / "metrics.csv"));
  int hypernetworks = 0, embeddings = 0;
  for (std::string line; std::getline(table, line);) {
    const bool is_taken = line.find(",12.5,") != std::string::npos;
    EXPECT_EQ(is_taken, line.find("hypernetwork") != std::string::npos) << line;
    ++(is_taken ? hypernetworks : embeddings);
  }
  EXPECT_EQ(hypernetworks, 5 * 3);
  EXPECT_EQ(embeddings, 1 + 5 * 3);  // and the line of names

  options.pairs.epochs = 1;
  EXPECT_THAT([&] { RunSynthetic(options, TestFolder("synthetic_total"), &earlier); },
              ThrowsMessage<std::runtime_error>(HasSubstr("epochs is 2 there and 1 here")));
}

TEST(RunSynthetic, TunesBothModelsOnAnotherTarget) {
  SyntheticOptions options = Small();
  options.types = {2};
  options.pairs.sweep = {"layers"};
  options.pairs.layers = {3};
  options.pairs.search = {.method = SearchMethod::kHalving, .n_trials = 3};
  const RunFolder folder = TestFolder("synthetic_search");
  const Result result = RunSynthetic(options, folder);
  Validate(result);
  EXPECT_THAT(result.about, HasSubstr("were chosen for each model from 3 trials on another target"));
  EXPECT_THAT(result.about, HasSubstr("e(I). Both are tuned first,"));
  EXPECT_THAT(result.limits, Not(HasSubstr("tuned for neither")));
  EXPECT_THAT(Contents(folder.path() / "trials-hypernetwork-type2-layers3.csv"), HasSubstr("\n2,"));
  // Each test has the target of its seed, which is none of the search.
  SyntheticShared shared;
  const SyntheticTask task(2,
                           {.size = options.size,
                            .samples = options.samples,
                            .conditions = options.samples,
                            .test_samples = options.test_samples},
                           /*seed=*/2,
                           shared);
  EXPECT_THAT(Contents(folder.path() / "metrics.csv"),
              HasSubstr(FieldText(ErrorOfConstant(task.Train(), task.Unseen()))));
}

TEST(RunSynthetic, CountsATrainingThatDivergesAsNone) {
  SyntheticOptions options = Small();
  options.types = {2};
  options.pairs.sweep = {"layers"};
  options.pairs.layers = {2};
  options.pairs.seeds = 1;
  options.pairs.learning_rate = 1e30;
  const fs::path path = fs::path(::testing::TempDir()) / "synthetic_diverged";
  const Result result = RunSynthetic(options, RunFolder(path, ExistingRun::kOverwrite));
  EXPECT_THAT(Contents(path / "metrics.csv"), HasSubstr("failed"));
  EXPECT_TRUE(result.series.empty());
  EXPECT_THAT(result.limits, HasSubstr("failed or have not finished: 2;"));
}

}  // namespace
}  // namespace hyperwidth
