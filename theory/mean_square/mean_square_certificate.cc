// SPDX-License-Identifier: Apache-2.0

#include "theory/mean_square/mean_square_certificate.h"

#include <sstream>
#include <stdexcept>

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

std::string DecoderCertificate(const Problem& problem, const std::string& statement_id) {
  const RankBound bound = LeastFunctionsInMeanSquare(problem);
  if (!bound.grid) SaysNothing(statement_id);
  std::ostringstream out = Begun(problem, statement_id);
  internal::WriteGrid(out, *bound.grid);
  WriteMeanSquare(out, bound.grid->bump);
  internal::WriteRank(out, bound, *bound.grid, 1);
  return out.str();
}

MeanSquareBound BoundOf(const MeanSquareBounds& bounds, const std::string& id) {
  if (id == "certified.bits") return bounds.Bits();
  if (id == "certified.standard") return bounds.Standard();
  if (id == "certified.primary") return bounds.Primary();
  if (id == "certified.embedding") return bounds.Embedding();
  if (id == "certified.embedding_any_dimension") return bounds.DenseEmbedding();
  if (id == "certified.hypernetwork_total") return bounds.HypernetworkTotal();
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
  const MeanSquareBound bound = BoundOf(bounds, statement_id);
  if (bound.SaysNothing()) SaysNothing(statement_id);
  std::ostringstream out = Begun(problem, statement_id);
  if (bound.pieces) {
    internal::WritePieces(out, problem, *bound.pieces, bound.count);
    return out.str();
  }
  const Grid& grid = bound.evidence->grid;  // axes without bumps are left out, which proves the same
  const NetworkClass network_class = internal::ClassOfStatement(statement_id, problem, grid);
  const bool counts_patterns = !network_class.groups.empty();
  internal::WriteGrid(out, grid);
  WriteMeanSquare(out, grid.bump);
  out << "wrong share: " << ShortestDecimal(bound.evidence->needed.wrong_share) << "\n"
      << "exponent: " << bound.evidence->needed.bits << "\n"
      << "inequality: " << (counts_patterns ? "sign patterns" : "fewer than points") << "\n";
  const std::string insufficient = internal::InsufficientInFull(bound.count);
  if (counts_patterns) internal::WriteClass(out, network_class);
  out << "insufficient: " << insufficient << "\n"
      << "left-hand side: " << internal::PointsInFull(grid) << "\n";
  if (counts_patterns) {
    out << "right-hand side over left-hand side: " << PatternsPerPointAbove(network_class, grid, insufficient) << "\n";
  }
  return out.str();
}

}  // namespace hyperwidth
