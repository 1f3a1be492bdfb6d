// SPDX-License-Identifier: Apache-2.0
#include "models/pass/narrow_product.h"

#include <gtest/gtest.h>

#include <limits>

namespace hyperwidth {
namespace {

template <typename Scalar>
class NarrowProduct : public ::testing::Test {};
using Precisions = ::testing::Types<float, double>;
TYPED_TEST_SUITE(NarrowProduct, Precisions);

// Around whole vectors, a block of the inner dimension, and a group of columns.
constexpr Index kInners[] = {1, 3, 16, 31, 64, 511, 512, 530, 1100};
constexpr Index kColumns[] = {1, 2, 5, 63, 64, 65, 130};

TYPED_TEST(NarrowProduct, AgreesWithEigenForEveryNumberOfRows) {
  using Scalar = TypeParam;
  for (Index rows = 1; rows <= kMostNarrowRows<Scalar>; ++rows) {
    for (const Index inner : kInners) {
      for (const Index cols : kColumns) {
        for (const bool accumulate : {false, true}) {
          const Matrix<Scalar> a = Matrix<Scalar>::Random(rows + 2, inner);
          const Matrix<Scalar> b = Matrix<Scalar>::Random(inner + 1, cols);
          const Matrix<Scalar> before = Matrix<Scalar>::Random(rows + 3, cols);
          Matrix<Scalar> found = before;
          MultiplyByDots<Scalar>({.rows = rows,
                                  .cols = cols,
                                  .inner = inner,
                                  .a_stride = a.rows(),
                                  .b_stride = b.rows(),
                                  .c_stride = found.rows(),
                                  .accumulate = accumulate},
                                 a.data(),
                                 b.data(),
                                 found.data());
          Matrix<Scalar> expected = a.topRows(rows) * b.topRows(inner);
          if (accumulate) expected += before.topRows(rows);
          ASSERT_EQ(found.bottomRows(3), before.bottomRows(3));
          const double tolerance = static_cast<double>(inner + 1) * std::numeric_limits<Scalar>::epsilon();
          ASSERT_LT((found.topRows(rows) - expected).cwiseAbs().maxCoeff(), 2 * tolerance)
              << rows << " x " << inner << " x " << cols << (accumulate ? " accumulated" : "");
        }
      }
    }
  }
}

// So a product may be cut into as many groups of columns as there are threads.
TYPED_TEST(NarrowProduct, HasTheSameBitsForAnyCutOfItsColumns) {
  using Scalar = TypeParam;
  constexpr Index kRows = 7, kInner = 1100, kCols = 100;
  const Matrix<Scalar> a = Matrix<Scalar>::Random(kRows, kInner);
  const Matrix<Scalar> b = Matrix<Scalar>::Random(kInner, kCols);
  const auto columns = [&](Index first, Index count) {
    Matrix<Scalar> found(kRows, count);
    MultiplyByDots<Scalar>(
        {.rows = kRows, .cols = count, .inner = kInner, .a_stride = kRows, .b_stride = kInner, .c_stride = kRows},
        a.data(),
        b.col(first).data(),
        found.data());
    return found;
  };
  const Matrix<Scalar> whole = columns(0, kCols);
  for (const Index cut : {1, 16, 33, 50, 99}) {
    EXPECT_EQ(columns(0, cut), whole.leftCols(cut));
    EXPECT_EQ(columns(cut, kCols - cut), whole.rightCols(kCols - cut));
  }
}

}  // namespace
}  // namespace hyperwidth
