// SPDX-License-Identifier: Apache-2.0
//
// How many functions of x a linear decoder needs in the worst case.

#ifndef HYPERWIDTH_THEORY_RANK_BOUND_H_
#define HYPERWIDTH_THEORY_RANK_BOUND_H_

#include <cstdint>
#include <optional>

#include "theory/grid.h"
#include "theory/hadamard_order.h"
#include "theory/problem.h"

namespace hyperwidth {

// "At least `functions` functions": let the condition enter through the coefficients of p functions of x,
//
//     sum over l < p of c_l(I) b_l(x)    (a DeepONet, generated output weights, any linear reconstruction),
//
// whatever computes c and b, however large and however discontinuous. At X points of x and J values of I its values are
// a matrix of rank p at most. Take as targets rho H_ij at the bumps of a grid of X x J cells, H the first X rows of a
// Hadamard matrix of order J (or the first J columns of one of order X): its min(X, J) singular values are all
// rho sqrt(max(X, J)). By Eckart and Young 1936 the squared error, summed over the cells, is at least
// (min(X, J) - p) rho^2 max(X, J), and it is at most epsilon^2 X J. So
//
//     p >= min(X, J) (1 - (epsilon B)^2),    B = 1 / rho as in grid.h; epsilon / radius for epsilon in other balls.
//
// K outputs: let the functions b_l have values in R^K. Every way to have several outputs of a linear decoder is one of
// these: functions of each output's own are 0 in the others, and a function that outputs share with coefficients of
// their own counts once for each of them, so that p is the number of coefficients. The matrix has K X rows, one for
// each point of x and output, and K X takes the place of X.
//
// A term that does not depend on I, such as an output bias, is one function more: the bound then is one less.
struct RankBound {
  std::int64_t functions = 1;  // 1 says nothing
  // min(K X, J): of the points of the grid, so many in one of x (times the outputs) and I are used.
  std::int64_t rows = 1;
  HadamardOrder order = {};  // max(K X, J): and so many in the other
  bool order_is_of_condition = true;
  std::optional<Grid> grid = {};     // none if nothing is said
  std::optional<double> onset = {};  // if nothing is said: the largest epsilon at which it is more, as in onset.h
};

// The best over product grids and bumps, of at most 2^52 points in x (times the outputs) and in I. Counts are rounded
// down by less than one part in 10^12. Throws: std::domain_error as Validate.
RankBound LeastFunctions(const Problem& problem);

}  // namespace hyperwidth

#endif  // HYPERWIDTH_THEORY_RANK_BOUND_H_
