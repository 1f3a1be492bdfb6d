// SPDX-License-Identifier: Apache-2.0
//
// Figures: series of measurements drawn by gnuplot as SVG.

#ifndef HYPERWIDTH_EXPERIMENTS_REPORT_FIGURE_H_
#define HYPERWIDTH_EXPERIMENTS_REPORT_FIGURE_H_

#include <string>
#include <vector>

#include "experiments/result/result.h"

namespace hyperwidth {

// Series that share their axes. Measured series are drawn as points with their 95 % intervals, joined by a line; a
// series of style kLine, such as a predicted slope, as a dashed line without a colour. The colours can be told apart by
// people who are colour-blind, and every series has a marker or a dash pattern of its own as well, see series_look.h.
// The legend, if it is wanted, stands above the plot; names of more than 50 characters are cut short in it.
struct Figure {
  std::string id;                   // letters, digits, '-' and '_'; different for each figure of a page
  std::string title = {};           // drawn above the plot unless empty
  std::string x_label = {};         // the series' x_name, with blanks for underscores, if empty
  std::string y_label = {};         // likewise
  std::vector<Series> series = {};  // at least one finite point in all
  int width = 500;                  // of the view box; the figure scales to the space it is given
  int height = 340;                 // without the legend, which adds a line for each row of it
  bool has_legend = true;           // else whoever shows the figure says which series is which
};

// The figure as one <svg> element, ready for an HTML page or a file. The same figure gives the same text.
// A point that is not finite, or not positive on a logarithmic axis, is left out; so is an interval that is unbounded.
// Throws: std::invalid_argument if there is nothing to draw, sizes do not match or the id is not usable;
// std::runtime_error if gnuplot is missing or fails.
std::string DrawSvg(const Figure& figure);

// Whether the series has a point that can be drawn.
bool HasFinitePoint(const Series& series);

// "test error" from "test_error", "relative L2 error" from "relative_l2_error", "embedding dimension" from
// "embedding_dim".
std::string Spaced(std::string name);

}  // namespace hyperwidth

#endif  // HYPERWIDTH_EXPERIMENTS_REPORT_FIGURE_H_
