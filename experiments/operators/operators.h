// SPDX-License-Identifier: Apache-2.0
//
// Does the published gap between DeepONet and hypernetwork survive equal bottlenecks? Schemes of equal size against
// kappa, the scalars through which a condition acts, with the barrier of linear decoders.

#ifndef HYPERWIDTH_EXPERIMENTS_OPERATORS_OPERATORS_H_
#define HYPERWIDTH_EXPERIMENTS_OPERATORS_OPERATORS_H_

#include <vector>

#include "experiments/operators/operator_cells.h"
#include "experiments/operators/operators_options.h"
#include "experiments/result/result.h"
#include "training/run/run_folder.h"

namespace hyperwidth {

// Verdicts, series and floors from cells that have been measured, in whole or in part.
Result SummariseOperators(const OperatorsOptions& options, const std::vector<OperatorCell>& cells);

// Runs the trainings of the cells that the folder's journal does not hold yet; writes config.json, trials.jsonl and
// metrics.csv, and prints ErrorTable. A training whose loss stops being a number has failed, and counts in nothing.
// Throws: as RunTrialsInFolder.
Result RunOperators(const OperatorsOptions& options, const std::vector<OperatorCell>& cells, const RunFolder& folder);

// The same of OperatorCells(options), as which it also throws.
Result RunOperators(const OperatorsOptions& options, const RunFolder& folder);

}  // namespace hyperwidth

#endif  // HYPERWIDTH_EXPERIMENTS_OPERATORS_OPERATORS_H_
