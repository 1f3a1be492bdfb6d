// SPDX-License-Identifier: Apache-2.0

#include <algorithm>

#include "models/pass/affine_kernel.h"
#include "models/pass/dense.h"
#include "models/pass/short_runs.h"

namespace hyperwidth {
namespace {

constexpr Index kColumnsAtOnce = 64;    // of a product on its way into a generator's gradient
constexpr Index kColumnsOfFactor = 16;  // of the other factor of a product, if one has few rows

}  // namespace

// Column l of the result is x times column l of the generator, which is a matrix [rows, inputs] column by column.
template <typename Scalar>
void ContractForward(const Place<Scalar>& place, const Range& units) {
  const Index rows = place.node().shape.rows;
  const Index inputs = place.InputShape(1).rows;
  const Scalar* const generator = place.Input(0).data;
  const DenseRows<Scalar> x = Dense(place.Input(1), place.rows(), inputs, place.scratch, Scratch<Scalar>::kRight);
  const Rows<Scalar> output = place.Output();
  for (Index feature = units.begin / rows; feature < units.end / rows; ++feature) {
    Multiply({.rows = place.rows(),
              .cols = rows,
              .inner = inputs,
              .a_stride = x.stride,
              .b_stride = rows,
              .c_stride = output.unit_stride,
              .b_transposed = true},
             x.data,
             generator + feature * rows * inputs,
             output.Unit(feature * rows));
  }
}

template <typename Scalar>
void ContractBackward(
    const Place<Scalar>& place, std::size_t input, const Range& entries, bool accumulate, const Rows<Scalar>& to) {
  const auto [rows, features] = place.node().shape;
  const Index inputs = place.InputShape(1).rows;
  const Rows<const Scalar> gradient = place.Gradient();
  const Rows<const Scalar> x = place.Input(1);
  const Scalar* const generator = place.Input(0).data;
  for (Index feature = 0; feature < features; ++feature) {
    if (input == 1 && to.row_stride == 1) {
      Multiply({.rows = place.rows(),
                .cols = entries.count(),
                .inner = rows,
                .a_stride = gradient.unit_stride,
                .b_stride = rows,
                .c_stride = to.unit_stride,
                .accumulate = accumulate || feature > 0},
               gradient.Unit(feature * rows),
               generator + (feature * inputs + entries.begin) * rows,
               to.Unit(entries.begin));
      continue;
    }
    for (Index k = 0; k < inputs; ++k) {
      for (Index unit = 0; unit < rows; ++unit) {
        const Index entry = unit + (k + feature * inputs) * rows;
        WithColumns<Scalar>(gradient, unit + feature * rows, x, k, [&](const auto& dy, const auto& value) {
          if (input == 0) {
            WriteColumn(to, entry, place.rows(), accumulate, [&](Index row) { return dy(row) * value(row); });
          } else {
            WriteColumn(to, k, place.rows(), accumulate || feature > 0 || unit > 0, [&](Index row) {
              return dy(row) * generator[entry];
            });
          }
        });
      }
    }
  }
}

// All of the block's columns in one product, whose parts are then put where they belong: as many columns at once make
// the product tall, and a matrix of few rows would not.
template <typename Scalar>
void SumGeneratorGradient(Place<Scalar> place, std::span<const Piece> pieces, const MatrixBlock<Scalar>& block) {
  Scratch<Scalar>& scratch = place.scratch;
  const Index rows = place.node().shape.rows;
  const Range inputs{.begin = block.rows.begin / rows, .end = block.rows.end / rows};
  const Index units = rows * block.cols.count();
  Index samples = 0;
  for (const Piece& piece : pieces) samples += piece.count;
  Scalar* const left = scratch.Get(Scratch<Scalar>::kLeft, samples * units);
  Index done = 0;
  for (const Piece& piece : pieces) {
    place.piece = piece;
    const Rows<const Scalar> gradient = AsConst(place.Gradient().From(block.cols.begin * rows));
    ScaledTranspose(gradient, piece.count, units, block.scale, left + done * units);
    done += piece.count;
  }
  Scalar* const product = scratch.Get(Scratch<Scalar>::kProduct, units * kColumnsAtOnce);
  for (Index first = inputs.begin; first < inputs.end; first += kColumnsAtOnce) {
    const Index count = std::min(kColumnsAtOnce, inputs.end - first);
    done = 0;
    for (const Piece& piece : pieces) {
      place.piece = piece;
      const DenseRows<Scalar> x =
          Dense(AsConst(place.Input(1).From(first)), piece.count, count, scratch, Scratch<Scalar>::kRight);
      Multiply({.rows = units,
                .cols = count,
                .inner = piece.count,
                .a_stride = units,
                .b_stride = x.stride,
                .c_stride = units,
                .accumulate = done > 0},
               left + done * units,
               x.data,
               product);
      done += piece.count;
    }
    for (Index feature = 0; feature < block.cols.count(); ++feature) {
      Scalar* const column = block.data + feature * block.stride + (first - inputs.begin) * rows;
      WriteRuns(count, rows, block.accumulate, product + feature * rows, units, column);
    }
  }
}

// Columns of the product of two matrices.
template <typename Scalar>
void ProductForward(const Place<Scalar>& place, const Range& units) {
  const Index rows = place.node().shape.rows;  // no structured binding: clang 14 captures none
  const Index inner = place.InputShape(0).cols;
  const Range columns{.begin = units.begin / rows, .end = units.end / rows};
  if (place.axis() == Axis::kTheta) {
    return Multiply(
        {.rows = rows, .cols = columns.count(), .inner = inner, .a_stride = rows, .b_stride = inner, .c_stride = rows},
        place.Input(0).data,
        place.Input(1).Unit(columns.begin * inner),
        place.Output().Unit(units.begin));
  }
  for (Index col = columns.begin; col < columns.end; ++col) {
    for (Index row = 0; row < rows; ++row) {
      for (Index l = 0; l < inner; ++l) {
        WithColumns<Scalar>(
            place.Input(0), row + l * rows, place.Input(1), l + col * inner, [&](const auto& a, const auto& b) {
              WriteColumn(place.Output(), row + col * rows, place.rows(), l > 0, [&](Index i) { return a(i) * b(i); });
            });
      }
    }
  }
}

template <typename Scalar>
void ProductBackward(const Place<Scalar>& place, std::size_t input, bool accumulate, const Rows<Scalar>& to) {
  const auto [rows, cols] = place.node().shape;
  const Index inner = place.InputShape(0).cols;
  const Rows<const Scalar> gradient = place.Gradient();
  const Rows<const Scalar> other = place.Input(1 - input);
  for (Index l = 0; l < inner; ++l) {
    for (Index col = 0; col < cols; ++col) {
      for (Index row = 0; row < rows; ++row) {
        const Index left = row + l * rows;
        const Index right = l + col * inner;
        const bool is_later = input == 0 ? col > 0 : row > 0;
        WithColumns<Scalar>(
            gradient, row + col * rows, other, input == 0 ? right : left, [&](const auto& dy, const auto& factor) {
              WriteColumn(to, input == 0 ? left : right, place.rows(), accumulate || is_later, [&](Index i) {
                return dy(i) * factor(i);
              });
            });
      }
    }
  }
}

// dA = dC B^T for an A of few rows, as the transpose of B dC^T; dC is scaled.
template <typename Scalar>
void NarrowProductGradient(const Place<Scalar>& place, const Scalar* gradient, const MatrixBlock<Scalar>& block) {
  const Index rows = place.node().shape.rows;
  const Index cols = place.node().shape.cols;
  const Index inner = place.InputShape(0).cols;
  const Index count = block.cols.count();
  Scalar* const product = place.scratch.Get(Scratch<Scalar>::kProduct, 2 * count * rows);
  Multiply({.rows = count,
            .cols = rows,
            .inner = cols,
            .a_stride = inner,
            .b_stride = rows,
            .c_stride = count,
            .b_transposed = true,
            .inner_at_once = kColumnsOfFactor},
           place.Input(1).Unit(block.cols.begin),
           gradient,
           product);
  if (!block.accumulate) return Transpose(count, rows, product, count, block.data, block.stride);
  Scalar* const transposed = product + count * rows;
  Transpose(count, rows, product, count, transposed, rows);
  for (Index col = 0; col < count; ++col) {
    const auto from = [at = transposed + col * rows](Index unit) { return at[unit]; };
    WriteRun(rows, /*accumulate=*/true, from, block.data + col * block.stride);
  }
}

template <typename Scalar>
void ProductGradient(
    Store<Scalar>& store, Scratch<Scalar>& scratch, Index node, std::size_t input, const MatrixBlock<Scalar>& block) {
  const Place<Scalar> place{store, scratch, node, {.panel = 0, .first = 0, .count = 1}};
  const auto [rows, cols] = place.node().shape;
  const Index inner = place.InputShape(0).cols;
  const Rows<const Scalar> gradient = place.Gradient();
  if (input == 0) {  // dA = dC B^T
    Scalar* const left = scratch.Get(Scratch<Scalar>::kLeft, rows * cols);
    for (Index i = 0; i < rows * cols; ++i) left[i] = block.scale * gradient.data[i];
    if (IsNarrow<Scalar>(rows)) return NarrowProductGradient(place, left, block);
    Multiply({.rows = rows,
              .cols = block.cols.count(),
              .inner = cols,
              .a_stride = rows,
              .b_stride = inner,
              .c_stride = block.stride,
              .b_transposed = true,
              .accumulate = block.accumulate},
             left,
             place.Input(1).Unit(block.cols.begin),
             block.data);
    return;
  }
  // dB = A^T dC
  const Index count = block.rows.count();
  Scalar* const left = scratch.Get(Scratch<Scalar>::kLeft, rows * count);
  const Rows<const Scalar> factor{
      .data = place.Input(0).Unit(block.rows.begin * rows), .row_stride = 1, .unit_stride = rows};
  ScaledTranspose(factor, rows, count, block.scale, left);
  Multiply({.rows = count,
            .cols = cols,
            .inner = rows,
            .a_stride = count,
            .b_stride = rows,
            .c_stride = block.stride,
            .accumulate = block.accumulate},
           left,
           gradient.data,
           block.data);
}

#define HYPERWIDTH_INSTANTIATE(Scalar)                                                                        \
  template void ContractForward(const Place<Scalar>&, const Range&);                                          \
  template void ContractBackward(const Place<Scalar>&, std::size_t, const Range&, bool, const Rows<Scalar>&); \
  template void SumGeneratorGradient(Place<Scalar>, std::span<const Piece>, const MatrixBlock<Scalar>&);      \
  template void ProductForward(const Place<Scalar>&, const Range&);                                           \
  template void ProductBackward(const Place<Scalar>&, std::size_t, bool, const Rows<Scalar>&);                \
  template void ProductGradient(Store<Scalar>&, Scratch<Scalar>&, Index, std::size_t, const MatrixBlock<Scalar>&);
HYPERWIDTH_INSTANTIATE(float)
HYPERWIDTH_INSTANTIATE(double)
#undef HYPERWIDTH_INSTANTIATE

}  // namespace hyperwidth
