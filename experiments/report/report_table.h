// SPDX-License-Identifier: Apache-2.0
#ifndef HYPERWIDTH_EXPERIMENTS_REPORT_REPORT_TABLE_H_
#define HYPERWIDTH_EXPERIMENTS_REPORT_REPORT_TABLE_H_

#include <string>
#include <vector>

#include "experiments/result/result.h"

namespace hyperwidth {

// Lists of one length as the columns of a table under their names; "" if there are none.
std::string ColumnsHtml(const Fields& columns);

// The tables with their titles and captions, each folded away.
std::string TablesHtml(const std::vector<ResultTable>& tables);

}  // namespace hyperwidth

#endif  // HYPERWIDTH_EXPERIMENTS_REPORT_REPORT_TABLE_H_
