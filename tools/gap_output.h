// SPDX-License-Identifier: Apache-2.0
//
// How `hyperwidth gap` shows its answer: a table for people, JSON for programs, a figure.

#ifndef HYPERWIDTH_TOOLS_GAP_OUTPUT_H_
#define HYPERWIDTH_TOOLS_GAP_OUTPUT_H_

#include <string>
#include <vector>

#include "theory/gap_series.h"
#include "theory/problem.h"

namespace hyperwidth {

// `series` as GapOverEpsilon(problem, ...) gives it, not empty.
std::string GapTable(const Problem& problem, const std::vector<GapPoint>& series);
std::string GapSeriesJson(const Problem& problem, const std::vector<GapPoint>& series);

// A gnuplot script that draws both sizes and k* against epsilon as SVG on its standard output.
std::string GapFigureScript(const Problem& problem, const std::vector<GapPoint>& series);

}  // namespace hyperwidth

#endif  // HYPERWIDTH_TOOLS_GAP_OUTPUT_H_
