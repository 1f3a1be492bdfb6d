// SPDX-License-Identifier: Apache-2.0
//
// Loops over the rows of one unit, a column, whatever its stride: rows next to each other, one row for all, or rows far
// apart. Adding to a row that stands for all adds over all rows.

#ifndef HYPERWIDTH_MODELS_PASS_COLUMNS_H_
#define HYPERWIDTH_MODELS_PASS_COLUMNS_H_

#include "models/pass/short_runs.h"
#include "models/pass/store.h"

namespace hyperwidth {

// Sums of floats in a fixed number of parts, so that they are vector operations and the same on every processor.
template <typename Scalar, typename Term>
Scalar SumOfRows(Index count, const Term& term) {
  constexpr Index kParts = 16;
  Scalar parts[kParts] = {};
  Index row = 0;
  for (; row + kParts <= count; row += kParts) {
    for (Index i = 0; i < kParts; ++i) parts[i] += term(row + i);
  }
  Scalar sum = 0;
  for (; row < count; ++row) sum += term(row);
  for (const Scalar part : parts) sum += part;
  return sum;
}

// to(row, unit) = term(row) for all rows, or += where `accumulate`.
template <typename Scalar, typename Term>
void WriteColumn(const Rows<Scalar>& to, Index unit, Index count, bool accumulate, const Term& term) {
  Scalar* const out = to.Unit(unit);
  if (to.row_stride == 0) {
    const Scalar sum = SumOfRows<Scalar>(count, term);
    *out = accumulate ? *out + sum : sum;
  } else if (to.row_stride == 1) {
    WriteRun(count, accumulate, term, out);
  } else {
    for (Index row = 0; row < count; ++row) {
      out[row * to.row_stride] = accumulate ? out[row * to.row_stride] + term(row) : term(row);
    }
  }
}

// Calls use(term) with a function of the row that is as cheap as the column's stride allows.
template <typename Scalar, typename Use>
void WithColumn(const Rows<const Scalar>& from, Index unit, const Use& use) {
  const Scalar* const in = from.Unit(unit);
  if (from.row_stride == 0) {
    use([value = *in](Index) { return value; });
  } else if (from.row_stride == 1) {
    use([in](Index row) { return in[row]; });
  } else {
    use([in, stride = from.row_stride](Index row) { return in[row * stride]; });
  }
}

template <typename Scalar, typename Use>
void WithColumns(const Rows<const Scalar>& a, Index a_unit, const Rows<const Scalar>& b, Index b_unit, const Use& use) {
  WithColumn<Scalar>(a, a_unit, [&](const auto& left) {
    WithColumn<Scalar>(b, b_unit, [&](const auto& right) { use(left, right); });
  });
}

template <typename Scalar>
Rows<const Scalar> AsConst(const Rows<Scalar>& rows) {
  return {.data = rows.data, .row_stride = rows.row_stride, .unit_stride = rows.unit_stride};
}

}  // namespace hyperwidth

#endif  // HYPERWIDTH_MODELS_PASS_COLUMNS_H_
