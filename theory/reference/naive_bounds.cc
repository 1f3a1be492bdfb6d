// SPDX-License-Identifier: Apache-2.0

#include "theory/reference/naive_bounds.h"

#include <algorithm>
#include <cmath>
#include <limits>
#include <numbers>
#include <stdexcept>

#include "theory/bump.h"

namespace hyperwidth::reference {
namespace {

// The half-widths of each axis: `steps` of them, dealt out one by one in turn.
std::vector<int> Dealt(int axes, int steps) {
  std::vector<int> cells(axes, 0);
  for (int i = 0; i < steps; ++i) ++cells[i % axes];
  return cells;
}

// The sum over all multi-indices k of order at most r of the product over the axes of n_i^k_i s_k_i, or the largest.
long double OverMultiIndices(bool largest,
                             const std::vector<double>& seminorms,
                             const std::vector<int>& cells,
                             std::size_t axis,
                             int order_left) {
  if (axis == cells.size()) return 1;
  long double sum = 0;
  long double power = 1;
  for (int k = 0; k <= order_left; ++k) {
    if (k > 0 && cells[axis] == 0) break;
    const long double part =
        power * seminorms[k] * OverMultiIndices(largest, seminorms, cells, axis + 1, order_left - k);
    sum = largest ? std::max(sum, part) : sum + part;
    power *= cells[axis];
  }
  return sum;
}

long double PointsOn(bool checkerboard, const std::vector<int>& cells) {
  long double points = 1;
  for (const int n : cells) points *= checkerboard ? 2 * n + 1 : n + 1;
  return points;
}

Points PointsOf(
    BallNorm norm, const Bump& bump, bool checkerboard, const std::vector<int>& x, const std::vector<int>& condition) {
  Points points;
  points.primary = PointsOn(checkerboard, x);
  points.conditions = PointsOn(checkerboard, condition);
  points.all = points.primary * points.conditions;
  if (checkerboard) {
    points.all = (points.all + 1) / 2;
    points.primary = std::min(points.primary, points.all);
    points.conditions = std::min(points.conditions, points.all);
  }
  std::vector<int> cells = x;
  cells.insert(cells.end(), condition.begin(), condition.end());
  const int r = static_cast<int>(bump.seminorms.size()) - 1;
  points.norm = OverMultiIndices(norm == BallNorm::kMax, bump.seminorms, cells, 0, r);
  return points;
}

}  // namespace

std::vector<Layer> LayersOf(const std::string& name, int depth, int generator_depth, long double kappa) {
  std::vector<Layer> layers;
  if (name == "hypernetwork_total") {
    for (int i = 1; i < generator_depth; ++i) layers.push_back({.points = "conditions", .degree = 1.0L * i});
  }
  for (int i = 1; i <= depth; ++i) {
    Layer layer{.hidden = i < depth, .degree = 1.0L * i};
    if (name == "embedding" || name == "embedding_any_dimension") layer.degree = i + 1;
    if (name == "film" || name == "low-rank") layer.degree = 2 * i;
    if (name == "hypernetwork_total") layer.degree = generator_depth * i;
    if (name == "embedding" || name == "film" || name == "low-rank" || name == "conditional-bias") {
      layer.scalars = kappa;
    }
    layer.scalars_are_root_of_size = name == "embedding_any_dimension";
    if (name == "deeponet") layer = {.hidden = true, .points = "primary", .degree = 1.0L * i};
    layers.push_back(layer);
  }
  if (name == "deeponet") layers.push_back({.hidden = false, .scalars = kappa, .degree = depth + 1.0L});
  return layers;
}

long double PatternBits(const std::vector<Layer>& layers,
                        const Points& points,
                        long double parameters,
                        long double outputs) {
  const long double two_e = 2 * std::numbers::e_v<long double>;
  long double bits = 0;
  for (const Layer& layer : layers) {
    const long double kappa = layer.scalars_are_root_of_size ? std::sqrt(parameters) : layer.scalars;
    long double variables = parameters + kappa * points.conditions;
    if (variables > outputs * points.all) return std::numeric_limits<long double>::infinity();
    const long double seen = layer.points == "all"          ? points.all
                             : layer.points == "conditions" ? points.conditions
                                                            : points.primary;
    const long double polynomials = (layer.hidden ? parameters : outputs) * seen;
    variables = std::min(variables, polynomials);
    bits += 1 + variables * std::log2(two_e * polynomials * layer.degree / variables);
  }
  return bits;
}

std::int64_t SmallestSize(const std::vector<Layer>& layers, const Points& points, long double outputs) {
  std::int64_t enough = 1;
  while (PatternBits(layers, points, enough, outputs) < outputs * points.all) enough *= 2;
  std::int64_t too_few = enough / 2;
  while (enough - too_few > 1) {
    const std::int64_t middle = (enough + too_few) / 2;
    (PatternBits(layers, points, middle, outputs) < outputs * points.all ? too_few : enough) = middle;
  }
  return enough;
}

std::vector<Points> AllGrids(const Problem& problem, bool ignore_condition) {
  std::vector<Points> grids;
  for (const Bump& bump : AdmissibleBumps(problem.smoothness)) {
    for (const bool checkerboard : {false, true}) {
      if (checkerboard && problem.smoothness > 1) continue;
      const auto at = [&](int x_steps, int condition_steps) {
        return PointsOf(problem.norm,
                        bump,
                        checkerboard,
                        Dealt(problem.primary_dim, x_steps),
                        Dealt(ignore_condition ? 0 : problem.condition_dim, condition_steps));
      };
      const auto is_higher = [&](const Points& points) { return points.norm * problem.epsilon < problem.radius; };
      int x_steps = 0;
      while (is_higher(at(x_steps + 1, 0))) ++x_steps;
      for (int condition_steps = 0; is_higher(at(0, condition_steps)); ++condition_steps) {
        while (!is_higher(at(x_steps, condition_steps))) --x_steps;
        grids.push_back(at(x_steps, condition_steps));
        if (ignore_condition) break;
      }
    }
  }
  return grids;
}

std::int64_t BestSize(const std::vector<Points>& grids, const std::vector<Layer>& layers, long double outputs) {
  std::int64_t best = 1;
  for (const Points& points : grids) best = std::max(best, SmallestSize(layers, points, outputs));
  return best;
}

std::int64_t MostBumps(const std::vector<Points>& grids) {
  long double most = 1;
  for (const Points& points : grids) most = std::max(most, points.all);
  return static_cast<std::int64_t>(most);
}

std::int64_t SizeForPieces(const Problem& problem) {
  const long double epsilon = problem.epsilon / static_cast<long double>(problem.radius);
  long double pieces = 1;
  for (const Bump& bump : AdmissibleBumps(problem.smoothness)) {
    const auto norm = [&](long double cells) {
      long double sum = 0;
      long double largest = 0;
      for (std::size_t j = 0; j < bump.seminorms.size(); ++j) {
        const long double part = bump.seminorms[j] * std::pow(cells, j);
        sum += part;
        largest = std::max(largest, part);
      }
      return problem.norm == BallNorm::kMax ? largest : sum;
    };
    long double cells = 1;
    while (norm(cells + 1) * epsilon < 1) ++cells;
    pieces = std::max(pieces, cells);
  }
  if (problem.smoothness > 1) {
    long double parabola = 1;
    const int factor = problem.norm == BallNorm::kMax ? 4 : 9;
    while (factor * parabola * parabola * epsilon < 1) ++parabola;
    pieces = std::max(pieces, parabola);
  }
  const std::int64_t outputs = problem.outputs;
  if (pieces == 1) return outputs;
  // Kinks in q layers: without the weights of all outputs but one, and with those of all right behind the last kinks.
  for (std::int64_t size = outputs;; ++size) {
    const std::int64_t of_one = size - outputs + 1;
    for (int q = 1; q < problem.depth; ++q) {
      const long double right = std::pow(q, q) * std::pow(2.0L, q - 1) * pieces;
      bool is_enough = of_one >= 2 * q;
      if (std::pow(2.0L, q) <= pieces) {
        is_enough = std::pow(of_one + 2.0L * q + 2, q) >= 3 * right &&
                    (q < problem.depth - 1 || std::pow(size + 2.0L * q + outputs + 1, q) >= (outputs + 2) * right);
      }
      if (is_enough) return size;
    }
  }
}

std::int64_t BoundedWeights(const Problem& problem) {
  const long double b = problem.weight_bound;
  const long double h = std::max<long double>(problem.width, problem.primary_dim + problem.condition_dim);
  long double sum = 0;
  for (int j = 0; j < problem.depth; ++j) sum += std::pow(b * h, static_cast<long double>(j));
  const long double lipschitz = (h + 1) * sum;
  long double best = 1;
  for (const double factor : {1.01, 1.03, 1.1, 1.3, 2.0}) {
    Problem higher = problem;
    higher.epsilon = factor * problem.epsilon;
    if (higher.epsilon > kMaxEpsilon * problem.radius) continue;
    const long double bits = std::log2(1 + b * lipschitz / (higher.epsilon - problem.epsilon));
    best = std::max(best, std::ceil(problem.outputs * MostBumps(AllGrids(higher, false)) / bits));
  }
  return static_cast<std::int64_t>(best);
}

}  // namespace hyperwidth::reference
