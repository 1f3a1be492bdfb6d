// SPDX-License-Identifier: Apache-2.0
#include "training/conditioned_data/standardisation.h"

#include <algorithm>
#include <cmath>
#include <functional>
#include <limits>
#include <stdexcept>
#include <string>

namespace hyperwidth {
namespace {

// A deviation of so many units in the last place of the column's largest entry is rounding.
constexpr double kRounding = 4 * std::numeric_limits<double>::epsilon();

using Visit = std::function<void(std::span<const double> row)>;
// Calls its argument with every row that counts.
using ForEachRow = std::function<void(const Visit& visit)>;

ColumnScaling Fit(std::size_t columns, const ForEachRow& for_each_row) {
  ColumnScaling scaling{.mean = std::vector<double>(columns), .scale = std::vector<double>(columns)};
  std::vector<double> least(columns, std::numeric_limits<double>::infinity()), greatest(columns, -least[0]);
  // Means are taken from the first row on, where a large one takes no digits from what varies.
  std::vector<double> first;
  double rows = 0;
  for_each_row([&](std::span<const double> row) {
    if (++rows == 1) first.assign(row.begin(), row.end());
    for (std::size_t c = 0; c < columns; ++c) {
      least[c] = std::min(least[c], row[c]);
      greatest[c] = std::max(greatest[c], row[c]);
      scaling.mean[c] += (row[c] - first[c] - scaling.mean[c]) / rows;
    }
  });
  for (std::size_t c = 0; c < columns; ++c) scaling.mean[c] += first[c];
  for_each_row([&](std::span<const double> row) {
    for (std::size_t c = 0; c < columns; ++c) {
      const double deviation = row[c] - scaling.mean[c];
      scaling.scale[c] += deviation * deviation;
    }
  });
  for (std::size_t c = 0; c < columns; ++c) {
    // Squares beyond the doubles leave the next best measure.
    const double squares = scaling.scale[c] / rows;
    scaling.scale[c] =
        std::isfinite(squares) ? std::sqrt(squares) : std::max(std::abs(least[c]), std::abs(greatest[c]));
    if (scaling.scale[c] > kRounding * std::max(std::abs(least[c]), std::abs(greatest[c]))) continue;
    if (least[c] == greatest[c]) scaling.mean[c] = least[c];
    scaling.scale[c] = 1;
  }
  return scaling;
}

[[noreturn]] void RefuseRow(const ConditionedData& data, const char* array, std::int64_t row, std::size_t column) {
  throw std::runtime_error(data.origin() + ": " + array + " [" + std::to_string(row) + ", " + std::to_string(column) +
                           "] is nan or infinite and for training; accepted: finite numbers");
}

}  // namespace

Standardisation FitStandardisation(const ConditionedData& data, const DataSplit& split) {
  if (split.samples(Subset::kTrain) == 0) {
    throw std::runtime_error(data.origin() + ": no sample is for training; accepted: at least one");
  }
  // `copy` fills a row from a position.
  const auto over_samples = [&](const char* name, std::int64_t size, const auto& copy) {
    std::vector<double> row(static_cast<std::size_t>(size));
    return Fit(row.size(), [&](const Visit& visit) {
      for (std::int64_t s = 0; s < data.samples(); ++s) {
        if (split.of(s) != Subset::kTrain) continue;
        copy(s, std::span(row));
        for (std::size_t c = 0; c < row.size(); ++c) {
          if (!std::isfinite(row[c])) RefuseRow(data, name, data.file_row(s), c);
        }
        visit(row);
      }
    });
  };
  Standardisation fitted;
  fitted.x = over_samples("x", data.x_size(), [&](std::int64_t s, std::span<double> row) { data.CopyX(s, row); });
  fitted.y = over_samples("y", data.y_size(), [&](std::int64_t s, std::span<double> row) { data.CopyY(s, row); });
  std::vector<double> row(static_cast<std::size_t>(data.condition_size()));
  fitted.condition = Fit(row.size(), [&](const Visit& visit) {
    std::vector<bool> counted(static_cast<std::size_t>(data.conditions()));
    for (const std::int64_t g : split.conditions(Subset::kTrain)) {
      const auto distinct = static_cast<std::size_t>(data.representative(g));
      if (counted[distinct]) continue;
      counted[distinct] = true;
      data.CopyCondition<double>(g, row);
      for (std::size_t c = 0; c < row.size(); ++c) {
        if (!std::isfinite(row[c])) RefuseRow(data, "I of condition", g, c);
      }
      visit(row);
    }
  });
  return fitted;
}

}  // namespace hyperwidth
