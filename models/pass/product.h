// SPDX-License-Identifier: Apache-2.0
//
// The matrix products of a training step: narrow, a few hundred rows at most, on blocks that are in cache.

#ifndef HYPERWIDTH_MODELS_PASS_PRODUCT_H_
#define HYPERWIDTH_MODELS_PASS_PRODUCT_H_

#include "models/types.h"

namespace hyperwidth {

// c = a b, all column-major: c [rows, cols], a [rows, inner], and b [inner, cols], or its transpose if `b_transposed`.
struct ProductShape {
  Index rows = 0;
  Index cols = 0;
  Index inner = 0;
  // From one column to the next.
  Index a_stride = 0;
  Index b_stride = 0;
  Index c_stride = 0;
  bool b_transposed = false;
  bool accumulate = false;  // c += a b
  // Columns of a taken at once; 0: as many as suit the processor. Where they are far apart in memory, it sees few of
  // them coming.
  Index inner_at_once = 0;

  bool operator==(const ProductShape&) const = default;
};

// All sizes at least 1, strides at least the number of rows; c overlaps neither a nor b.
template <typename Scalar>
void Multiply(const ProductShape& shape, const Scalar* a, const Scalar* b, Scalar* c);

// Whether so few rows leave most of a vector empty on this processor: of two ways to write a product, the other is
// faster.
template <typename Scalar>
bool IsNarrow(Index rows);

// Whether Multiply computes this product by dot products, of which each has the same bits whatever its neighbours. True
// of a product, it is true of any kFewestDotColumns of its columns, if it has more than one.
template <typename Scalar>
bool IsOfDots(const ProductShape& shape);
inline constexpr Index kFewestDotColumns = 8;

// to [cols, rows] = transpose of from [rows, cols]; strides from one column to the next.
template <typename Scalar>
void Transpose(Index rows, Index cols, const Scalar* from, Index from_stride, Scalar* to, Index to_stride);

}  // namespace hyperwidth

#endif  // HYPERWIDTH_MODELS_PASS_PRODUCT_H_
