// SPDX-License-Identifier: Apache-2.0
//
// The proved error of the splines: its value, the number of cells that follows, and that hardly less would be true.

#include <cmath>
#include <limits>
#include <stdexcept>
#include <string>

#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "theory/spline_network.h"

namespace hyperwidth {
namespace {

using ::testing::HasSubstr;
using ::testing::ThrowsMessage;

TEST(SplineErrorBound, IsTheHeadersFormula) {
  for (const double cells : {1.0, 2.0, 3.0, 7.0, 1000.0, 1e20}) {
    const long double n = cells;
    for (const int dim : {1, 2, 3, 20000}) {
      EXPECT_DOUBLE_EQ(SplineErrorBound(1, dim, cells), static_cast<double>(1 / n));
      for (const int r : {2, 3, 30}) {
        const long double expected = dim == 1 ? 1 / (2 * n * n) : 1 / (n * n);
        EXPECT_DOUBLE_EQ(SplineErrorBound(r, dim, cells), static_cast<double>(expected)) << r << " " << dim;
      }
    }
  }
}

// Waves along the diagonal, phi(x_1 + .. + x_d): of slopes +-a (r = 1) or second derivatives +-a (r = 2) by turns, each
// piece as long as a cell's diagonal. All derivatives of one order are alike, so the norm is known; in the middle of
// the first cell the spline is phi at the cell's opposite corners, 0.
double DiagonalWave(int r, double s, double length) {
  const double piece = std::floor(s / length);
  const double t = s - piece * length;
  const double sign = std::fmod(piece, 2) == 0 ? 1 : -1;
  return r == 1 ? (sign > 0 ? t : length - t) - length / 2 : sign * t * (length - t) / 2;
}

TEST(SplineErrorBound, IsAttainedUpToLowerOrders) {
  constexpr int kCells = 20;
  for (const int r : {1, 2}) {
    for (int dim = 1; dim <= 3; ++dim) {
      const double length = 2.0 * dim / kCells;
      const double norm = r == 1 ? dim + length / 2 : dim * (dim + 1) / 2.0 + dim * length / 2 + length * length / 8;
      const auto target = [&](const std::vector<double>& x) {
        double sum = dim;
        for (const double coordinate : x) sum += coordinate;
        return DiagonalWave(r, sum + (r == 1 ? length / 2 : 0), length) / norm;
      };
      const SplineNetwork network(dim, kCells, target);
      const std::vector<double> middle(dim, -1 + 1.0 / kCells);
      const double error = std::abs(network.Evaluate(middle) - target(middle));
      const double bound = SplineErrorBound(r, dim, kCells);
      // Pure second derivatives count as much in the norm as mixed ones and cost half as much.
      const double share = r == 1 || dim == 1 ? 1 : dim / (dim + 1.0);
      EXPECT_LE(error, bound) << r << " " << dim;
      EXPECT_GT(error, 0.92 * share * bound) << r << " " << dim;
    }
  }
}

TEST(SplineCells, SufficeExactlyAtTheBoundAndNoLonger) {
  for (double n = 1; n < 3000; n += n < 100 ? 1 : 37) {
    for (const int dim : {1, 2}) {
      for (const int r : {1, 2, 4}) {
        const double epsilon = SplineErrorBound(r, dim, n);
        if (epsilon < 1) {
          EXPECT_EQ(SplineCells(r, dim, epsilon), n) << r << " " << dim;
        }
        EXPECT_EQ(SplineCells(r, dim, std::nextafter(epsilon, 0.0)), n + 1) << r << " " << dim;
      }
    }
  }
  EXPECT_EQ(SplineCells(2, 1, 0.9), 1);
  EXPECT_EQ(SplineCells(1, 3, std::nextafter(1.0, 0.0)), 2);
}

// Beyond 2^53 "one fewer" is the next smaller double.
TEST(SplineCells, AreTheFewestDoublesBeyondTheIntegers) {
  for (const double epsilon : {1e-15, 3e-17, 7e-20, 1e-34, 3e-100, 1e-304}) {
    for (const int dim : {1, 3}) {
      for (const int r : {1, 2}) {
        const double cells = SplineCells(r, dim, epsilon);
        const double fewer = std::min(cells - 1, std::nextafter(cells, 0.0));
        EXPECT_EQ(cells, std::floor(cells));
        EXPECT_LE(SplineErrorBound(r, dim, cells), epsilon);
        EXPECT_GT(SplineErrorBound(r, dim, fewer), epsilon) << r << " " << dim << " " << epsilon;
      }
    }
  }
}

TEST(SplineErrorBound, RefusesWhatTheProofDoesNotCover) {
  const auto refuses = [](const auto& call, const std::string& text) {
    EXPECT_THAT(call, ThrowsMessage<std::domain_error>(HasSubstr(text)));
  };
  refuses([] { SplineErrorBound(0, 1, 1); }, "smoothness = 0 is outside the admissible range: an integer from 1 to 30");
  refuses([] { SplineErrorBound(31, 1, 1); }, "smoothness = 31");
  refuses([] { SplineErrorBound(1, 0, 1); }, "dim = 0 is outside the admissible range: an integer from 1 to 20000");
  refuses([] { SplineErrorBound(1, 20001, 1); }, "dim = 20001");
  refuses([] { SplineCells(1, 1, 1.0); }, "epsilon = 1 is outside");
  refuses([] { SplineCells(1, 1, 0.99e-304); }, "1e-304 <= epsilon < 1");
  refuses([] { SizeOfSplineNetwork(0, 1); }, "dim = 0 is outside the admissible range: an integer from 1 to 20000");
  refuses([] { SizeOfSplineNetwork(20001, 1); }, "dim = 20001");
  EXPECT_EQ(SplineErrorBound(30, 20000, 1), 1);
}

}  // namespace
}  // namespace hyperwidth
