// SPDX-License-Identifier: Apache-2.0
//
// The figures of a result as HTML.

#ifndef HYPERWIDTH_EXPERIMENTS_REPORT_REPORT_FIGURES_H_
#define HYPERWIDTH_EXPERIMENTS_REPORT_REPORT_FIGURES_H_

#include <cstddef>
#include <span>
#include <string>
#include <vector>

#include "experiments/result/result.h"

namespace hyperwidth {

// Series that share a figure, and what to say with it.
struct ReportFigure {
  FigureNote note = {};  // its names are those of the series
  std::vector<Series> series = {};
  std::string id = {};
  std::size_t number = 0;  // on the page; 0 if there is no finite value to draw
};

// One figure for each x_name, y_name and figure of the series, in the order in which they first appear, but details
// last: those whose note says so, and those without a note where others have one. Numbers begin with `first_number`.
// `index` is the result's place on the page.
std::vector<ReportFigure> FiguresOf(const Result& result, std::size_t index, std::size_t first_number);

// Those that are details, or those that are not.
std::vector<ReportFigure> Selected(const std::vector<ReportFigure>& figures, bool details);

// For each the note's title, a legend, the plot, and a caption: its number, the note's caption (or, if that begins with
// a long one of an earlier figure, where to read it and what it adds), and a line on what is drawn. Without a title,
// the name of the figure stands for it. Neighbours with the same series have one legend above them. "" without figures.
// Throws: as DrawSvg.
std::string FiguresHtml(std::span<const ReportFigure> figures);

// Which series is which, as a list; is_shared: for a row of figures. Series without a finite point are not in it.
std::string LegendHtml(const ReportFigure& figure, bool is_shared);

// The figure alone, without a legend, its text the larger the smaller the width. Throws: as DrawSvg.
std::string SketchSvg(const ReportFigure& figure, int width);

// "Figure 2", "Figures 2 and 3", "Figures 2 to 5" as a link to the first; "" if none of them can be drawn.
std::string FigureReference(std::span<const ReportFigure> figures);

}  // namespace hyperwidth

#endif  // HYPERWIDTH_EXPERIMENTS_REPORT_REPORT_FIGURES_H_
