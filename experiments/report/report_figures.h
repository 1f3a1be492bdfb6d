// SPDX-License-Identifier: Apache-2.0
//
// The figures of a result as HTML.

#ifndef HYPERWIDTH_EXPERIMENTS_REPORT_REPORT_FIGURES_H_
#define HYPERWIDTH_EXPERIMENTS_REPORT_REPORT_FIGURES_H_

#include <cstddef>
#include <string>

#include "experiments/result/result.h"

namespace hyperwidth {

// One figure for each x_name, y_name and figure of the series, in the order in which they first appear: the note's
// title, the plot, the note's caption, and a line on what is drawn. Without a title, the name of the figure stands for
// it. `index` is the result's place on the page. "" without series. Throws: as DrawSvg.
std::string FiguresHtml(const Result& result, std::size_t index);

}  // namespace hyperwidth

#endif  // HYPERWIDTH_EXPERIMENTS_REPORT_REPORT_FIGURES_H_
