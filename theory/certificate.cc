// SPDX-License-Identifier: Apache-2.0

#include "theory/certificate.h"

#include <algorithm>
#include <cmath>
#include <sstream>
#include <stdexcept>

#include "boost/multiprecision/cpp_bin_float.hpp"
#include "boost/multiprecision/cpp_int.hpp"
#include "theory/bounded_weights.h"
#include "theory/bump.h"
#include "theory/continuous_encoder.h"
#include "theory/domain_check.h"
#include "theory/rank_bound.h"
#include "theory/rigorous.h"
#include "theory/schemes.h"

namespace hyperwidth {
namespace {

using Integer = boost::multiprecision::cpp_int;
using Real = boost::multiprecision::cpp_bin_float_50;

constexpr double kMaxDigits = 4000;
constexpr int kMaxDepthOfBoundedWeights = 1000;  // the checker's fractions have that many times a factor's digits
constexpr const char* kBoundedWeights = "certified.bounded_weights";
constexpr const char* kContinuousEncoder = "certified.continuous_encoder";
constexpr const char* kBottleneck = "certified.bottleneck";
constexpr const char* kLinearDecoder = "certified.linear_decoder";

// An integer held in a double, in full.
std::string Digits(double integer) { return Integer(integer).str(); }

// Of the layouts that searches choose from.
std::string LayoutName(const Grid& grid) {
  switch (grid.layout) {
    case Layout::kCells:
      return "cells";
    case Layout::kNodes:
      return "nodes";
    case Layout::kCheckerboard:
      return "checkerboard";
    case Layout::kInnerCheckerboard:
      return "inner checkerboard";
  }
  return "";
}

// No class that has certificates evaluates layers at values of x alone.
std::string Points(LayerGroup::Points points) { return points == LayerGroup::Points::kAll ? "all" : "conditions"; }

// The largest number of parameters that is claimed not to suffice: one less than the bound, or, where that is known by
// its logarithm only, less by so much that rounding does not matter.
Integer InsufficientParameters(const Count& count) {
  if (count.value) return Integer(*count.value - 1);
  if (count.log10 > kMaxDigits) {
    throw std::domain_error("a count of 10^" + ShortestDecimal(count.log10) + " has too many digits for a certificate");
  }
  return Integer(Real(floor(pow(Real(10), Real(count.log10 - 1e-12 * count.log10)))));
}

void WriteBump(std::ostream& out, const Grid& grid) {
  out << "layout: " << LayoutName(grid) << "\n";
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

void WriteClass(std::ostream& out, const NetworkClass& network_class) {
  const ConditionScalars& scalars = network_class.scalars;
  out << "scalars per condition: " << (scalars.root ? "sqrt(N)" : Digits(scalars.fixed)) << "\n";
  for (const LayerGroup& group : network_class.groups) {
    out << "layers: " << group.layers << " units " << (group.hidden ? "N" : Digits(network_class.outputs)) << " points "
        << Points(group.points) << " condition " << (group.sees_condition ? "yes" : "no") << " degrees from "
        << group.first_degree << " times " << group.degree_factor << " (" << group.meaning << ")\n";
  }
}

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

// M, in full, times the outputs.
Integer NumPointsExactly(const Grid& grid, std::int64_t outputs = 1) {
  const double log10_points = grid.Log2Points() * std::log10(2.0);
  if (log10_points > kMaxDigits) {
    throw std::domain_error("10^" + ShortestDecimal(log10_points) + " bumps have too many digits for a certificate");
  }
  const Integer all = PointsOfGroup(grid, grid.x) * PointsOfGroup(grid, grid.condition);
  const bool uses_half = grid.layout == Layout::kCheckerboard || grid.layout == Layout::kInnerCheckerboard;
  return (uses_half ? Integer((all + 1) / 2) : all) * outputs;
}

struct Claim {
  CertifiedBound bound;
  NetworkClass network_class = {};  // empty: as many parameters (or bits) as bumps, or bounded weights
};

Claim ClaimFor(const LowerBounds& bounds, const std::string& id) {
  const Problem& problem = bounds.problem();
  const auto standard = StandardClass(problem.depth);
  if (id == "certified.continuous_selection" || id == "certified.bits") return {bounds.ContinuousSelection(), {}};
  if (id == "certified.standard") return {bounds.Standard(), standard};
  if (id == "certified.primary") return {bounds.Primary(), standard};
  if (id == "certified.hypernetwork_total") {
    return {bounds.HypernetworkTotal(), HypernetworkTotalClass(problem.depth, problem.generator_depth)};
  }
  if (id == kBoundedWeights) {
    RequireInteger("depth, for a certificate of bounded weights,", problem.depth, 2, kMaxDepthOfBoundedWeights);
    return {BoundedWeightsBound(problem)};
  }
  if (id == kBottleneck && problem.bottleneck) {
    return {BottleneckBound(bounds),
            ClassOf(Scheme::kLowRank, problem.depth, static_cast<double>(*problem.bottleneck))};
  }
  const bool dense = id == "certified.embedding_any_dimension";
  if (!dense && id != "certified.embedding") throw std::domain_error("statement = '" + id + "' has no certificate");
  const CertifiedBound bound = dense ? bounds.DenseEmbedding() : bounds.Embedding();
  // Where the bound for a single I is better, its grid has no axes of I.
  if (bound.grid.condition.axes == 0) return {bound, standard};
  return {bound,
          dense ? DenseEmbeddingClass(problem.depth)
                : EmbeddingClass(problem.depth, static_cast<double>(problem.EmbeddingDim()))};
}

}  // namespace

std::vector<std::string> CertifiableStatements(const Problem& problem) {
  std::vector<std::string> ids = {"certified.continuous_selection",
                                  "certified.standard",
                                  "certified.primary",
                                  "certified.embedding",
                                  "certified.embedding_any_dimension",
                                  "certified.hypernetwork_total",
                                  "certified.bits",
                                  kBoundedWeights,
                                  kContinuousEncoder,
                                  kLinearDecoder};
  if (problem.bottleneck) ids.push_back(kBottleneck);
  return ids;
}

namespace {

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

// What every certificate begins with.
std::ostringstream Begun(const Problem& problem, const std::string& statement_id) {
  std::ostringstream out;
  out << "certificate: 2\nstatement: " << statement_id << "\n";
  WriteProblem(out, problem);
  return out;
}

std::string EncoderCertificate(const Problem& problem) {
  const LeastScalars least = LeastContinuousScalars(problem);
  const Grid& grid = least.floor.grid;
  std::ostringstream out = Begun(problem, kContinuousEncoder);
  WriteGrid(out, grid);
  out << "affine axes: " << least.floor.affine_axes << "\n"
      << "inequality: continuous encoder\n"
      << "insufficient: " << least.floor.scalars << "\n"
      << "left-hand side: " << (NumPointsExactly(grid) << least.floor.affine_axes) << "\n";
  return out.str();
}

std::string DecoderCertificate(const Problem& problem) {
  const RankBound bound = LeastFunctions(problem);
  // Where nothing is claimed, a single bump that is as wide as the cube.
  const Grid grid = bound.grid.value_or(Grid{.bump = AdmissibleBumps(problem.smoothness).front(),
                                             .x = {.axes = problem.primary_dim},
                                             .condition = {.axes = problem.condition_dim}});
  std::ostringstream out = Begun(problem, kLinearDecoder);
  WriteGrid(out, grid);
  out << "inequality: rank\n"
      << "rows: " << bound.rows << "\n"
      << "Hadamard matrix: " << bound.order.Recipe() << " points of " << (bound.order_is_of_condition ? "I" : "x")
      << "\n"
      << "insufficient: " << bound.functions - 1 << "\n"
      << "left-hand side: " << NumPointsExactly(grid, problem.outputs) << "\n";
  return out.str();
}

std::string PiecesCertificate(const Problem& problem, const std::string& statement_id, const CertifiedBound& bound) {
  const bool is_parabola = bound.pieces->target == PiecesTarget::kParabola;
  Grid grid = bound.grid;
  if (is_parabola) grid = {.bump = AdmissibleBumps(problem.smoothness).front()};
  std::ostringstream out = Begun(problem, statement_id);
  WriteBump(out, grid);
  out << "axes of x: 1 of " << Digits(grid.x.cells) << ", " << problem.primary_dim - 1 << " of 0\n"
      << "axes of I: 0 of 0, 0 of 0\n"
      << "inequality: linear pieces\n"
      << "target: " << (is_parabola ? "parabola" : "alternating bumps") << "\n"
      << "insufficient: " << InsufficientParameters(bound.count) << "\n"
      << "left-hand side: " << Digits(bound.pieces->pieces) << "\n";
  return out.str();
}

}  // namespace

std::string CertificateFor(const LowerBounds& bounds, const std::string& statement_id) {
  if (statement_id == kContinuousEncoder) return EncoderCertificate(bounds.problem());
  if (statement_id == kLinearDecoder) return DecoderCertificate(bounds.problem());
  Claim claim = ClaimFor(bounds, statement_id);
  claim.network_class.outputs = static_cast<double>(bounds.problem().outputs);
  if (claim.bound.pieces) return PiecesCertificate(bounds.problem(), statement_id, claim.bound);
  const Problem& problem = bounds.problem();
  const Grid& grid = claim.bound.grid;
  const Integer insufficient = InsufficientParameters(claim.bound.count);
  const bool has_bounded_weights = statement_id == kBoundedWeights;
  const bool counts_patterns = !claim.network_class.groups.empty();
  std::ostringstream out = Begun(problem, statement_id);
  WriteGrid(out, grid);
  out << "inequality: "
      << (has_bounded_weights ? "rounded weights"
          : counts_patterns   ? "sign patterns"
                              : "fewer than points")
      << "\n";
  if (counts_patterns) WriteClass(out, claim.network_class);
  out << "insufficient: " << insufficient << "\n"
      << "left-hand side: " << NumPointsExactly(grid, problem.outputs) << "\n";
  if (insufficient > 0 && (counts_patterns || has_bounded_weights)) {
    const std::string number = insufficient.str();
    out << "right-hand side over left-hand side: "
        << (counts_patterns ? PatternsPerPointAbove(claim.network_class, grid, number)
                            : RoundingsPerPointAbove(problem, grid, number))
        << "\n";
  }
  return out.str();
}

}  // namespace hyperwidth

namespace hyperwidth::internal {

std::ostringstream BegunCertificate(const Problem& problem, const std::string& statement_id) {
  return Begun(problem, statement_id);
}

void WriteBumpLines(std::ostream& out, const Grid& grid) { WriteBump(out, grid); }
void WriteGridLines(std::ostream& out, const Grid& grid) { WriteGrid(out, grid); }
void WriteClassLines(std::ostream& out, const NetworkClass& network_class) { WriteClass(out, network_class); }

std::string InsufficientInFull(const Count& count) { return InsufficientParameters(count).str(); }
std::string PointsInFull(const Grid& grid) { return NumPointsExactly(grid).str(); }

}  // namespace hyperwidth::internal
