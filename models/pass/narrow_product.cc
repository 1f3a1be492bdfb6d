// SPDX-License-Identifier: Apache-2.0
#include "models/pass/narrow_product.h"

#include <algorithm>
#include <cstring>
#include <utility>

namespace hyperwidth {
namespace {

#if defined(__AVX512F__)
constexpr Index kVectorBytes = 64;
#elif defined(__AVX__)
constexpr Index kVectorBytes = 32;
#else
constexpr Index kVectorBytes = 16;
#endif

// A processor's vector of numbers.
template <typename Scalar>
struct LanesOf {
  typedef Scalar Type __attribute__((vector_size(kVectorBytes)));
};
template <typename Scalar>
using Lanes = typename LanesOf<Scalar>::Type;
template <typename Scalar>
constexpr Index kLanes = kVectorBytes / static_cast<Index>(sizeof(Scalar));

// Entries of the inner dimension, and columns, taken at once: the part of a stays in the first cache.
constexpr Index kInnerAtOnce = 512;
constexpr Index kColumnsAtOnce = 64;
// Rows whose sums, with two columns, fit into sixteen registers.
constexpr Index kRowsOfPass = 6;

// The sums so far of some columns, lane by lane: added up only in the end.
template <typename Scalar>
struct Sums {
  Lanes<Scalar> of[kColumnsAtOnce][kMostNarrowRows<Scalar>];
};

// What is multiplied at once: rows of a, kInnerAtOnce apart, and columns of b, b_stride apart. `count` entries of each,
// a multiple of the lanes.
template <typename Scalar>
struct Part {
  const Scalar* a = nullptr;
  const Scalar* b = nullptr;
  Index b_stride = 0;
  Index count = 0;
};

// Adds to the sums of some rows and some columns, whose first rows are at `sums`.
template <typename Scalar, Index... kRow, Index... kCol>
void AddDots(const Part<Scalar>& part,
             std::integer_sequence<Index, kRow...> /*rows*/,
             std::integer_sequence<Index, kCol...> /*cols*/,
             Lanes<Scalar>* const* sums) {
  constexpr Index kCols = sizeof...(kCol);
  Lanes<Scalar> sum[sizeof...(kRow)][kCols];
  const auto each_row = [](const auto& work) { (work(std::integral_constant<Index, kRow>()), ...); };
  each_row([&](auto row) { ((sum[row][kCol] = sums[kCol][row]), ...); });
  for (Index k = 0; k < part.count; k += kLanes<Scalar>) {
    Lanes<Scalar> right[kCols];
    (std::memcpy(&right[kCol], part.b + kCol * part.b_stride + k, kVectorBytes), ...);
    // The next columns: runs of a column are too short for the processor to see them coming.
    (__builtin_prefetch(part.b + (kCol + kCols) * part.b_stride + k), ...);
    each_row([&](auto row) {
      Lanes<Scalar> left;
      std::memcpy(&left, part.a + row * kInnerAtOnce + k, kVectorBytes);
      ((sum[row][kCol] += left * right[kCol]), ...);
    });
  }
  each_row([&](auto row) { ((sums[kCol][row] = sum[row][kCol]), ...); });
}

// kRows rows, of which the first is row `first` of the sums, and `cols` columns.
template <Index kRows, typename Scalar>
void AddDotsOfRows(Part<Scalar> part, Index first, Index cols, Sums<Scalar>& sums) {
  constexpr auto kEachRow = std::make_integer_sequence<Index, kRows>();
  Index col = 0;
  for (; col + 2 <= cols; col += 2, part.b += 2 * part.b_stride) {
    Lanes<Scalar>* const two[] = {&sums.of[col][first], &sums.of[col + 1][first]};
    AddDots(part, kEachRow, std::make_integer_sequence<Index, 2>(), two);
  }
  if (col == cols) return;
  Lanes<Scalar>* const one[] = {&sums.of[col][first]};
  AddDots(part, kEachRow, std::make_integer_sequence<Index, 1>(), one);
}

template <typename Scalar>
void AddDots(Part<Scalar> part, Index rows, Index cols, Sums<Scalar>& sums) {
  using OfRows = void (*)(Part<Scalar>, Index, Index, Sums<Scalar>&);
  constexpr OfRows kOfRows[kRowsOfPass] = {AddDotsOfRows<1, Scalar>,
                                           AddDotsOfRows<2, Scalar>,
                                           AddDotsOfRows<3, Scalar>,
                                           AddDotsOfRows<4, Scalar>,
                                           AddDotsOfRows<5, Scalar>,
                                           AddDotsOfRows<6, Scalar>};
  const Index passes = (rows + kRowsOfPass - 1) / kRowsOfPass;
  for (Index pass = 0; pass < passes; ++pass) {
    const Index first = rows * pass / passes;
    const Index count = rows * (pass + 1) / passes - first;
    kOfRows[count - 1](part, first, cols, sums);
    part.a += count * kInnerAtOnce;
  }
}

}  // namespace

template <typename Scalar>
void MultiplyByDots(const ProductShape& shape, const Scalar* a, const Scalar* b, Scalar* c) {
  Scalar left[kMostNarrowRows<Scalar> * kInnerAtOnce];  // a part of a, row by row
  Sums<Scalar> sums;
  const Index rows = shape.rows;
  const Index groups = (shape.cols + kColumnsAtOnce - 1) / kColumnsAtOnce;
  const Index in_lanes = shape.inner / kLanes<Scalar> * kLanes<Scalar>;
  for (Index group = 0; group < groups; ++group) {
    const Index first_col = shape.cols * group / groups;
    const Index cols = shape.cols * (group + 1) / groups - first_col;
    const Scalar* const right = b + first_col * shape.b_stride;
    for (Index col = 0; col < cols; ++col) std::fill_n(sums.of[col], rows, Lanes<Scalar>{});
    for (Index first = 0; first < in_lanes; first += kInnerAtOnce) {
      const Index count = std::min(kInnerAtOnce, in_lanes - first);
      for (Index k = 0; k < count; ++k) {
        const Scalar* const column = a + (first + k) * shape.a_stride;
        for (Index row = 0; row < rows; ++row) left[row * kInnerAtOnce + k] = column[row];
      }
      AddDots(
          Part<Scalar>{.a = left, .b = right + first, .b_stride = shape.b_stride, .count = count}, rows, cols, sums);
    }
    for (Index col = 0; col < cols; ++col) {
      Scalar* const out = c + (first_col + col) * shape.c_stride;
      for (Index row = 0; row < rows; ++row) {
        Scalar sum = 0;
        for (Index lane = 0; lane < kLanes<Scalar>; ++lane) sum += sums.of[col][row][lane];
        for (Index k = in_lanes; k < shape.inner; ++k)
          sum += a[row + k * shape.a_stride] * right[k + col * shape.b_stride];
        out[row] = shape.accumulate ? out[row] + sum : sum;
      }
    }
  }
}

template void MultiplyByDots(const ProductShape&, const float*, const float*, float*);
template void MultiplyByDots(const ProductShape&, const double*, const double*, double*);

}  // namespace hyperwidth
