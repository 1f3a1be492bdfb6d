// SPDX-License-Identifier: Apache-2.0
//
// Bumps in the mean square. Lower bounds for the worst point need bumps that are high at their centres; those for the
// root mean square over the cube need the mean of their squares.

#ifndef HYPERWIDTH_THEORY_MEAN_SQUARE_BUMP_MEAN_SQUARE_H_
#define HYPERWIDTH_THEORY_MEAN_SQUARE_BUMP_MEAN_SQUARE_H_

#include "theory/grid.h"

namespace hyperwidth {

// numerator / denominator: whole numbers.
struct MeanSquareFraction {
  double numerator = 1;
  double denominator = 1;
  bool is_exact = true;
};

// The mean of bump(t)^2 over [-1,1]: 1/3 for the hat, 23/60 for the perfect spline of degree 2, C(2p, p) / 4^p for the
// cosine to the power of p <= 26. For other perfect splines four decimals, below the mean by some units of the last, so
// that a checker can confirm them by sampling. Throws: std::domain_error for higher powers of the cosine. Cost: some
// milliseconds for a spline the first time, then a look-up.
MeanSquareFraction MeanSquareOf(const Bump& bump);

// The mean over the cube of the square of the sum of all bumps of height 1, for the layouts in which no bump is cut off
// at the boundary: kCells and kInnerCheckerboard. To a relative accuracy of 10^-12. With d axes that have cells,
//
//     cells:               the d-th power of the bump's own mean square,
//     inner checkerboard:  2 M / ((d + 2)! prod n_i), from M pyramids of the volume (2^d / d!) / prod n_i.
//
// Throws: std::domain_error for other layouts.
double MeanSquareOf(const Grid& grid);

}  // namespace hyperwidth

#endif  // HYPERWIDTH_THEORY_MEAN_SQUARE_BUMP_MEAN_SQUARE_H_
