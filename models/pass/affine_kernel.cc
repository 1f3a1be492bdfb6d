// SPDX-License-Identifier: Apache-2.0

#include "models/pass/affine_kernel.h"

#include "models/pass/dense.h"
#include "models/pass/short_runs.h"

namespace hyperwidth {
namespace {

// Units of a gradient that are transposed at once.
constexpr Index kUnitsAtOnce = 256;

template <typename Scalar>
bool IsShared(const Rows<const Scalar>& weights, Index count) {
  return weights.row_stride == 0 || count == 1;
}

// y = W x where every row has weights of its own.
template <typename Scalar>
void ForwardByRow(const Place<Scalar>& place, const Range& units, bool accumulate) {
  const Shape shape = place.InputShape(0);
  const Rows<const Scalar> weights = place.Input(0);
  const Rows<const Scalar> inputs = place.Input(1);
  const Rows<Scalar> output = place.Output();
  for (Index unit = units.begin; unit < units.end; ++unit) {
    for (Index k = 0; k < shape.cols; ++k) {
      WithColumns<Scalar>(weights, unit + k * shape.rows, inputs, k, [&](const auto& weight, const auto& x) {
        WriteColumn(output, unit, place.rows(), accumulate || k > 0, [&](Index row) { return weight(row) * x(row); });
      });
    }
  }
}

}  // namespace

// Where samples lie one by one: the whole map by Eigen, as columns of matrices.
template <typename Scalar>
void ForwardSampleBySample(const Place<Scalar>& place, const Scalar* matrix) {
  const auto [rows, cols] = place.InputShape(0);
  const Index count = place.rows();
  const Eigen::Map<const Matrix<Scalar>> weights(matrix, rows, cols);
  Eigen::Map<Matrix<Scalar>> output(place.Output().data, rows, count);
  const Rows<const Scalar> x = place.Input(1);
  if (x.row_stride == cols) {
    output.noalias() = weights * Eigen::Map<const Matrix<Scalar>>(x.data, cols, count);
  } else {  // part of a larger value
    output.noalias() = weights * Eigen::Map<const Matrix<Scalar>, 0, Eigen::OuterStride<>>(
                                     x.data, cols, count, Eigen::OuterStride<>(x.row_stride));
  }
  if (!place.HasInput(2)) return;
  const Rows<const Scalar> bias = place.Input(2);
  if (bias.row_stride == 0) {
    output.colwise() += Eigen::Map<const Vector<Scalar>>(bias.data, rows);
  } else {
    output += Eigen::Map<const Matrix<Scalar>, 0, Eigen::OuterStride<>>(
        bias.data, rows, count, Eigen::OuterStride<>(bias.row_stride));
  }
}

template <typename Scalar>
void AffineForward(const Place<Scalar>& place, const Range& units) {
  const auto [rows, cols] = place.InputShape(0);
  const Rows<const Scalar> weights = place.Input(0);
  const Rows<Scalar> output = place.Output();
  const Index count = place.rows();
  const bool has_bias = place.HasInput(2);
  if (place.store.IsSampleBySample() && weights.row_stride == 0 && place.Input(1).row_stride > 0) {
    return ForwardSampleBySample(place, weights.data);
  }
  if (has_bias) {
    const Rows<const Scalar> bias = place.Input(2);
    const bool is_row_by_row = output.row_stride > 1 && bias.unit_stride == 1;
    for (Index row = 0; is_row_by_row && row < count; ++row) {
      std::copy_n(&bias(row, units.begin), units.count(), &output(row, units.begin));
    }
    for (Index unit = units.begin; !is_row_by_row && unit < units.end; ++unit) {
      WithColumn<Scalar>(bias, unit, [&](const auto& entry) { WriteColumn(output, unit, count, false, entry); });
    }
  }
  if (!IsShared(weights, count)) return ForwardByRow(place, units, has_bias);
  const Scalar* const matrix = DenseRow(weights, rows * cols, place.scratch);
  ProductShape shape{.rows = count, .cols = units.count(), .inner = cols, .accumulate = has_bias};
  if (count == 1 && place.Input(1).unit_stride == 1 && output.unit_stride == 1) {
    shape.rows = units.count();
    shape.cols = 1;
    shape.a_stride = rows;
    shape.b_stride = cols;
    shape.c_stride = rows;
    return Multiply(shape, matrix + units.begin, place.Input(1).data, output.Unit(units.begin));
  }
  const DenseRows<Scalar> x = Dense(place.Input(1), count, cols, place.scratch, Scratch<Scalar>::kRight);
  shape.b_transposed = true;
  if (output.row_stride > 1) {  // each row in one piece: y^T = W x^T
    shape.rows = units.count();
    shape.cols = count;
    shape.a_stride = rows;
    shape.b_stride = x.stride;
    shape.c_stride = output.row_stride;
    return Multiply(shape, matrix + units.begin, x.data, output.Unit(units.begin));
  }
  shape.a_stride = x.stride;
  shape.b_stride = rows;
  shape.c_stride = output.unit_stride;
  Multiply(shape, x.data, matrix + units.begin, output.Unit(units.begin));
}

namespace {

// The gradient with respect to x of rows that share W: dy W.
template <typename Scalar>
void VectorGradientOfShared(const Place<Scalar>& place, const Range& entries, bool accumulate, const Rows<Scalar>& to) {
  const auto [rows, cols] = place.InputShape(0);
  const Rows<const Scalar> gradient = place.Gradient();
  const Index count = place.rows();
  const Scalar* const matrix = DenseRow(place.Input(0), rows * cols, place.scratch) + entries.begin * rows;
  const bool is_dense = gradient.row_stride == 1 || count == 1;
  const Index at_once = is_dense ? rows : kUnitsAtOnce;
  for (Index first = 0; first < rows; first += at_once) {
    const Index units = std::min(at_once, rows - first);
    const DenseRows<Scalar> dense =
        Dense(AsConst(gradient.From(first)), count, units, place.scratch, Scratch<Scalar>::kLeft);
    Multiply({.rows = count,
              .cols = entries.count(),
              .inner = units,
              .a_stride = dense.stride,
              .b_stride = rows,
              .c_stride = to.unit_stride,
              .accumulate = accumulate || first > 0},
             dense.data,
             matrix + first,
             to.Unit(entries.begin));
  }
}

template <typename Scalar>
void VectorGradient(const Place<Scalar>& place, const Range& entries, bool accumulate, const Rows<Scalar>& to) {
  const Index rows = place.InputShape(0).rows;
  const Rows<const Scalar> weights = place.Input(0);
  const Rows<const Scalar> gradient = place.Gradient();
  if (place.store.IsSampleBySample() && weights.row_stride == 0 && to.row_stride > 0) {
    const Index cols = place.InputShape(0).cols;
    const Eigen::Map<const Matrix<Scalar>> dy(gradient.data, rows, place.rows());
    Eigen::Map<Matrix<Scalar>, 0, Eigen::OuterStride<>> result(
        to.data, cols, place.rows(), Eigen::OuterStride<>(to.row_stride));
    const Eigen::Map<const Matrix<Scalar>> matrix(weights.data, rows, cols);
    if (accumulate) {
      result.noalias() += matrix.transpose() * dy;
    } else {
      result.noalias() = matrix.transpose() * dy;
    }
    return;
  }
  if (place.rows() == 1 && gradient.unit_stride == 1 && weights.unit_stride == 1 && to.unit_stride == 1) {
    const Eigen::Map<const Matrix<Scalar>> matrix(weights.data + entries.begin * rows, rows, entries.count());
    const Eigen::Map<const Vector<Scalar>> dy(gradient.data, rows);
    Eigen::Map<Vector<Scalar>> result(to.Unit(entries.begin), entries.count());
    if (!accumulate) result.setZero();
    result.noalias() += matrix.transpose() * dy;
    return;
  }
  if (IsShared(weights, place.rows()) && to.row_stride == 1) {
    return VectorGradientOfShared(place, entries, accumulate, to);
  }
  for (Index k = entries.begin; k < entries.end; ++k) {
    for (Index unit = 0; unit < rows; ++unit) {
      WithColumns<Scalar>(gradient, unit, weights, unit + k * rows, [&](const auto& dy, const auto& weight) {
        WriteColumn(to, k, place.rows(), accumulate || unit > 0, [&](Index row) { return dy(row) * weight(row); });
      });
    }
  }
}

// For rows that have their own part of the result, or a single row: the outer product dy x^T.
template <typename Scalar>
void WeightGradient(const Place<Scalar>& place, bool accumulate, const Rows<Scalar>& to) {
  const Index rows = place.InputShape(0).rows;  // no structured binding: clang 14 captures none
  const Index cols = place.InputShape(0).cols;
  const Rows<const Scalar> gradient = place.Gradient();
  const Rows<const Scalar> x = place.Input(1);
  const bool is_single = place.rows() == 1;
  if (is_single || (to.row_stride > 1 && to.unit_stride == 1)) {
    for (Index row = 0; row < place.rows(); ++row) {
      const Scalar* const dy = gradient.data + row * gradient.row_stride;
      for (Index k = 0; k < cols; ++k) {
        const Scalar factor = x(row, k);
        const Rows<Scalar> column = to.From(k * rows);
        Scalar* const out = column.data + row * column.row_stride;
        if (column.unit_stride == 1 && gradient.unit_stride == 1) {
          WriteRun(
              rows, accumulate, [&](Index unit) { return dy[unit] * factor; }, out);
          continue;
        }
        for (Index unit = 0; unit < rows; ++unit) {
          const Scalar term = dy[unit * gradient.unit_stride] * factor;
          out[unit * column.unit_stride] = accumulate ? out[unit * column.unit_stride] + term : term;
        }
      }
    }
    return;
  }
  for (Index k = 0; k < cols; ++k) {
    for (Index unit = 0; unit < rows; ++unit) {
      WithColumns<Scalar>(gradient, unit, x, k, [&](const auto& dy, const auto& entry) {
        WriteColumn(to, unit + k * rows, place.rows(), accumulate, [&](Index row) { return dy(row) * entry(row); });
      });
    }
  }
}

}  // namespace

template <typename Scalar>
void AffineBackward(
    const Place<Scalar>& place, std::size_t input, const Range& entries, bool accumulate, const Rows<Scalar>& to) {
  if (input == 0) return WeightGradient(place, accumulate, to);
  if (input == 1) return VectorGradient(place, entries, accumulate, to);
  const Rows<const Scalar> gradient = place.Gradient();
  for (Index unit = entries.begin; unit < entries.end; ++unit) {
    WithColumn<Scalar>(gradient, unit, [&](const auto& dy) { WriteColumn(to, unit, place.rows(), accumulate, dy); });
  }
}

template <typename Scalar>
void SumWeightGradient(Place<Scalar> place, std::span<const Piece> pieces, const MatrixBlock<Scalar>& block) {
  Scratch<Scalar>& scratch = place.scratch;
  bool accumulate = block.accumulate;
  for (const Piece& piece : pieces) {
    place.piece = piece;
    const Rows<const Scalar> gradient = AsConst(place.Gradient().From(block.rows.begin));
    const Index units = block.rows.count();
    const DenseRows<Scalar> x = Dense(AsConst(place.Input(1).From(block.cols.begin)),
                                      piece.count,
                                      block.cols.count(),
                                      scratch,
                                      Scratch<Scalar>::kRight);
    const bool is_transposed = gradient.unit_stride == 1 && gradient.row_stride > 1 && block.scale == Scalar(1);
    const Scalar* const left =
        is_transposed
            ? gradient.data
            : ScaledTranspose(
                  gradient, piece.count, units, block.scale, scratch.Get(Scratch<Scalar>::kLeft, piece.count * units));
    Multiply({.rows = units,
              .cols = block.cols.count(),
              .inner = piece.count,
              .a_stride = is_transposed ? gradient.row_stride : units,
              .b_stride = x.stride,
              .c_stride = block.stride,
              .accumulate = accumulate},
             left,
             x.data,
             block.data);
    accumulate = true;
  }
  if (accumulate) return;
  for (Index col = 0; col < block.cols.count(); ++col) {
    std::fill_n(block.data + col * block.stride, block.rows.count(), Scalar(0));
  }
}

#define HYPERWIDTH_INSTANTIATE(Scalar)                                                                      \
  template void AffineForward(const Place<Scalar>&, const Range&);                                          \
  template void AffineBackward(const Place<Scalar>&, std::size_t, const Range&, bool, const Rows<Scalar>&); \
  template void SumWeightGradient(Place<Scalar>, std::span<const Piece>, const MatrixBlock<Scalar>&);
HYPERWIDTH_INSTANTIATE(float)
HYPERWIDTH_INSTANTIATE(double)
#undef HYPERWIDTH_INSTANTIATE

}  // namespace hyperwidth
