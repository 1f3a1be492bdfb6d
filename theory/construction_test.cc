// SPDX-License-Identifier: Apache-2.0

#include "theory/construction.h"

#include <algorithm>
#include <cmath>
#include <limits>
#include <stdexcept>

#include "gtest/gtest.h"
#include "theory/interval_polynomial_network.h"
#include "theory/local_taylor_network.h"
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

NetworkSize SizeByKind(const Construction& construction) {
  const auto& [kind, r, dim, cells, teeth, log_size, norm] = construction;
  if (kind == Construction::Kind::kSpline) return SizeOfSplineNetwork(dim, cells);
  if (kind == Construction::Kind::kIntervalPolynomial) return SizeOf(IntervalPolynomialPlan{r, cells, teeth});
  return SizeOf(LocalTaylorPlan{r, dim, cells, teeth});
}

double ErrorByKind(const Construction& construction) {
  const auto& [kind, r, dim, cells, teeth, log_size, norm] = construction;
  if (kind == Construction::Kind::kSpline) return SplineErrorBound(r, dim, cells);
  if (kind == Construction::Kind::kIntervalPolynomial) return ErrorBound(IntervalPolynomialPlan{r, cells, teeth});
  return ErrorBound(LocalTaylorPlan{r, dim, cells, teeth});
}

double LogSizeOfCopies(const NetworkSize& size, const Copies& copies) {
  const double output = std::pow(10.0, size.per_output.log10 - size.total.log10);
  const double nodal = std::pow(10.0, size.nodal.log10 - size.total.log10);
  return size.total.log10 * std::log(10.0) +
         std::log1p((copies.outputs - 1) * output + (copies.nodal - copies.outputs) * nodal);
}

constexpr Copies kCopies[] = {{1, 1}, {1, 50}, {50, 50}, {3, 1e6}};

TEST(Constructions, HaveTheSizeAndErrorOfTheirKindForAllCopies) {
  for (const int r : {1, 2, 3, 6}) {
    for (const int dim : {1, 2, 3, 8}) {
      for (const double epsilon : {0.3, 1e-2, 1e-5, 1e-9}) {
        for (const Copies& copies : kCopies) {
          const auto constructions = Constructions(r, dim, epsilon, copies);
          ASSERT_EQ(constructions.size(), r > 2 ? 2u : 1u);
          EXPECT_EQ(constructions[0].kind, Construction::Kind::kSpline);
          EXPECT_EQ(constructions[0].smoothness, std::min(r, 2));
          for (const Construction& construction : constructions) {
            EXPECT_EQ(construction.dim, dim);
            const NetworkSize size = SizeOf(construction);
            const NetworkSize expected = SizeByKind(construction);
            EXPECT_EQ(size.total.value, expected.total.value);
            EXPECT_EQ(size.nodal.value, expected.nodal.value);
            EXPECT_EQ(size.per_output.value, expected.per_output.value);
            EXPECT_EQ(size.depth, expected.depth);
            EXPECT_EQ(ErrorBound(construction), ErrorByKind(construction));
            EXPECT_NEAR(construction.log_size, LogSizeOfCopies(size, copies), 1e-10) << r << " " << dim;
          }
        }
      }
    }
  }
}

// All degrees, and these shares of epsilon for the products.
TEST(Constructions, ArePolynomialsOfTheBestDegreeAndShare) {
  for (const int dim : {1, 2, 3}) {
    for (int r = 3; r <= 7; ++r) {
      for (double epsilon = 0.7; epsilon > 1e-33; epsilon *= epsilon > 1e-14 ? 0.31 : 2e-3) {
        for (const Copies& copies : kCopies) {
          double least = std::numeric_limits<double>::infinity();
          for (int used = 3; used <= r; ++used) {
            for (const double share : {1.0 / 3, 1.0 / 8, 1.0 / 24, 1.0 / 96, 1.0 / 512}) {
              const double log_size =
                  dim == 1
                      ? LogSize(PlanIntervalPolynomial(used, epsilon, IntervalPolynomialCells(used, epsilon, share)),
                                copies.outputs,
                                copies.nodal)
                      : LogSize(PlanLocalTaylor(used, dim, epsilon, LocalTaylorCells(used, dim, epsilon, share)),
                                copies.outputs,
                                copies.nodal);
              least = std::min(least, log_size);
            }
          }
          EXPECT_EQ(Constructions(r, dim, epsilon, copies)[1].log_size, least) << dim << " " << r << " " << epsilon;
        }
      }
    }
  }
}

TEST(SmallestConstruction, IsTheOneWithFewerParameters) {
  for (const int dim : {1, 2}) {
    for (double epsilon = 0.5; epsilon > 1e-8; epsilon *= 0.6) {
      const auto both = Constructions(4, dim, epsilon);
      const Count smallest = SizeOf(SmallestConstruction(4, dim, epsilon)).total;
      EXPECT_EQ(smallest.value, std::min(*SizeOf(both[0]).total.value, *SizeOf(both[1]).total.value)) << epsilon;
    }
  }
}

TEST(Construction, SaysInWordsWhatItIs) {
  const Construction spline{.kind = Construction::Kind::kSpline, .smoothness = 2};
  EXPECT_EQ(spline.Description(), "piecewise linear interpolation");
  EXPECT_EQ(spline.Source(), "nodal interpolation on Kuhn's triangulation, error by Taylor's formula");
  EXPECT_EQ(spline.Generated(), "values of y at the nodes");
  const Construction interval{.kind = Construction::Kind::kIntervalPolynomial, .smoothness = 5};
  EXPECT_EQ(interval.Description(), "piecewise polynomials of degree 4, products of saw-teeth");
  EXPECT_EQ(interval.Source(),
            "interpolation at stretched Chebyshev points in each cell, approximate products after Yarotsky [2017, "
            "Theorem 1]");
  EXPECT_EQ(interval.Generated(), "linear combinations of values of y at 5 points in each cell");
  const Construction taylor{.kind = Construction::Kind::kLocalTaylor, .smoothness = 5};
  EXPECT_EQ(taylor.Description(), "local Taylor polynomials of degree 4, products of saw-teeth");
  EXPECT_EQ(taylor.Source(),
            "trapezoids with local Taylor polynomials and approximate products, after Yarotsky [2017, Theorem 1]");
  EXPECT_EQ(taylor.Generated(), "partial derivatives of y of orders 0 to 4 at the centres of the cells");
}

TEST(Constructions, RefuseInvalidArguments) {
  EXPECT_THROW(Constructions(0, 1, 0.1), std::domain_error);
  EXPECT_THROW(Constructions(3, 0, 0.1), std::domain_error);
  EXPECT_THROW(Constructions(3, 1, 1.0), std::domain_error);
}

}  // namespace
}  // namespace hyperwidth
