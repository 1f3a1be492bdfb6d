// SPDX-License-Identifier: Apache-2.0
#include "training/conditioned_data/data_summary.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <limits>
#include <span>

#include "training/conditioned_data/common_grid.h"

namespace hyperwidth {
namespace {

constexpr std::size_t kMostNames = 5;    // columns that a warning names
constexpr std::size_t kMostColumns = 4;  // that are shown one by one

// `row_size` is not the array's own for y on a grid.
ArraySummary SummariseArray(const std::string& name, const NumericArray& array, std::int64_t row_size) {
  ArraySummary summary{.name = name, .rows = array.size() / row_size};
  const auto columns = static_cast<std::size_t>(row_size);
  summary.columns.resize(columns);
  std::vector<double> row(columns), shift(columns), sum(columns), squares(columns);
  for (std::int64_t i = 0; i < summary.rows; ++i) {
    array.CopyTo<double>(i * row_size, row);
    for (std::size_t c = 0; c < columns; ++c) {
      ColumnSummary& column = summary.columns[c];
      const double entry = row[c];
      if (!std::isfinite(entry)) {
        if (column.not_finite++ == 0) column.first_not_finite = i;
        continue;
      }
      if (column.finite++ == 0) column.least = column.greatest = shift[c] = entry;
      column.least = std::min(column.least, entry);
      column.greatest = std::max(column.greatest, entry);
      const double shifted = entry - shift[c];  // so that squares of a large mean do not swallow a small deviation
      sum[c] += shifted;
      squares[c] += shifted * shifted;
    }
  }
  for (std::size_t c = 0; c < columns; ++c) {
    ColumnSummary& column = summary.columns[c];
    if (column.finite == 0) continue;
    const auto count = static_cast<double>(column.finite);
    column.mean = shift[c] + sum[c] / count;
    column.deviation = std::sqrt(std::max(0.0, squares[c] / count - sum[c] / count * (sum[c] / count)));
  }
  return summary;
}

std::string ColumnName(const ArraySummary& array, std::size_t column) {
  return array.name + "_" + std::to_string(column);
}

std::string Counted(std::int64_t count, const std::string& one, const std::string& many) {
  return fmt::format("{} {}", count, count == 1 ? one : many);
}

// "x_0, x_1, .. of 7".
std::string Names(const ArraySummary& array, const std::vector<std::size_t>& columns) {
  std::string names;
  for (std::size_t i = 0; i < std::min(columns.size(), kMostNames); ++i) {
    names += (i == 0 ? "" : ", ") + ColumnName(array, columns[i]);
  }
  return names + (columns.size() > kMostNames ? ", .." : "");
}

bool IsConstant(const ColumnSummary& column) { return column.least == column.greatest; }

double Size(const ColumnSummary& column) { return std::max(std::abs(column.least), std::abs(column.greatest)); }

void WarnOfBadEntries(const ArraySummary& array, std::vector<std::string>& warnings) {
  std::int64_t bad = 0;
  std::size_t first = array.columns.size();
  for (std::size_t c = 0; c < array.columns.size(); ++c) {
    const ColumnSummary& column = array.columns[c];
    bad += column.not_finite;
    if (column.not_finite == 0) continue;
    if (first == array.columns.size() || column.first_not_finite < array.columns[first].first_not_finite) first = c;
  }
  if (bad == 0) return;
  warnings.push_back(
      fmt::format("{}: {} of {} {} nan or infinite, the first in row {}, column {}; nothing can be trained on them",
                  array.name,
                  bad,
                  array.rows * static_cast<std::int64_t>(array.columns.size()),
                  bad == 1 ? "entry is" : "entries are",
                  array.columns[first].first_not_finite,
                  first));
}

void WarnOfConstants(const ArraySummary& array, std::vector<std::string>& warnings) {
  std::vector<std::size_t> constant;
  for (std::size_t c = 0; c < array.columns.size(); ++c) {
    if (array.rows > 1 && IsConstant(array.columns[c])) constant.push_back(c);
  }
  if (constant.empty()) return;
  warnings.push_back(fmt::format(
      "{}: {} constant and {} nothing: {}",
      array.name,
      constant.size() == array.columns.size() ? (constant.size() == 1 ? "its one column is" : "all columns are")
      : constant.size() == 1                  ? "one column is"
                             : fmt::format("{} of {} columns are", constant.size(), array.columns.size()),
      constant.size() == 1 ? "tells" : "tell",
      Names(array, constant)));
}

void WarnOfScales(const ArraySummary& array, std::vector<std::string>& warnings) {
  std::size_t least = array.columns.size(), greatest = least;
  std::vector<std::size_t> offset, beyond_float;
  for (std::size_t c = 0; c < array.columns.size(); ++c) {
    const ColumnSummary& column = array.columns[c];
    if (Size(column) > static_cast<double>(std::numeric_limits<float>::max())) beyond_float.push_back(c);
    if (IsConstant(column)) continue;
    if (least == array.columns.size() || column.deviation < array.columns[least].deviation) least = c;
    if (greatest == array.columns.size() || column.deviation > array.columns[greatest].deviation) greatest = c;
    if (Size(column) > kOffsetScale * column.deviation) offset.push_back(c);
  }
  if (!beyond_float.empty()) {
    warnings.push_back(fmt::format("{}: numbers beyond 32-bit floats in {}", array.name, Names(array, beyond_float)));
  }
  if (!offset.empty()) {
    warnings.push_back(fmt::format("{}: {} by less than {:g} of {} size, which 32-bit floats hardly resolve: {}",
                                   array.name,
                                   offset.size() == 1 ? "one column varies" : "columns vary",
                                   1 / kOffsetScale,
                                   offset.size() == 1 ? "its" : "their",
                                   Names(array, offset)));
  }
  if (least == array.columns.size()) return;
  const double small = array.columns[least].deviation, large = array.columns[greatest].deviation;
  if (large > kWildScale * small) {
    warnings.push_back(
        fmt::format("{}: columns are of wildly different scales: the deviation of {} is {:.3g}, of {} {:.3g}",
                    array.name,
                    ColumnName(array, least),
                    small,
                    ColumnName(array, greatest),
                    large));
  }
}

void WarnOfConditions(const ConditionedData& data, const DataSummary& summary, std::vector<std::string>& warnings) {
  if (summary.distinct_conditions < kFewConditions) {
    warnings.push_back(fmt::format("{}, fewer than {}: what is measured on unseen ones will be uncertain",
                                   Counted(summary.distinct_conditions, "distinct condition", "distinct conditions"),
                                   kFewConditions));
  }
  if (summary.distinct_conditions < summary.conditions) {
    std::int64_t repeated = 0;
    while (data.representative(repeated) == repeated) ++repeated;
    warnings.push_back(
        fmt::format("I: {} of {} rows repeat an earlier one, the first being row {}, which equals row {}",
                    summary.conditions - summary.distinct_conditions,
                    summary.conditions,
                    repeated,
                    data.representative(repeated)));
  }
  if (summary.least_samples == 0) {
    std::int64_t empty = 0;
    for (std::int64_t g = 0; g < data.conditions(); ++g) empty += data.start(g) == data.start(g + 1) ? 1 : 0;
    warnings.push_back(Counted(empty, "condition has no sample", "conditions have no sample"));
  }
}

// Conditions on both sides of the user's own split.
void WarnOfLeaks(const ConditionedData& data, std::vector<std::string>& warnings) {
  if (!data.given_split()) return;
  std::vector<bool> trained(static_cast<std::size_t>(data.conditions())), judged(trained);
  for (std::int64_t g = 0; g < data.conditions(); ++g) {
    for (std::int64_t s = data.start(g); s < data.start(g + 1); ++s) {
      const auto entry = static_cast<std::size_t>(data.given_split()->per_condition ? g : s);
      const bool is_train = data.given_split()->parts[entry] == DataPart::kTrain;
      (is_train ? trained : judged)[static_cast<std::size_t>(data.representative(g))] = true;
    }
  }
  std::int64_t leaked = 0;
  for (std::size_t g = 0; g < judged.size(); ++g) leaked += trained[g] && judged[g] ? 1 : 0;
  if (leaked == 0) return;
  warnings.push_back(fmt::format(
      "split: {} of the {} in validation and test {} in training, too: errors there are not those of unseen ones",
      leaked,
      Counted(std::count(judged.begin(), judged.end(), true), "condition", "conditions"),
      leaked == 1 ? "is" : "are"));
}

std::string ArrayText(const ArraySummary& array) {
  std::string text = fmt::format(
      "  {}: {}", array.name, Counted(static_cast<std::int64_t>(array.columns.size()), "column", "columns"));
  if (array.columns.size() <= kMostColumns) {
    for (std::size_t c = 0; c < array.columns.size(); ++c) {
      const ColumnSummary& column = array.columns[c];
      text += fmt::format("; {} in [{:.4g}, {:.4g}], mean {:.4g}, deviation {:.4g}",
                          ColumnName(array, c),
                          column.least,
                          column.greatest,
                          column.mean,
                          column.deviation);
    }
    return text + "\n";
  }
  double least = std::numeric_limits<double>::infinity(), greatest = -least;
  for (const ColumnSummary& column : array.columns) {
    least = std::min(least, column.least);
    greatest = std::max(greatest, column.greatest);
  }
  return text + fmt::format(" in [{:.4g}, {:.4g}]\n", least, greatest);
}

}  // namespace

DataSummary Summarise(const ConditionedData& data) {
  DataSummary summary{.layout = data.layout(), .samples = data.samples(), .conditions = data.conditions()};
  summary.least_samples = data.start(1);
  for (std::int64_t g = 0; g < data.conditions(); ++g) {
    const std::int64_t count = data.start(g + 1) - data.start(g);
    summary.least_samples = std::min(summary.least_samples, count);
    summary.most_samples = std::max(summary.most_samples, count);
    summary.distinct_conditions += data.representative(g) == g ? 1 : 0;
  }
  if (const auto grid = FindCommonGrid(data)) summary.grid_points = grid->points;
  summary.x = SummariseArray("x", data.x(), data.x_size());
  summary.condition = SummariseArray("I", data.condition(), data.condition_size());
  summary.y = SummariseArray("y", data.y(), data.y_size());
  for (const ArraySummary* array : {&summary.x, &summary.condition, &summary.y})
    WarnOfBadEntries(*array, summary.warnings);
  WarnOfLeaks(data, summary.warnings);
  WarnOfConditions(data, summary, summary.warnings);
  for (const ArraySummary* array : {&summary.x, &summary.condition, &summary.y}) {
    WarnOfConstants(*array, summary.warnings);
    WarnOfScales(*array, summary.warnings);
  }
  return summary;
}

std::string SummaryText(const DataSummary& summary) {
  std::string text = fmt::format("{} of {}",
                                 Counted(summary.samples, "sample", "samples"),
                                 Counted(summary.distinct_conditions, "distinct condition", "distinct conditions"));
  text += summary.least_samples == summary.most_samples
              ? fmt::format(", {} each", summary.most_samples)
              : fmt::format(", {} to {} each", summary.least_samples, summary.most_samples);
  text += summary.grid_points > 0
              ? fmt::format("; x lies on one grid of {}\n", Counted(summary.grid_points, "point", "points"))
              : std::string("; x lies on no common grid\n");
  for (const ArraySummary* array : {&summary.x, &summary.condition, &summary.y}) text += ArrayText(*array);
  for (const std::string& warning : summary.warnings) text += "  warning: " + warning + "\n";
  return text;
}

}  // namespace hyperwidth
