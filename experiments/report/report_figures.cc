// SPDX-License-Identifier: Apache-2.0
#include "experiments/report/report_figures.h"

#include <fmt/format.h>

#include <algorithm>
#include <cctype>
#include <cmath>
#include <vector>

#include "experiments/report/figure.h"
#include "experiments/report/inline_svg.h"
#include "experiments/report/report_parts.h"

namespace hyperwidth {
namespace {

// Series that share a figure, and what to say with it: the note's names are those of the series.
struct Group {
  FigureNote note;
  std::vector<Series> series = {};
};

bool IsOf(const FigureNote& note, const Series& series) {
  return note.x_name == series.x_name && note.y_name == series.y_name && note.figure == series.figure;
}

FigureNote NoteTo(const Series& series, const std::vector<FigureNote>& notes) {
  const auto note = std::find_if(notes.begin(), notes.end(), [&](const FigureNote& n) { return IsOf(n, series); });
  if (note != notes.end()) return *note;
  return {.x_name = series.x_name, .y_name = series.y_name, .figure = series.figure};
}

std::vector<Group> Groups(const Result& result) {
  std::vector<Group> groups;
  for (const Series& series : result.series) {
    auto group = std::find_if(groups.begin(), groups.end(), [&](const Group& g) { return IsOf(g.note, series); });
    if (group == groups.end()) group = groups.insert(groups.end(), {.note = NoteTo(series, result.figures)});
    group->series.push_back(series);
  }
  return groups;
}

std::string Capitalised(std::string text) {
  if (!text.empty()) text[0] = static_cast<char>(std::toupper(static_cast<unsigned char>(text[0])));
  return text;
}

std::string TitleHtml(const FigureNote& note) {
  const std::string title = note.title.empty() ? Capitalised(Spaced(note.figure)) : note.title;
  return title.empty() ? "" : "<h3>" + Escaped(title) + "</h3>\n";
}

// What is drawn, in general words.
std::string Legend(const Group& group) {
  std::string legend = Capitalised(Spaced(group.note.y_name)) + " against " + Spaced(group.note.x_name);
  const auto any = [&](auto predicate) { return std::any_of(group.series.begin(), group.series.end(), predicate); };
  if (std::none_of(group.series.begin(), group.series.end(), HasFinitePoint)) {
    return legend + ": there is no finite value to draw.";
  }
  legend += ".";
  if (any([](const Series& s) { return !s.y_ci95.empty(); })) legend += " Bars are 95 % confidence intervals.";
  if (any([](const Series& s) { return s.style == SeriesStyle::kLine; })) legend += " Dashed lines are predictions.";
  if (any([](const Series& s) {
        return std::any_of(s.y.begin(), s.y.end(), [](double y) { return !std::isfinite(y); });
      })) {
    legend += " Values that are not finite are left out.";
  }
  return legend;
}

std::string FigureHtml(const Group& group, const std::string& id) {
  const bool can_be_drawn = std::any_of(group.series.begin(), group.series.end(), HasFinitePoint);
  return fmt::format("<{0}>{1}{2}<{3}>{4}<p class=\"note\">{5}</p></{3}></{0}>\n",
                     can_be_drawn ? "figure" : "div",
                     TitleHtml(group.note),
                     can_be_drawn ? DrawSvg({.id = id, .series = group.series}) : "",
                     can_be_drawn ? "figcaption" : "div",
                     Paragraphs(group.note.caption),
                     Escaped(Legend(group)));
}

}  // namespace

std::string FiguresHtml(const Result& result, std::size_t index) {
  const std::vector<Group> groups = Groups(result);
  if (groups.empty()) return "";
  std::string html = "<div class=\"figures\">\n";
  for (std::size_t i = 0; i < groups.size(); ++i) {
    html += FigureHtml(groups[i], fmt::format("figure-{}-{}", index + 1, i + 1));
  }
  return html + "</div>\n";
}

}  // namespace hyperwidth
