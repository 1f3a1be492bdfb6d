// SPDX-License-Identifier: Apache-2.0
//
// What a report folds away: numbers, settings, how to run it again.

#ifndef HYPERWIDTH_EXPERIMENTS_REPORT_REPORT_DETAILS_H_
#define HYPERWIDTH_EXPERIMENTS_REPORT_REPORT_DETAILS_H_

#include <span>
#include <string>

#include "experiments/report/report_figures.h"
#include "experiments/result/result.h"

namespace hyperwidth {

// Tables, floors, forecast, the values of all figures, settings and provenance, each folded by itself.
std::string DetailsHtml(const Result& result, std::span<const ReportFigure> figures);

}  // namespace hyperwidth

#endif  // HYPERWIDTH_EXPERIMENTS_REPORT_REPORT_DETAILS_H_
