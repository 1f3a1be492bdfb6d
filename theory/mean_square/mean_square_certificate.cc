// SPDX-License-Identifier: Apache-2.0

#include "theory/mean_square/mean_square_certificate.h"

#include <cmath>
#include <sstream>
#include <stdexcept>

#include "boost/multiprecision/cpp_int.hpp"
#include "theory/bump.h"
#include "theory/certificate_parts.h"
#include "theory/domain_check.h"
#include "theory/mean_square/bump_mean_square.h"
#include "theory/rigorous.h"

namespace hyperwidth {
namespace {

[[noreturn]] void SaysNothing(const std::string& statement_id) {
  throw std::domain_error("statement = '" + statement_id +
                          "' says nothing in the mean square: there is no certificate");
}

std::ostringstream Begun(const Problem& problem, const std::string& statement_id) {
  std::ostringstream out = internal::BegunCertificate(problem, statement_id);
  out << "error: rms\n";
  return out;
}

// Where it is not a fraction that the checker knows.
void WriteMeanSquare(std::ostream& out, const Bump& bump) {
  const MeanSquareFraction mean = MeanSquareOf(bump);
  if (!mean.is_exact) out << "mean square: " << ShortestDecimal(mean.numerator / mean.denominator) << "\n";
}

std::string PiecesCertificate(const Problem& problem, const std::string& statement_id, const MeanSquareBound& bound) {
  const bool is_parabola = bound.pieces->target == PiecesTarget::kParabola;
  Grid grid = bound.pieces->grid;
  if (is_parabola) grid = {.layout = Layout::kCells, .bump = AdmissibleBumps(problem.smoothness).front()};
  std::ostringstream out = Begun(problem, statement_id);
  internal::WriteBumpLines(out, grid);
  out << "axes of x: 1 of " << boost::multiprecision::cpp_int(grid.x.cells) << ", " << problem.primary_dim - 1
      << " of 0\n"
      << "axes of I: 0 of 0, 0 of 0\n"
      << "inequality: linear pieces\n"
      << "target: " << (is_parabola ? "parabola" : "alternating bumps") << "\n"
      << "insufficient: " << internal::InsufficientInFull(bound.count) << "\n"
      << "left-hand side: " << boost::multiprecision::cpp_int(bound.pieces->pieces) << "\n";
  return out.str();
}

std::string DecoderCertificate(const Problem& problem, const std::string& statement_id) {
  const MeanSquareRank bound = LeastFunctionsInMeanSquare(problem);
  if (!bound.grid) SaysNothing(statement_id);
  std::ostringstream out = Begun(problem, statement_id);
  internal::WriteGridLines(out, *bound.grid);
  WriteMeanSquare(out, bound.grid->bump);
  out << "inequality: rank\n"
      << "rows: " << bound.rows << "\n"
      << "Hadamard matrix: " << bound.order.Recipe() << " points of " << (bound.order_is_of_condition ? "I" : "x")
      << "\n"
      << "insufficient: " << bound.functions - 1 << "\n"
      << "left-hand side: " << internal::PointsInFull(*bound.grid) << "\n";
  return out.str();
}

struct Claim {
  MeanSquareBound bound;
  NetworkClass network_class = {};  // empty: bits
};

Claim ClaimFor(const MeanSquareBounds& bounds, const std::string& id) {
  const Problem& problem = bounds.problem();
  const auto k = static_cast<double>(problem.EmbeddingDim());
  const auto unless_primary = [&](const MeanSquareBound& bound, const NetworkClass& network_class) -> Claim {
    // Where the bound for a single I is better, its grid has no axes of I.
    const bool is_primary = bound.evidence && bound.evidence->grid.condition.axes == 0;
    return {bound, is_primary ? StandardClass(problem.depth) : network_class};
  };
  if (id == "certified.bits") return {bounds.Bits(), {}};
  if (id == "certified.standard") return {bounds.Standard(), StandardClass(problem.depth)};
  if (id == "certified.primary") return {bounds.Primary(), StandardClass(problem.depth)};
  if (id == "certified.embedding") return unless_primary(bounds.Embedding(), EmbeddingClass(problem.depth, k));
  if (id == "certified.embedding_any_dimension") {
    return unless_primary(bounds.DenseEmbedding(), DenseEmbeddingClass(problem.depth));
  }
  if (id == "certified.hypernetwork_total") {
    return {bounds.HypernetworkTotal(), HypernetworkTotalClass(problem.depth, problem.generator_depth)};
  }
  throw std::domain_error("statement = '" + id + "' has no certificate for the root mean square error");
}

}  // namespace

const std::vector<std::string>& MeanSquareStatementIds() {
  static const std::vector<std::string> ids = {"certified.standard",
                                               "certified.primary",
                                               "certified.embedding",
                                               "certified.embedding_any_dimension",
                                               "certified.hypernetwork_total",
                                               "certified.bits",
                                               "certified.linear_decoder"};
  return ids;
}

std::string MeanSquareCertificateFor(const MeanSquareBounds& bounds, const std::string& statement_id) {
  const Problem& problem = bounds.problem();
  if (statement_id == "certified.linear_decoder") return DecoderCertificate(problem, statement_id);
  const Claim claim = ClaimFor(bounds, statement_id);
  if (claim.bound.SaysNothing()) SaysNothing(statement_id);
  if (claim.bound.pieces) return PiecesCertificate(problem, statement_id, claim.bound);
  const MeanSquareGrid& evidence = *claim.bound.evidence;
  const Grid& grid = evidence.grid;  // axes without bumps are left out, which proves the same
  std::ostringstream out = Begun(problem, statement_id);
  internal::WriteGridLines(out, grid);
  WriteMeanSquare(out, grid.bump);
  out << "wrong share: " << ShortestDecimal(evidence.needed.wrong_share) << "\n"
      << "exponent: " << evidence.needed.bits << "\n"
      << "inequality: " << (claim.network_class.groups.empty() ? "fewer than points" : "sign patterns") << "\n";
  const std::string insufficient = internal::InsufficientInFull(claim.bound.count);
  if (!claim.network_class.groups.empty()) internal::WriteClassLines(out, claim.network_class);
  out << "insufficient: " << insufficient << "\n"
      << "left-hand side: " << internal::PointsInFull(grid) << "\n";
  if (!claim.network_class.groups.empty()) {
    out << "right-hand side over left-hand side: " << PatternsPerPointAbove(claim.network_class, grid, insufficient)
        << "\n";
  }
  return out.str();
}

}  // namespace hyperwidth
