// SPDX-License-Identifier: Apache-2.0
//
// What is trained: every operator, scheme and bottleneck, and what came of its trainings.

#ifndef HYPERWIDTH_EXPERIMENTS_OPERATORS_OPERATOR_CELLS_H_
#define HYPERWIDTH_EXPERIMENTS_OPERATORS_OPERATOR_CELLS_H_

#include <memory>
#include <string>
#include <vector>

#include "experiments/operators/operator_data.h"
#include "experiments/operators/operators_options.h"
#include "experiments/result/estimate.h"
#include "training/sized_scheme/sized_scheme.h"
#include "training/trials/trial.h"
#include "training/trials/trial_outcome.h"

namespace hyperwidth {

// A scheme at a bottleneck, for one operator.
struct OperatorCell {
  std::shared_ptr<const OperatorData> data;
  std::string scheme;
  std::vector<int> requested = {};  // of options.kappas: a scheme that cannot have one shares the cell of a smaller one
  SizedScheme sized;                // cost.kappa is what it has
  // By seed; not a number where the training failed or has not finished.
  std::vector<double> relative_l2 = {}, relative_rms = {};

  Index kappa() const { return sized.cost.kappa; }
  bool Has(int kappa) const;
};

// In the order of the options: operators, in each the schemes, in each kappa rising. Throws: as LoadOperator and
// SizedOperator.
std::vector<OperatorCell> OperatorCells(const OperatorsOptions& options);

// One for each cell and seed, in this order, with the values task, scheme, kappa and seed.
std::vector<Trial> OperatorTrials(const std::vector<OperatorCell>& cells, const OperatorsOptions& options);

// The cells with what the trials that are there have measured.
std::vector<OperatorCell> Measured(std::vector<OperatorCell> cells,
                                   const OperatorsOptions& options,
                                   const TrialOutcomes& outcomes);

// Of the operator, the scheme's cell for a kappa of the options; null if there is none.
const OperatorCell* FindCell(const std::vector<OperatorCell>& cells,
                             const std::string& task,
                             const std::string& scheme,
                             int kappa);

}  // namespace hyperwidth

#endif  // HYPERWIDTH_EXPERIMENTS_OPERATORS_OPERATOR_CELLS_H_
