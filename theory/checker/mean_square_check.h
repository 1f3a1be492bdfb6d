// SPDX-License-Identifier: Apache-2.0
//
// Bounds for the root mean square error, checked with fractions: theory/mean_square has the arguments.

#ifndef HYPERWIDTH_THEORY_CHECKER_MEAN_SQUARE_CHECK_H_
#define HYPERWIDTH_THEORY_CHECKER_MEAN_SQUARE_CHECK_H_

#include <ostream>
#include <string>
#include <vector>

#include "theory/checker/certificate_text.h"

namespace hyperwidth::checker {

// The mean over the cube of the square of the sum of all bumps of height 1, each of the axes with so many cells. Layout
// "cells": the product over the axes with cells of the bump's own mean square, 1/3 for perfect-spline 1, 23/60 for
// perfect-spline 2, C(2p, p) / 4^p for cosine-power p, and what a line "mean square" says for other splines, of which
// it must not be above a sampled lower bound. Layout "inner checkerboard", of perfect-spline 1: pyramids. Throws:
// Failure for other layouts and bumps.
Fraction MeanSquareOfBumps(const CertificateText& certificate, const std::vector<Integer>& cells);

// What a certificate says of networks that are wrong at a share of the points: lines "wrong share" and "exponent".
struct WrongSigns {
  Fraction share;
  int exponent = 0;
};

// Throws: Failure unless 0 < share <= 1/2.
WrongSigns WrongSignsOf(const CertificateText& certificate);

// 2^kLogarithmDigits times M (1 - H2(share)) - exponent, rounded down; H2 is the binary entropy.
Integer ScaledNeeded(const Integer& points, const WrongSigns& wrong);

// Throws: Failure unless `squared_height`, (epsilon B)^2 over the mean square of the bumps, is below the share of the
// points, for all but a fraction 2^-exponent of the targets; for a code of targets, with `is_code`, below the share.
void CheckHeightInMeanSquare(const Fraction& squared_height, const WrongSigns& wrong, bool is_code);

// Throws: Failure unless no function with one linear piece less than `stated` is within epsilon of the target in the
// root mean square: "alternating bumps", an even number of hats on cells along a single axis, or a "parabola".
void CheckPiecesInMeanSquare(const CertificateText& certificate,
                             const std::vector<Integer>& cells,
                             const Fraction& norm,
                             const Integer& stated);

}  // namespace hyperwidth::checker

#endif  // HYPERWIDTH_THEORY_CHECKER_MEAN_SQUARE_CHECK_H_
