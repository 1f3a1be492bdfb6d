// SPDX-License-Identifier: Apache-2.0

#include "theory/checker/mean_square_check.h"

#include <algorithm>
#include <sstream>

#include "theory/checker/binary_logarithm.h"
#include "theory/checker/bump_check.h"
#include "theory/checker/failure.h"

namespace hyperwidth::checker {
namespace {

constexpr int kFractionDigits = 8192;  // binary; heights below 2^-4096 are below any epsilon

Fraction MeanSquareOfBump(const CertificateText& certificate) {
  std::istringstream text(certificate.Text("bump"));
  std::string family;
  int order = 0;
  text >> family >> order;
  if (family == "perfect-spline" && order == 1) return Fraction(1, 3);
  if (family == "perfect-spline" && order == 2) return Fraction(23, 60);
  if (family == "perfect-spline") {
    const Fraction stated = certificate.Decimal("mean square");
    if (static_cast<long double>(stated) > SplineMeanSquareBelow(order)) {
      throw Failure{"the mean square of the bump is stated too large"};
    }
    return stated;
  }
  if (family != "cosine-power" || order < 1 || order > 64) throw Failure{"the mean square of the bump is not known"};
  Integer choices = 1;  // C(2 p, p)
  for (int i = 1; i <= order; ++i) choices = choices * (order + i) / i;
  return Fraction(choices, Integer(1) << (2 * order));
}

}  // namespace

Fraction MeanSquareOfBumps(const CertificateText& certificate, const std::vector<Integer>& cells) {
  const std::string& layout = certificate.Text("layout");
  const Fraction alone = MeanSquareOfBump(certificate);
  if (layout == "cells") {
    // Rounded down, or the denominators would multiply from axis to axis.
    Integer product = Integer(1) << kFractionDigits;
    for (const Integer& n : cells) {
      if (n > 0) product = product * numerator(alone) / denominator(alone);
    }
    if (product == 0) throw Failure{"the bumps are not high enough in the mean square"};
    return Fraction(product, Integer(1) << kFractionDigits);
  }
  if (layout != "inner checkerboard" || certificate.Text("bump") != "perfect-spline 1") {
    throw Failure{"bumps that are cut off at the boundary have no common mean square"};
  }
  // Half of the points of an odd grid, and pyramids of the volume 2^d / (d! prod n_i) with the mean square 2 / ((d + 1)
  // (d + 2)).
  Integer grid = 1, denominator = 2;
  int axes = 0;
  for (const Integer& n : cells) {
    if (n == 0) continue;
    ++axes;
    grid *= 2 * n - 1;
    denominator *= n * (axes + 2);
  }
  return Fraction(grid + 1, denominator);
}

WrongSigns WrongSignsOf(const CertificateText& certificate) {
  WrongSigns wrong{.share = certificate.Decimal("wrong share"),
                   .exponent = certificate.SmallNumber("exponent", 0, 1000)};
  if (wrong.share <= 0 || 2 * wrong.share > 1) throw Failure{"the wrong share is not between 0 and 1/2"};
  return wrong;
}

Integer ScaledNeeded(const Integer& points, const WrongSigns& wrong) {
  const Fraction entropy = wrong.share * Fraction(ScaledLog2Above(1 / wrong.share)) +
                           (1 - wrong.share) * Fraction(ScaledLog2Above(1 / (1 - wrong.share)));
  const Fraction needed = Fraction(points) * (Fraction(Integer(1) << kLogarithmDigits) - entropy) -
                          Fraction(Integer(wrong.exponent) << kLogarithmDigits);
  if (needed <= 0) return 0;
  return numerator(needed) / denominator(needed);
}

void CheckHeightInMeanSquare(const Fraction& squared_height, const WrongSigns& wrong, bool is_code) {
  const Fraction all_but = is_code ? Fraction(1) : 1 - Fraction(1, Integer(1) << wrong.exponent);
  if (squared_height >= wrong.share * all_but) throw Failure{"the bumps are not high enough in the mean square"};
}

void CheckPiecesInMeanSquare(const CertificateText& certificate,
                             const std::vector<Integer>& cells,
                             const Fraction& norm,
                             const Integer& stated) {
  if (stated < 1) throw Failure{"the left-hand side is not a number of pieces"};
  if (stated == 1) return;  // nothing is claimed
  const Fraction epsilon = certificate.UnitEpsilon();
  const std::string& target = certificate.Text("target");
  const auto bumpy = std::count_if(cells.begin(), cells.end(), [](const Integer& n) { return n > 0; });
  if (target == "parabola") {
    if (certificate.SmallNumber("smoothness", 1, 64) < 2) throw Failure{"a parabola needs two derivatives"};
    if (bumpy > 0) throw Failure{"a parabola is not made of bumps"};
    const Fraction squared_curvature = certificate.TakesMaximum() ? Fraction(1) : Fraction(16, 81);
    const Integer fewer = stated - 1;
    if (45 * Fraction(fewer * fewer * fewer * fewer) * epsilon * epsilon >= squared_curvature) {
      throw Failure{"a function with fewer pieces may be within epsilon of the parabola"};
    }
    return;
  }
  if (target != "alternating bumps") throw Failure{"the target is neither alternating bumps nor a parabola"};
  if (certificate.Text("layout") != "cells" || certificate.Text("bump") != "perfect-spline 1" || bumpy != 1) {
    throw Failure{"bumps that alternate must be hats on cells along a single axis"};
  }
  const Integer n = *std::max_element(cells.begin(), cells.end());
  if (n % 2 != 0) throw Failure{"bumps that alternate must be an even number"};
  // stated - 1 pieces have stated - 2 kinks, each in one of the n/2 pairs.
  const Fraction alone = 1 - Fraction(2 * (stated - 2), n);
  if (alone * Fraction(7, 48) <= epsilon * epsilon * norm * norm) {
    throw Failure{"a function with fewer pieces may be within epsilon of the bumps"};
  }
}

}  // namespace hyperwidth::checker
