// SPDX-License-Identifier: Apache-2.0
#include "models/pass/product.h"

#include <libxsmm.h>

#include <algorithm>
#include <type_traits>

namespace hyperwidth {
namespace {

template <typename Scalar>
using StridedMap = Eigen::Map<Matrix<Scalar>, Eigen::Unaligned, Eigen::OuterStride<>>;
template <typename Scalar>
using ConstStridedMap = Eigen::Map<const Matrix<Scalar>, Eigen::Unaligned, Eigen::OuterStride<>>;

// A kernel that libxsmm compiles for the shape and remembers; null where it cannot, as on processors that it does not
// know.
template <typename Scalar>
auto Kernel(const ProductShape& shape) {
  const auto a_stride = static_cast<libxsmm_blasint>(shape.a_stride);
  const auto b_stride = static_cast<libxsmm_blasint>(shape.b_stride);
  const auto c_stride = static_cast<libxsmm_blasint>(shape.c_stride);
  const auto rows = static_cast<libxsmm_blasint>(shape.rows);
  const auto cols = static_cast<libxsmm_blasint>(shape.cols);
  const auto inner = static_cast<libxsmm_blasint>(shape.inner);
  const int flags = shape.b_transposed ? LIBXSMM_GEMM_FLAG_TRANS_B : LIBXSMM_GEMM_FLAG_NONE;
  const int prefetch = LIBXSMM_GEMM_PREFETCH_NONE;
  const Scalar alpha = 1;
  const Scalar beta = shape.accumulate ? 1 : 0;
  if constexpr (std::is_same_v<Scalar, float>) {
    return libxsmm_smmdispatch(rows, cols, inner, &a_stride, &b_stride, &c_stride, &alpha, &beta, &flags, &prefetch);
  } else {
    return libxsmm_dmmdispatch(rows, cols, inner, &a_stride, &b_stride, &c_stride, &alpha, &beta, &flags, &prefetch);
  }
}

template <typename Scalar>
void MultiplyWithEigen(const ProductShape& shape, const Scalar* a, const Scalar* b, Scalar* c) {
  const ConstStridedMap<Scalar> left(a, shape.rows, shape.inner, Eigen::OuterStride<>(shape.a_stride));
  StridedMap<Scalar> result(c, shape.rows, shape.cols, Eigen::OuterStride<>(shape.c_stride));
  if (!shape.accumulate) result.setZero();
  if (shape.b_transposed) {
    const ConstStridedMap<Scalar> right(b, shape.cols, shape.inner, Eigen::OuterStride<>(shape.b_stride));
    result.noalias() += left * right.transpose();
  } else {
    const ConstStridedMap<Scalar> right(b, shape.inner, shape.cols, Eigen::OuterStride<>(shape.b_stride));
    result.noalias() += left * right;
  }
}

// Entries of the inner dimension taken at once: a panel of a stays in the first cache.
constexpr Index kInnerAtOnce = 512;
// Columns that Eigen is given at once: what it makes of them stays on the stack.
constexpr Index kColumnsAtOnce = 64;

// libxsmm fills a vector with rows; without masks, which AVX-512 brought, what is left over runs one number at a time.
// Measured for 10 rows on AVX2: 20 to 34 GFLOP/s, and 46 to 60 with Eigen, which packs them.
template <typename Scalar>
bool IsTooNarrow(Index rows) {
  static const bool has_masks = libxsmm_get_target_archid() >= LIBXSMM_X86_AVX512;
  constexpr Index kVector = 32 / static_cast<Index>(sizeof(Scalar));
  return !has_masks && rows < 2 * kVector && rows % kVector != 0;
}

// libxsmm's kernels leave the upper halves of vector registers in use, with which code for older processors, such as
// the C library's exp, runs several times slower.
void ClearUpperHalves() {
#ifdef __AVX__
  __builtin_ia32_vzeroupper();
#endif
}

template <typename Scalar>
void MultiplyPart(const ProductShape& shape, const Scalar* a, const Scalar* b, Scalar* c) {
  if (IsTooNarrow<Scalar>(shape.rows) && shape.cols > 1) {
    ProductShape part = shape;
    for (Index first = 0; first < shape.cols; first += kColumnsAtOnce) {
      part.cols = std::min(kColumnsAtOnce, shape.cols - first);
      MultiplyWithEigen(part, a, b + (shape.b_transposed ? first : first * shape.b_stride), c + first * shape.c_stride);
    }
  } else if (const auto kernel = Kernel<Scalar>(shape)) {
    kernel(a, b, c);
    ClearUpperHalves();
  } else {
    MultiplyWithEigen(shape, a, b, c);
  }
}

}  // namespace

template <typename Scalar>
void Multiply(const ProductShape& shape, const Scalar* a, const Scalar* b, Scalar* c) {
  ProductShape part = shape;
  const Index parts = (shape.inner + kInnerAtOnce - 1) / kInnerAtOnce;
  for (Index i = 0; i < parts; ++i) {
    const Index first = shape.inner * i / parts;
    part.inner = shape.inner * (i + 1) / parts - first;
    MultiplyPart(part, a + first * shape.a_stride, b + (shape.b_transposed ? first * shape.b_stride : first), c);
    part.accumulate = true;
  }
}

template <typename Scalar>
void Transpose(Index rows, Index cols, const Scalar* from, Index from_stride, Scalar* to, Index to_stride) {
  // A single row or column, whose stride nobody has to know.
  if (rows == 1 || cols == 1) {
    for (Index col = 0; col < cols; ++col) {
      for (Index row = 0; row < rows; ++row) to[col + row * to_stride] = from[row + col * from_stride];
    }
    return;
  }
  libxsmm_otrans(to,
                 from,
                 sizeof(Scalar),
                 static_cast<libxsmm_blasint>(rows),
                 static_cast<libxsmm_blasint>(cols),
                 static_cast<libxsmm_blasint>(from_stride),
                 static_cast<libxsmm_blasint>(to_stride));
}

template void Multiply(const ProductShape&, const float*, const float*, float*);
template void Multiply(const ProductShape&, const double*, const double*, double*);
template void Transpose(Index, Index, const float*, Index, float*, Index);
template void Transpose(Index, Index, const double*, Index, double*, Index);

}  // namespace hyperwidth
