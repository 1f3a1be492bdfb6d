// SPDX-License-Identifier: Apache-2.0

#include "theory/certificate_parts.h"

#include <algorithm>
#include <cmath>
#include <stdexcept>

#include "boost/multiprecision/cpp_bin_float.hpp"
#include "boost/multiprecision/cpp_int.hpp"
#include "theory/bump.h"
#include "theory/domain_check.h"
#include "theory/schemes.h"

namespace hyperwidth::internal {
namespace {

using Integer = boost::multiprecision::cpp_int;
using Real = boost::multiprecision::cpp_bin_float_50;

constexpr double kMaxDigits = 4000;

// An integer held in a double, in full.
std::string Digits(double integer) { return Integer(integer).str(); }

// No class that has certificates evaluates layers at values of x alone.
std::string Points(LayerGroup::Points points) { return points == LayerGroup::Points::kAll ? "all" : "conditions"; }

Integer PointsOfGroup(const Grid& grid, const AxisGroup& group) {
  const auto per_axis = [&](double cells) -> Integer {
    const Integer n(cells);
    switch (grid.layout) {
      case Layout::kCells:
        return std::max(n, Integer(1));
      case Layout::kNodes:
        return n + 1;
      case Layout::kCheckerboard:
        return 2 * n + 1;
      case Layout::kInnerCheckerboard:
        return n == 0 ? Integer(1) : Integer(2 * n - 1);
    }
    return n;
  };
  return pow(per_axis(group.cells), group.axes - group.finer_axes) * pow(per_axis(group.cells + 1), group.finer_axes);
}

void WriteProblem(std::ostream& out, const Problem& problem) {
  out << "smoothness: " << problem.smoothness << "\n"
      << "dimension of x: " << problem.primary_dim << "\n"
      << "dimension of I: " << problem.condition_dim << "\n"
      << "epsilon: " << ShortestDecimal(problem.epsilon) << "\n"
      << "radius: " << ShortestDecimal(problem.radius) << "\n"
      << "norm: " << NameOf(problem.norm) << "\n"
      << "depth: " << problem.depth << "\n"
      << "generator depth: " << problem.generator_depth << "\n"
      << "embedding dimension: " << problem.EmbeddingDim() << "\n";
  if (problem.outputs > 1) out << "outputs: " << problem.outputs << "\n";
  if (problem.bottleneck) out << "bottleneck: " << *problem.bottleneck << "\n";
  out << "weight bound: " << ShortestDecimal(problem.weight_bound) << "\n"
      << "width: " << problem.width << "\n";
}

}  // namespace

std::ostringstream BegunCertificate(const Problem& problem, const std::string& statement_id) {
  std::ostringstream out;
  out << "certificate: 2\nstatement: " << statement_id << "\n";
  WriteProblem(out, problem);
  return out;
}

void WriteBump(std::ostream& out, const Grid& grid) {
  out << "layout: " << NameOf(grid.layout) << "\n";
  out << "bump: " << (grid.bump.family == Bump::Family::kPerfectSpline ? "perfect-spline " : "cosine-power ")
      << grid.bump.order << "\n";
  out << "seminorms:";
  for (const double seminorm : grid.bump.seminorms) out << " " << ShortestDecimal(seminorm);
  out << "\n";
}

void WriteGrid(std::ostream& out, const Grid& grid) {
  WriteBump(out, grid);
  for (const auto& [name, group] : {std::pair("x", grid.x), std::pair("I", grid.condition)}) {
    out << "axes of " << name << ": " << group.axes - group.finer_axes << " of " << Digits(group.cells) << ", "
        << group.finer_axes << " of " << Digits(group.cells + 1) << "\n";
  }
}

NetworkClass ClassOfStatement(const std::string& statement_id, const Problem& problem, const Grid& grid) {
  const auto standard = StandardClass(problem.depth);
  if (statement_id == "certified.standard" || statement_id == "certified.primary") return standard;
  if (statement_id == "certified.hypernetwork_total") {
    return HypernetworkTotalClass(problem.depth, problem.generator_depth);
  }
  if (statement_id == "certified.bottleneck") {
    return ClassOf(Scheme::kLowRank, problem.depth, static_cast<double>(problem.bottleneck.value()));
  }
  const bool is_dense = statement_id == "certified.embedding_any_dimension";
  if (!is_dense && statement_id != "certified.embedding") return {};
  if (grid.condition.axes == 0) return standard;
  return is_dense ? DenseEmbeddingClass(problem.depth)
                  : EmbeddingClass(problem.depth, static_cast<double>(problem.EmbeddingDim()));
}

void WriteClass(std::ostream& out, const NetworkClass& network_class) {
  const ConditionScalars& scalars = network_class.scalars;
  out << "scalars per condition: " << (scalars.root ? "sqrt(N)" : Digits(scalars.fixed)) << "\n";
  for (const LayerGroup& group : network_class.groups) {
    out << "layers: " << group.layers << " units " << (group.hidden ? "N" : Digits(network_class.outputs)) << " points "
        << Points(group.points) << " condition " << (group.sees_condition ? "yes" : "no") << " degrees from "
        << group.first_degree << " times " << group.degree_factor << " (" << group.meaning << ")\n";
  }
}

void WritePieces(std::ostream& out, const Problem& problem, const LeastPieces& least, const Count& parameters) {
  const bool is_parabola = least.target == PiecesTarget::kParabola;
  Grid grid = least.grid;
  if (is_parabola) grid.bump = AdmissibleBumps(problem.smoothness).front();
  WriteBump(out, grid);
  out << "axes of x: 1 of " << Digits(grid.x.cells) << ", " << problem.primary_dim - 1 << " of 0\n"
      << "axes of I: 0 of 0, 0 of 0\n"
      << "inequality: linear pieces\n"
      << "target: " << (is_parabola ? "parabola" : "alternating bumps") << "\n"
      << "insufficient: " << InsufficientInFull(parameters) << "\n"
      << "left-hand side: " << Digits(least.pieces) << "\n";
}

void WriteRank(std::ostream& out, const RankBound& bound, const Grid& grid, std::int64_t outputs) {
  out << "inequality: rank\n"
      << "rows: " << bound.rows << "\n"
      << "Hadamard matrix: " << bound.order.Recipe() << " points of " << (bound.order_is_of_condition ? "I" : "x")
      << "\n"
      << "insufficient: " << bound.functions - 1 << "\n"
      << "left-hand side: " << PointsInFull(grid, outputs) << "\n";
}

std::string InsufficientInFull(const Count& count) {
  if (count.value) return std::to_string(*count.value - 1);
  if (count.log10 > kMaxDigits) {
    throw std::domain_error("a count of 10^" + ShortestDecimal(count.log10) + " has too many digits for a certificate");
  }
  return Integer(Real(floor(pow(Real(10), Real(count.log10 - 1e-12 * count.log10))))).str();
}

std::string PointsInFull(const Grid& grid, std::int64_t outputs, int doublings) {
  const double log10_points = grid.Log2Points() * std::log10(2.0);
  if (log10_points > kMaxDigits) {
    throw std::domain_error("10^" + ShortestDecimal(log10_points) + " bumps have too many digits for a certificate");
  }
  const Integer all = PointsOfGroup(grid, grid.x) * PointsOfGroup(grid, grid.condition);
  return Integer(((UsesHalf(grid.layout) ? Integer((all + 1) / 2) : all) * outputs) << doublings).str();
}

}  // namespace hyperwidth::internal
