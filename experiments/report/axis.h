// SPDX-License-Identifier: Apache-2.0
//
// The range of an axis and where its marks go.

#ifndef HYPERWIDTH_EXPERIMENTS_REPORT_AXIS_H_
#define HYPERWIDTH_EXPERIMENTS_REPORT_AXIS_H_

#include <span>
#include <string>
#include <vector>

#include "experiments/result/result.h"

namespace hyperwidth {

struct Tic {
  double value = 0;
  std::string label = {};  // in gnuplot's notation, 10^{3} for a power; empty for a minor mark
};

struct Axis {
  bool logarithmic = false;
  double low = 0;
  double high = 1;  // low < high; the values lie between with some room on either side
  std::vector<Tic> tics = {};
};

// Which values an axis is for: positions where something was measured, marked one by one if they are few, or
// quantities, marked by round numbers and shown from zero when zero is not far.
enum class AxisKind { kPositions, kQuantities };

// How many characters of labels, side by side, are as long as the axis of a narrow figure.
inline constexpr double kAxisCharacters = 36;

// An axis on which all finite values are visible; on a logarithmic one the positive values. A logarithmic axis without
// positive values becomes linear. Labels of positions, which stand side by side, do not touch on an axis that is as
// long as so many characters; powers of ten go first. Throws: std::invalid_argument if no value is finite.
Axis MakeAxis(std::span<const double> values, AxisScale scale, AxisKind kind, double characters = kAxisCharacters);

}  // namespace hyperwidth

#endif  // HYPERWIDTH_EXPERIMENTS_REPORT_AXIS_H_
