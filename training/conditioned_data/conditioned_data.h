// SPDX-License-Identifier: Apache-2.0
//
// Samples of a conditional target y(x, I): the user's own data, in the forms that people have them in.

#ifndef HYPERWIDTH_TRAINING_CONDITIONED_DATA_CONDITIONED_DATA_H_
#define HYPERWIDTH_TRAINING_CONDITIONED_DATA_CONDITIONED_DATA_H_

#include <cstdint>
#include <filesystem>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "training/arrays/numeric_array.h"

namespace hyperwidth {

// How the arrays x, I and y belong together.
enum class DataLayout {
  kRows,    // x [n, dx], I [n, dI], y [n, dy]: a row for each sample
  kGroups,  // x [n, dx], y [n, dy], I [G, dI], and group [n] says which row of I
  kGrid,    // x [P, dx], I [G, dI], y [G, P] or [G, P, dy]: every condition at the same points
};

// What a sample is for, as the user's array `split` says, or as hyperwidth decides.
enum class DataPart : std::uint8_t { kTrain = 0, kValidation = 1, kTest = 2 };

// The user's array `split`: 0, 1 and 2 for the parts above.
struct GivenSplit {
  bool per_condition = false;        // entries are for conditions; else for samples
  std::vector<DataPart> parts = {};  // by condition, or by position of the sample
};

// Whether data without y are accepted.
enum class Targets { kRequired, kOptional };

// n samples (x, I, y) of G conditions, none of which is stored twice: the arrays stay as they were read, in their own
// number type, and samples are put into order by an index, if they are not in order already.
//
// Samples are named by their position: those of condition g are the positions start(g) to start(g + 1) - 1, in the
// order of the file. In layout kRows, conditions are the distinct rows of I, in the order in which they first occur.
class ConditionedData {
 public:
  // Takes `x`, `I` and `y`, for layout kGroups also `group`, and optionally `split`. A vector [n] counts as [n, 1].
  // Where y is [n, n] for n rows of x and of I, it is a grid. `origin` is what messages begin with. Throws:
  // std::runtime_error "<origin>: <array>: <found>; accepted: <..>" if an array is missing, empty, or of another shape,
  // if a group is no integer of 0 .. G - 1, or an entry of split none of 0, 1, 2. Memory: none of the size of x or y; 8
  // bytes per condition, and per sample out of order; I if it has repeated rows.
  //
  // For data that are to be predicted, y may be missing: then as many rows of x as of I, without group, are layout
  // kRows, other numbers a grid.
  static ConditionedData FromArrays(NamedArrays arrays,
                                    const std::string& origin,
                                    Targets targets = Targets::kRequired);

  DataLayout layout() const { return layout_; }
  std::int64_t samples() const { return starts_.back(); }
  std::int64_t conditions() const { return static_cast<std::int64_t>(starts_.size()) - 1; }
  std::int64_t x_size() const { return x_.row_size(); }
  std::int64_t condition_size() const { return condition_.row_size(); }
  std::int64_t y_size() const { return y_size_; }  // 0 without y
  bool has_y() const { return y_size_ > 0; }

  // The position of the first sample of condition g, 0 <= g <= conditions(). A condition may have no sample.
  std::int64_t start(std::int64_t g) const { return starts_[static_cast<std::size_t>(g)]; }

  // The first condition that equals condition g. Not g only if rows of I were repeated in layouts kGroups and kGrid.
  std::int64_t representative(std::int64_t g) const {
    return representatives_.empty() ? g : representatives_[static_cast<std::size_t>(g)];
  }

  // The row of the file, counted from 0, that a sample comes from; on a grid, condition times P plus point.
  std::int64_t file_row(std::int64_t position) const {
    return order_.empty() ? position : order_[static_cast<std::size_t>(position)];
  }

  // One sample's x [x_size], its y [y_size], if there is one, and a condition [condition_size]. Scalar: float, double.
  template <typename Scalar>
  void CopyX(std::int64_t position, std::span<Scalar> x) const {
    const std::int64_t row = file_row(position);
    x_.CopyTo((layout_ == DataLayout::kGrid ? row % x_.rows() : row) * x_size(), x);
  }
  template <typename Scalar>
  void CopyY(std::int64_t position, std::span<Scalar> y) const {
    y_.CopyTo(file_row(position) * y_size_, y);
  }
  template <typename Scalar>
  void CopyCondition(std::int64_t g, std::span<Scalar> condition) const {
    condition_.CopyTo(g * condition_size(), condition);
  }

  // As they are stored: x [n or P, dx], I [G, dI], y [.., dy] by file_row.
  const NumericArray& x() const { return x_; }
  const NumericArray& condition() const { return condition_; }
  const NumericArray& y() const { return y_; }

  const std::optional<GivenSplit>& given_split() const { return given_split_; }
  const std::string& origin() const { return origin_; }

 private:
  friend class DataAssembler;
  ConditionedData() = default;

  DataLayout layout_ = DataLayout::kRows;
  NumericArray x_, condition_, y_;
  std::int64_t y_size_ = 0;
  std::vector<std::int64_t> starts_ = {0};
  std::vector<std::int64_t> order_ = {};            // [n] file rows by position; empty: they are the same
  std::vector<std::int64_t> representatives_ = {};  // [G]; empty: every condition is its own
  std::optional<GivenSplit> given_split_ = {};
  std::string origin_ = {};
};

// The data of an NPZ file, a folder of NPY files or a table with columns x_0 .., I_0 .., y_0 .. and, if need be, group
// and split. In a table split may also hold the words train, validation and test; and I stands in every row there, so
// that group, any integers, must only agree with it: rows of one group have one condition. Throws: std::runtime_error
// as ReadArrayFiles and FromArrays; one that lacks an array says which others are there.
ConditionedData LoadConditionedData(const std::filesystem::path& path, Targets targets = Targets::kRequired);

}  // namespace hyperwidth

#endif  // HYPERWIDTH_TRAINING_CONDITIONED_DATA_CONDITIONED_DATA_H_
