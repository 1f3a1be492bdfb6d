// SPDX-License-Identifier: Apache-2.0
#include "experiments/report/series_look.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <limits>
#include <set>

namespace hyperwidth {
namespace {

struct Colour {
  const char* light;
  const char* dark;
};

// Okabe and Ito's colours without yellow, which can be told apart by people who are colour-blind, then a brown and a
// violet; and a lighter one for each. Those that are light themselves are made lighter all the same.
constexpr std::array<Colour, 8> kColours = {{{"#0072b2", "#4aa8e0"},
                                             {"#d55e00", "#f58a3c"},
                                             {"#009e73", "#2cc79a"},
                                             {"#cc79a7", "#e39ac2"},
                                             {"#e69f00", "#f2b93b"},
                                             {"#56b4e9", "#8fd0f5"},
                                             {"#7a4a1e", "#c99a6b"},
                                             {"#5b3fa0", "#b09bea"}}};
// Circle, square, triangle, diamond, triangle upside down, pentagon: filled, and open in the second round of colours.
constexpr std::array kFilled = {7, 5, 9, 13, 11, 15};
constexpr std::array kDashes = {2, 4, 5, 3};
constexpr std::array kLineColours = {"black", "#888888"};

SeriesLook MeasuredLook(std::size_t index) {
  const Colour& colour = kColours[index % kColours.size()];
  const bool is_open = index / kColours.size() % 2 == 1;
  // gnuplot numbers an open marker just before the filled one of its shape.
  return {.colour = colour.light, .dark = colour.dark, .marker = kFilled[index % kFilled.size()] - (is_open ? 1 : 0)};
}

SeriesLook PredictedLook(std::size_t index) {
  return {.colour = kLineColours[index / kDashes.size() % kLineColours.size()],
          .dark = "",
          .marker = 0,
          .dash = kDashes[index % kDashes.size()]};
}

// Whom nearly every figure shows has the first places, whoever else is there.
constexpr std::array kPlaced = {"hypernetwork", "embedding"};

// The place of each measured series in the order of looks; none for a prediction. Those that are not placed by their
// name have the places that are left.
std::vector<std::size_t> PlacesOf(const std::vector<Series>& series) {
  constexpr std::size_t kNone = std::numeric_limits<std::size_t>::max();
  std::vector<std::size_t> places(series.size(), kNone);
  std::set<std::size_t> taken;
  const auto is_measured = [&](std::size_t i) { return series[i].style != SeriesStyle::kLine; };
  for (std::size_t i = 0; i < series.size(); ++i) {
    const auto placed = std::find(kPlaced.begin(), kPlaced.end(), series[i].name);
    if (!is_measured(i) || placed == kPlaced.end()) continue;
    const auto place = static_cast<std::size_t>(placed - kPlaced.begin());
    if (taken.insert(place).second) places[i] = place;
  }
  std::size_t next = 0;
  for (std::size_t i = 0; i < series.size(); ++i) {
    if (!is_measured(i) || places[i] != kNone) continue;
    while (taken.count(next) > 0) ++next;
    places[i] = next++;
  }
  return places;
}

// As gnuplot draws them, by its dash type.
const char* DashArray(int dash) {
  switch (dash) {
    case 2:
      return "4.5,3";
    case 3:
      return "1.5,2.5";
    case 4:
      return "6,2.5,1.5,2.5";
    default:
      return "7,2.5,1.5,2.5,1.5,2.5";
  }
}

// The outline of a marker about the origin, by gnuplot's point type.
const char* MarkerPath(int marker) {
  switch (marker) {
    case 4:
    case 5:
      return "M-3.5,-3.5H3.5V3.5H-3.5Z";
    case 8:
    case 9:
      return "M0,-4.4L4.4,2.6H-4.4Z";
    case 10:
    case 11:
      return "M0,4.4L4.4,-2.6H-4.4Z";
    case 12:
    case 13:
      return "M0,-4.9L4.9,0L0,4.9L-4.9,0Z";
    case 14:
    case 15:
      return "M0,-4.4L4.2,-1.4L2.6,3.6H-2.6L-4.2,-1.4Z";
    default:
      return "M-3.8,0A3.8,3.8,0,1,1,3.8,0A3.8,3.8,0,1,1,-3.8,0Z";
  }
}

}  // namespace

std::vector<SeriesLook> LooksOf(const std::vector<Series>& series) {
  std::vector<SeriesLook> looks;
  const std::vector<std::size_t> places = PlacesOf(series);
  std::size_t predicted = 0;
  for (std::size_t i = 0; i < series.size(); ++i) {
    const bool is_line = series[i].style == SeriesStyle::kLine;
    looks.push_back(is_line ? PredictedLook(predicted++) : MeasuredLook(places[i]));
    looks.back().is_joined = series[i].style != SeriesStyle::kMarks;
  }
  return looks;
}

std::vector<SeriesLook> ColouredLooks() {
  std::vector<SeriesLook> looks;
  for (std::size_t i = 0; i < kColours.size(); ++i) looks.push_back(MeasuredLook(i));
  return looks;
}

std::string Swatch(const SeriesLook& look) {
  const std::string colour = look.colour == "black" ? "currentColor" : look.colour;
  std::string svg = "<svg class=\"swatch\" viewBox=\"0 0 30 12\" aria-hidden=\"true\">";
  if (look.is_joined) {
    svg += fmt::format("<path fill=\"none\" stroke=\"{}\" stroke-width=\"1.6\"{} d=\"M1,6H29\"/>",
                       colour,
                       look.is_line() ? fmt::format(" stroke-dasharray=\"{}\"", DashArray(look.dash)) : "");
  }
  if (!look.is_line()) {
    const bool is_open = look.marker % 2 == 0;
    svg += fmt::format("<path transform=\"translate(15,6)\" fill=\"{}\" stroke=\"{}\" stroke-width=\"1.2\" d=\"{}\"/>",
                       is_open ? "none" : colour,
                       colour,
                       MarkerPath(look.marker));
  }
  return svg + "</svg>";
}

}  // namespace hyperwidth
