// SPDX-License-Identifier: Apache-2.0

#include "theory/construction.h"

#include <cmath>
#include <stdexcept>

#include "gtest/gtest.h"
#include "theory/spline_network.h"

namespace hyperwidth {
namespace {

TEST(Constructions, AllReachEpsilon) {
  for (const int r : {1, 2, 3, 4, 7, 30}) {
    for (const int dim : {1, 2, 3, 9, 100, 20000}) {
      for (const double epsilon : {0.9, 0.1, 1e-3, 1e-6, 1e-12, 1e-100}) {
        for (const Construction& construction : Constructions(r, dim, epsilon)) {
          EXPECT_LE(ErrorBound(construction), epsilon) << r << " " << dim << " " << epsilon;
          EXPECT_TRUE(std::isfinite(SizeOf(construction).total.log10)) << r << " " << dim << " " << epsilon;
        }
      }
    }
  }
}

TEST(SmallestConstruction, InterpolatesUpToSmoothnessTwo) {
  for (const int r : {1, 2}) {
    const Construction construction = SmallestConstruction(r, 2, 1e-4);
    EXPECT_EQ(construction.kind, Construction::Kind::kSpline);
    EXPECT_EQ(construction.cells, SplineCells(r, 2, 1e-4));
  }
}

TEST(SmallestConstruction, UsesFurtherDerivativesOnceThatPays) {
  EXPECT_EQ(SmallestConstruction(3, 1, 0.1).kind, Construction::Kind::kSpline);
  EXPECT_EQ(SmallestConstruction(3, 1, 1e-6).kind, Construction::Kind::kIntervalPolynomial);
  EXPECT_EQ(SmallestConstruction(3, 2, 1e-6).kind, Construction::Kind::kLocalTaylor);
}

// W(r + 1, d) is part of W(r, d).
TEST(SmallestConstruction, NeverGrowsWithTheSmoothness) {
  for (const int dim : {1, 2, 5, 40}) {
    for (const double epsilon : {1e-2, 1e-5, 1e-10}) {
      for (int r = 1; r < 12; ++r) {
        EXPECT_FALSE(SizeOf(SmallestConstruction(r, dim, epsilon)).total <
                     SizeOf(SmallestConstruction(r + 1, dim, epsilon)).total)
            << r << " " << dim << " " << epsilon;
      }
    }
  }
}

// The exponent is d/r up to the logarithm, which stands beside the main term: from 10^-24 to 10^-48, 24 d/r decades.
TEST(SmallestConstruction, GrowsWithTheExponentOfTheFullSmoothness) {
  for (const int dim : {1, 2, 3}) {
    for (const int r : {1, 2, 3, 4}) {
      const double growth = SizeOf(SmallestConstruction(r, dim, 1e-48)).total.log10 -
                            SizeOf(SmallestConstruction(r, dim, 1e-24)).total.log10;
      EXPECT_NEAR(growth / 24, static_cast<double>(dim) / r, 0.002) << dim << " " << r;
    }
  }
}

TEST(Construction, EstimateOfTheSizeIsCloseToTheCount) {
  for (const int r : {1, 2, 3, 6}) {
    for (const int dim : {1, 2, 3, 8}) {
      for (const double epsilon : {1e-2, 1e-5, 1e-9}) {
        for (const Construction& construction : Constructions(r, dim, epsilon)) {
          EXPECT_NEAR(construction.log_size / std::log(10.0), SizeOf(construction).total.log10, 0.15)
              << r << " " << dim << " " << epsilon;
        }
      }
    }
  }
}

TEST(Constructions, RefuseInvalidArguments) {
  EXPECT_THROW(Constructions(0, 1, 0.1), std::domain_error);
  EXPECT_THROW(Constructions(3, 0, 0.1), std::domain_error);
  EXPECT_THROW(Constructions(3, 1, 1.0), std::domain_error);
}

}  // namespace
}  // namespace hyperwidth
