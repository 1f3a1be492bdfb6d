// SPDX-License-Identifier: Apache-2.0
#include "experiments/report/report_figures.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <iterator>

#include "experiments/report/figure.h"
#include "experiments/report/inline_svg.h"
#include "experiments/report/report_parts.h"
#include "experiments/report/series_look.h"
#include "experiments/result/format.h"

namespace hyperwidth {
namespace {

bool IsOf(const FigureNote& note, const Series& series) {
  return note.x_name == series.x_name && note.y_name == series.y_name && note.figure == series.figure;
}

FigureNote NoteTo(const Series& series, const std::vector<FigureNote>& notes) {
  const auto note = std::find_if(notes.begin(), notes.end(), [&](const FigureNote& n) { return IsOf(n, series); });
  if (note != notes.end()) return *note;
  return {.x_name = series.x_name, .y_name = series.y_name, .figure = series.figure, .is_detail = !notes.empty()};
}

bool CanBeDrawn(const ReportFigure& figure) {
  return std::any_of(figure.series.begin(), figure.series.end(), HasFinitePoint);
}

std::string TitleHtml(const FigureNote& note) {
  const std::string title = note.title.empty() ? Capitalised(Spaced(note.figure)) : note.title;
  return title.empty() ? "" : "<h4>" + Escaped(title) + "</h4>\n";
}

// What is drawn, in general words.
std::string WhatIsDrawn(const ReportFigure& figure) {
  std::string text = Capitalised(Spaced(figure.note.y_name)) + " against " + Spaced(figure.note.x_name);
  const auto any = [&](auto predicate) { return std::any_of(figure.series.begin(), figure.series.end(), predicate); };
  if (!CanBeDrawn(figure)) return text + ": there is no finite value to draw.";
  text += ".";
  if (any([](const Series& s) { return !s.y_ci95.empty(); })) text += " Bars are 95 % confidence intervals.";
  if (any([](const Series& s) { return s.style == SeriesStyle::kLine; }))
    text += " Dashed lines are predictions or references.";
  if (any([](const Series& s) {
        return std::any_of(s.y.begin(), s.y.end(), [](double y) { return !std::isfinite(y); });
      })) {
    text += " Values that are not finite are left out.";
  }
  return text;
}

// A shorter caption is read faster than a reference to it.
constexpr std::size_t kShortCaption = 80;

// Whether the caption says what that of the earlier figure says, and perhaps more.
bool Repeats(const std::string& caption, const ReportFigure& earlier) {
  const std::string& said = earlier.note.caption;
  if (earlier.number == 0 || said.size() < kShortCaption || !caption.starts_with(said)) return false;
  return caption.size() == said.size() || caption[said.size()] == ' ' || caption[said.size()] == '\n';
}

// The caption of one of the figures; what an earlier one has said is referred to.
std::string CaptionHtml(std::span<const ReportFigure> figures, std::size_t which) {
  const std::string& caption = figures[which].note.caption;
  const std::span<const ReportFigure> before = figures.first(which);
  const auto earlier =
      std::find_if(before.begin(), before.end(), [&](const ReportFigure& figure) { return Repeats(caption, figure); });
  if (earlier == before.end()) return Paragraphs(caption);
  // The rest begins with what separates it, or is empty.
  std::string html = Paragraphs("As in:" + caption.substr(earlier->note.caption.size()));
  return html.replace(html.find("As in:"), 6, "As in " + FigureReference({&*earlier, 1}) + ".");
}

std::string FigureHtml(const ReportFigure& figure, const std::string& caption, bool has_legend) {
  const std::string title = TitleHtml(figure.note);
  const std::string what = "<p class=\"note\">" + Escaped(WhatIsDrawn(figure)) + "</p>";
  if (figure.number == 0) return "<div>" + title + caption + what + "</div>\n";
  const std::string number = fmt::format("<b>Figure {}.</b> ", figure.number);
  std::string text = caption + what;
  text.insert(text.find('>') + 1, number);
  return "<figure>" + title + (has_legend ? LegendHtml(figure, /*is_shared=*/false) : "") +
         DrawSvg({.id = figure.id, .series = figure.series, .has_legend = false}) + "<figcaption>" + text +
         "</figcaption></figure>\n";
}

bool HaveSameLegend(const ReportFigure& a, const ReportFigure& b) {
  return a.number != 0 && b.number != 0 && LegendHtml(a, true) == LegendHtml(b, true);
}

}  // namespace

std::vector<ReportFigure> FiguresOf(const Result& result, std::size_t index, std::size_t first_number) {
  std::vector<ReportFigure> figures;
  for (const Series& series : result.series) {
    auto figure =
        std::find_if(figures.begin(), figures.end(), [&](const ReportFigure& f) { return IsOf(f.note, series); });
    if (figure == figures.end()) figure = figures.insert(figures.end(), {.note = NoteTo(series, result.figures)});
    figure->series.push_back(series);
  }
  std::stable_partition(figures.begin(), figures.end(), [](const ReportFigure& f) { return !f.note.is_detail; });
  for (std::size_t i = 0; i < figures.size(); ++i) {
    figures[i].id = fmt::format("figure-{}-{}", index + 1, i + 1);
    if (CanBeDrawn(figures[i])) figures[i].number = first_number++;
  }
  return figures;
}

std::vector<ReportFigure> Selected(const std::vector<ReportFigure>& figures, bool details) {
  std::vector<ReportFigure> selected;
  std::copy_if(figures.begin(), figures.end(), std::back_inserter(selected), [&](const ReportFigure& figure) {
    return figure.note.is_detail == details;
  });
  return selected;
}

std::string FiguresHtml(std::span<const ReportFigure> figures) {
  std::string html;
  bool is_open = false;  // a grid to which more figures can be added
  for (std::size_t i = 0; i < figures.size();) {
    std::size_t end = i + 1;
    while (end < figures.size() && HaveSameLegend(figures[i], figures[end])) ++end;
    const bool is_shared = end - i > 1;
    if (is_open && is_shared) html += "</div>\n";
    if (!is_open || is_shared) html += "<div class=\"figures\">\n";
    if (is_shared) html += LegendHtml(figures[i], /*is_shared=*/true);
    for (; i < end; ++i) html += FigureHtml(figures[i], CaptionHtml(figures, i), !is_shared);
    if (is_shared) html += "</div>\n";
    is_open = !is_shared;
  }
  return is_open ? html + "</div>\n" : html;
}

std::string LegendHtml(const ReportFigure& figure, bool is_shared) {
  const std::vector<SeriesLook> looks = LooksOf(figure.series);
  std::string html = is_shared ? "<ul class=\"legend shared\">" : "<ul class=\"legend\">";
  for (std::size_t i = 0; i < figure.series.size(); ++i) {
    if (!HasFinitePoint(figure.series[i])) continue;
    html += "<li>" + Swatch(looks[i]) + " " + Escaped(Spaced(figure.series[i].name)) + "</li>";
  }
  return html + "</ul>\n";
}

std::string SketchSvg(const ReportFigure& figure, int width) {
  return DrawSvg({.id = figure.id + "-sketch",
                  .series = figure.series,
                  .width = width,
                  .height = width * 2 / 3,
                  .has_legend = false});
}

std::string FigureReference(std::span<const ReportFigure> figures) {
  std::vector<const ReportFigure*> drawn;
  for (const ReportFigure& figure : figures) {
    if (figure.number != 0) drawn.push_back(&figure);
  }
  if (drawn.empty()) return "";
  const std::size_t first = drawn.front()->number, last = drawn.back()->number;
  const std::string text = first == last       ? fmt::format("Figure {}", first)
                           : first + 1 == last ? fmt::format("Figures {} and {}", first, last)
                                               : fmt::format("Figures {} to {}", first, last);
  return fmt::format("<a href=\"#{}\">{}</a>", drawn.front()->id, text);
}

}  // namespace hyperwidth
