// SPDX-License-Identifier: Apache-2.0

#include "models/pass/node_kernels.h"

#include <algorithm>
#include <utility>

#include "models/pass/affine_kernel.h"
#include "models/pass/dense.h"
#include "models/pass/function_kernels.h"
#include "models/pass/image_kernel.h"

namespace hyperwidth {
namespace {

// Unit 0 of a single number stands for all.
Index UnitOf(Index size, Index unit) { return size == 1 ? 0 : unit; }

// The inputs of the batch, which come column by column.
template <typename Scalar>
void CopyColumns(const Place<Scalar>& place, const Matrix<Scalar>& columns, bool is_condition) {
  const Panel& panel = place.store.cut().Panels(place.axis())[static_cast<std::size_t>(place.piece.panel)];
  const Rows<Scalar> to = place.Output();
  const Index units = columns.rows();
  const Index first = is_condition ? place.store.ConditionOf(place.axis(), place.piece, 0) : panel.first;
  bool is_together = to.row_stride == 1 || place.rows() == 1;
  for (Index row = 0; is_condition && row < place.rows(); ++row) {
    is_together = is_together && place.store.ConditionOf(place.axis(), place.piece, row) == first + row;
  }
  if (is_together) {
    Transpose(units, place.rows(), columns.col(first).data(), columns.outerStride(), to.data, to.unit_stride);
    return;
  }
  for (Index row = 0; row < place.rows(); ++row) {
    const Index column =
        is_condition ? place.store.ConditionOf(place.axis(), place.piece, row) : first + place.piece.first + row;
    for (Index unit = 0; unit < units; ++unit) to(row, unit) = columns(unit, column);
  }
}

// Rows and units change places. A single number stands for all of both.
template <typename Entry>
Rows<Entry> Swapped(const Rows<Entry>& rows, bool is_number) {
  return {.data = rows.data, .row_stride = is_number ? 0 : rows.unit_stride, .unit_stride = rows.row_stride};
}

// Loops over units, and rows inside, where rows lie next to each other; else over rows, and units inside.
template <typename Scalar>
bool HasRowsApart(const Rows<const Scalar>& rows, Index count) {
  return rows.unit_stride == 1 && rows.row_stride != 1 && count > 1;
}

template <typename Scalar>
void EntryByEntry(const Place<Scalar>& place) {
  const bool adds = place.node().operation == Operation::kAdd;
  const Index a_size = place.InputShape(0).size();
  const Index b_size = place.InputShape(1).size();
  Rows<const Scalar> a = place.Input(0);
  Rows<const Scalar> b = place.Input(1);
  Rows<Scalar> to = place.Output();
  Index units = place.node().shape.size();
  Index count = place.rows();
  const bool is_swapped = HasRowsApart(AsConst(to), count);
  if (is_swapped) {
    a = Swapped(a, a_size == 1);
    b = Swapped(b, b_size == 1);
    to = Swapped(to, false);
    std::swap(units, count);
  }
  for (Index unit = 0; unit < units; ++unit) {
    const Index left_unit = is_swapped ? unit : UnitOf(a_size, unit);
    const Index right_unit = is_swapped ? unit : UnitOf(b_size, unit);
    WithColumns<Scalar>(a, left_unit, b, right_unit, [&](const auto& left, const auto& right) {
      if (adds) {
        WriteColumn(to, unit, count, false, [&](Index i) { return left(i) + right(i); });
      } else {
        WriteColumn(to, unit, count, false, [&](Index i) { return left(i) * right(i); });
      }
    });
  }
}

template <typename Scalar>
void EntryByEntryBackward(const Place<Scalar>& place, std::size_t input, bool accumulate, Rows<Scalar> to) {
  const bool adds = place.node().operation == Operation::kAdd;
  const Index size = place.InputShape(input).size();
  const Index other_size = place.InputShape(1 - input).size();
  Rows<const Scalar> gradient = place.Gradient();
  Rows<const Scalar> other = place.Input(1 - input);
  Index units = place.node().shape.size();
  Index count = place.rows();
  const bool is_swapped = HasRowsApart(gradient, count) && size > 1;
  if (is_swapped) {
    gradient = Swapped(gradient, false);
    other = Swapped(other, other_size == 1);
    to = Swapped(to, false);
    std::swap(units, count);
  }
  // Several rows that go to one: the first may overwrite it, the others add.
  const bool is_sum = is_swapped ? to.unit_stride == 0 : size == 1;
  for (Index unit = 0; unit < units; ++unit) {
    const bool adds_up = accumulate || (is_sum && unit > 0);
    const Index at = is_swapped ? unit : UnitOf(size, unit);
    if (adds) {
      WithColumn<Scalar>(gradient, unit, [&](const auto& dy) { WriteColumn(to, at, count, adds_up, dy); });
      continue;
    }
    const Index other_unit = is_swapped ? unit : UnitOf(other_size, unit);
    WithColumns<Scalar>(gradient, unit, other, other_unit, [&](const auto& dy, const auto& factor) {
      WriteColumn(to, at, count, adds_up, [&](Index row) { return dy(row) * factor(row); });
    });
  }
}

// Copies units of one value to units of another.
template <typename Scalar>
void CopyUnits(Rows<const Scalar> from, Index units, Index count, bool accumulate, Rows<Scalar> to) {
  if (HasRowsApart(from, count) && to.row_stride > 0 && to.unit_stride == 1) {
    from = Swapped(from, false);
    to = Swapped(to, false);
    std::swap(units, count);
  }
  for (Index unit = 0; unit < units; ++unit) {
    WithColumn<Scalar>(from, unit, [&](const auto& value) { WriteColumn(to, unit, count, accumulate, value); });
  }
}

template <typename Scalar>
void Concatenate(const Place<Scalar>& place) {
  Index unit = 0;
  for (std::size_t i = 0; i < place.node().inputs.size(); ++i) {
    const Index units = place.InputShape(i).rows;
    CopyUnits(place.Input(i), units, place.rows(), false, place.Output().From(unit));
    unit += units;
  }
}

template <typename Scalar>
void ConcatenateBackward(const Place<Scalar>& place, std::size_t input, bool accumulate, const Rows<Scalar>& to) {
  Index unit = 0;
  for (std::size_t i = 0; i < input; ++i) unit += place.InputShape(i).rows;
  CopyUnits(AsConst(place.Gradient().From(unit)), place.InputShape(input).rows, place.rows(), accumulate, to);
}

// Calls visit(row, first entry of the column that the row reads).
template <typename Scalar, typename Visit>
void ForEachRowRead(const Place<Scalar>& place, const Visit& visit) {
  const Axis axis = place.axis();
  const Index size = place.node().shape.rows;
  for (Index row = 0; row < place.rows(); ++row) {
    const Index condition =
        place.piece.condition >= 0 ? place.piece.condition : place.store.ConditionOf(axis, place.piece, row);
    visit(row, place.store.IdOf(condition) * size);
  }
}

template <typename Scalar>
void Gather(const Place<Scalar>& place) {
  const Rows<const Scalar> table = place.Input(0);
  const Rows<Scalar> to = place.Output();
  const Index size = place.node().shape.rows;
  ForEachRowRead(place, [&](Index row, Index first) {
    for (Index unit = 0; unit < size; ++unit) to(row, unit) = table(row, first + unit);
  });
}

template <typename Scalar>
void GatherBackward(const Place<Scalar>& place, bool accumulate, const Rows<Scalar>& to) {
  const Rows<const Scalar> gradient = place.Gradient();
  const Index entries = place.InputShape(0).size();
  const Index size = place.node().shape.rows;
  const Index rows = to.row_stride == 0 ? 1 : place.rows();
  for (Index row = 0; !accumulate && row < rows; ++row) {
    for (Index entry = 0; entry < entries; ++entry) to(row, entry) = 0;
  }
  ForEachRowRead(place, [&](Index row, Index first) {
    for (Index unit = 0; unit < size; ++unit) to(row, first + unit) += gradient(row, unit);
  });
}

template <typename Scalar>
void Sum(const Place<Scalar>& place) {
  const Rows<const Scalar> value = place.Input(0);
  for (Index unit = 0; unit < place.InputShape(0).size(); ++unit) {
    WithColumn<Scalar>(
        value, unit, [&](const auto& term) { WriteColumn(place.Output(), 0, place.rows(), unit > 0, term); });
  }
}

// Whether all rows and units lie together, rows or units next to each other.
template <typename Scalar>
bool IsTogether(const Rows<const Scalar>& rows, Index count, Index units) {
  return (rows.row_stride == 1 && rows.unit_stride == count) || (rows.unit_stride == 1 && rows.row_stride == units) ||
         (count == 1 && rows.unit_stride == 1);
}

template <typename Scalar>
bool HaveOneLayout(const Rows<const Scalar>& a, const Rows<const Scalar>& b, Index count, Index units) {
  const bool is_same = count == 1 || (a.row_stride == b.row_stride && a.unit_stride == b.unit_stride);
  return is_same && IsTogether(a, count, units) && IsTogether(b, count, units);
}

template <typename Scalar>
void Apply(const Place<Scalar>& place) {
  const Rows<const Scalar> from = place.Input(0);
  const Rows<Scalar> to = place.Output();
  const Index count = place.rows();
  const Index units = place.node().shape.size();
  const Function function = place.node().function;
  if (HaveOneLayout(from, AsConst(to), count, units)) {
    return ApplyFunction(function, count * units, from.data, to.data);
  }
  Scalar* const column = place.scratch.Get(Scratch<Scalar>::kRight, count);
  for (Index unit = 0; unit < units; ++unit) {
    for (Index row = 0; row < count; ++row) column[row] = from(row, unit);
    ApplyFunction(function, count, column, column);
    WriteColumn(to, unit, count, false, [&](Index row) { return column[row]; });
  }
}

template <typename Scalar>
void ApplyBackward(const Place<Scalar>& place, bool accumulate, const Rows<Scalar>& to) {
  const Rows<const Scalar> in = place.Input(0);
  const Rows<const Scalar> out = AsConst(place.Output());
  const Rows<const Scalar> gradient = place.Gradient();
  const Index count = place.rows();
  const Index units = place.node().shape.size();
  const Function function = place.node().function;
  const bool is_whole = HaveOneLayout(in, AsConst(to), count, units) && HaveOneLayout(in, out, count, units) &&
                        HaveOneLayout(in, gradient, count, units);
  if (is_whole) {
    return MultiplyByDerivative(function, count * units, in.data, out.data, gradient.data, accumulate, to.data);
  }
  Scalar* const value = place.scratch.Get(Scratch<Scalar>::kRight, count);
  Scalar* const factor = place.scratch.Get(Scratch<Scalar>::kLeft, count);
  for (Index unit = 0; unit < units; ++unit) {
    for (Index row = 0; row < count; ++row) {
      value[row] = in(row, unit);
      factor[row] = gradient(row, unit);
    }
    Scalar* const result = place.scratch.Get(Scratch<Scalar>::kProduct, count);
    for (Index row = 0; row < count; ++row) result[row] = out(row, unit);
    MultiplyByDerivative(function, count, value, result, factor, false, factor);
    WriteColumn(to, unit, count, accumulate, [&](Index row) { return factor[row]; });
  }
}

// Whether an operation whose kernel wants rows next to each other has to be given them one by one.
template <typename Scalar>
bool GoesRowByRow(const Place<Scalar>& place) {
  const Operation operation = place.node().operation;
  const bool is_matrix = operation == Operation::kContract || operation == Operation::kConvolve;
  return is_matrix && place.store.IsSampleBySample() && place.rows() > 1;
}

template <typename Scalar>
Place<Scalar> RowOf(const Place<Scalar>& place, Index row) {
  Place<Scalar> one = place;
  one.piece.first += row;
  one.piece.count = 1;
  return one;
}

}  // namespace

template <typename Scalar>
void ComputeForward(const Place<Scalar>& place, const Range& units) {
  if (GoesRowByRow(place)) {
    for (Index row = 0; row < place.rows(); ++row) ComputeForward(RowOf(place, row), units);
    return;
  }
  switch (place.node().operation) {
    case Operation::kX:
      return CopyColumns(place, place.store.batch().x, false);
    case Operation::kCondition:
      return CopyColumns(place, place.store.batch().condition, true);
    case Operation::kConstant: {
      const auto constant = static_cast<Scalar>(place.node().constant);
      std::fill_n(place.Output().data, place.node().shape.size(), constant);
      return;
    }
    case Operation::kAffine:
      return AffineForward(place, units);
    case Operation::kProduct:
      return ProductForward(place, units);
    case Operation::kContract:
      return ContractForward(place, units);
    case Operation::kConvolve:
      return ConvolveForward(place);
    case Operation::kPool:
      return PoolForward(place);
    case Operation::kApply:
      return Apply(place);
    case Operation::kAdd:
    case Operation::kMultiply:
      return EntryByEntry(place);
    case Operation::kConcatenate:
      return Concatenate(place);
    case Operation::kGather:
      return Gather(place);
    case Operation::kSum:
      return Sum(place);
    case Operation::kConditionId:
    case Operation::kParameter:
    case Operation::kSlice:
      return;  // read where they are
  }
}

template <typename Scalar>
void ComputeBackward(
    const Place<Scalar>& place, std::size_t input, const Range& entries, bool accumulate, const Rows<Scalar>& to) {
  if (GoesRowByRow(place)) {
    for (Index row = 0; row < place.rows(); ++row) {
      Rows<Scalar> to_row = to;
      to_row.data += row * to.row_stride;
      ComputeBackward(RowOf(place, row), input, entries, accumulate, to_row);
    }
    return;
  }
  switch (place.node().operation) {
    case Operation::kAffine:
      return AffineBackward(place, input, entries, accumulate, to);
    case Operation::kProduct:
      return ProductBackward(place, input, accumulate, to);
    case Operation::kContract:
      return ContractBackward(place, input, entries, accumulate, to);
    case Operation::kConvolve:
      return ConvolveBackward(place, input, accumulate, to);
    case Operation::kPool:
      return PoolBackward(place, accumulate, to);
    case Operation::kApply:
      return ApplyBackward(place, accumulate, to);
    case Operation::kAdd:
    case Operation::kMultiply:
      return EntryByEntryBackward(place, input, accumulate, to);
    case Operation::kConcatenate:
      return ConcatenateBackward(place, input, accumulate, to);
    case Operation::kGather:
      return GatherBackward(place, accumulate, to);
    case Operation::kSum:
      for (Index unit = 0; unit < place.InputShape(0).size(); ++unit) {
        WithColumn<Scalar>(
            place.Gradient(), 0, [&](const auto& dy) { WriteColumn(to, unit, place.rows(), accumulate, dy); });
      }
      return;
    default:
      return;  // a leaf or a view has no operand to pass a gradient to
  }
}

bool HasMatrix(Operation operation) {
  return operation == Operation::kAffine || operation == Operation::kContract || operation == Operation::kConvolve;
}

template <typename Scalar>
void SumMatrixGradient(Place<Scalar> place, std::span<const Piece> pieces, const MatrixBlock<Scalar>& block) {
  switch (place.node().operation) {
    case Operation::kContract:
      return SumGeneratorGradient(place, pieces, block);
    case Operation::kConvolve:
      return SumKernelGradient(place, pieces, block);
    default:
      return SumWeightGradient(place, pieces, block);
  }
}

#define HYPERWIDTH_INSTANTIATE(Scalar)                                                                       \
  template void ComputeForward(const Place<Scalar>&, const Range&);                                          \
  template void ComputeBackward(const Place<Scalar>&, std::size_t, const Range&, bool, const Rows<Scalar>&); \
  template void SumMatrixGradient(Place<Scalar>, std::span<const Piece>, const MatrixBlock<Scalar>&);
HYPERWIDTH_INSTANTIATE(float)
HYPERWIDTH_INSTANTIATE(double)
#undef HYPERWIDTH_INSTANTIATE

}  // namespace hyperwidth
