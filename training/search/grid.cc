// SPDX-License-Identifier: Apache-2.0
#include "training/search/grid.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <functional>
#include <stdexcept>

namespace hyperwidth {
namespace {

// Of count >= 2 equally distant ones, both ends among them.
double RealAt(const FloatRange& range, std::int64_t i, std::int64_t count) {
  if (i == count - 1) return range.high;
  const ParameterRange as_any = range;
  return std::get<double>(ValueAt(as_any, static_cast<double>(i) / static_cast<double>(count - 1)));
}

std::vector<ParameterValue> ValuesOf(const FloatRange& range, std::int64_t count) {
  if (count == 1) return {ValueAt(range, 0.5)};
  std::vector<ParameterValue> values;
  for (std::int64_t i = 0; i < count; ++i) values.emplace_back(RealAt(range, i, count));
  return values;
}

std::vector<ParameterValue> ValuesOf(const IntRange& range, std::int64_t count) {
  if (count == 1 || range.low == range.high) return {ValueAt(range, 0.5)};
  // Distances from low, which are exact where the integers themselves may not be, but for logarithms.
  const double origin = range.log ? static_cast<double>(range.low) : 0;
  const double length = static_cast<double>(range.high - range.low);
  const FloatRange reals{.low = origin, .high = origin + length, .log = range.log};
  count = static_cast<std::int64_t>(std::min(static_cast<double>(count), length + 1));
  std::vector<ParameterValue> values;
  for (std::int64_t i = 0; i < count; ++i) {
    const std::int64_t value = range.low + std::llround(RealAt(reals, i, count) - origin);
    if (values.empty() || std::get<std::int64_t>(values.back()) != value) values.emplace_back(value);
  }
  return values;
}

std::vector<ParameterValue> ValuesOf(const Categories& categories, std::int64_t) {
  return {categories.choices.begin(), categories.choices.end()};
}

class Grid {
 public:
  Grid(const SearchSpace& space, std::int64_t count) : space_(space) {
    for (const Parameter& parameter : space.parameters()) values_.push_back(GridValues(parameter.range, count));
  }

  // Calls `visit` for each combination.
  void Visit(const std::function<void(const Assignment&)>& visit) { Extend(0, visit); }

 private:
  // Visits all combinations that begin with the values so far.
  void Extend(std::size_t next, const std::function<void(const Assignment&)>& visit) {
    while (next < values_.size() && !space_.IsActive(space_.parameters()[next], so_far_)) ++next;
    if (next == values_.size()) {
      visit(so_far_);
      return;
    }
    for (const ParameterValue& value : values_[next]) {
      so_far_.push_back({space_.parameters()[next].name, value});
      Extend(next + 1, visit);
      so_far_.pop_back();
    }
  }

  const SearchSpace& space_;
  std::vector<std::vector<ParameterValue>> values_;
  Assignment so_far_;
};

}  // namespace

std::vector<ParameterValue> GridValues(const ParameterRange& range, std::int64_t count) {
  return std::visit([&](const auto& typed) { return ValuesOf(typed, count); }, range);
}

std::vector<Assignment> GridOf(const SearchSpace& space, std::int64_t count, std::int64_t most) {
  if (count < 1 || count > most) {
    throw std::invalid_argument(fmt::format("grid: found {} values of each parameter, accepted: 1 to {}", count, most));
  }
  Grid grid(space, count);
  // Counted first: what is refused is not kept before.
  std::int64_t combinations = 0;
  grid.Visit([&](const Assignment&) {
    if (++combinations <= most) return;
    throw std::invalid_argument(fmt::format("grid: found more than {} combinations, accepted: at most so many", most));
  });
  std::vector<Assignment> found;
  found.reserve(static_cast<std::size_t>(combinations));
  grid.Visit([&](const Assignment& values) { found.push_back(values); });
  return found;
}

}  // namespace hyperwidth
