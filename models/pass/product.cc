// SPDX-License-Identifier: Apache-2.0
#include "models/pass/product.h"

#include <libxsmm.h>

#include <algorithm>
#include <type_traits>

#include "models/pass/narrow_product.h"

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

// AVX-512 brought masks, twice as many registers and vectors twice as long: libxsmm's kernels are others there.
bool HasMasks() {
  static const bool has_masks = libxsmm_get_target_archid() >= LIBXSMM_X86_AVX512;
  return has_masks;
}

// How much of a is taken at once.
struct BlockSizes {
  Index inner = 0;
  Index rows = 0;
};

// Without masks a few columns are in registers at a time, and a block has to stay in the first cache while it meets
// them all. Measured on AVX2, with 32 KiB of it: a hypernetwork's products run at 85 GFLOP/s, and at 57 with 512
// entries and all rows at once; those of a layer of 128 units with 100 samples at 80 to 90, and at 60 with 128 entries.
// With masks, ten columns fit into registers.
constexpr Index kBlockInner = 96, kBlockBytes = kBlockInner * 256;
// Where b or c is spread over more memory than the first level of address translation remembers, each pass over them
// costs more than what a stays for: then there are fewer, with more rows.
constexpr Index kNearBytes = 256 * 1024;

// As even as they can be, of at most so many entries.
Index EvenPart(Index size, Index most) {
  const Index parts = (size + most - 1) / most;
  return (size + parts - 1) / parts;
}

template <typename Scalar>
BlockSizes BlockSizesOf(const ProductShape& shape) {
  if (shape.inner_at_once > 0) return {.inner = std::min(shape.inner, shape.inner_at_once), .rows = shape.rows};
  if (HasMasks()) return {.inner = EvenPart(shape.inner, 512), .rows = shape.rows};
  constexpr auto kSize = static_cast<Index>(sizeof(Scalar));
  const Index b_bytes = (shape.b_transposed ? shape.inner : shape.cols) * shape.b_stride * kSize;
  const Index c_bytes = shape.cols * shape.c_stride * kSize;
  const Index rows = std::min(shape.rows, (std::max(b_bytes, c_bytes) <= kNearBytes ? 256 : 512) / kSize);
  const bool is_one_block = rows * shape.inner * kSize <= kBlockBytes;
  return {.inner = is_one_block ? shape.inner : EvenPart(shape.inner, kBlockInner), .rows = rows};
}

// What Eigen is given at once: what it makes of it stays on the stack.
constexpr Index kInnerOfEigen = 512, kColumnsOfEigen = 64;
// From so many entries of the inner dimension, and kFewestDotColumns, on, a narrow a is worth being turned round.
constexpr Index kFewestDotEntries = 64;

// What libxsmm is given at once to transpose: it takes three to four times as long over matrices of many more rows.
constexpr Index kTransposedRows = 128;

// libxsmm's kernels leave the upper halves of vector registers in use, with which code for older processors, such as
// the C library's exp, runs several times slower.
void ClearUpperHalves() {
#ifdef __AVX__
  __builtin_ia32_vzeroupper();
#endif
}

template <typename Scalar>
void MultiplyInPartsWithEigen(const ProductShape& shape, const Scalar* a, const Scalar* b, Scalar* c) {
  ProductShape part = shape;
  for (Index k = 0; k < shape.inner; k += kInnerOfEigen) {
    part.inner = std::min(kInnerOfEigen, shape.inner - k);
    for (Index col = 0; col < shape.cols; col += kColumnsOfEigen) {
      part.cols = std::min(kColumnsOfEigen, shape.cols - col);
      const Index first = shape.b_transposed ? col + k * shape.b_stride : k + col * shape.b_stride;
      MultiplyWithEigen(part, a + k * shape.a_stride, b + first, c + col * shape.c_stride);
    }
    part.accumulate = true;
  }
}

// Block by block of a, where libxsmm has kernels.
template <typename Scalar>
void MultiplyInBlocks(const ProductShape& shape, const Scalar* a, const Scalar* b, Scalar* c) {
  const BlockSizes sizes = BlockSizesOf<Scalar>(shape);
  ProductShape block = shape;
  block.inner = sizes.inner;
  block.rows = sizes.rows;
  ProductShape of_kernel = block;
  auto kernel = Kernel<Scalar>(block);
  if (kernel == nullptr) return MultiplyInPartsWithEigen(shape, a, b, c);
  for (Index k = 0; k < shape.inner; k += sizes.inner) {
    block.inner = std::min(sizes.inner, shape.inner - k);
    const Scalar* const right = b + (shape.b_transposed ? k * shape.b_stride : k);
    for (Index row = 0; row < shape.rows; row += sizes.rows) {
      block.rows = std::min(sizes.rows, shape.rows - row);
      if (!(block == of_kernel)) {
        kernel = Kernel<Scalar>(block);
        of_kernel = block;
      }
      if (kernel != nullptr) {
        kernel(a + row + k * shape.a_stride, right, c + row);
      } else {
        MultiplyWithEigen(block, a + row + k * shape.a_stride, right, c + row);
      }
    }
    block.accumulate = true;
  }
  ClearUpperHalves();
}

}  // namespace

// libxsmm fills a vector with rows; without masks, what is left over runs one number at a time.
template <typename Scalar>
bool IsNarrow(Index rows) {
  constexpr Index kVector = 32 / static_cast<Index>(sizeof(Scalar));
  return !HasMasks() && rows < 2 * kVector && rows % kVector != 0;
}

template <typename Scalar>
bool IsOfDots(const ProductShape& shape) {
  return IsNarrow<Scalar>(shape.rows) && !shape.b_transposed && shape.inner >= kFewestDotEntries &&
         (shape.cols == 1 || shape.cols >= kFewestDotColumns);
}

template <typename Scalar>
void Multiply(const ProductShape& shape, const Scalar* a, const Scalar* b, Scalar* c) {
  if (IsOfDots<Scalar>(shape)) return MultiplyByDots(shape, a, b, c);
  if (IsNarrow<Scalar>(shape.rows) && shape.cols > 1) return MultiplyInPartsWithEigen(shape, a, b, c);  // it packs rows
  MultiplyInBlocks(shape, a, b, c);
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
  for (Index row = 0; row < rows; row += kTransposedRows) {
    libxsmm_otrans(to + row * to_stride,
                   from + row,
                   sizeof(Scalar),
                   static_cast<libxsmm_blasint>(std::min(kTransposedRows, rows - row)),
                   static_cast<libxsmm_blasint>(cols),
                   static_cast<libxsmm_blasint>(from_stride),
                   static_cast<libxsmm_blasint>(to_stride));
  }
}

template bool IsNarrow<float>(Index);
template bool IsNarrow<double>(Index);
template bool IsOfDots<float>(const ProductShape&);
template bool IsOfDots<double>(const ProductShape&);
template void Multiply(const ProductShape&, const float*, const float*, float*);
template void Multiply(const ProductShape&, const double*, const double*, double*);
template void Transpose(Index, Index, const float*, Index, float*, Index);
template void Transpose(Index, Index, const double*, Index, double*, Index);

}  // namespace hyperwidth
