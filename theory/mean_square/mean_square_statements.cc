// SPDX-License-Identifier: Apache-2.0

#include "theory/mean_square/mean_square_statements.h"

#include <map>
#include <string>

#include "theory/certified_statements.h"
#include "theory/domain_check.h"
#include "theory/mean_square/mean_square_bounds.h"

namespace hyperwidth {
namespace {

constexpr const char* kError =
    "the error is the root mean square over x and I, both uniform on their cubes, of the worst target in W(r, m)";

std::string SourceOf(const MeanSquareBound& bound) {
  if (!bound.pieces) {
    return "sign patterns that differ from random ones at a share of the points, averaged over shifts of the points; "
           "Warren's lemma [Anthony and Bartlett 1999, Theorem 8.3] layer by layer";
  }
  return bound.pieces->target == PiecesTarget::kParabola ? "linear pieces along an axis of x: a parabola"
                                                         : "linear pieces along an axis of x: alternating hats";
}

// The statement about the largest error, with what is proved of the root mean square in its place.
void Replace(Statement& statement, const Count& count, const std::string& source) {
  statement.count = count;
  statement.onset.reset();
  statement.grid.reset();
  statement.status = count.value == 1 ? "says nothing here in the root mean square" : "";
  statement.source = source;
  statement.hypotheses.insert(statement.hypotheses.begin(), kError);
}

void Replace(Statement& statement, const MeanSquareBound& bound) {
  Replace(statement, bound.count, SourceOf(bound));
  if (bound.evidence) {
    statement.grid = bound.evidence->grid;
    statement.hypotheses.push_back("proved with networks that may be wrong at " +
                                   ShortestDecimal(bound.evidence->needed.wrong_share) + " of the points");
  }
}

}  // namespace

std::vector<Statement> MeanSquareStatements(const Problem& asked) {
  const MeanSquareBounds bounds(asked);
  const Problem& problem = bounds.problem();  // for one output
  const std::map<std::string, MeanSquareBound> found = {{"certified.standard", bounds.Standard()},
                                                        {"certified.primary", bounds.Primary()},
                                                        {"certified.embedding", bounds.Embedding()},
                                                        {"certified.embedding_any_dimension", bounds.DenseEmbedding()},
                                                        {"certified.hypernetwork_total", bounds.HypernetworkTotal()},
                                                        {"certified.bits", bounds.Bits()}};
  std::vector<Statement> statements = CertifiedStatements(problem);
  for (Statement& statement : statements) {
    if (const auto bound = found.find(statement.id); bound != found.end()) {
      Replace(statement, bound->second);
    } else if (statement.id == "certified.linear_decoder") {
      const RankBound rank = LeastFunctionsInMeanSquare(problem);
      Replace(statement,
              Count::Exact(rank.functions),
              "rank of a matrix of values, for targets with the signs of a Hadamard matrix [Eckart and Young 1936]");
      statement.grid = rank.grid;
    } else {
      statement.count.reset();
      statement.onset.reset();
      statement.grid.reset();
      statement.error_floor.reset();
      statement.impossible = false;
      statement.status = "its proof is about the largest error: nothing is known here of the root mean square";
    }
  }
  return statements;
}

}  // namespace hyperwidth
