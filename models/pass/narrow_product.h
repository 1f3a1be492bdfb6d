// SPDX-License-Identifier: Apache-2.0
//
// Products whose left factor has too few rows to fill a processor's vectors, such as those of a network's first layer
// of ten units with the matrix of an embedding's wide last one. Along the inner dimension there are enough numbers.

#ifndef HYPERWIDTH_MODELS_PASS_NARROW_PRODUCT_H_
#define HYPERWIDTH_MODELS_PASS_NARROW_PRODUCT_H_

#include "models/pass/product.h"

namespace hyperwidth {

// Rows that MultiplyByDots can take.
template <typename Scalar>
inline constexpr Index kMostNarrowRows = 64 / static_cast<Index>(sizeof(Scalar));

// As Multiply, each entry of c as a dot product along the inner dimension. At most kMostNarrowRows rows; b is not
// transposed. An entry has the same bits whichever columns it is computed with.
template <typename Scalar>
void MultiplyByDots(const ProductShape& shape, const Scalar* a, const Scalar* b, Scalar* c);

}  // namespace hyperwidth

#endif  // HYPERWIDTH_MODELS_PASS_NARROW_PRODUCT_H_
