// SPDX-License-Identifier: Apache-2.0
#include "experiments/targets/bump_target.h"

#include <algorithm>
#include <cmath>
#include <limits>
#include <stdexcept>
#include <string>

#include "models/random_stream.h"
#include "theory/bump.h"

namespace hyperwidth {
namespace {

constexpr double kMaxBumps = 9007199254740992;  // 2^53

// The seminorms s_0 .. s_r of the bump that is used, as the theory states them.
const std::vector<double>& Seminorms(int smoothness) {
  for (const Bump& bump : AdmissibleBumps(smoothness)) {
    if (bump.family == Bump::Family::kPerfectSpline && bump.order == smoothness) return bump.seminorms;
  }
  throw std::logic_error("no perfect spline of degree " + std::to_string(smoothness));
}

// B = sum over |k|_1 <= r of prod_i n_i^k_i s_k_i: coefficients 0 .. r of the product of sum_j s_j (n_i t)^j.
double Norm(int smoothness, const std::vector<int>& cells) {
  const std::vector<double>& seminorms = Seminorms(smoothness);
  std::vector<double> product = {1};
  product.resize(seminorms.size(), 0);
  for (const int n : cells) {
    for (std::size_t degree = product.size(); degree-- > 1;) {
      for (std::size_t j = 1; j <= degree; ++j) {
        product[degree] += product[degree - j] * seminorms[j] * std::pow(n, static_cast<double>(j));
      }
    }
  }
  double sum = 0;
  for (const double coefficient : product) sum += coefficient;
  return sum;
}

// Sums of products of positive integers below 2^53 are exact; beyond, each of the few operations on the way to a
// coefficient rounds by half a unit, for which this is ample.
double HeightBelow(double norm, int dim) {
  return (1 - 16 * (dim + 2) * std::numeric_limits<double>::epsilon() / 2) / norm;
}

// psi(t) for |t| <= 1.
double BumpValue(int smoothness, double t) {
  const double distance = 1 - std::abs(t);  // from the nearer end
  if (smoothness == 1) return distance;
  return distance <= 0.5 ? 2 * distance * distance : 1 - 2 * t * t;
}

}  // namespace

BumpTarget::BumpTarget(int smoothness, std::vector<int> cells, std::uint64_t seed)
    : smoothness_(smoothness), cells_(std::move(cells)), seed_(seed) {
  if (smoothness != 1 && smoothness != 2) {
    throw std::invalid_argument("bump target: smoothness is " + std::to_string(smoothness) + ", accepted: 1 or 2");
  }
  if (cells_.empty()) throw std::invalid_argument("bump target: no axes, accepted: at least one");
  double bumps = 1;
  for (const int n : cells_) {
    if (n < 0) {
      throw std::invalid_argument("bump target: number of cells is " + std::to_string(n) + ", accepted: at least 0");
    }
    bumps *= std::max(n, 1);
  }
  if (bumps > kMaxBumps) {
    throw std::invalid_argument("bump target: " + std::to_string(bumps) + " bumps, accepted: at most 2^53");
  }
  bump_count_ = static_cast<Index>(bumps);
  height_ = HeightBelow(Norm(smoothness, cells_), dim());
}

double BumpTarget::Sign(Index bump) const {
  return RandomStream(seed_, {static_cast<std::uint64_t>(bump)})() >> 63 == 0 ? -1 : 1;
}

std::vector<double> BumpTarget::signs() const {
  std::vector<double> signs;
  for (Index bump = 0; bump < bump_count_; ++bump) signs.push_back(Sign(bump));
  return signs;
}

Vector<double> BumpTarget::Centre(Index bump) const {
  Vector<double> centre(dim());
  for (int axis = 0; axis < dim(); ++axis) {
    const int n = cells_[static_cast<std::size_t>(axis)];
    centre[axis] = n == 0 ? 0 : -1 + (2.0 * static_cast<double>(bump % n) + 1) / n;
    bump /= std::max(n, 1);
  }
  return centre;
}

std::vector<double> BumpTarget::Breakpoints(int axis) const {
  const int n = cells_.at(static_cast<std::size_t>(axis));
  std::vector<double> points = {-1};
  // The knots of the bump in its cell of width 1: the ends and the middle for r = 1, the ends and 1/4, 3/4 for r = 2.
  const std::vector<double> knots = smoothness_ == 1 ? std::vector{0.5, 1.0} : std::vector{0.25, 0.75, 1.0};
  for (int cell = 0; cell < n; ++cell) {
    for (const double knot : knots) points.push_back(-1 + 2 * (cell + knot) / n);
  }
  if (n == 0) points.push_back(1);
  return points;
}

double BumpTarget::operator()(const ConstVectorRef<double>& point) const {
  double product = height_;
  Index bump = 0;
  Index stride = 1;
  for (Index axis = 0; axis < static_cast<Index>(cells_.size()); ++axis) {
    const int n = cells_[static_cast<std::size_t>(axis)];
    if (!(std::abs(point[axis]) <= 1)) return 0;
    if (n == 0) continue;
    const double position = (point[axis] + 1) / 2 * n;
    const int cell = std::min(static_cast<int>(position), n - 1);
    product *= BumpValue(smoothness_, 2 * (position - cell) - 1);
    bump += stride * cell;
    stride *= n;
  }
  return product == 0 ? 0 : product * Sign(bump);
}

Vector<double> BumpTarget::Values(const ConstMatrixRef<double>& points) const {
  if (points.rows() != dim()) {
    throw std::invalid_argument("bump target: points have " + std::to_string(points.rows()) +
                                " coordinates, accepted: " + std::to_string(dim()));
  }
  Vector<double> values(points.cols());
  for (Index i = 0; i < points.cols(); ++i) values[i] = (*this)(points.col(i));
  return values;
}

std::vector<int> CellsPerAxis(int primary_dim, int primary_cells, int condition_dim, int condition_cells) {
  std::vector<int> cells(static_cast<std::size_t>(primary_dim), primary_cells);
  cells.insert(cells.end(), static_cast<std::size_t>(condition_dim), condition_cells);
  return cells;
}

}  // namespace hyperwidth
