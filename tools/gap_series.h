// SPDX-License-Identifier: Apache-2.0
//
// The certified modularity gap over a range of epsilon, and how it is shown.

#ifndef HYPERWIDTH_TOOLS_GAP_SERIES_H_
#define HYPERWIDTH_TOOLS_GAP_SERIES_H_

#include <string>
#include <vector>

#include "theory/gap.h"
#include "theory/problem.h"

namespace hyperwidth {

struct GapPoint {
  double epsilon = 0;
  ModularityGap gap;
};

// From `from_epsilon` down to problem.epsilon, evenly in the logarithm; the last point is exactly problem.epsilon.
// Throws: std::domain_error unless problem.epsilon <= from_epsilon < 1 and 1 <= points <= 1000.
std::vector<GapPoint> GapOverEpsilon(const Problem& problem, double from_epsilon, int points);

std::string GapTable(const Problem& problem, const std::vector<GapPoint>& series);
std::string GapSeriesJson(const Problem& problem, const std::vector<GapPoint>& series);

// A gnuplot script that draws both sizes and k* against epsilon as SVG on its standard output.
std::string GapFigureScript(const Problem& problem, const std::vector<GapPoint>& series);

}  // namespace hyperwidth

#endif  // HYPERWIDTH_TOOLS_GAP_SERIES_H_
