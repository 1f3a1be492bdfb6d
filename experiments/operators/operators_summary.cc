// SPDX-License-Identifier: Apache-2.0
#include "experiments/operators/operators_summary.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <functional>
#include <limits>
#include <optional>
#include <set>

#include "experiments/operators/operator_verdicts.h"
#include "experiments/operators/operators.h"
#include "experiments/operators/published_cells.h"
#include "experiments/result/estimate.h"
#include "experiments/result/format.h"

namespace hyperwidth {
namespace {

constexpr const char* kRelativeL2 = "relative_l2_error";
constexpr const char* kRelativeRms = "relative_rms_error";

std::vector<const OperatorCell*> CellsOf(const std::vector<OperatorCell>& cells,
                                         const std::string& task,
                                         const std::string& scheme = "") {
  std::vector<const OperatorCell*> found;
  for (const OperatorCell& cell : cells) {
    if (cell.data->task == task && (scheme.empty() || cell.scheme == scheme)) found.push_back(&cell);
  }
  return found;
}

Series Empty(const std::string& name, const std::string& task, const char* error) {
  Series series{.name = name, .x_name = "kappa", .y_name = error};
  series.x_scale = series.y_scale = AxisScale::kLogarithmic;
  series.figure = task;
  return series;
}

Series MeasuredSeries(const std::vector<const OperatorCell*>& cells,
                      const char* error,
                      std::vector<double> OperatorCell::*by_seed) {
  Series series = Empty(cells.front()->scheme, cells.front()->data->task, error);
  series.columns = {{"trainings", {}}, {"total_parameters", {}}};
  for (const OperatorCell* cell : cells) {
    const Estimate mean = MeanOfFinite(cell->*by_seed);
    if (mean.samples == 0) continue;
    series.x.push_back(static_cast<double>(cell->kappa()));
    series.y.push_back(mean.value);
    series.y_ci95.push_back(mean.ci95);
    series.columns[0].values.push_back(static_cast<double>(mean.samples));
    series.columns[1].values.push_back(static_cast<double>(cell->sized.cost.trainable_parameters));
  }
  return series;
}

// The smallest mean error of a cell.
double LeastOf(const std::vector<const OperatorCell*>& cells, std::vector<double> OperatorCell::*by_seed) {
  double least = std::numeric_limits<double>::infinity();
  for (const OperatorCell* cell : cells) {
    const Estimate mean = MeanOfFinite(cell->*by_seed);
    if (mean.samples > 0) least = std::min(least, mean.value);
  }
  return least;
}

// As far as it is above 0, which a logarithmic axis cannot show, and to its first point below a third of `least`,
// beyond which it would leave no room for what is measured.
Series BarrierSeries(const std::string& name,
                     const std::vector<const OperatorCell*>& cells,
                     const char* error,
                     double least,
                     const LinearBarrier& barrier) {
  Series series = Empty(name, cells.front()->data->task, error);
  series.style = SeriesStyle::kLine;
  Index low = cells.front()->kappa(), high = low;
  for (const OperatorCell* cell : cells) {
    low = std::min(low, cell->kappa());
    high = std::max(high, cell->kappa());
  }
  for (Index kappa = low; kappa <= high; ++kappa) {
    const double floor = barrier.Relative(kappa);
    if (floor < kLeastFloor) break;
    series.x.push_back(static_cast<double>(kappa));
    series.y.push_back(floor);
    if (floor < least / 3) break;
  }
  return series;
}

std::vector<Series> PublishedSeries(const std::string& task) {
  Series hypernetwork = Empty("published: hypernetwork (Lee, Cho, Hwang 2023, table 1)", task, kRelativeL2);
  Series others = Empty("published: the others (Lee, Cho, Hwang 2023, table 1)", task, kRelativeL2);
  for (Series* series : {&hypernetwork, &others}) {
    series->columns = {{"deviation", {}}};
    series->style = SeriesStyle::kMarks;  // different schemes
  }
  for (const PublishedCell& cell : PublishedCells(task)) {
    Series& series = cell.scheme == "hypernetwork" ? hypernetwork : others;
    series.x.push_back(cell.kappa);
    series.y.push_back(cell.error);
    series.columns[0].values.push_back(cell.deviation);
  }
  return {hypernetwork, others};
}

void AddSeries(Series series, Result& result) {
  if (!series.x.empty()) result.series.push_back(std::move(series));
}

FigureNote NoteOf(const std::string& task, const char* error, const std::string& title, const std::string& caption) {
  return {.x_name = "kappa",
          .y_name = error,
          .figure = task,
          .title = Capitalised(task) + ": " + title,
          .caption = caption};
}

void AddTask(const std::string& task,
             const std::vector<OperatorCell>& cells,
             const OperatorsOptions& options,
             Result& result) {
  const std::vector<const OperatorCell*> of_task = CellsOf(cells, task);
  const std::size_t before = result.series.size();
  for (const std::string& scheme : options.schemes) {
    const std::vector<const OperatorCell*> of_scheme = CellsOf(cells, task, scheme);
    AddSeries(MeasuredSeries(of_scheme, kRelativeL2, &OperatorCell::relative_l2), result);
    AddSeries(MeasuredSeries(of_scheme, kRelativeRms, &OperatorCell::relative_rms), result);
  }
  if (result.series.size() == before) return;  // nothing has finished
  for (Series& published : PublishedSeries(task)) AddSeries(std::move(published), result);
  if (const std::optional<LinearBarrier> barrier = ClosedFormBarrier(task)) {
    AddSeries(BarrierSeries("reference: linear decoders, root mean square",
                            of_task,
                            kRelativeL2,
                            LeastOf(of_task, &OperatorCell::relative_l2),
                            *barrier),
              result);
  }
  AddSeries(BarrierSeries("proved: linear decoders on these samples",
                          of_task,
                          kRelativeRms,
                          LeastOf(of_task, &OperatorCell::relative_rms),
                          of_task.front()->data->test_floor),
            result);
  result.figures.push_back(
      NoteOf(task,
             kRelativeL2,
             "mean relative L2 error against the bottleneck",
             "Measured: means over seeds with Student's 95 % intervals, all models of equal size. The line is what is "
             "proved of "
             "linear decoders for another error, the root mean square over all functions: the mean of ratios may lie "
             "below it, "
             "so that here it is a reference. Published cells stand at the kappa that their text gives them."));
  result.figures.push_back(NoteOf(
      task,
      kRelativeRms,
      "relative root mean square error against the bottleneck",
      "The same trainings by the error for which the floor is proved: no linear decoder of so many functions, a "
      "DeepONet among them, is below the line on these test functions. Nothing is proved of the other schemes."));
}

void AddFloors(const std::vector<OperatorCell>& cells, const OperatorsOptions& options, Result& result) {
  result.floors.emplace_back("kappa", options.kappas);
  for (const std::string& task : options.tasks) {
    const auto add = [&](const std::string& name, const LinearBarrier& barrier) {
      std::vector<double> values;
      for (const int kappa : options.kappas) values.push_back(barrier.Relative(kappa));
      result.floors.emplace_back(task + name, values);
    };
    if (const std::optional<LinearBarrier> barrier = ClosedFormBarrier(task)) add("_closed_form", *barrier);
    add("_test_samples", CellsOf(cells, task).front()->data->test_floor);
  }
}

}  // namespace

Result SummariseOperators(const OperatorsOptions& options, const std::vector<OperatorCell>& cells) {
  Result result{.experiment = "operators"};
  result.title = "Operators, scheme or bottleneck?";
  result.about = fmt::format(
      "A published table has DeepONet, Shift-DeepONet, Flex-DeepONet and NOMAD near 0.6 on the identity of sums of "
      "twenty Chebyshev polynomials and a hypernetwork at 0.036, all with a target network of ten units before the "
      "output. Here schemes of equal size, about {} parameters, meet with equal kappa: the scalars through which a "
      "condition acts.\n"
      "Proved: a linear decoder of p functions, with any bias, has at least the root mean square error that the "
      "singular values of the test functions leave behind p. The mean of relative L2 errors, which the table has, is "
      "not bounded by this ratio: it may weight small functions otherwise.\n"
      "Measured: what every scheme reaches with one training budget, {} steps of Adam, and learning rates that were "
      "tuned for none.\n"
      "Conjectured: that the published gap comes from the width of a bottleneck. A verdict that a wider one matters "
      "more than the scheme supports it here; it does not say what was run there.",
      options.total,
      options.steps);
  for (const std::string& task : options.tasks) AddTask(task, cells, options, result);
  AddFloors(cells, options, result);
  result.checks = JudgeOperators(cells, options);
  return result;
}

std::string ErrorTable(const std::vector<OperatorCell>& cells, const OperatorsOptions& options) {
  std::string text;
  for (const std::string& task : options.tasks) {
    std::set<Index> kappas;
    for (const OperatorCell* cell : CellsOf(cells, task)) kappas.insert(cell->kappa());
    text += fmt::format("{}{}: mean relative L2 error\n{:>6}", text.empty() ? "" : "\n", task, "kappa");
    for (const std::string& scheme : options.schemes) text += fmt::format("{:>15}", scheme);
    text += fmt::format("{:>24}\n", "proved, linear (rms)");
    for (const Index kappa : kappas) {
      text += fmt::format("{:>6}", kappa);
      for (const std::string& scheme : options.schemes) {
        std::string error;
        for (const OperatorCell* cell : CellsOf(cells, task, scheme)) {
          if (cell->kappa() == kappa) error = FormatNumber(MeanOfFinite(cell->relative_l2).value);
        }
        text += fmt::format("{:>15}", error);
      }
      text += fmt::format("{:>24}\n", FormatNumber(CellsOf(cells, task).front()->data->test_floor.Relative(kappa)));
    }
  }
  return text;
}

}  // namespace hyperwidth
