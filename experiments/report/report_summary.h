// SPDX-License-Identifier: Apache-2.0
#ifndef HYPERWIDTH_EXPERIMENTS_REPORT_REPORT_SUMMARY_H_
#define HYPERWIDTH_EXPERIMENTS_REPORT_REPORT_SUMMARY_H_

#include <cstddef>
#include <string>
#include <vector>

#include "experiments/report/report_figures.h"
#include "experiments/result/result.h"

namespace hyperwidth {

// A result at a glance: its question with a link to its section, the advice, the check that answers the question with
// its number and interval, a contradiction if there is another one, how many verdicts of each kind there are, and the
// first of `figures`, small, or with a legend if the card is the only one. Throws: as DrawSvg.
std::string SummaryCard(
    const Result& result, const std::vector<ReportFigure>& figures, std::size_t index, bool has_title, bool is_alone);

}  // namespace hyperwidth

#endif  // HYPERWIDTH_EXPERIMENTS_REPORT_REPORT_SUMMARY_H_
