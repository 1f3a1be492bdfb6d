// SPDX-License-Identifier: Apache-2.0
#include "experiments/report/figure.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <stdexcept>

#include "experiments/report/axis.h"
#include "experiments/report/gnuplot.h"
#include "experiments/report/inline_svg.h"
#include "experiments/report/series_look.h"

namespace hyperwidth {
namespace {

constexpr std::size_t kMostMarkers = 24;  // on one series: more would run together

bool IsBounded(const Interval& interval) { return std::isfinite(interval.low) && std::isfinite(interval.high); }

bool HasIntervals(const Series& series) { return std::any_of(series.y_ci95.begin(), series.y_ci95.end(), IsBounded); }

Axis XAxis(const Figure& figure) {
  constexpr double kCharacterWidth = 8, kMarginWidth = 120;
  std::vector<double> values;
  AxisScale scale = AxisScale::kAutomatic;
  for (const Series& series : figure.series) {
    if (scale == AxisScale::kAutomatic) scale = series.x_scale;
    for (std::size_t i = 0; i < series.x.size(); ++i) {
      if (std::isfinite(series.y[i])) values.push_back(series.x[i]);
    }
  }
  const double characters = (figure.width - kMarginWidth) / kCharacterWidth;
  return MakeAxis(values, scale, AxisKind::kPositions, std::min(characters, kAxisCharacters));
}

Axis YAxis(const Figure& figure) {
  std::vector<double> values;
  AxisScale scale = AxisScale::kAutomatic;
  for (const Series& series : figure.series) {
    if (scale == AxisScale::kAutomatic) scale = series.y_scale;
    values.insert(values.end(), series.y.begin(), series.y.end());
    for (const Interval& interval : series.y_ci95) {
      if (!IsBounded(interval)) continue;
      // An interval that reaches zero says nothing against a logarithmic axis; its lower end is cut off there.
      if (interval.low > 0 || scale != AxisScale::kLogarithmic) values.push_back(interval.low);
      values.push_back(interval.high);
    }
  }
  return MakeAxis(values, scale, AxisKind::kQuantities);
}

bool IsVisible(const Axis& axis, double value) { return std::isfinite(value) && (!axis.logarithmic || value > 0); }

// A block of rows "x y low high"; an interval that is not drawn is [y, y].
std::string DataBlock(const std::string& name, const Series& series, const Axis& x_axis, const Axis& y_axis) {
  std::string block = name + " << END\n";
  for (std::size_t i = 0; i < series.x.size(); ++i) {
    const double y = series.y[i];
    if (!IsVisible(x_axis, series.x[i]) || !IsVisible(y_axis, y)) continue;
    Interval bar{.low = y, .high = y};
    if (!series.y_ci95.empty() && IsBounded(series.y_ci95[i])) bar = series.y_ci95[i];
    block += fmt::format("{:.17g} {:.17g} {:.17g} {:.17g}\n", series.x[i], y, std::max(bar.low, y_axis.low), bar.high);
  }
  return block + "END\n";
}

std::string AxisCommands(const char* letter, const Axis& axis, const std::string& label) {
  std::string tics;
  for (const Tic& tic : axis.tics) {
    const bool minor = tic.label.empty();
    tics +=
        fmt::format("{}{} {:.17g}{}", tics.empty() ? "" : ", ", GnuplotString(tic.label), tic.value, minor ? " 1" : "");
  }
  return fmt::format(
      "{3}set {0}range [{1:.17g}:{2:.17g}]\n"
      "set {0}tics nomirror out scale 0.6, 0.3 offset {6} ({4})\n"
      "set {0}label {5} noenhanced offset {6}\n",
      letter,
      axis.low,
      axis.high,
      axis.logarithmic ? fmt::format("set logscale {}\n", letter) : "",
      tics,
      GnuplotString(label),
      // gnuplot leaves more room below a horizontal axis than the labels need.
      letter[0] == 'x' ? "0, 0.4" : "0, 0");
}

// The series' name, cut short if it is longer than a legend can show.
std::string LegendName(const Series& series) {
  constexpr std::size_t kLongest = 50;
  std::string name = Spaced(series.name);
  if (name.size() <= kLongest) return name;
  std::size_t end = kLongest - 3;
  // Not between the bytes of one UTF-8 character.
  while (end > 0 && (static_cast<unsigned char>(name[end]) & 0xc0) == 0x80) --end;
  return name.substr(0, end) + "...";
}

std::string PlotElement(const std::string& block, const Series& series, const SeriesLook& look) {
  const std::string title = fmt::format("title {} noenhanced", GnuplotString(LegendName(series)));
  if (look.is_line()) {
    return fmt::format("{} using 1:2 with lines dashtype {} linewidth 1.3 linecolor rgb '{}' {}",
                       block,
                       look.dash,
                       look.colour,
                       title);
  }
  const bool has_intervals = HasIntervals(series);
  const char* const joined = has_intervals ? "yerrorlines" : "linespoints";
  const char* const marks = has_intervals ? "yerrorbars" : "points";
  return fmt::format(
      "{} using {} with {} pointtype {} pointsize 0.75 pointinterval {} linewidth 1.1 linecolor rgb '{}' {}",
      block,
      has_intervals ? "1:2:3:4" : "1:2",
      look.is_joined ? joined : marks,
      look.marker,
      series.x.size() > kMostMarkers ? (series.x.size() + kMostMarkers - 1) / kMostMarkers : 1,
      look.colour,
      title);
}

// How many rows of how many columns the legend needs, by a generous estimate of the width of its text.
struct LegendShape {
  int columns;
  int rows;
};

LegendShape MakeLegend(const Figure& figure) {
  constexpr int kCharacterWidth = 8, kSampleWidth = 70, kMarginWidth = 90;
  std::size_t longest = 0;
  int entries = 0;
  for (const Series& series : figure.series) {
    if (!HasFinitePoint(series)) continue;
    longest = std::max(longest, LegendName(series).size());
    ++entries;
  }
  const int entry_width = kSampleWidth + kCharacterWidth * static_cast<int>(longest);
  const int columns = std::clamp((figure.width - kMarginWidth) / entry_width, 1, std::max(entries, 1));
  return {.columns = columns, .rows = (entries + columns - 1) / columns};
}

std::string Script(const Figure& figure) {
  constexpr int kLegendRowHeight = 18;
  const LegendShape legend = MakeLegend(figure);
  const Axis x_axis = XAxis(figure), y_axis = YAxis(figure);
  std::string script = fmt::format(
      "set encoding utf8\n"
      "set terminal svg size {},{} dynamic enhanced font 'sans-serif,14' linewidth 1.4 name 'plot'\n"
      "set border 3 linewidth 0.7\n"
      "set bars 0.6\n"
      "set grid ytics linetype 1 linecolor rgb '#888888' linewidth 0.3\n"
      "{}\n",
      figure.width,
      figure.height + (figure.has_legend ? kLegendRowHeight * legend.rows : 0),
      figure.has_legend
          ? fmt::format("set key tmargin left horizontal maxcols {} Left reverse noenhanced samplen 2.5 font ',12'",
                        legend.columns)
          : "unset key");
  if (!figure.title.empty()) script += "set title " + GnuplotString(figure.title) + " noenhanced\n";
  script += AxisCommands("x", x_axis, figure.x_label.empty() ? Spaced(figure.series[0].x_name) : figure.x_label);
  script += AxisCommands("y", y_axis, figure.y_label.empty() ? Spaced(figure.series[0].y_name) : figure.y_label);
  std::string plot;
  const std::vector<SeriesLook> looks = LooksOf(figure.series);
  for (std::size_t i = 0; i < figure.series.size(); ++i) {
    const Series& series = figure.series[i];
    if (!HasFinitePoint(series)) continue;
    const std::string block = fmt::format("$series{}", i);
    script += DataBlock(block, series, x_axis, y_axis);
    plot += (plot.empty() ? "plot " : ", ") + PlotElement(block, series, looks[i]);
  }
  return script + plot + "\n";
}

void Validate(const Figure& figure) {
  for (const Series& series : figure.series) {
    if (series.y.size() != series.x.size() || (!series.y_ci95.empty() && series.y_ci95.size() != series.x.size())) {
      throw std::invalid_argument("figure: series '" + series.name + "' has vectors of different lengths");
    }
  }
  if (std::none_of(figure.series.begin(), figure.series.end(), HasFinitePoint)) {
    throw std::invalid_argument("figure '" + figure.id + "': there is no finite point to draw");
  }
}

// A word of a name as it is called.
std::string WrittenOut(const std::string& word) {
  if (word == "l2") return "L2";
  if (word == "dim") return "dimension";
  return word;
}

}  // namespace

std::string DrawSvg(const Figure& figure) {
  Validate(figure);
  std::string label = figure.title;
  if (label.empty()) label = Spaced(figure.series[0].y_name) + " against " + Spaced(figure.series[0].x_name);
  return InlineSvg(RunGnuplot(Script(figure)), figure.id, label);
}

bool HasFinitePoint(const Series& series) {
  for (std::size_t i = 0; i < std::min(series.x.size(), series.y.size()); ++i) {
    if (std::isfinite(series.x[i]) && std::isfinite(series.y[i])) return true;
  }
  return false;
}

std::string Spaced(std::string name) {
  std::replace(name.begin(), name.end(), '_', ' ');
  std::string text, word;
  for (const char c : name + ' ') {
    if (c != ' ') {
      word += c;
      continue;
    }
    text += WrittenOut(word) + ' ';
    word.clear();
  }
  text.pop_back();
  return text;
}

}  // namespace hyperwidth
