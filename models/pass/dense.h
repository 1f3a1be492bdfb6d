// SPDX-License-Identifier: Apache-2.0
//
// Rows as matrices that products can read.

#ifndef HYPERWIDTH_MODELS_PASS_DENSE_H_
#define HYPERWIDTH_MODELS_PASS_DENSE_H_

#include "models/pass/product.h"
#include "models/pass/scratch.h"
#include "models/pass/store.h"

namespace hyperwidth {

// A matrix [rows, units], column-major.
template <typename Scalar>
struct DenseRows {
  const Scalar* data = nullptr;
  Index stride = 0;  // from one column to the next

  const Scalar* Unit(Index unit) const { return data + unit * stride; }
};

// Rows as they lie if their rows are next to each other, else a copy.
template <typename Scalar>
DenseRows<Scalar> Dense(const Rows<const Scalar>& rows,
                        Index count,
                        Index units,
                        Scratch<Scalar>& scratch,
                        typename Scratch<Scalar>::Name name) {
  if (rows.row_stride == 1 || count == 1) return {.data = rows.data, .stride = rows.unit_stride};
  Scalar* const copy = scratch.Get(name, count * units);
  if (rows.unit_stride == 1 && rows.row_stride > 0) {
    Transpose(units, count, rows.data, rows.row_stride, copy, count);
  } else {
    for (Index unit = 0; unit < units; ++unit) {
      for (Index row = 0; row < count; ++row) copy[unit * count + row] = rows(row, unit);
    }
  }
  return {.data = copy, .stride = count};
}

// The entries of one row, next to each other.
template <typename Scalar>
const Scalar* DenseRow(const Rows<const Scalar>& rows, Index units, Scratch<Scalar>& scratch) {
  if (rows.unit_stride == 1) return rows.data;
  Scalar* const copy = scratch.Get(Scratch<Scalar>::kMatrix, units);
  for (Index unit = 0; unit < units; ++unit) copy[unit] = *rows.Unit(unit);
  return copy;
}

// scale * rows^T [units, count] in scratch memory: the left factor of sums over rows.
template <typename Scalar>
const Scalar* ScaledTranspose(const Rows<const Scalar>& rows, Index count, Index units, Scalar scale, Scalar* to) {
  if (rows.row_stride == 1) {
    Transpose(count, units, rows.data, rows.unit_stride, to, units);
    if (scale != Scalar(1)) Eigen::Map<Vector<Scalar>>(to, count * units) *= scale;
  } else {
    for (Index row = 0; row < count; ++row) {
      for (Index unit = 0; unit < units; ++unit) to[row * units + unit] = scale * rows(row, unit);
    }
  }
  return to;
}

}  // namespace hyperwidth

#endif  // HYPERWIDTH_MODELS_PASS_DENSE_H_
