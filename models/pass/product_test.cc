// SPDX-License-Identifier: Apache-2.0
#include "models/pass/product.h"

#include <gtest/gtest.h>

#include <limits>

namespace hyperwidth {
namespace {

template <typename Scalar>
class EveryPrecision : public ::testing::Test {};
using Precisions = ::testing::Types<float, double>;
TYPED_TEST_SUITE(EveryPrecision, Precisions);

constexpr Index kSizes[] = {1, 2, 7, 16, 33, 100};

TYPED_TEST(EveryPrecision, ProductsAgreeWithEigenForEveryShapeAndStride) {
  using Scalar = TypeParam;
  for (const Index rows : kSizes) {
    for (const Index cols : kSizes) {
      for (const Index inner : kSizes) {
        for (const bool b_transposed : {false, true}) {
          for (const bool accumulate : {false, true}) {
            const Matrix<Scalar> a = Matrix<Scalar>::Random(rows + 3, inner);
            const Matrix<Scalar> b =
                b_transposed ? Matrix<Scalar>::Random(cols + 1, inner) : Matrix<Scalar>::Random(inner + 1, cols);
            const Matrix<Scalar> before = Matrix<Scalar>::Random(rows + 5, cols);
            Matrix<Scalar> expected = before;
            if (!accumulate) expected.topRows(rows).setZero();
            if (b_transposed) {
              expected.topRows(rows) += a.topRows(rows) * b.topRows(cols).transpose();
            } else {
              expected.topRows(rows) += a.topRows(rows) * b.topRows(inner);
            }
            Matrix<Scalar> found = before;
            Multiply<Scalar>({.rows = rows,
                              .cols = cols,
                              .inner = inner,
                              .a_stride = a.rows(),
                              .b_stride = b.rows(),
                              .c_stride = found.rows(),
                              .b_transposed = b_transposed,
                              .accumulate = accumulate},
                             a.data(),
                             b.data(),
                             found.data());
            // Entries below the block stay as they are; those inside are sums of `inner` + 1 numbers below 1.
            ASSERT_EQ(found.bottomRows(5), before.bottomRows(5));
            const double tolerance = static_cast<double>(inner + 1) * std::numeric_limits<Scalar>::epsilon();
            ASSERT_LT((found - expected).cwiseAbs().maxCoeff(), 2 * tolerance)
                << rows << " x " << inner << " x " << cols << (b_transposed ? " transposed" : "")
                << (accumulate ? " accumulated" : "");
          }
        }
      }
    }
  }
}

TYPED_TEST(EveryPrecision, TransposeIsExact) {
  using Scalar = TypeParam;
  for (const Index rows : {1, 2, 7, 16, 33, 100, 128, 129, 300}) {
    for (const Index cols : kSizes) {
      const Matrix<Scalar> from = Matrix<Scalar>::Random(rows + 2, cols);
      Matrix<Scalar> to = Matrix<Scalar>::Zero(cols + 3, rows);
      Transpose<Scalar>(rows, cols, from.data(), from.rows(), to.data(), to.rows());
      EXPECT_EQ(to.topRows(cols), from.topRows(rows).transpose());
      EXPECT_EQ(to.bottomRows(3).cwiseAbs().maxCoeff(), 0);
    }
  }
}

TEST(Multiply, TakesShapesFarLargerThanABlock) {
  constexpr Index kCols = 200, kInner = 3000;
  for (const Index rows : {10, 300}) {
    const Matrix<float> a = Matrix<float>::Random(rows, kInner);
    const Matrix<float> b = Matrix<float>::Random(kInner, kCols);
    const Matrix<float> before = Matrix<float>::Random(rows, kCols);
    const Matrix<double> product = a.cast<double>() * b.cast<double>();
    for (const bool b_transposed : {false, true}) {
      for (const bool accumulate : {false, true}) {
        const Matrix<float> right = b_transposed ? Matrix<float>(b.transpose()) : b;
        Matrix<float> found = before;
        Multiply<float>({.rows = rows,
                         .cols = kCols,
                         .inner = kInner,
                         .a_stride = rows,
                         .b_stride = right.rows(),
                         .c_stride = rows,
                         .b_transposed = b_transposed,
                         .accumulate = accumulate},
                        a.data(),
                        right.data(),
                        found.data());
        const Matrix<double> expected = accumulate ? Matrix<double>(product + before.cast<double>()) : product;
        EXPECT_LT((found.cast<double>() - expected).norm(), 1e-5 * expected.norm())
            << rows << " rows" << (b_transposed ? ", transposed" : "") << (accumulate ? ", accumulated" : "");
      }
    }
  }
}

}  // namespace
}  // namespace hyperwidth
