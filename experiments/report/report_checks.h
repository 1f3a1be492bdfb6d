// SPDX-License-Identifier: Apache-2.0
//
// The checks of a result as HTML.

#ifndef HYPERWIDTH_EXPERIMENTS_REPORT_REPORT_CHECKS_H_
#define HYPERWIDTH_EXPERIMENTS_REPORT_REPORT_CHECKS_H_

#include <cstddef>
#include <string>

#include "experiments/result/result.h"

namespace hyperwidth {

// One table: a row for each check, those of one claim together below it, each with its case; the reason and the id are
// folded into the row. `index` is the result's place on the page. "" without checks.
std::string ChecksHtml(const Result& result, std::size_t index);

}  // namespace hyperwidth

#endif  // HYPERWIDTH_EXPERIMENTS_REPORT_REPORT_CHECKS_H_
