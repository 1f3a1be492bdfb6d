// SPDX-License-Identifier: Apache-2.0
#include "training/conditioned_data/common_grid.h"

#include <algorithm>
#include <cmath>
#include <numeric>
#include <span>
#include <utility>

namespace hyperwidth {
namespace {

// The points of one condition, in the order of its samples.
class Points {
 public:
  Points(const ConditionedData& data, std::int64_t count)
      : data_(data),
        size_(static_cast<std::size_t>(data.x_size())),
        entries_(static_cast<std::size_t>(count) * size_) {}

  void Load(std::int64_t condition) {
    for (std::size_t i = 0; i * size_ < entries_.size(); ++i) {
      data_.CopyX<double>(data_.start(condition) + static_cast<std::int64_t>(i),
                          std::span(entries_).subspan(i * size_, size_));
    }
  }

  std::span<const double> point(std::int64_t i) const {
    return std::span(entries_).subspan(static_cast<std::size_t>(i) * size_, size_);
  }
  const std::vector<double>& entries() const { return entries_; }

  // The numbers of the points in lexicographic order; equal points as they come.
  std::vector<std::int64_t> Sorted() const {
    std::vector<std::int64_t> order(entries_.size() / size_);
    std::iota(order.begin(), order.end(), std::int64_t{0});
    std::stable_sort(order.begin(), order.end(), [&](std::int64_t a, std::int64_t b) {
      const auto p = point(a), q = point(b);
      return std::lexicographical_compare(p.begin(), p.end(), q.begin(), q.end());
    });
    return order;
  }

 private:
  const ConditionedData& data_;
  std::size_t size_;
  std::vector<double> entries_;
};

bool HaveEqualCounts(const ConditionedData& data, std::int64_t count) {
  for (std::int64_t g = 0; g < data.conditions(); ++g) {
    if (data.start(g + 1) - data.start(g) != count) return false;
  }
  return count > 0;
}

}  // namespace

void CommonGrid::CopyFunction(const ConditionedData& data, std::int64_t g, std::span<double> values) const {
  const auto size = static_cast<std::size_t>(data.y_size());
  for (std::int64_t i = 0; i < points; ++i) {
    data.CopyY<double>(position(g, i), values.subspan(static_cast<std::size_t>(i) * size, size));
  }
}

std::optional<CommonGrid> FindCommonGrid(const ConditionedData& data) {
  const std::int64_t count = data.start(1);
  if (!HaveEqualCounts(data, count)) return std::nullopt;
  CommonGrid grid{.points = count};
  if (data.layout() == DataLayout::kGrid) return grid;
  Points first(data, count), other(data, count);
  first.Load(0);
  // A point that is no number equals none and has no place in an order.
  if (std::any_of(first.entries().begin(), first.entries().end(), [](double x) { return std::isnan(x); })) {
    return std::nullopt;
  }
  const std::vector<std::int64_t> first_order = first.Sorted();
  for (std::int64_t g = 1; g < data.conditions(); ++g) {
    other.Load(g);
    const bool in_order = other.entries() == first.entries();
    if (in_order && grid.positions.empty()) continue;
    if (grid.positions.empty()) {
      grid.positions.resize(static_cast<std::size_t>(data.samples()));
      std::iota(grid.positions.begin(), grid.positions.end(), std::int64_t{0});
    }
    if (in_order) continue;
    if (std::any_of(other.entries().begin(), other.entries().end(), [](double x) { return std::isnan(x); })) {
      return std::nullopt;
    }
    const std::vector<std::int64_t> order = other.Sorted();
    for (std::size_t i = 0; i < order.size(); ++i) {
      const auto p = first.point(first_order[i]), q = other.point(order[i]);
      if (!std::equal(p.begin(), p.end(), q.begin())) return std::nullopt;
      grid.positions[static_cast<std::size_t>(g * count + first_order[i])] = data.start(g) + order[i];
    }
  }
  return grid;
}

}  // namespace hyperwidth
