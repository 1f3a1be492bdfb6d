// SPDX-License-Identifier: Apache-2.0
#include "experiments/published_models/pair_search.h"

#include <fmt/format.h>

#include <algorithm>
#include <limits>
#include <utility>
#include <vector>

#include "experiments/program/run_config.h"
#include "experiments/result/format.h"
#include "experiments/tuning/optimizer_space.h"
#include "experiments/tuning/stepped_training.h"
#include "experiments/tuning/tuned_run.h"
#include "experiments/tuning/tuning_table.h"
#include "training/evaluator.h"
#include "training/objectives.h"
#include "training/search/fair_study.h"

namespace hyperwidth {
namespace {

constexpr double kNone = std::numeric_limits<double>::quiet_NaN();
constexpr PairErrors kNotMeasured = {.test_error = kNone, .seen_error = kNone, .constant_error = kNone};
constexpr int kThreads = 1;  // of each trial, of which as many run at a time as there are threads

TrainerOptions TrainerOptionsOf(const LearnerRequest<DrawPairPart>& request, Index batch_size, Index items) {
  TrainerOptions trainer;
  trainer.optimizer = ChosenOptimizer(request.values, trainer.optimizer);
  trainer.seed = request.seed;
  trainer.threads = kThreads;
  return WithSteps(trainer, static_cast<Index>(request.steps), items, batch_size);
}

class PairLearner final : public Learner<DrawPairPart> {
 public:
  PairLearner(PairCell cell, Index batch_size, const LearnerRequest<DrawPairPart>& request)
      : cell_(std::move(cell)),
        seed_(request.seed),
        train_(request.train(cell_.what, seed_)),
        validation_(request.validation(cell_.what, seed_)),
        training_(MakePublishedModel(cell_.model, cell_.what.pair),
                  *train_.samples,
                  objective_,
                  TrainerOptionsOf(request, batch_size, train_.samples->size())) {}

  void TrainTo(std::int64_t steps, const StopRequest& stop) override { training_.TrainTo(steps, stop); }

  double Validate() override { return Error(*validation_.samples) / validation_.constant_error; }

  TestScore Test(const TestData<DrawPairPart>& test) override {
    const PairPart part = (*test)(cell_.what, seed_);
    const double error = Error(*part.samples);
    Fields details = {{"test_error", error}, {"constant_error", part.constant_error}};
    if (part.seen != nullptr) details.emplace_back("seen_error", Error(*part.seen));
    details.emplace_back("primary_parameters", std::int64_t{cell_.sizes.primary_parameters});
    details.emplace_back("total_parameters", std::int64_t{cell_.sizes.total_parameters});
    details.emplace_back("kappa", std::int64_t{cell_.sizes.kappa});
    return {error / part.constant_error, std::move(details)};
  }

 private:
  double Error(const DataSource<float>& source) const {
    return Evaluate<float>(training_.model(), source, objective_, training_.theta(), /*epoch=*/0, kThreads).Mean();
  }

  const PairCell cell_;
  const std::uint64_t seed_;
  const PairPart train_, validation_;
  const MeanSquaredError<float> objective_;
  SteppedTraining<float> training_;
};

PairErrors ErrorsOf(const TestRun& test) {
  if (!test.message.empty()) return kNotMeasured;
  const auto value = [&](const char* name) {
    return Find(test.details, name) == nullptr ? kNone : OutcomeValue<double>(test.details, name);
  };
  return {
      .test_error = value("test_error"), .seen_error = value("seen_error"), .constant_error = value("constant_error")};
}

// "type2-layers4": what tells the cells of one model apart.
std::string PlaceName(const PairCase& what) {
  std::string name = what.task.empty() ? "" : what.task + "-";
  name += fmt::format("layers{}", what.layers);
  if (what.embedding_step > 0) name += fmt::format("-dim{}", what.pair.embedding_dim);
  const bool is_in_conditions_alone = what.sweeps == std::vector<std::string>{"conditions"};
  if (is_in_conditions_alone) name += fmt::format("-conditions{}", what.conditions);
  return name;
}

// For each case a figure with the search of each model, among the details.
void AddCurves(const std::vector<PairCell>& cells, const FairResult& found, Result& result) {
  for (const PairCell& cell : cells) {
    const ContenderResult* const contender = FindContender(found, ContenderName(cell));
    if (contender == nullptr) continue;
    Series curve = ValidationCurve(*contender);
    if (curve.x.empty()) continue;
    curve.name = PublishedModelName(cell.model);
    curve.figure = PlaceName(cell.what);
    if (result.figures.empty() || result.figures.back().figure != curve.figure) {
      result.figures.push_back({.x_name = curve.x_name,
                                .y_name = curve.y_name,
                                .figure = curve.figure,
                                .title = "The searches: " + curve.figure,
                                .caption = "The error on validation samples, in units of that of a constant, of the "
                                           "trial that would be chosen after so many.",
                                .is_detail = true});
    }
    result.series.push_back(std::move(curve));
  }
}

// What was chosen and what it mattered, and whose trials have all failed.
void AddChoices(const std::vector<PairCell>& cells, const FairResult& found, Result& result) {
  std::string places;
  for (const PairCell& cell : cells) {
    if (cell.model == cells.front().model) places += (places.empty() ? "" : ", ") + PlaceName(cell.what);
  }
  for (const ContenderResult& contender : found.contenders) {
    if (!contender.failure.empty()) result.about += "\n" + contender.failure + ".";
  }
  std::vector<std::string> models;
  for (const PublishedModel model : {PublishedModel::kHypernetwork, PublishedModel::kEmbedding}) {
    models.push_back(PublishedModelName(model));
  }
  auto table = TuningTable(TunedModels(found, models), {.chosen = "for " + places});
  if (table) result.tables.push_back(*std::move(table));
}

}  // namespace

std::string ContenderName(const PairCell& cell) { return PublishedModelName(cell.model) + "-" + PlaceName(cell.what); }

Contender<DrawPairPart> PairContender(const PairCell& cell, Index batch_size) {
  return {.name = ContenderName(cell),
          .space = OptimizerSpace(),
          .make = [cell,
                   batch_size](const LearnerRequest<DrawPairPart>& request) -> std::unique_ptr<Learner<DrawPairPart>> {
            return std::make_unique<PairLearner>(cell, batch_size, request);
          }};
}

std::vector<PairCell> Tested(std::vector<PairCell> cells,
                             std::uint64_t first_seed,
                             int seeds,
                             const FairResult& found) {
  for (PairCell& cell : cells) {
    cell.by_seed.assign(static_cast<std::size_t>(seeds), kNotMeasured);
    const ContenderResult* const contender = FindContender(found, ContenderName(cell));
    if (contender == nullptr) continue;
    for (const TestRun& test : contender->tests) cell.by_seed.at(test.seed - first_seed) = ErrorsOf(test);
  }
  return cells;
}

Result RunPairSearch(const PairExperiment& experiment,
                     const PairTuning& tuning,
                     const ProgramOptions& program,
                     const RunFolder& folder) {
  const std::vector<PairCell> cells = CellsOf(experiment.cases);
  std::vector<Contender<DrawPairPart>> contenders;
  for (const PairCell& cell : cells) contenders.push_back(PairContender(cell, tuning.batch_size));
  FairStudy<DrawPairPart> study(std::move(contenders),
                                tuning.train,
                                tuning.validation,
                                SealedTestData<DrawPairPart>(tuning.test),
                                FairOptionsOf(tuning.search, tuning.steps, program.seed, experiment.seeds));
  WriteOrCheckConfig(folder, experiment.settings);
  const TunedRun run =
      RunTuned(std::move(study), experiment.study.experiment, experiment.settings, FormatNumber, program, folder);
  Result result = ConcludePairs(experiment, program, Tested(cells, program.seed + 1, experiment.seeds, run.found));
  AddChoices(cells, run.found, result);
  AddCurves(cells, run.found, result);
  if (!run.found.complete) MarkPartial(run.last, result);
  return result;
}

}  // namespace hyperwidth
