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
  for (const Index rows : kSizes) {
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
  const Matrix<float> a = Matrix<float>::Random(300, 3000);
  const Matrix<float> b = Matrix<float>::Random(200, 3000);
  Matrix<float> found(300, 200);
  Multiply<float>({.rows = 300,
                   .cols = 200,
                   .inner = 3000,
                   .a_stride = 300,
                   .b_stride = 200,
                   .c_stride = 300,
                   .b_transposed = true},
                  a.data(),
                  b.data(),
                  found.data());
  const Matrix<double> expected = a.cast<double>() * b.cast<double>().transpose();
  EXPECT_LT((found.cast<double>() - expected).norm(), 1e-5 * expected.norm());
}

}  // namespace
}  // namespace hyperwidth
