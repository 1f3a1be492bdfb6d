// SPDX-License-Identifier: Apache-2.0
//
// Grids of bumps, and their place in the Sobolev ball
//
//     W(r, d) = { h on [-1,1]^d : sum over multi-indices 0 <= |k|_1 <= r of sup |D^k h| <= 1 },
//
// or with the maximum for the sum, here and below (ball_norm.h).
//
// Take one bump for each point of a grid, all of height rho, each with a sign of its own, so narrow that none reaches
// the centre of another. Whatever the 2^M signs of the M bumps, the sum is a target that some network must approximate.
// A bump of half-width 1/n_i along axis i has the norm rho * B,
//
//     B = sum over |k|_1 <= r of prod_i n_i^k_i s_k_i        (s_j: the seminorms of bump.h),
//
// and supports that do not overlap share this norm. So all sums lie in W(r, d) if rho = 1 / B, and accuracy better than
// rho forces the network to get all M signs right: the source of every certified lower bound (grid finer, M larger,
// rho smaller). At smoothness 1 the pyramid 1 - sum_i n_i |t_i| has the same norm as the product of hats on a smaller
// support and allows about 2^(d-1) times as many bumps.

#ifndef HYPERWIDTH_THEORY_GRID_H_
#define HYPERWIDTH_THEORY_GRID_H_

#include <functional>
#include <string>

#include "theory/ball_norm.h"
#include "theory/bump.h"

namespace hyperwidth {

// How bumps are placed. n is the number of half-widths in half an axis, so an axis is 2n half-widths long.
enum class Layout {
  kCells,              // product bumps at the centres of n cells per axis: the textbook grid
  kNodes,              // product bumps at n + 1 nodes per axis, those on the boundary cut in half: never fewer
  kCheckerboard,       // pyramids at the even half of 2n + 1 points per axis; smoothness 1 only
  kInnerCheckerboard,  // those of them that lie in the cube as a whole: at half of 2n - 1 points per axis
};

// "cells", "nodes", "checkerboard", "inner checkerboard".
std::string NameOf(Layout layout);

// Whether the points are the even half of a full grid: those of the pyramids.
bool UsesHalf(Layout layout);

// The grid along all axes of x, or all axes of I: `cells` half-widths per half axis, one more on `finer_axes` of them.
// `cells` is an integer held in a double, since it may exceed every integer type. No cells: the bumps do not depend
// on the axis, one point.
struct AxisGroup {
  int axes = 1;
  double cells = 0;
  int finer_axes = 0;  // 0 <= finer_axes < axes
};

// The group of `axes` axes on which `steps` half-widths are shared out as evenly as possible.
// Domain: axes >= 0, steps >= 0 an integer. Beyond 2^52 steps the remainder is dropped.
AxisGroup SpreadEvenly(int axes, double steps);

// The group with the fewest such steps that is enough: `is_enough` must hold from some number of steps on, below 2^52.
// Domain: axes >= 1.
AxisGroup FewestSteps(int axes, const std::function<bool(const AxisGroup&)>& is_enough);

struct Grid {
  Layout layout = Layout::kNodes;
  Bump bump = {};
  AxisGroup x = {};
  AxisGroup condition = {};
  BallNorm norm = BallNorm::kSum;  // in which the bumps are measured

  // Numbers of points, as logarithms to base 2 and to the precision of a double: of bumps, M; of values of I at which
  // there are bumps, J; of values of x at which there are, X.
  double Log2Points() const;         // log2 M
  double Log2Conditions() const;     // log2 J
  double Log2PrimaryPoints() const;  // log2 X

  // B, to a relative accuracy of NormRounding(). Infinity if it does not fit a double.
  double Norm() const;
  double NormRounding() const;

  // Whether 1/B > epsilon holds for B rounded up and any real epsilon that rounds to the given double.
  bool IsFinerThan(double epsilon) const;

  std::string Description() const;  // "332 x 333^2 nodes, perfect spline of degree 1"
};

// The textbook grid of n cells on every axis.
Grid IsotropicGrid(const Bump& bump, int primary_dim, int condition_dim, double cells, BallNorm norm = BallNorm::kSum);

}  // namespace hyperwidth

#endif  // HYPERWIDTH_THEORY_GRID_H_
