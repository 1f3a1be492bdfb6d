// SPDX-License-Identifier: Apache-2.0
#include "experiments/report/report_values.h"

#include <fmt/format.h>

#include <compare>
#include <cstddef>
#include <map>
#include <set>
#include <vector>

#include "experiments/report/figure.h"
#include "experiments/report/inline_svg.h"
#include "experiments/report/report_parts.h"
#include "experiments/result/format.h"

namespace hyperwidth {
namespace {

constexpr std::size_t kWidestTable = 9;      // columns; a single series may have more
constexpr std::size_t kLongestPrinted = 40;  // rows
constexpr const char* kLong = " class=\"long\"";

// A row of a table: an x, and which of several a series has there. In a total order, also where x is no number.
struct Row {
  double x;
  std::size_t repetition;

  std::weak_ordering operator<=>(const Row& other) const {
    const std::weak_ordering by_x = std::strong_order(x, other.x);
    return by_x != 0 ? by_x : repetition <=> other.repetition;
  }
};

// Where in a series each row is.
using Places = std::map<Row, std::size_t>;

Places PlacesOf(const Series& series) {
  Places places;
  for (std::size_t i = 0; i < series.x.size(); ++i) {
    const double x = series.x[i] + 0.0;  // -0 is 0
    std::size_t repetition = 0;
    while (!places.emplace(Row{x, repetition}, i).second) ++repetition;
  }
  return places;
}

std::size_t ColumnsOf(const Series& series) { return 1 + (series.y_ci95.empty() ? 0 : 1) + series.columns.size(); }

// What a series has at a place, a cell for each of its columns.
std::string CellsHtml(const Series& series, std::size_t place) {
  std::string html = "<td>" + FormatNumber(series.y[place]) + "</td>";
  if (!series.y_ci95.empty()) html += "<td>" + FormatInterval(series.y_ci95[place]) + "</td>";
  for (const Column& column : series.columns) html += "<td>" + FormatNumber(column.values[place]) + "</td>";
  return html;
}

// The names of the series, and below them those of their columns.
std::string HeadHtml(std::span<const Series> series) {
  std::string names = fmt::format("<tr><th rowspan=\"2\">{}</th>", Escaped(Spaced(series.front().x_name)));
  std::string columns = "<tr>";
  for (const Series& each : series) {
    names += fmt::format("<th scope=\"colgroup\" colspan=\"{}\">{}</th>", ColumnsOf(each), Escaped(Spaced(each.name)));
    columns += "<th>" + Escaped(Spaced(each.y_name)) + "</th>";
    if (!each.y_ci95.empty()) columns += "<th>95 % interval</th>";
    for (const Column& column : each.columns) columns += "<th>" + Escaped(Spaced(column.name)) + "</th>";
  }
  return "<thead>" + names + "</tr>\n" + columns + "</tr></thead>\n";
}

std::string TableHtml(const std::string& caption, std::span<const Series> series) {
  std::vector<Places> places;
  std::set<Row> rows;
  for (const Series& each : series) {
    places.push_back(PlacesOf(each));
    for (const auto& [row, place] : places.back()) rows.insert(row);
  }
  const bool is_long = rows.size() > kLongestPrinted;
  std::string html = fmt::format("<div class=\"scroll\"><table{}><caption>{}</caption>{}<tbody>\n",
                                 is_long ? kLong : "",
                                 Escaped(caption),
                                 HeadHtml(series));
  for (const Row& row : rows) {
    html += "<tr><td>" + FormatNumber(row.x) + "</td>";
    for (std::size_t i = 0; i < series.size(); ++i) {
      const auto place = places[i].find(row);
      html += place != places[i].end() ? CellsHtml(series[i], place->second)
                                       : fmt::format("<td colspan=\"{}\"></td>", ColumnsOf(series[i]));
    }
    html += "</tr>\n";
  }
  return html + "</tbody></table></div>\n";
}

std::string CaptionOf(const ReportFigure& figure) {
  const std::string what = figure.note.title.empty() ? Spaced(figure.note.figure) : figure.note.title;
  const std::string number = figure.number == 0 ? "Without a figure" : fmt::format("Figure {}", figure.number);
  return what.empty() ? number : number + ": " + what;
}

// As many series to a table as fit.
std::string TablesHtml(const ReportFigure& figure) {
  std::string html;
  const std::span<const Series> series = figure.series;
  for (std::size_t begin = 0; begin < series.size();) {
    std::size_t end = begin + 1, columns = 1 + ColumnsOf(series[begin]);
    while (end < series.size() && columns + ColumnsOf(series[end]) <= kWidestTable) columns += ColumnsOf(series[end++]);
    html += TableHtml(CaptionOf(figure), series.subspan(begin, end - begin));
    begin = end;
  }
  return html;
}

}  // namespace

std::string ValuesHtml(std::span<const ReportFigure> figures) {
  std::string html;
  for (const ReportFigure& figure : figures) html += TablesHtml(figure);
  if (html.empty()) return "";
  std::string note;
  if (html.find(kLong) != std::string::npos) {
    note = fmt::format(
        "<p class=\"note paper\">Tables of more than {} rows are not printed: they are on the page on a screen, and in "
        "result.json.</p>\n",
        kLongestPrinted);
  }
  return Folded("Values", note + "<div class=\"values\">\n" + html + "</div>\n");
}

}  // namespace hyperwidth
