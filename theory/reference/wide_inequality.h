// SPDX-License-Identifier: Apache-2.0
//
// The inequality (*) of sign_patterns.h in 100 digits, one layer at a time, for tests.

#ifndef HYPERWIDTH_THEORY_REFERENCE_WIDE_INEQUALITY_H_
#define HYPERWIDTH_THEORY_REFERENCE_WIDE_INEQUALITY_H_

#include <string>
#include <vector>

#include "boost/multiprecision/cpp_bin_float.hpp"
#include "theory/grid.h"
#include "theory/sign_patterns.h"

namespace hyperwidth::reference {

using Wide = boost::multiprecision::cpp_bin_float_100;

// Hats on one axis of x and one of I, so fine that a checkerboard has them at all values of x and of I.
struct TwoAxes {
  Layout layout = Layout::kNodes;
  double x = 1;          // half-widths, x >= 1
  double condition = 1;  // likewise

  Grid grid() const;
  std::string Text() const { return grid().Description(); }
  Wide all() const;         // M
  Wide conditions() const;  // J
  Wide primary() const;     // X
};

// A class of networks, and the exact number kappa that its scalars stand for, without sqrt(N).
struct ClassWithScalars {
  NetworkClass network_class;
  Wide kappa = 0;
};

// The left-hand side: the points, for each output.
Wide Signs(const ClassWithScalars& networks, const TwoAxes& axes);

// The right-hand side for N = parameters.
Wide Bits(const ClassWithScalars& networks, const TwoAxes& axes, const Wide& parameters);

// Whether the inequality fails; it holds where a layer has more variables than points.
bool IsTooFew(const ClassWithScalars& networks, const TwoAxes& axes, const Wide& parameters);

// sum over l of b_l(I) t_l(x), b free for each I: the trunk sees x alone.
ClassWithScalars DeepOnet(int depth, double kappa);

// Plain, embedded, and generated networks of this depth, and generators of this depth, of one output and of several.
std::vector<ClassWithScalars> ClassesOfDepth(int depth);

}  // namespace hyperwidth::reference

#endif  // HYPERWIDTH_THEORY_REFERENCE_WIDE_INEQUALITY_H_
