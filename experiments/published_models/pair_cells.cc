// SPDX-License-Identifier: Apache-2.0
#include "experiments/published_models/pair_cells.h"

#include <algorithm>
#include <limits>
#include <stdexcept>
#include <utility>

#include "training/evaluator.h"
#include "training/objectives.h"
#include "training/trainer.h"

namespace hyperwidth {
namespace {

constexpr double kNone = std::numeric_limits<double>::quiet_NaN();
constexpr int kThreads = 1;  // of each trial, of which as many run at a time as there are threads

Fields ValuesOf(const PairCell& cell, std::uint64_t seed) {
  return {{"task", cell.what.task},
          {"model", PublishedModelName(cell.model)},
          {"layers", std::int64_t{cell.what.layers}},
          {"embedding_step", std::int64_t{cell.what.embedding_step}},
          {"conditions", std::int64_t{cell.what.conditions}},
          {"seed", seed}};
}

}  // namespace

double PairCase::At(const std::string& sweep) const {
  if (sweep == "layers") return static_cast<double>(layers);
  if (sweep == "conditions") return static_cast<double>(conditions);
  if (sweep == "embedding") return static_cast<double>(pair.embedding_dim);
  throw std::invalid_argument("sweep: found '" + sweep + "', accepted: layers, embedding, conditions");
}

std::vector<double> PairCell::Errors(double PairErrors::*error) const {
  std::vector<double> errors;
  for (const PairErrors& of_seed : by_seed) errors.push_back(of_seed.*error);
  return errors;
}

std::vector<double> PairCell::Relative(double PairErrors::*error) const {
  std::vector<double> errors;
  for (const PairErrors& of_seed : by_seed) errors.push_back(of_seed.*error / of_seed.constant_error);
  return errors;
}

void AddToSweep(const std::string& sweep, PairCase what, std::vector<PairCase>& cases) {
  const auto there = std::find_if(cases.begin(), cases.end(), [&](const PairCase& other) {
    return other.task == what.task && other.layers == what.layers && other.conditions == what.conditions &&
           other.embedding_step == what.embedding_step;
  });
  std::vector<std::string>& sweeps = there == cases.end() ? cases.emplace_back(std::move(what)).sweeps : there->sweeps;
  if (std::find(sweeps.begin(), sweeps.end(), sweep) == sweeps.end()) sweeps.push_back(sweep);
}

std::vector<PairCell> CellsOf(const std::vector<PairCase>& cases) {
  std::vector<PairCell> cells;
  for (const PairCase& what : cases) {
    for (const PublishedModel model : {PublishedModel::kHypernetwork, PublishedModel::kEmbedding}) {
      cells.push_back({.what = what, .model = model, .sizes = SizesOf(MakePublishedModel(model, what.pair))});
    }
  }
  return cells;
}

std::vector<Trial> PairTrials(const std::vector<PairCell>& cells,
                              std::uint64_t first_seed,
                              int seeds,
                              const std::function<double(const PairCell&)>& work,
                              const MeasurePair& measure) {
  std::vector<Trial> trials;
  for (const PairCell& cell : cells) {
    for (int i = 0; i < seeds; ++i) {
      const std::uint64_t seed = first_seed + static_cast<std::uint64_t>(i);
      trials.push_back({.values = ValuesOf(cell, seed),
                        .work = work(cell),
                        .measure = [cell, seed, measure](const StopRequest& stop) {
                          const PairErrors errors = measure(cell, seed, stop);
                          return Fields{{"test_error", errors.test_error},
                                        {"seen_error", errors.seen_error},
                                        {"constant_error", errors.constant_error},
                                        {"primary_parameters", std::int64_t{cell.sizes.primary_parameters}},
                                        {"total_parameters", std::int64_t{cell.sizes.total_parameters}},
                                        {"kappa", std::int64_t{cell.sizes.kappa}}};
                        }});
    }
  }
  return trials;
}

std::vector<PairCell> Measured(std::vector<PairCell> cells, int seeds, const TrialOutcomes& outcomes) {
  auto outcome = outcomes.outcomes.begin();
  for (PairCell& cell : cells) {
    for (int i = 0; i < seeds; ++i, ++outcome) {
      const bool is_there = IsComplete(*outcome);
      const auto value = [&](const char* name) {
        return is_there ? OutcomeValue<double>((*outcome)->values, name) : kNone;
      };
      cell.by_seed.push_back({.test_error = value("test_error"),
                              .seen_error = value("seen_error"),
                              .constant_error = value("constant_error")});
    }
  }
  return cells;
}

std::vector<const PairCell*> CellsIn(const std::vector<PairCell>& cells,
                                     const std::string& task,
                                     const std::string& sweep,
                                     PublishedModel model) {
  std::vector<const PairCell*> found;
  for (const PairCell& cell : cells) {
    const std::vector<std::string>& sweeps = cell.what.sweeps;
    const bool is_in = std::find(sweeps.begin(), sweeps.end(), sweep) != sweeps.end();
    if (cell.what.task == task && cell.model == model && is_in) found.push_back(&cell);
  }
  std::stable_sort(found.begin(), found.end(), [&](const PairCell* a, const PairCell* b) {
    return a->what.At(sweep) < b->what.At(sweep);
  });
  return found;
}

PairErrors TrainAndTestPair(const Model& model,
                            const PairPart& train,
                            const PairPart& test,
                            const TrainerOptions& options,
                            const StopRequest& stop) {
  TrainerOptions trainer_options = options;
  trainer_options.threads = kThreads;
  Vector<float> theta(model.parameters.size());
  model.parameters.Initialize<float>(options.seed, theta);
  const MeanSquaredError<float> objective;
  Train<float>(model, *train.samples, objective, trainer_options, theta, [&](const TrainingStep&) { stop.Check(); });
  const auto error = [&](const DataSource<float>& source) {
    stop.Check();
    return Evaluate<float>(model, source, objective, theta, /*epoch=*/0, kThreads).Mean();
  };
  return {.test_error = error(*test.samples),
          .seen_error = test.seen != nullptr ? error(*test.seen) : kNone,
          .constant_error = test.constant_error};
}

}  // namespace hyperwidth
