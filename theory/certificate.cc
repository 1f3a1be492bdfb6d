// SPDX-License-Identifier: Apache-2.0

#include "theory/certificate.h"

#include <algorithm>
#include <cmath>
#include <sstream>
#include <stdexcept>

#include "boost/multiprecision/cpp_bin_float.hpp"
#include "boost/multiprecision/cpp_int.hpp"
#include "theory/domain_check.h"
#include "theory/rigorous.h"

namespace hyperwidth {
namespace {

using Integer = boost::multiprecision::cpp_int;
using Real = boost::multiprecision::cpp_bin_float_50;

constexpr double kMaxDigits = 4000;

// An integer held in a double, in full.
std::string Digits(double integer) { return Integer(integer).str(); }

std::string Layout(const Grid& grid) {
  return grid.layout == Layout::kNodes ? "nodes" : grid.layout == Layout::kCheckerboard ? "checkerboard" : "cells";
}

std::string Points(LayerGroup::Points points) {
  return points == LayerGroup::Points::kAll          ? "all"
         : points == LayerGroup::Points::kConditions ? "conditions"
                                                     : "primary";
}

// One less than the bound: the largest number of parameters that is claimed not to suffice.
Integer InsufficientParameters(const Count& count) {
  if (count.value) return Integer(*count.value - 1);
  if (count.log10 > kMaxDigits) {
    throw std::domain_error("a count of 10^" + ShortestDecimal(count.log10) + " has too many digits for a certificate");
  }
  return Integer(Real(floor(pow(Real(10), Real(count.log10 - 1e-12 * count.log10)))) - 1);
}

void WriteGrid(std::ostream& out, const Grid& grid) {
  out << "layout: " << Layout(grid) << "\n";
  out << "bump: " << (grid.bump.family == Bump::Family::kPerfectSpline ? "perfect-spline " : "cosine-power ")
      << grid.bump.order << "\n";
  out << "seminorms:";
  for (const double seminorm : grid.bump.seminorms) out << " " << ShortestDecimal(seminorm);
  out << "\n";
  for (const auto& [name, group] : {std::pair("x", grid.x), std::pair("I", grid.condition)}) {
    out << "axes of " << name << ": " << group.axes - group.finer_axes << " of " << Digits(group.cells) << ", "
        << group.finer_axes << " of " << Digits(group.cells + 1) << "\n";
  }
}

void WriteClass(std::ostream& out, const NetworkClass& network_class) {
  const ConditionScalars& scalars = network_class.scalars;
  out << "scalars per condition: " << (scalars.root ? "sqrt(N)" : Digits(scalars.fixed)) << "\n";
  for (const LayerGroup& group : network_class.groups) {
    if (group.layers == 0) continue;
    out << "layers: " << group.layers << " units " << (group.hidden ? "N" : "1") << " points " << Points(group.points)
        << " condition " << (group.sees_condition ? "yes" : "no") << " degrees from " << group.first_degree << " times "
        << group.degree_factor << " (" << group.meaning << ")\n";
  }
}

// For the reader; the checker computes both sides itself.
void WriteBothSides(std::ostream& out,
                    const Grid& grid,
                    const NetworkClass& network_class,
                    const Integer& insufficient) {
  out << "left-hand side: " << NumPoints(grid).Text() << " bumps of height 1 / " << ShortestDecimal(grid.Norm())
      << "\n";
  if (network_class.groups.empty() || insufficient < 1) return;
  const auto log2_parameters = static_cast<double>(Real(log2(Real(insufficient))));
  const double log2_ratio = Log2PatternsPerPoint(network_class, PointsOf(grid), log2_parameters);
  out << "right-hand side: log2 of the number of sign patterns is at most " << ShortestDecimal(std::exp2(log2_ratio))
      << " times as large\n";
}

struct Claim {
  CertifiedBound bound;
  NetworkClass network_class;  // empty: as many parameters (or bits) as bumps
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
  const bool dense = id == "certified.embedding_any_dimension";
  if (!dense && id != "certified.embedding") throw std::domain_error("statement = '" + id + "' has no certificate");
  const CertifiedBound bound = dense ? bounds.DenseEmbedding() : bounds.Embedding();
  // Where the bound for a single I is better, its grid has no axes of I.
  if (bound.grid.condition.axes == 0) return {bound, standard};
  return {bound,
          dense ? DenseEmbeddingClass(problem.depth)
                : EmbeddingClass(problem.depth, static_cast<double>(problem.embedding_dim))};
}

}  // namespace

const std::vector<std::string>& CertifiableStatements() {
  static const std::vector<std::string> ids = {"certified.continuous_selection",
                                               "certified.standard",
                                               "certified.primary",
                                               "certified.embedding",
                                               "certified.embedding_any_dimension",
                                               "certified.hypernetwork_total",
                                               "certified.bits"};
  return ids;
}

std::string CertificateFor(const LowerBounds& bounds, const std::string& statement_id) {
  const Claim claim = ClaimFor(bounds, statement_id);
  const Problem& problem = bounds.problem();
  const Integer insufficient = InsufficientParameters(claim.bound.count);
  std::ostringstream out;
  out << "certificate: 1\n"
      << "statement: " << statement_id << "\n"
      << "smoothness: " << problem.smoothness << "\n"
      << "dimensions: " << problem.primary_dim << " " << problem.condition_dim << "\n"
      << "epsilon: " << ShortestDecimal(problem.epsilon) << "\n";
  WriteGrid(out, claim.bound.grid);
  if (claim.network_class.groups.empty()) {
    out << "inequality: fewer than points\n";
  } else {
    out << "inequality: sign patterns\n";
    WriteClass(out, claim.network_class);
  }
  out << "insufficient: " << insufficient << "\n";
  WriteBothSides(out, claim.bound.grid, claim.network_class, insufficient);
  return out.str();
}

}  // namespace hyperwidth
