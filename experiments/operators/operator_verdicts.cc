// SPDX-License-Identifier: Apache-2.0
#include "experiments/operators/operator_verdicts.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <cstdint>
#include <limits>
#include <string>

#include "experiments/result/estimate.h"
#include "experiments/result/factor_verdict.h"
#include "experiments/result/format.h"
#include "experiments/result/verdict.h"

namespace hyperwidth {
namespace {

constexpr double kInfinite = std::numeric_limits<double>::infinity();

std::string At(const OperatorCell& cell) { return fmt::format("{} at {}", cell.scheme, cell.kappa()); }

// Why training rather than the bottleneck sets the cell's error; empty if nothing says so.
std::string TrainingLimit(const OperatorCell& cell) {
  const double error = MeanOfFinite(cell.relative_rms).value, least = cell.data->test_floor.Relative(cell.kappa());
  if (!(error > kLargestShortfall * least)) return "";
  return fmt::format(
      "The root mean square error of {} is {}, {} times that of the best linear decoder of as many functions, more "
      "than {}: training, not the bottleneck, sets it.",
      At(cell),
      FormatNumber(error),
      FormatNumber(error / least),
      FormatNumber(kLargestShortfall));
}

}  // namespace

Check JudgeFloor(const std::vector<OperatorCell>& cells) {
  std::int64_t runs = 0, violations = 0;
  double closest = kInfinite;
  std::string where;
  for (const OperatorCell& cell : cells) {
    const double floor = cell.data->test_floor.Relative(cell.kappa());
    if (cell.scheme != "deeponet" || floor < kLeastFloor) continue;
    for (const double error : cell.relative_rms) {
      if (!std::isfinite(error)) continue;
      ++runs;
      violations += error < floor;
      if (error / floor >= closest) continue;
      closest = error / floor;
      where = fmt::format("{} with kappa = {}", cell.data->task, cell.kappa());
    }
  }
  return JudgeNever(
      {"operators.deeponet_never_below_floor",
       "No DeepONet's root mean square error on the test functions is below what is proved for every linear decoder of "
       "as many functions, with any bias, on these very samples."},
      violations,
      runs,
      runs == 0 ? "" : fmt::format("{} had {} times the error of its floor", where, FormatNumber(closest)));
}

Check JudgeHypernetwork(const OperatorCell& hypernetwork, const OperatorCell& deeponet, int kappa) {
  return JudgeFactor(
      {fmt::format("operators.{}.kappa{}.hypernetwork_below_deeponet", hypernetwork.data->task, kappa),
       fmt::format(
           "{}: with kappa = {} and equal parameters, a hypernetwork's error is below a DeepONet's, trained alike "
           "(factor between mean relative L2 errors).",
           hypernetwork.data->task,
           kappa)},
      {"hypernetwork", hypernetwork.relative_l2},
      {"deeponet", deeponet.relative_l2});
}

Check JudgeWidening(const OperatorCell& narrow,
                    const OperatorCell& wide,
                    const std::vector<const OperatorCell*>& others_narrow) {
  RepeatedScores best{.name = "best other scheme", .scores = {}};
  for (std::size_t i = 0; i < wide.relative_l2.size(); ++i) {
    double least = kInfinite;
    for (const OperatorCell* other : others_narrow) {
      if (std::isfinite(other->relative_l2[i])) least = std::min(least, other->relative_l2[i]);
    }
    best.scores.push_back(least);
  }
  std::vector<std::string> others;
  for (const OperatorCell* other : others_narrow) others.push_back(At(*other));
  const Check check = JudgeFactor(
      {fmt::format("operators.{}.{}.wider_beats_other_scheme", wide.data->task, wide.scheme),
       fmt::format(
           "{}: widening the bottleneck of {} to {} lowers its error by more than exchanging it for the best of "
           "{}, seed by seed (factor between the errors).",
           wide.data->task,
           wide.scheme,
           wide.kappa(),
           fmt::join(others, ", "))},
      {At(wide), wide.relative_l2},
      best);
  const std::string limit = TrainingLimit(narrow);
  return limit.empty() || check.verdict == Verdict::kInconclusive ? check : Withhold(check, limit);
}

std::vector<Check> JudgeOperators(const std::vector<OperatorCell>& cells, const OperatorsOptions& options) {
  std::vector<Check> checks;
  const auto has = [](const std::vector<std::string>& names, const char* name) {
    return std::find(names.begin(), names.end(), name) != names.end();
  };
  if (has(options.schemes, "deeponet")) checks.push_back(JudgeFloor(cells));
  for (const std::string& task : options.tasks) {
    for (const int kappa : {kNarrow, kWide}) {
      const OperatorCell* const hypernetwork = FindCell(cells, task, "hypernetwork", kappa);
      const OperatorCell* const deeponet = FindCell(cells, task, "deeponet", kappa);
      if (hypernetwork && deeponet) checks.push_back(JudgeHypernetwork(*hypernetwork, *deeponet, kappa));
    }
    for (const std::string& scheme : options.schemes) {
      std::vector<const OperatorCell*> others;
      for (const std::string& other : options.schemes) {
        const OperatorCell* const narrow = FindCell(cells, task, other, kNarrow);
        if (narrow && other != scheme) others.push_back(narrow);
      }
      const OperatorCell* const wide = FindCell(cells, task, scheme, kWide);
      const OperatorCell* const narrow = FindCell(cells, task, scheme, kNarrow);
      if (narrow && wide && !others.empty()) checks.push_back(JudgeWidening(*narrow, *wide, others));
    }
  }
  return checks;
}

}  // namespace hyperwidth
