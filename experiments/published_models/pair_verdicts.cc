// SPDX-License-Identifier: Apache-2.0
#include "experiments/published_models/pair_verdicts.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <limits>
#include <utility>

#include "experiments/result/estimate.h"
#include "experiments/result/factor_verdict.h"
#include "experiments/result/format.h"
#include "experiments/result/log_log_fit.h"
#include "experiments/result/verdict.h"

namespace hyperwidth {
namespace {

constexpr auto kHypernetwork = PublishedModel::kHypernetwork;
constexpr auto kEmbedding = PublishedModel::kEmbedding;
constexpr double kNone = std::numeric_limits<double>::quiet_NaN();

std::string Id(const PairStudy& study, const PairTask& task, const std::string& what) {
  return study.experiment + "." + (task.name.empty() ? "" : task.name + ".") + what;
}

// "type I, 3 layers"
std::string Which(const PairTask& task, const std::string& what) {
  return task.words.empty() ? what : task.words + ", " + what;
}

// A claim on a task as a whole is a case of one on all, if there are several.
std::string GroupOf(const PairTask& task, const std::string& claim) { return task.words.empty() ? "" : claim; }

// "layers3" and "3 layers".
std::pair<std::string, std::string> PlaceOf(const PairCell& cell, const std::string& sweep) {
  const auto value = static_cast<Index>(cell.what.At(sweep));
  if (sweep == "layers") return {fmt::format("layers{}", value), fmt::format("{} layers", value)};
  if (sweep == "conditions") return {fmt::format("conditions{}", value), fmt::format("{} conditions", value)};
  return {fmt::format("dim{}", value), fmt::format("embedding of {}", value)};
}

// Of these cells, the least; NaN if nothing was measured.
double LeastMeanRelative(const std::vector<const PairCell*>& cells) {
  double least = kNone;
  for (const PairCell* cell : cells) least = std::fmin(least, MeanOfFinite(cell->Relative()).value);
  return least;
}

// Of the published conclusions, all verdicts of a run that is smaller than theirs.
Check WithheldIfSmaller(const PairStudy& study, Check check) {
  if (study.smaller.empty() || check.verdict == Verdict::kInconclusive) return check;
  return Withhold(std::move(check), study.smaller);
}

Check WithheldIfTrivial(Check check, const std::vector<const PairCell*>& cells) {
  const double least = LeastMeanRelative(cells);
  if (!(least > kTrivialError)) return check;
  return Withhold(std::move(check),
                  fmt::format("The smallest mean error is {} of that of a constant, more than {}: nothing was learnt.",
                              FormatNumber(least),
                              FormatNumber(kTrivialError)));
}

// For each seed, by which factor its error changes with each step; NaN if an error is missing.
std::vector<double> FactorsOfSteps(const std::vector<const PairCell*>& cells, const std::string& sweep) {
  std::vector<double> x;
  for (const PairCell* cell : cells) {
    const double place = cell->what.At(sweep);
    x.push_back(sweep == "layers" ? std::exp2(place) : place);  // so that each step doubles it
  }
  std::vector<double> factors;
  for (std::size_t seed = 0; seed < cells.front()->by_seed.size(); ++seed) {
    std::vector<double> errors;
    for (const PairCell* cell : cells) errors.push_back(cell->Relative()[seed]);
    const bool is_whole = std::all_of(errors.begin(), errors.end(), [](double e) { return e > 0 && std::isfinite(e); });
    factors.push_back(is_whole ? std::exp2(FitLogLog(x, errors).slope) : kNone);
  }
  return factors;
}

// The cells at which a training has finished, and which others there are: "2 layers, 9 layers".
struct Trained {
  std::vector<const PairCell*> cells = {};
  std::string left_out = {};
};

Trained TrainedOf(const std::vector<const PairCell*>& cells, const std::string& sweep) {
  Trained trained;
  for (const PairCell* cell : cells) {
    if (!std::isnan(MeanOfFinite(cell->Relative()).value)) {
      trained.cells.push_back(cell);
    } else {
      trained.left_out += (trained.left_out.empty() ? "" : ", ") + PlaceOf(*cell, sweep).second;
    }
  }
  return trained;
}

// What is claimed of a trend, as ids and groups have it.
struct TrendWords {
  std::string id, claim;
};

TrendWords WordsOf(const std::string& model, const std::string& sweep, Trend trend) {
  const std::string error = fmt::format("The {}'s test error ", model);
  const double percent = 100 * kLeastImprovement;
  if (sweep == "conditions") {
    return {model + "_improves_with_conditions",
            error + "falls with the number of conditions that are trained on (factor for each doubling)."};
  }
  const std::string id = sweep == "layers" ? "depth" : "dimension";
  const std::string step =
      sweep == "layers" ? fmt::format("layer of {}", model == "embedding" ? "e" : "f") : "doubling of the embedding";
  if (trend == Trend::kImproves) {
    return {fmt::format("{}_improves_with_{}", model, id),
            error + fmt::format("falls by more than {} % with each further {}.", percent, step)};
  }
  return {fmt::format("{}_gains_nothing_from_{}", model, id),
          error + fmt::format("does not fall by more than {} % with each further {}.", percent, step)};
}

void JudgeSweep(const PairStudy& study,
                const PairTask& task,
                const std::string& sweep,
                const std::vector<PairCell>& cells,
                std::vector<Check>& checks) {
  const std::vector<const PairCell*> hypernetworks = CellsIn(cells, task.name, sweep, kHypernetwork);
  const std::vector<const PairCell*> embeddings = CellsIn(cells, task.name, sweep, kEmbedding);
  if (hypernetworks.empty()) return;
  if (sweep != "conditions") {
    for (std::size_t i = 0; i < hypernetworks.size(); ++i) {
      if (hypernetworks[i]->what.layers < study.fewest_layers) continue;
      checks.push_back(JudgeBetter(study, task, sweep, *hypernetworks[i], *embeddings[i]));
    }
  } else {
    for (const auto& of_model : {hypernetworks, embeddings}) {
      checks.push_back(JudgeGeneralisation(study, task, *of_model.back()));
    }
  }
  if (hypernetworks.size() < 2) return;
  if (sweep != "embedding") checks.push_back(JudgeTrend(study, task, sweep, Trend::kImproves, hypernetworks));
  checks.push_back(
      JudgeTrend(study, task, sweep, sweep == "conditions" ? Trend::kImproves : Trend::kStays, embeddings));
}

}  // namespace

Check JudgeBetter(const PairStudy& study,
                  const PairTask& task,
                  const std::string& sweep,
                  const PairCell& hypernetwork,
                  const PairCell& embedding) {
  const auto [id, words] = PlaceOf(hypernetwork, sweep);
  const std::string claim = "The hypernetwork has a lower test error than the embedding (factor between the errors).";
  const Check check = JudgeFactor({.id = Id(study, task, id + ".hypernetwork_beats_embedding"),
                                   .text = claim,
                                   .group = claim,
                                   .which = Which(task, words)},
                                  {"hypernetwork", hypernetwork.Errors()},
                                  {"embedding", embedding.Errors()});
  return WithheldIfTrivial(WithheldIfSmaller(study, check), {&hypernetwork, &embedding});
}

Check JudgeTrend(const PairStudy& study,
                 const PairTask& task,
                 const std::string& sweep,
                 Trend trend,
                 const std::vector<const PairCell*>& cells) {
  const TrendWords words = WordsOf(PublishedModelName(cells.front()->model), sweep, trend);
  const double least = sweep == "conditions" ? 1 : 1 - kLeastImprovement;
  const Trained trained = TrainedOf(cells, sweep);
  Check check = JudgeMeanFactor(
      {.id = Id(study, task, words.id), .text = words.claim, .group = GroupOf(task, words.claim), .which = task.words},
      trend == Trend::kImproves ? Interval{.high = least} : Interval{.low = least},
      trained.cells.size() < 2 ? std::vector<double>() : FactorsOfSteps(trained.cells, sweep));
  if (!trained.left_out.empty()) {
    check.why += " Left out, since no training has finished there: " + trained.left_out + ".";
  }
  return WithheldIfTrivial(sweep == "conditions" ? check : WithheldIfSmaller(study, check), cells);
}

Check JudgeGeneralisation(const PairStudy& study, const PairTask& task, const PairCell& cell) {
  std::vector<double> factors;
  for (const PairErrors& errors : cell.by_seed) factors.push_back(errors.test_error / errors.seen_error);
  const std::string model = PublishedModelName(cell.model);
  const std::string claim =
      fmt::format("The {}'s error on unseen conditions is less than {} % above that on new x of seen ones.",
                  model,
                  100 * kLargestGap);
  const Check check = JudgeMeanFactor({.id = Id(study, task, model + "_generalises"),
                                       .text = claim,
                                       .group = GroupOf(task, claim),
                                       .which = task.words},
                                      {.high = 1 + kLargestGap},
                                      factors);
  return WithheldIfTrivial(check, {&cell});
}

std::vector<Check> JudgePairs(const PairStudy& study, const std::vector<PairCell>& cells) {
  std::vector<Check> checks;
  for (const PairTask& task : study.tasks) {
    for (const char* sweep : {"layers", "embedding", "conditions"}) JudgeSweep(study, task, sweep, cells, checks);
  }
  return checks;
}

}  // namespace hyperwidth
