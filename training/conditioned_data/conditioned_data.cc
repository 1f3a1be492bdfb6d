// SPDX-License-Identifier: Apache-2.0
#include "training/conditioned_data/conditioned_data.h"

#include <algorithm>
#include <map>
#include <stdexcept>
#include <string>
#include <string_view>
#include <utility>

#include "training/arrays/array_files.h"
#include "training/conditioned_data/distinct_rows.h"

namespace hyperwidth {
namespace {

constexpr const char* kLayouts =
    "x [n, dx], I [n, dI], y [n, dy]; or I [G, dI] with group [n]; or a grid, x [P, dx], I [G, dI], y [G, P] or "
    "[G, P, dy]";
constexpr const char* kParts = "0 (train), 1 (validation) or 2 (test)";

// A number as a message shows it.
std::string EntryText(const NumericArray& array, std::int64_t i) {
  if (const auto integer = array.IntegerAt(i)) return std::to_string(*integer);
  double number = 0;
  array.CopyTo<double>(i, {&number, 1});
  return std::to_string(number);
}

// In a table, I stands in every row, and `group` says nothing that I does not: but rows of one group must agree.
void RequireOneConditionPerGroup(const NamedArrays& arrays, const std::string& origin) {
  const NumericArray& group = arrays.at("group");
  const std::vector<std::int64_t> condition_of = FindDistinctRows(arrays.at("I")).number_of;
  std::map<std::int64_t, std::int64_t> first;  // row of each group
  const auto fail = [&](const std::string& what) { throw std::runtime_error(origin + ": " + what); };
  for (std::int64_t row = 0; row < group.rows(); ++row) {
    const auto g = group.IntegerAt(row);
    if (!g) fail("group: found " + EntryText(group, row) + " in row " + std::to_string(row) + "; accepted: integers");
    const std::int64_t earlier = first.try_emplace(*g, row).first->second;
    if (condition_of[static_cast<std::size_t>(earlier)] == condition_of[static_cast<std::size_t>(row)]) continue;
    fail("group " + std::to_string(*g) + ": found two conditions I, in rows " + std::to_string(earlier) + " and " +
         std::to_string(row) + " (the first row below the header is 0); accepted: one for each group");
  }
}

}  // namespace

// Puts the arrays together, and holds every shape and index against the others.
class DataAssembler {
 public:
  DataAssembler(NamedArrays arrays, const std::string& origin, Targets targets) : arrays_(std::move(arrays)) {
    data_.origin_ = origin;
    has_y_ = targets == Targets::kRequired || arrays_.contains("y");
  }

  ConditionedData Assemble() {
    if (has_y_) RequireTable("y");
    for (const char* const name : {"x", "I"}) RequireTable(name);
    const bool has_group = arrays_.contains("group");
    data_.layout_ = has_group ? DataLayout::kGroups : LayoutOfShapes();
    TakeArrays();
    if (data_.layout_ == DataLayout::kRows) GroupByRowsOfI();
    if (data_.layout_ == DataLayout::kGroups) GroupByArray();
    if (data_.layout_ == DataLayout::kGrid) GroupByGrid();
    if (data_.layout_ != DataLayout::kRows) FindRepetitions();
    if (arrays_.contains("split")) TakeSplit();
    return std::move(data_);
  }

 private:
  [[noreturn]] void Fail(const std::string& array, const std::string& found, const std::string& accepted) const {
    throw std::runtime_error(data_.origin_ + ": " + array + ": found " + found + "; accepted: " + accepted);
  }

  // Throws unless the array is there and has entries; makes [n, 1] of [n].
  void RequireTable(const std::string& name) {
    const auto found = arrays_.find(name);
    if (found == arrays_.end()) {
      std::string names;
      for (const auto& [other, array] : arrays_) names += (names.empty() ? "" : ", ") + other;
      Fail(name, "no such array beside " + (names.empty() ? std::string("none") : names), kLayouts);
    }
    NumericArray& array = found->second;
    const std::size_t most = name == "y" ? 3 : 2;
    if (array.shape().empty() || array.shape().size() > most) Fail(name, array.Text(), kLayouts);
    if (array.size() == 0) Fail(name, "the empty array " + array.Text(), "arrays with entries");
    if (array.shape().size() == 1) array.Reshape({array.size(), 1});
  }

  const NumericArray& Array(const std::string& name) const { return arrays_.at(name); }

  DataLayout LayoutOfShapes() const {
    if (!has_y_) return Array("x").rows() == Array("I").rows() ? DataLayout::kRows : DataLayout::kGrid;
    const std::vector<std::int64_t>& y = Array("y").shape();
    const std::int64_t points = Array("x").rows(), conditions = Array("I").rows();
    // Samples with as many outputs as there are samples would be no data to learn from, so [n, n] is a grid.
    if (y[0] == conditions && y[1] == points) return DataLayout::kGrid;
    if (y.size() == 2 && y[0] == points && y[0] == conditions) return DataLayout::kRows;
    std::string found;
    for (const char* const name : {"x", "I", "y"})
      found += std::string(name) + " " + ShapeText(Array(name).shape()) + ", ";
    found.resize(found.size() - 2);
    Fail("shapes", found, kLayouts);
  }

  void TakeArrays() {
    data_.x_ = std::move(arrays_.at("x"));
    data_.condition_ = std::move(arrays_.at("I"));
    if (!has_y_) return;
    data_.y_ = std::move(arrays_.at("y"));
    const std::vector<std::int64_t>& y = data_.y_.shape();
    const bool is_grid = data_.layout_ == DataLayout::kGrid;
    if (!is_grid && (y.size() != 2 || y[0] != data_.x_.rows())) {
      Fail("y", ShapeText(y) + " beside x " + ShapeText(data_.x_.shape()), "y [n, dy] with as many rows as x");
    }
    data_.y_size_ = is_grid ? (y.size() == 3 ? y[2] : 1) : y[1];
  }

  std::int64_t file_rows() const {
    return data_.x_.rows() * (data_.layout_ == DataLayout::kGrid ? data_.condition_.rows() : 1);
  }

  // Counts samples per condition, and puts them in order unless they are. `group_of` is by file row.
  void SortIntoGroups(const std::vector<std::int64_t>& group_of, std::int64_t groups) {
    std::vector<std::int64_t>& starts = data_.starts_;
    starts.assign(static_cast<std::size_t>(groups) + 1, 0);
    for (const std::int64_t group : group_of) ++starts[static_cast<std::size_t>(group) + 1];
    for (std::size_t g = 1; g < starts.size(); ++g) starts[g] += starts[g - 1];
    if (std::is_sorted(group_of.begin(), group_of.end())) return;
    std::vector<std::int64_t> next(starts.begin(), starts.end() - 1);
    data_.order_.resize(group_of.size());
    for (std::size_t row = 0; row < group_of.size(); ++row) {
      data_.order_[static_cast<std::size_t>(next[static_cast<std::size_t>(group_of[row])]++)] =
          static_cast<std::int64_t>(row);
    }
  }

  void GroupByRowsOfI() {
    const DistinctRows distinct = FindDistinctRows(data_.condition_);
    const auto count = static_cast<std::int64_t>(distinct.first.size());
    SortIntoGroups(distinct.number_of, count);
    if (count == data_.condition_.rows()) return;
    NumericArray& rows = data_.condition_;
    NumericArray kept(rows.type(), {count, rows.row_size()});
    for (std::int64_t g = 0; g < count; ++g) {
      const auto from = rows.row_bytes(distinct.first[static_cast<std::size_t>(g)]);
      std::copy(from.begin(), from.end(), kept.bytes().begin() + g * static_cast<std::ptrdiff_t>(from.size()));
    }
    rows = std::move(kept);
  }

  void GroupByArray() {
    const NumericArray& group = Array("group");
    const std::int64_t samples = file_rows(), groups = data_.condition_.rows();
    // A column [n, 1] is as good.
    if (group.size() != samples || group.shape().empty() || group.rows() != samples) {
      Fail("group", group.Text() + " for " + std::to_string(samples) + " samples", "group [n]");
    }
    std::vector<std::int64_t> group_of(static_cast<std::size_t>(samples));
    for (std::int64_t i = 0; i < samples; ++i) {
      const auto g = group.IntegerAt(i);
      if (!g || *g < 0 || *g >= groups) {
        Fail("group",
             EntryText(group, i) + " at [" + std::to_string(i) + "]",
             "integers from 0 to " + std::to_string(groups - 1) + ", which number the rows of I");
      }
      group_of[static_cast<std::size_t>(i)] = *g;
    }
    SortIntoGroups(group_of, groups);
  }

  void GroupByGrid() {
    const std::int64_t points = data_.x_.rows(), groups = data_.condition_.rows();
    data_.starts_.resize(static_cast<std::size_t>(groups) + 1);
    for (std::int64_t g = 0; g <= groups; ++g) data_.starts_[static_cast<std::size_t>(g)] = g * points;
  }

  void FindRepetitions() {
    const DistinctRows distinct = FindDistinctRows(data_.condition_);
    if (distinct.first.size() == distinct.number_of.size()) return;
    for (const std::int64_t number : distinct.number_of) {
      data_.representatives_.push_back(distinct.first[static_cast<std::size_t>(number)]);
    }
  }

  void TakeSplit() {
    const NumericArray& split = Array("split");
    // In layout kRows, I has a row for each sample, and nobody knows the number of its distinct rows.
    const std::int64_t samples = data_.samples();
    const std::int64_t conditions = data_.layout_ == DataLayout::kRows ? samples : data_.conditions();
    GivenSplit given{.per_condition = split.size() == conditions && conditions != samples};
    if (split.shape().empty() || (split.size() != samples && split.size() != conditions)) {
      Fail("split",
           split.Text() + " for " + std::to_string(samples) + " samples" +
               (conditions != samples ? " of " + std::to_string(conditions) + " conditions" : ""),
           conditions != samples ? "split [n] or [G]" : "split [n]");
    }
    if (split.type() == NumberType::kBool) Fail("split", split.Text(), std::string("entries ") + kParts);
    given.parts.resize(static_cast<std::size_t>(split.size()));
    for (std::int64_t i = 0; i < split.size(); ++i) {
      const std::int64_t row = given.per_condition ? i : data_.file_row(i);
      const auto part = split.IntegerAt(row);
      if (!part || *part < 0 || *part > 2) {
        Fail("split", EntryText(split, row) + " at [" + std::to_string(row) + "]", kParts);
      }
      given.parts[static_cast<std::size_t>(i)] = static_cast<DataPart>(*part);
    }
    data_.given_split_ = std::move(given);
  }

  NamedArrays arrays_;
  bool has_y_ = true;
  ConditionedData data_;
};

ConditionedData ConditionedData::FromArrays(NamedArrays arrays, const std::string& origin, Targets targets) {
  return DataAssembler(std::move(arrays), origin, targets).Assemble();
}

ConditionedData LoadConditionedData(const std::filesystem::path& path, Targets targets) {
  ArrayFiles files = ReadArrayFiles(
      path,
      {{.name = "x", .is_vector = true},
       {.name = "I", .is_vector = true},
       {.name = "y", .is_vector = true},
       {.name = "group"},
       {.name = "split", .words = {{"train", 0}, {"validation", 1}, {"valid", 1}, {"val", 1}, {"test", 2}}}});
  for (const char* const name : {"x", "I", "y"}) {
    if (files.arrays.contains(name) || (targets == Targets::kOptional && name == std::string_view("y"))) continue;
    std::string names;
    for (const auto& [other, array] : files.arrays) names += (names.empty() ? "" : ", ") + other;
    for (const std::string& other : files.others) names += (names.empty() ? "" : ", ") + other;
    throw std::runtime_error(path.string() + ": has no array " + name + "; found: " + (names.empty() ? "none" : names) +
                             "; accepted: " + kLayouts);
  }
  if (files.is_table && files.arrays.contains("group")) {
    RequireOneConditionPerGroup(files.arrays, path.string());
    files.arrays.erase("group");
  }
  return ConditionedData::FromArrays(std::move(files.arrays), path.string(), targets);
}

}  // namespace hyperwidth
