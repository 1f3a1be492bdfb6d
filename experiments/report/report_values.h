// SPDX-License-Identifier: Apache-2.0
//
// The numbers behind the figures.

#ifndef HYPERWIDTH_EXPERIMENTS_REPORT_REPORT_VALUES_H_
#define HYPERWIDTH_EXPERIMENTS_REPORT_REPORT_VALUES_H_

#include <span>
#include <string>

#include "experiments/report/report_figures.h"

namespace hyperwidth {

// A table for each figure: a row for each x, and beside it what every series has there, y with its interval and the
// further columns; nothing where a series has no such x, rows of its own where it has one x several times. Figures of
// many series have several tables, each narrow enough for paper, and long ones are not printed. "" without figures.
std::string ValuesHtml(std::span<const ReportFigure> figures);

}  // namespace hyperwidth

#endif  // HYPERWIDTH_EXPERIMENTS_REPORT_REPORT_VALUES_H_
