// SPDX-License-Identifier: Apache-2.0
//
// How the series of a figure are told apart: by colour, marker and dash pattern.

#ifndef HYPERWIDTH_EXPERIMENTS_REPORT_SERIES_LOOK_H_
#define HYPERWIDTH_EXPERIMENTS_REPORT_SERIES_LOOK_H_

#include <cstddef>
#include <string>
#include <vector>

#include "experiments/result/result.h"

namespace hyperwidth {

// Of measured series a colour and a marker; of predictions a dash pattern and no colour, which would seem to say which
// measured series they belong to.
struct SeriesLook {
  std::string colour;     // "#rrggbb", or "black" for the colour of the text
  std::string dark;       // instead of it on a dark page; empty for a colour that does for both
  int marker = 0;         // gnuplot's point type; 0 for a prediction
  int dash = 0;           // gnuplot's dash type; 0 for a measured series
  bool is_joined = true;  // whether a line joins the markers
  bool is_line() const { return dash != 0; }
};

// The looks of a figure's series, in their order. A hypernetwork and an embedding look the same in every figure. No two
// measured ones are alike among 24, no two predictions among 8.
std::vector<SeriesLook> LooksOf(const std::vector<Series>& series);

// All looks that have a colour of their own on a dark page.
std::vector<SeriesLook> ColouredLooks();

// A small <svg> of the line and marker, for a legend.
std::string Swatch(const SeriesLook& look);

}  // namespace hyperwidth

#endif  // HYPERWIDTH_EXPERIMENTS_REPORT_SERIES_LOOK_H_
