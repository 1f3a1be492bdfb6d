// SPDX-License-Identifier: Apache-2.0
#include "experiments/operators/operator_cells.h"

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <limits>

#include "experiments/operators/operator_model.h"

namespace hyperwidth {
namespace {

constexpr double kNone = std::numeric_limits<double>::quiet_NaN();

// Multiply-adds of a training, without its test.
double WorkOf(const OperatorCell& cell, const OperatorsOptions& options) {
  const Cost& cost = cell.sized.cost;
  const auto functions = static_cast<double>(options.batch_functions),
             points = static_cast<double>(options.batch_points);
  return static_cast<double>(options.steps) * functions *
         (static_cast<double>(cost.multiply_adds_per_condition) +
          points * static_cast<double>(cost.multiply_adds_per_sample));
}

}  // namespace

bool OperatorCell::Has(int kappa) const {
  return std::find(requested.begin(), requested.end(), kappa) != requested.end();
}

std::vector<OperatorCell> OperatorCells(const OperatorsOptions& options) {
  std::vector<OperatorCell> cells;
  for (const std::string& task : options.tasks) {
    const auto data = std::make_shared<const OperatorData>(LoadOperator(task, options));
    for (const std::string& scheme : options.schemes) {
      const std::size_t first = cells.size();
      for (const int kappa : options.kappas) {
        SizedScheme sized = SizedOperator(scheme, kappa, *data, options);
        if (cells.size() == first || cells.back().kappa() != sized.cost.kappa) {
          cells.push_back({.data = data, .scheme = scheme, .sized = std::move(sized)});
        }
        cells.back().requested.push_back(kappa);
      }
    }
  }
  return cells;
}

std::vector<Trial> OperatorTrials(const std::vector<OperatorCell>& cells, const OperatorsOptions& options) {
  std::vector<Trial> trials;
  for (const OperatorCell& cell : cells) {
    for (int i = 0; i < options.seeds; ++i) {
      const std::uint64_t seed = options.program.seed + static_cast<std::uint64_t>(i);
      trials.push_back({.values = {{"task", cell.data->task},
                                   {"scheme", cell.scheme},
                                   {"kappa", static_cast<std::int64_t>(cell.kappa())},
                                   {"seed", seed}},
                        .work = WorkOf(cell, options),
                        .measure = [cell, options, seed](const StopRequest& stop) {
                          return TrainAndTest(cell.scheme, cell.sized, *cell.data, options, seed, stop);
                        }});
    }
  }
  return trials;
}

std::vector<OperatorCell> Measured(std::vector<OperatorCell> cells,
                                   const OperatorsOptions& options,
                                   const TrialOutcomes& outcomes) {
  auto outcome = outcomes.outcomes.begin();
  for (OperatorCell& cell : cells) {
    for (int i = 0; i < options.seeds; ++i, ++outcome) {
      const bool is_there = IsComplete(*outcome);
      const auto value = [&](const char* name) {
        return is_there ? OutcomeValue<double>((*outcome)->values, name) : kNone;
      };
      cell.relative_l2.push_back(value("relative_l2"));
      cell.relative_rms.push_back(value("relative_rms"));
    }
  }
  return cells;
}

const OperatorCell* FindCell(const std::vector<OperatorCell>& cells,
                             const std::string& task,
                             const std::string& scheme,
                             int kappa) {
  for (const OperatorCell& cell : cells) {
    if (cell.data->task == task && cell.scheme == scheme && cell.Has(kappa)) return &cell;
  }
  return nullptr;
}

}  // namespace hyperwidth
