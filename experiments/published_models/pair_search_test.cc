// SPDX-License-Identifier: Apache-2.0
#include "experiments/published_models/pair_search.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <atomic>
#include <cmath>
#include <csignal>
#include <memory>
#include <set>
#include <string>
#include <vector>

#include "experiments/program/repeated_run.h"
#include "experiments/published_models/pair_summary.h"
#include "experiments/published_models/products.h"
#include "experiments/tuning/given_choice.h"

namespace hyperwidth {
namespace {

using ::testing::Contains;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::NanSensitiveDoubleEq;
using ::testing::StartsWith;

constexpr Index kItems = 195, kBatch = 10, kStepsOfEpoch = 20;  // the last batch of an epoch is a short one
constexpr double kConstantError = 0.25;

PairCase CaseOf(Index layers) {
  const std::vector<Index> hidden(static_cast<std::size_t>(layers - 1), 8);
  return {.task = "product",
          .layers = layers,
          .conditions = kItems,
          .pair = {.x_size = 3, .condition_size = 2, .f_hidden = hidden, .e_hidden = hidden, .embedding_dim = 5},
          .sweeps = {"layers"}};
}

// At points of its own for each purpose and seed.
std::shared_ptr<const DataSource<float>> ProductsOf(int purpose, std::uint64_t seed) {
  return std::make_shared<Products>(kItems, static_cast<float>(purpose) + 0.1F * static_cast<float>(seed));
}

DrawPairPart Part(int purpose) {
  return [purpose](const PairCase&, std::uint64_t seed) {
    return PairPart{
        .samples = ProductsOf(purpose, seed), .seen = ProductsOf(purpose + 10, seed), .constant_error = kConstantError};
  };
}

PairTuning Tuning() {
  return {.search = {.method = SearchMethod::kHalving, .n_trials = 6, .min_share = 0.3},
          .steps = 2 * kStepsOfEpoch,
          .batch_size = kBatch,
          .train = Part(1),
          .validation = Part(2),
          .test = Part(3)};
}

TEST(ContenderName, TellsCellsApart) {
  std::vector<PairCase> cases = {CaseOf(2), CaseOf(3)};
  PairCase other_task = CaseOf(2), step = CaseOf(2), both = CaseOf(4), few = CaseOf(2), no_task = CaseOf(2);
  other_task.task = "sum";
  step.embedding_step = 3;
  both.sweeps = {"layers", "conditions"};
  few.sweeps = {"conditions"};
  few.conditions = 7;
  no_task.task.clear();
  for (const PairCase& what : {other_task, step, both, few, no_task}) cases.push_back(what);
  std::vector<std::string> names;
  for (const PairCell& cell : CellsOf(cases)) names.push_back(ContenderName(cell));
  EXPECT_EQ(std::set<std::string>(names.begin(), names.end()).size(), 2 * cases.size());
  EXPECT_EQ(names[0], "hypernetwork-product-layers2");
  EXPECT_EQ(names[7], "embedding-product-layers2-dim5");
  EXPECT_EQ(names[9], "embedding-product-layers4");
  EXPECT_EQ(names[11], "embedding-product-layers2-conditions7");
  EXPECT_EQ(names[12], "hypernetwork-layers2");
}

const Assignment kSgd = {{"optimizer", "sgd"}, {"lr", 0.1}, {"momentum", 0.5}, {"weight_decay", 1e-3}};

TestRun TestedWith(const PairCell& cell, const PairTuning& tuning) {
  return TestOfGivenChoice(PairContender(cell, tuning.batch_size),
                           kSgd,
                           tuning.train,
                           tuning.validation,
                           tuning.test,
                           tuning.steps,
                           /*seed=*/3);
}

// The search trains as the experiment does: the same errors on the same samples after the same epochs.
TEST(PairContender, FindsTheErrorsOfTrainAndTestPair) {
  for (const PairCell& cell : CellsOf({CaseOf(3)})) {
    TrainerOptions options;
    options.optimizer.learning_rate = 0.1;
    options.optimizer.momentum = 0.5;
    options.optimizer.weight_decay = 1e-3;
    options.epochs = 2;
    options.batch_size = kBatch;
    options.seed = 3;
    const PairErrors expected = TrainAndTestPair(MakePublishedModel(cell.model, cell.what.pair),
                                                 Tuning().train(cell.what, 3),
                                                 Tuning().test(cell.what, 3),
                                                 options,
                                                 {});
    const TestRun found = TestedWith(cell, Tuning());
    ASSERT_EQ(found.message, "");
    EXPECT_EQ(found.test_score, expected.test_error / kConstantError);
    const Fields details = {{"test_error", expected.test_error},
                            {"constant_error", kConstantError},
                            {"seen_error", expected.seen_error},
                            {"primary_parameters", std::int64_t{cell.sizes.primary_parameters}},
                            {"total_parameters", std::int64_t{cell.sizes.total_parameters}},
                            {"kappa", std::int64_t{cell.sizes.kappa}}};
    EXPECT_EQ(found.details, details);
  }
}

TEST(PairContender, ValidatesOnItsOwnSamplesAndGoesOnFromStepToStep) {
  const PairCell cell = CellsOf({CaseOf(2)})[0];
  const DrawPairPart train = Part(1), validation = Part(2), other = Part(4);
  const auto make = [&](const DrawPairPart& chosen_by) {
    return PairContender(cell, kBatch)
        .make({.values = kSgd, .seed = 5, .steps = 2 * kStepsOfEpoch, .train = train, .validation = chosen_by});
  };
  const auto at_once = make(validation), in_parts = make(validation), elsewhere = make(other);
  at_once->TrainTo(2 * kStepsOfEpoch, {});
  elsewhere->TrainTo(2 * kStepsOfEpoch, {});
  for (const std::int64_t steps : {1, 7, 20, 21, 40}) in_parts->TrainTo(steps, {});
  EXPECT_EQ(in_parts->Validate(), at_once->Validate());
  EXPECT_NE(elsewhere->Validate(), at_once->Validate());
  const std::atomic<bool> stop = true;
  EXPECT_THROW(make(validation)->TrainTo(5, StopRequest(stop)), Stopped);
}

TEST(PairContender, OfACaseWithFewItemsTakesAllOfThemInEachStep) {
  const PairCell cell = CellsOf({CaseOf(2)})[0];
  PairTuning tuning = Tuning();
  tuning.batch_size = 10 * kItems;
  const TestRun found = TestedWith(cell, tuning);
  EXPECT_EQ(found.message, "") << "as many steps as with smaller batches";
  tuning.batch_size = kItems;
  EXPECT_EQ(TestedWith(cell, tuning).test_score, found.test_score);
}

TEST(PairContender, WithoutSeenSamplesHasNoErrorOnThem) {
  PairTuning tuning = Tuning();
  tuning.test = [](const PairCase&, std::uint64_t seed) { return PairPart{.samples = ProductsOf(3, seed)}; };
  const TestRun found = TestedWith(CellsOf({CaseOf(2)})[0], tuning);
  EXPECT_EQ(found.message, "");
  EXPECT_EQ(Find(found.details, "seen_error"), nullptr);
  EXPECT_NE(Find(found.details, "test_error"), nullptr);
}

TEST(Tested, GivesEachCellTheTestsOfItsSeeds) {
  const auto test = [](std::uint64_t seed, double error) {
    return TestRun{.seed = seed, .test_score = error, .details = {{"test_error", error}, {"constant_error", 2.0}}};
  };
  FairResult found{.contenders = {{.name = "embedding-product-layers2"}}};
  TestRun failed = test(9, 1);
  failed.message = "diverged";
  found.contenders[0].tests = {test(10, 3), failed};
  const std::vector<PairCell> cells = Tested(CellsOf({CaseOf(2)}), /*first_seed=*/8, /*seeds=*/3, found);
  EXPECT_THAT(cells[1].Errors(), ElementsAre(NanSensitiveDoubleEq(NAN), NanSensitiveDoubleEq(NAN), 3));
  EXPECT_THAT(cells[1].Relative(), ElementsAre(NanSensitiveDoubleEq(NAN), NanSensitiveDoubleEq(NAN), 1.5));
  EXPECT_TRUE(std::isnan(cells[1].by_seed[2].seen_error));
  EXPECT_THAT(cells[0].Errors(),
              ElementsAre(NanSensitiveDoubleEq(NAN), NanSensitiveDoubleEq(NAN), NanSensitiveDoubleEq(NAN)));
}

Result Search(const PairTuning& tuning, int threads, const RunFolder& folder) {
  ProgramOptions program;
  program.threads = threads;
  program.seed = 4;
  const PairStudy study{.experiment = "products", .tasks = {{.name = "product", .words = "product"}}};
  const PairExperiment experiment{.study = study,
                                  .cases = {CaseOf(2), CaseOf(3)},
                                  .seeds = 3,
                                  .work = {},
                                  .summarise =
                                      [&](const std::vector<PairCell>& cells) {
                                        Result result{.experiment = "products"};
                                        AddPairs(study, cells, result);
                                        return result;
                                      },
                                  .settings = {{"seed", std::uint64_t{4}}},
                                  .data = "products"};
  return RunPairSearch(experiment, tuning, program, folder);
}

Result Repeated(int threads, const RunFolder& folder) { return Search(Tuning(), threads, folder); }

TEST(RunPairSearch, JudgesTunedModelsAndShowsWhatWasChosen) {
  const RunFolder folder = TestFolder("pair_search");
  ::testing::internal::CaptureStdout();
  const Result result = Repeated(1, folder);
  const std::string output = ::testing::internal::GetCapturedStdout();
  Validate(result);
  EXPECT_THAT(output, HasSubstr("hypernetwork-product-layers3: "));
  EXPECT_THAT(output, HasSubstr("  seed 7: validation error "));
  EXPECT_THAT(output, HasSubstr("Mean test errors, over that of a constant"));
  ASSERT_FALSE(result.checks.empty());
  EXPECT_EQ(result.checks[0].id, "products.product.layers2.hypernetwork_beats_embedding");
  EXPECT_EQ(result.series[0].x, (std::vector<double>{2, 3}));
  EXPECT_LT(result.series[0].y[0], 1);
  // A curve for both models of both cases, in a figure for each case.
  ASSERT_EQ(result.series.size(), 2u + 4u);
  EXPECT_EQ(result.series[3].name, "embedding");
  EXPECT_EQ(result.series[3].figure, "product-layers2");
  EXPECT_EQ(result.series[3].x.back(), 6);
  ASSERT_EQ(result.figures.size(), 1u + 2u);
  EXPECT_EQ(result.figures[2].figure, "product-layers3");
  EXPECT_TRUE(result.figures[2].is_detail);
  ASSERT_EQ(result.tables.size(), 1u);
  using Texts = std::vector<std::string>;
  EXPECT_THAT(std::get<Texts>(*Find(result.tables[0].columns, "model")), Contains("embedding"));
  EXPECT_THAT(result.tables[0].caption, HasSubstr("product-layers2, product-layers3"));
  for (const char* name : {"embedding-product-layers2", "hypernetwork-product-layers3"}) {
    EXPECT_THAT(Contents(folder.path() / ("trials-" + std::string(name) + ".csv")),
                StartsWith("trial,optimizer,lr,momentum,weight_decay,state,steps,validation_score,message\n"));
  }
  EXPECT_THAT(Contents(folder.path() / "config.json"), HasSubstr("\"seed\": 4"));
}

// Of four contenders six trials and the two that go on, and three tests.
TEST(RunPairSearch, FindsTheSameBitsWithAnyNumberOfThreads) {
  ExpectSameBitsWithAnyNumberOfThreads("pair_search_threads", Repeated, 4 * (6 + 2 + 3));
}

TEST(RunPairSearch, GoesOnFromWhatHasFinished) { ExpectGoesOnFromWhatHasFinished("pair_search_goes_on", Repeated, 20); }

TEST(RunPairSearch, OfAnInterruptedRunSaysWhatThereIs) {
  PairTuning tuning = Tuning();
  tuning.train = [](const PairCase& what, std::uint64_t seed) {
    std::raise(SIGINT);  // while the first case is searched
    return Part(1)(what, seed);
  };
  const Result result = Search(tuning, /*threads=*/1, TestFolder("pair_search_interrupted"));
  Validate(result);
  EXPECT_TRUE(IsPartial(result));
  for (const Check& check : result.checks) EXPECT_EQ(check.verdict, Verdict::kInconclusive) << check.id;
  for (const Series& series : result.series) EXPECT_NE(series.figure, "product-layers3") << "it was not reached";
}

}  // namespace
}  // namespace hyperwidth
