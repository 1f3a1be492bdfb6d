// SPDX-License-Identifier: Apache-2.0
#include "experiments/published_models/pair_summary.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <cstdint>
#include <limits>
#include <utility>

#include "experiments/result/estimate.h"
#include "experiments/result/format.h"

namespace hyperwidth {
namespace {

constexpr const char* kError = "test_error_over_constant";

// A sweep: how its axis is called, and what the figure's title says of it.
struct SweepWords {
  std::string sweep, axis, title;
};

const std::vector<SweepWords>& AllSweeps() {
  static const std::vector<SweepWords> sweeps = {{"layers", "layers", "test error against the layers of f and e"},
                                                 {"embedding", "embedding_dim", "test error against the embedding"},
                                                 {"conditions", "conditions", "seen and unseen conditions"}};
  return sweeps;
}

Series SeriesOf(const std::vector<const PairCell*>& cells,
                const SweepWords& words,
                const std::string& name,
                double PairErrors::*error) {
  Series series{.name = name, .x_name = words.axis, .y_name = kError};
  series.x_scale = words.sweep == "layers" ? AxisScale::kLinear : AxisScale::kLogarithmic;
  series.figure = cells.front()->what.task;
  series.columns = {{"trainings", {}},
                    {"primary_parameters", {}},
                    {"total_parameters", {}},
                    {"kappa", {}},
                    {"mean_squared_error", {}}};
  for (const PairCell* cell : cells) {
    const Estimate mean = MeanOfFinite(cell->Relative(error));
    if (mean.samples == 0) continue;
    series.x.push_back(cell->what.At(words.sweep));
    series.y.push_back(mean.value);
    series.y_ci95.push_back(mean.ci95);
    const std::vector<double> columns = {static_cast<double>(mean.samples),
                                         static_cast<double>(cell->sizes.primary_parameters),
                                         static_cast<double>(cell->sizes.total_parameters),
                                         static_cast<double>(cell->sizes.kappa),
                                         MeanOfFinite(cell->Errors(error)).value};
    for (std::size_t i = 0; i < columns.size(); ++i) series.columns[i].values.push_back(columns[i]);
  }
  return series;
}

// "Type II: test error against the layers of f and e"
std::string TitleOf(const PairTask& task, const std::string& title) {
  return Capitalised(task.words.empty() ? title : task.words + ": " + title);
}

void AddSweep(const PairTask& task, const SweepWords& words, const std::vector<PairCell>& cells, Result& result) {
  const std::size_t before = result.series.size();
  const auto add = [&](Series series) {
    if (!series.x.empty()) result.series.push_back(std::move(series));
  };
  for (const PublishedModel model : {PublishedModel::kHypernetwork, PublishedModel::kEmbedding}) {
    const std::vector<const PairCell*> of_model = CellsIn(cells, task.name, words.sweep, model);
    if (of_model.empty()) continue;
    const std::string name = PublishedModelName(model);
    add(SeriesOf(of_model, words, name, &PairErrors::test_error));
    if (words.sweep == "conditions") {
      add(SeriesOf(of_model, words, name + ", seen conditions", &PairErrors::seen_error));
    }
  }
  if (result.series.size() == before) return;
  result.figures.push_back(
      {.x_name = words.axis,
       .y_name = kError,
       .figure = task.name,
       .title = TitleOf(task, words.title),
       .caption =
           "Mean squared errors on unseen conditions, in units of that of the best constant, so that 1 is nothing "
           "learnt: means over seeds with Student's 95 % intervals. Verdicts compare the models seed by seed, which "
           "these intervals do not show: where seeds differ much, they overlap though one model is always the better." +
           std::string(words.sweep == "conditions" ? " Seen: on new x of conditions that were trained on." : "")});
}

std::string DecisiveTask(const PairStudy& study) {
  return study.decisive_task.empty() ? study.tasks.front().name : study.decisive_task;
}

std::string DecisiveOf(const PairStudy& study, const std::vector<Check>& checks) {
  const std::string task = DecisiveTask(study);
  const std::string begin = study.experiment + "." + (task.empty() ? "" : task + ".") + "layers";
  const std::string wanted = fmt::format("{}{}.", begin, kDecisiveLayers);
  std::string decisive;
  for (const Check& check : checks) {
    if (check.id.starts_with(wanted)) return check.id;
    if (check.id.starts_with(begin)) decisive = check.id;
  }
  return decisive;
}

// "2.52 to 6.28", or one number if both are written alike.
std::string FromTo(double least, double most, int decimals) {
  const std::string from = fmt::format("{:.{}f}", least, decimals), to = fmt::format("{:.{}f}", most, decimals);
  return from == to ? from : from + " to " + to;
}

}  // namespace

void AddPairs(const PairStudy& study, const std::vector<PairCell>& cells, Result& result) {
  std::vector<PairTask> tasks = study.tasks;
  // The first figure is the one that a summary shows beside the answer.
  std::stable_partition(
      tasks.begin(), tasks.end(), [&](const PairTask& task) { return task.name == DecisiveTask(study); });
  for (const PairTask& task : tasks) {
    for (const SweepWords& words : AllSweeps()) AddSweep(task, words, cells, result);
  }
  result.checks = JudgePairs(study, cells);
  result.decisive = DecisiveOf(study, result.checks);
}

std::string LimitsOf(const std::vector<PairCell>& cells, SizeMatch match, bool is_tuned) {
  std::string limits;
  double least = std::numeric_limits<double>::infinity(), most = 0, least_total = least, most_total = 0;
  std::int64_t failed = 0;
  for (std::size_t i = 0; i + 1 < cells.size(); i += 2) {
    const auto ratio = [&](Index PublishedSizes::*size) {
      return static_cast<double>(cells[i + 1].sizes.*size) / static_cast<double>(cells[i].sizes.*size);
    };
    const double primary = ratio(&PublishedSizes::primary_parameters), total = ratio(&PublishedSizes::total_parameters);
    least = std::min(least, primary), most = std::max(most, primary);
    least_total = std::min(least_total, total), most_total = std::max(most_total, total);
  }
  for (const PairCell& cell : cells) {
    for (const PairErrors& errors : cell.by_seed) failed += std::isnan(errors.test_error);
  }
  limits = fmt::format(
      "Sizes are matched as \"{}\": q has {} times as many parameters as g, and the embedding {} times as many in all "
      "as the hypernetwork. The comparison is not one of equal size unless these are 1.\n",
      SizeMatchName(match),
      FromTo(least, most, 2),
      FromTo(least_total, most_total, 3));
  limits +=
      "q sees e(I) through its first layer alone, as W e(I), one number for each hidden unit: an embedding with as "
      "many dimensions or more moves the biases of this layer and does nothing else, whatever its dimension, while f "
      "moves all weights of g. That follows from the formula, so that no gain from a larger embedding could have been "
      "one of expressivity.\n";
  limits += is_tuned ? "Epochs, batches and sizes are not tuned, and each search is one of few trials."
                     : "Learning rate and epochs are the same for both and tuned for neither.";
  if (failed > 0) {
    limits +=
        fmt::format("\nTrainings that failed or have not finished: {}; pairs with one of them do not count.", failed);
  }
  return limits;
}

// A hundred columns wide, with a space between any two.
constexpr const char* kTableRow = "{:<23}{:>7} {:>9} {:>10} {:>8} {:>8} {:>9} {:>9} {:>10}\n";

std::string PairTable(const PairStudy& study, const std::vector<PairCell>& cells) {
  std::string text = "Mean test errors, over that of a constant:\n";
  text += fmt::format(kTableRow, "", "", "hypernet", "embedding", "N_g", "N_q", "total (f)", "total (e)", "kappa");
  for (const PairTask& task : study.tasks) {
    for (const SweepWords& words : AllSweeps()) {
      const auto f = CellsIn(cells, task.name, words.sweep, PublishedModel::kHypernetwork);
      const auto e = CellsIn(cells, task.name, words.sweep, PublishedModel::kEmbedding);
      for (std::size_t i = 0; i < f.size(); ++i) {
        text += fmt::format(kTableRow,
                            (task.words.empty() ? "" : task.words + ", ") + words.axis,
                            f[i]->what.At(words.sweep),
                            FormatNumber(MeanOfFinite(f[i]->Relative()).value),
                            FormatNumber(MeanOfFinite(e[i]->Relative()).value),
                            f[i]->sizes.primary_parameters,
                            e[i]->sizes.primary_parameters,
                            f[i]->sizes.total_parameters,
                            e[i]->sizes.total_parameters,
                            fmt::format("{}, {}", f[i]->sizes.kappa, e[i]->sizes.kappa));
      }
    }
  }
  return text;
}

}  // namespace hyperwidth
