// SPDX-License-Identifier: Apache-2.0
#include "theory/sampled/linear_decoder_floor.h"

#include <gtest/gtest.h>

#include <Eigen/Dense>
#include <boost/random/mersenne_twister.hpp>
#include <boost/random/uniform_real_distribution.hpp>
#include <cmath>
#include <limits>
#include <stdexcept>

namespace hyperwidth {
namespace {

using Eigen::Index;
using Eigen::MatrixXd;
using Eigen::VectorXd;

MatrixXd RandomMatrix(Index rows, Index cols, unsigned seed) {
  boost::random::mt19937 generator(seed);
  boost::random::uniform_real_distribution<double> uniform(-1, 1);
  MatrixXd matrix(rows, cols);
  for (double& entry : matrix.reshaped()) entry = uniform(generator);
  return matrix;
}

double RootMeanSquareOf(const MatrixXd& matrix) {
  return matrix.norm() / std::sqrt(static_cast<double>(matrix.size()));
}

// Chebyshev polynomials T_0 .. T_19 with independent coefficients: int T_m T_n = 1/(1 - (m+n)^2) + 1/(1 - (m-n)^2) over
// [-1,1] if m + n is even, else 0.
MatrixXd ChebyshevGram(Index count) {
  MatrixXd gram = MatrixXd::Zero(count, count);
  for (Index m = 0; m < count; ++m) {
    for (Index n = m % 2; n < count; n += 2) {
      const auto sum = static_cast<double>(m + n), difference = static_cast<double>(m - n);
      gram(m, n) = 1 / (1 - sum * sum) + 1 / (1 - difference * difference);
    }
  }
  return gram;
}

TEST(LinearDecoderFloor, OfTwentyChebyshevCoefficientsHasItsClosedForm) {
  const LinearDecoderFloor floor = LinearDecoderFloor::OfGram(ChebyshevGram(20));
  EXPECT_NEAR(floor.Relative(0), 1, 2e-6) << "roots of eigenvalues have half of the digits";
  EXPECT_NEAR(floor.Relative(9), 0.576, 5e-4);
  EXPECT_NEAR(floor.Relative(10), 0.5253, 5e-5);
  EXPECT_NEAR(floor.Relative(12), 0.4215, 5e-5);
  EXPECT_NEAR(floor.Relative(15), 0.264, 5e-4);
  EXPECT_NEAR(floor.Relative(18), 0.095, 5e-4);
  EXPECT_NEAR(floor.Relative(19), 0.066, 5e-4);
  EXPECT_EQ(floor.Relative(20), 0);
  EXPECT_EQ(floor.Relative(1000), 0);
}

// Sampled densely, the same target has the same floor: Gauss-Legendre would make it equal, the midpoint rule nearly.
TEST(LinearDecoderFloor, OfSamplesApproachesThatOfTheGramMatrix) {
  constexpr Index kPoints = 2000, kPolynomials = 20;
  MatrixXd values(kPoints, kPolynomials);  // conditions: one coefficient each, which are as uncorrelated as can be
  for (Index i = 0; i < kPoints; ++i) {
    const double angle = std::acos(-1 + (2.0 * static_cast<double>(i) + 1) / kPoints);
    for (Index n = 0; n < kPolynomials; ++n) values(i, n) = std::cos(static_cast<double>(n) * angle);
  }
  const LinearDecoderFloor sampled = LinearDecoderFloor::OfSamples(values);
  const LinearDecoderFloor exact = LinearDecoderFloor::OfGram(ChebyshevGram(kPolynomials));
  for (int p = 0; p < 20; ++p) EXPECT_NEAR(sampled.Relative(p), exact.Relative(p), 2e-3) << p;
}

TEST(LinearDecoderFloor, IsReachedByTheBestDecoderAndByNoOther) {
  for (const auto& [rows, cols] : {std::pair<Index, Index>{12, 7}, {7, 12}, {9, 9}, {1, 5}, {5, 1}}) {
    const MatrixXd values = RandomMatrix(rows, cols, 3);
    const LinearDecoderFloor floor = LinearDecoderFloor::OfSamples(values);
    const Eigen::JacobiSVD<MatrixXd> svd(values, Eigen::ComputeThinU | Eigen::ComputeThinV);
    for (Index p = 0; p < std::min(rows, cols); ++p) {
      const MatrixXd best =
          svd.matrixU().leftCols(p) * svd.singularValues().head(p).asDiagonal() * svd.matrixV().leftCols(p).transpose();
      const double reached = RootMeanSquareOf(values - best);
      EXPECT_LE(floor.RootMeanSquare(p), reached);
      EXPECT_GE(floor.RootMeanSquare(p), reached - 1e-12);
      // Any other p functions, with the best coefficients for them.
      for (unsigned seed = 10; seed < 15 && p > 0; ++seed) {
        const MatrixXd functions = RandomMatrix(rows, p, seed);
        const MatrixXd error = values - functions * functions.colPivHouseholderQr().solve(values);
        EXPECT_LT(floor.RootMeanSquare(p), RootMeanSquareOf(error));
      }
    }
  }
}

TEST(LinearDecoderFloor, OfAMatrixOfLowRankEndsAtItsRank) {
  const MatrixXd values = RandomMatrix(40, 3, 1) * RandomMatrix(3, 60, 2);
  const LinearDecoderFloor floor = LinearDecoderFloor::OfSamples(values);
  EXPECT_GT(floor.RootMeanSquare(2), 0.01);
  EXPECT_EQ(floor.RootMeanSquare(3), 0) << "what is left is rounding";
  EXPECT_EQ(floor.FunctionsFor(0), 3);
  EXPECT_EQ(floor.FunctionsFor(floor.RootMeanSquare(2)), 2);
  EXPECT_EQ(floor.FunctionsFor(std::nextafter(floor.RootMeanSquare(2), 0)), 3);
  EXPECT_EQ(floor.FunctionsFor(RootMeanSquareOf(values)), 0);
}

TEST(LinearDecoderFloor, ScalesWithTheTargetHoweverLargeOrSmall) {
  const MatrixXd values = RandomMatrix(6, 8, 4);
  const double expected = LinearDecoderFloor::OfSamples(values).RootMeanSquare(2);
  for (const double scale : {1e-150, 1e150}) {
    const MatrixXd scaled = values * scale;
    EXPECT_NEAR(LinearDecoderFloor::OfSamples(scaled).RootMeanSquare(2) / scale, expected, 1e-12);
  }
  const LinearDecoderFloor zero = LinearDecoderFloor::OfSamples(MatrixXd::Zero(3, 4));
  EXPECT_EQ(zero.RootMeanSquare(0), 0);
  EXPECT_EQ(zero.Relative(0), 0);
  EXPECT_EQ(zero.mean_squares().size(), 3);
}

TEST(LinearDecoderFloor, MeanSquaresAddUpToTheTargets) {
  const MatrixXd values = RandomMatrix(6, 8, 4);
  const VectorXd mean_squares = LinearDecoderFloor::OfSamples(values).mean_squares();
  EXPECT_NEAR(mean_squares.sum(), values.squaredNorm() / 48, 1e-14);
  for (Index i = 1; i < mean_squares.size(); ++i) EXPECT_LE(mean_squares[i], mean_squares[i - 1]);
}

TEST(LinearDecoderFloor, RefusesWhatIsNoTarget) {
  EXPECT_THROW(LinearDecoderFloor::OfSamples(MatrixXd(0, 3)), std::domain_error);
  MatrixXd values = MatrixXd::Ones(2, 2);
  values(1, 1) = std::numeric_limits<double>::quiet_NaN();
  EXPECT_THROW(LinearDecoderFloor::OfSamples(values), std::domain_error);
  EXPECT_THROW(LinearDecoderFloor::OfGram(MatrixXd::Ones(2, 3)), std::domain_error);
  MatrixXd gram = MatrixXd::Identity(2, 2);
  gram(0, 1) = 1e-6;
  EXPECT_THROW(LinearDecoderFloor::OfGram(gram), std::domain_error);
  gram(0, 1) = 0;
  gram(1, 1) = -1e-6;
  EXPECT_THROW(LinearDecoderFloor::OfGram(gram), std::domain_error);
  const LinearDecoderFloor floor = LinearDecoderFloor::OfGram(MatrixXd::Identity(2, 2));
  EXPECT_THROW(floor.RootMeanSquare(-1), std::domain_error);
  EXPECT_THROW(floor.FunctionsFor(-1), std::domain_error);
}

}  // namespace
}  // namespace hyperwidth
