// SPDX-License-Identifier: Apache-2.0
//
// The numbers of points of grid.h again, with the 50 digits of rigorous.h and rigorous_floor.h: exact integers up to
// 10^50.

#ifndef HYPERWIDTH_THEORY_EXACT_POINTS_H_
#define HYPERWIDTH_THEORY_EXACT_POINTS_H_

#include "boost/multiprecision/cpp_bin_float.hpp"
#include "theory/grid.h"

namespace hyperwidth::internal {

using Real = boost::multiprecision::cpp_bin_float_50;

struct ExactPoints {
  Real all;         // M, bumps
  Real conditions;  // J, values of I at which there are bumps
  Real primary;     // X, values of x at which there are
};

ExactPoints CountPoints(const Grid& grid);

// a < b, decided with the margin of 1e-40 that rigorous.h explains.
bool IsBelow(const Real& a, const Real& b);

}  // namespace hyperwidth::internal

#endif  // HYPERWIDTH_THEORY_EXACT_POINTS_H_
