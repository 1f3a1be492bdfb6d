// SPDX-License-Identifier: Apache-2.0
#include "models/pass/product.h"

#include <libxsmm.h>

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

}  // namespace

template <typename Scalar>
void Multiply(const ProductShape& shape, const Scalar* a, const Scalar* b, Scalar* c) {
  if (const auto kernel = Kernel<Scalar>(shape)) {
    kernel(a, b, c);
  } else {
    MultiplyWithEigen(shape, a, b, c);
  }
}

template <typename Scalar>
void Transpose(Index rows, Index cols, const Scalar* from, Index from_stride, Scalar* to, Index to_stride) {
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
