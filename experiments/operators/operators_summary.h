// SPDX-License-Identifier: Apache-2.0
#ifndef HYPERWIDTH_EXPERIMENTS_OPERATORS_OPERATORS_SUMMARY_H_
#define HYPERWIDTH_EXPERIMENTS_OPERATORS_OPERATORS_SUMMARY_H_

#include <string>
#include <vector>

#include "experiments/operators/operator_cells.h"

namespace hyperwidth {

// Mean relative L2 errors: for each operator a line for each kappa that a scheme has, a column for each scheme, and
// what is proved of linear decoders beside them, which is a root mean square. For the terminal; ends in a newline.
std::string ErrorTable(const std::vector<OperatorCell>& cells, const OperatorsOptions& options);

}  // namespace hyperwidth

#endif  // HYPERWIDTH_EXPERIMENTS_OPERATORS_OPERATORS_SUMMARY_H_
