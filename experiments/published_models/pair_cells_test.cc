// SPDX-License-Identifier: Apache-2.0
#include "experiments/published_models/pair_cells.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <atomic>
#include <cmath>
#include <memory>
#include <stdexcept>
#include <string>

#include "experiments/published_models/products.h"

namespace hyperwidth {
namespace {

using ::testing::ElementsAre;

PairCase CaseOf(Index layers, Index conditions, std::vector<std::string> sweeps) {
  const std::vector<Index> hidden(static_cast<std::size_t>(layers - 1), 8);
  return {
      .task = "sum",
      .layers = layers,
      .conditions = conditions,
      .pair =
          {.x_size = 3, .condition_size = 2, .outputs = 1, .f_hidden = hidden, .e_hidden = hidden, .embedding_dim = 5},
      .sweeps = std::move(sweeps)};
}

std::vector<PairCell> Cells() {
  return CellsOf({CaseOf(3, 10, {"layers", "conditions"}), CaseOf(2, 10, {"layers"}), CaseOf(3, 4, {"conditions"})});
}

TEST(CellsOf, HaveBothModelsOfEachCase) {
  const std::vector<PairCell> cells = Cells();
  ASSERT_EQ(cells.size(), 6u);
  EXPECT_EQ(cells[2].model, PublishedModel::kHypernetwork);
  EXPECT_EQ(cells[3].model, PublishedModel::kEmbedding);
  EXPECT_EQ(cells[2].sizes.primary_parameters, 40);
  EXPECT_EQ(cells[3].sizes.primary_parameters, (3 + 5 + 1) * 10 + 11);
}

TEST(CellsIn, AreThoseOfASweepByTheirPlace) {
  const std::vector<PairCell> cells = Cells();
  const auto places = [&](const std::string& sweep, const std::string& task) {
    std::vector<double> found;
    for (const PairCell* cell : CellsIn(cells, task, sweep, PublishedModel::kEmbedding)) {
      EXPECT_EQ(cell->model, PublishedModel::kEmbedding);
      found.push_back(cell->what.At(sweep));
    }
    return found;
  };
  EXPECT_THAT(places("layers", "sum"), ElementsAre(2, 3));
  EXPECT_THAT(places("conditions", "sum"), ElementsAre(4, 10));
  EXPECT_THAT(places("embedding", "sum"), ElementsAre());
  EXPECT_THAT(places("layers", "product"), ElementsAre());
  EXPECT_EQ(cells[0].what.At("embedding"), 5);
  EXPECT_THROW(cells[0].what.At("width"), std::invalid_argument);
}

TEST(AddToSweep, HasOnceWhatTwoSweepsShare) {
  std::vector<PairCase> cases;
  AddToSweep("layers", CaseOf(3, 10, {}), cases);
  AddToSweep("layers", CaseOf(3, 10, {}), cases);
  AddToSweep("conditions", CaseOf(3, 10, {}), cases);
  ASSERT_EQ(cases.size(), 1u);
  EXPECT_THAT(cases[0].sweeps, ElementsAre("layers", "conditions"));
  PairCase other_task = CaseOf(3, 10, {}), step = CaseOf(3, 10, {});
  other_task.task = "product";
  step.embedding_step = 1;
  for (const PairCase& other : {other_task, step, CaseOf(2, 10, {}), CaseOf(3, 9, {})}) {
    AddToSweep("layers", other, cases);
  }
  ASSERT_EQ(cases.size(), 5u);
  EXPECT_THAT(cases[4].sweeps, ElementsAre("layers"));
  EXPECT_EQ(cases[4].conditions, 9);
  EXPECT_EQ(cases[4].pair.embedding_dim, 5);
}

std::vector<Trial> Trials(const std::vector<PairCell>& cells) {
  return PairTrials(
      cells,
      /*first_seed=*/7,
      /*seeds=*/2,
      [](const PairCell& cell) { return static_cast<double>(cell.what.layers); },
      [](const PairCell& cell, std::uint64_t seed, const StopRequest&) {
        const auto number = static_cast<double>(seed);
        return PairErrors{.test_error = number * static_cast<double>(cell.what.layers),
                          .seen_error = number,
                          .constant_error = 2 * number};
      });
}

TEST(PairTrials, NameTheCellAndTheSeed) {
  const std::vector<Trial> trials = Trials(Cells());
  ASSERT_EQ(trials.size(), 12u);
  const Fields expected = {{"task", "sum"},
                           {"model", "embedding"},
                           {"layers", std::int64_t{3}},
                           {"embedding_step", std::int64_t{0}},
                           {"conditions", std::int64_t{10}},
                           {"seed", std::uint64_t{8}}};
  EXPECT_EQ(trials[3].values, expected);
  EXPECT_EQ(trials[3].work, 3);
}

TEST(Measured, GiveEachCellTheOutcomesOfItsSeeds) {
  const std::vector<Trial> trials = Trials(Cells());
  TrialOutcomes outcomes;
  for (const Trial& trial : trials) outcomes.outcomes.emplace_back(trial.measure({}));
  outcomes.outcomes[4] = TrialOutcome::Failed("diverged");
  outcomes.outcomes[6].reset();
  const std::vector<PairCell> cells = Measured(Cells(), 2, outcomes);
  EXPECT_THAT(cells[0].Relative(), ElementsAre(1.5, 1.5));
  EXPECT_THAT(cells[0].Relative(&PairErrors::seen_error), ElementsAre(0.5, 0.5));
  EXPECT_THAT(cells[0].Errors(), ElementsAre(21, 24));
  EXPECT_THAT(cells[0].Errors(&PairErrors::seen_error), ElementsAre(7, 8));
  EXPECT_THAT(cells[2].Errors(), ElementsAre(::testing::NanSensitiveDoubleEq(NAN), 16));
  EXPECT_THAT(cells[3].Relative(), ElementsAre(::testing::NanSensitiveDoubleEq(NAN), 1));
}

TEST(PairTrials, RecordTheSizes) {
  const Fields outcome = Trials(Cells())[2].measure({}).values;
  EXPECT_EQ(OutcomeValue<std::int64_t>(outcome, "primary_parameters"), 101);
  EXPECT_EQ(OutcomeValue<std::int64_t>(outcome, "kappa"), 2);
  EXPECT_EQ(OutcomeValue<std::int64_t>(outcome, "total_parameters"), 3 * 8 + 9 * 8 + 9 * 5 + 101);
}

std::shared_ptr<const DataSource<float>> ProductsOf(float shift) { return std::make_shared<Products>(200, shift); }

TEST(TrainAndTestPair, LearnsAndTestsOnBothSources) {
  const auto train = ProductsOf(0), unseen = ProductsOf(1);
  const Model model = MakePublishedModel(PublishedModel::kHypernetwork, Cells()[0].what.pair);
  const auto run = [&](Index epochs, std::uint64_t seed, const std::shared_ptr<const DataSource<float>>& seen) {
    TrainerOptions options;
    options.optimizer.learning_rate = 0.1;
    options.epochs = epochs;
    options.batch_size = 10;
    options.seed = seed;
    return TrainAndTestPair(
        model, {.samples = train}, {.samples = unseen, .seen = seen, .constant_error = 0.25}, options, {});
  };
  const PairErrors once = run(1, 1, train), long_run = run(100, 1, train);
  EXPECT_LT(long_run.test_error, 0.5 * once.test_error);
  EXPECT_LT(long_run.seen_error, 0.5 * once.seen_error);
  EXPECT_NE(long_run.seen_error, long_run.test_error);
  EXPECT_EQ(once.constant_error, 0.25);
  EXPECT_EQ(run(1, 1, nullptr).test_error, once.test_error);
  EXPECT_NE(run(1, 2, nullptr).test_error, once.test_error);
  EXPECT_TRUE(std::isnan(run(1, 1, nullptr).seen_error));
}

TEST(TrainAndTestPair, StopsOnRequest) {
  const PairPart train{.samples = ProductsOf(0)};
  const std::atomic<bool> stop = true;
  const Model model = MakePublishedModel(PublishedModel::kEmbedding, Cells()[0].what.pair);
  EXPECT_THROW(TrainAndTestPair(model, train, train, {}, StopRequest(stop)), Stopped);
}

}  // namespace
}  // namespace hyperwidth
