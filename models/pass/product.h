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
};

// All sizes at least 1, strides at least the number of rows; c overlaps neither a nor b.
template <typename Scalar>
void Multiply(const ProductShape& shape, const Scalar* a, const Scalar* b, Scalar* c);

// to [cols, rows] = transpose of from [rows, cols]; strides from one column to the next.
template <typename Scalar>
void Transpose(Index rows, Index cols, const Scalar* from, Index from_stride, Scalar* to, Index to_stride);

}  // namespace hyperwidth

#endif  // HYPERWIDTH_MODELS_PASS_PRODUCT_H_
