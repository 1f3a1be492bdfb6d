// SPDX-License-Identifier: Apache-2.0

#include "theory/certificate.h"

#include <sstream>
#include <stdexcept>

#include "theory/bounded_weights.h"
#include "theory/bump.h"
#include "theory/certificate_parts.h"
#include "theory/continuous_encoder.h"
#include "theory/domain_check.h"
#include "theory/rank_bound.h"
#include "theory/rigorous.h"
#include "theory/schemes.h"

namespace hyperwidth {
namespace {

using internal::BegunCertificate;
using internal::InsufficientInFull;
using internal::PointsInFull;

constexpr int kMaxDepthOfBoundedWeights = 1000;  // the checker's fractions have that many times a factor's digits
constexpr const char* kBoundedWeights = "certified.bounded_weights";
constexpr const char* kContinuousEncoder = "certified.continuous_encoder";
constexpr const char* kBottleneck = "certified.bottleneck";
constexpr const char* kLinearDecoder = "certified.linear_decoder";

CertifiedBound BoundOf(const LowerBounds& bounds, const std::string& id) {
  const Problem& problem = bounds.problem();
  if (id == "certified.continuous_selection" || id == "certified.bits") return bounds.ContinuousSelection();
  if (id == "certified.standard") return bounds.Standard();
  if (id == "certified.primary") return bounds.Primary();
  if (id == "certified.embedding") return bounds.Embedding();
  if (id == "certified.embedding_any_dimension") return bounds.DenseEmbedding();
  if (id == "certified.hypernetwork_total") return bounds.HypernetworkTotal();
  if (id == kBottleneck && problem.bottleneck) return BottleneckBound(bounds);
  if (id != kBoundedWeights) throw std::domain_error("statement = '" + id + "' has no certificate");
  RequireInteger("depth, for a certificate of bounded weights,", problem.depth, 2, kMaxDepthOfBoundedWeights);
  return BoundedWeightsBound(problem);
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

std::string EncoderCertificate(const Problem& problem) {
  const LeastScalars least = LeastContinuousScalars(problem);
  const Grid& grid = least.floor.grid;
  std::ostringstream out = BegunCertificate(problem, kContinuousEncoder);
  internal::WriteGrid(out, grid);
  out << "affine axes: " << least.floor.affine_axes << "\n"
      << "inequality: continuous encoder\n"
      << "insufficient: " << least.floor.scalars << "\n"
      << "left-hand side: " << PointsInFull(grid, 1, least.floor.affine_axes) << "\n";
  return out.str();
}

std::string DecoderCertificate(const Problem& problem) {
  const RankBound bound = LeastFunctions(problem);
  // Where nothing is claimed, a single bump that is as wide as the cube.
  const Grid grid = bound.grid.value_or(Grid{.bump = AdmissibleBumps(problem.smoothness).front(),
                                             .x = {.axes = problem.primary_dim},
                                             .condition = {.axes = problem.condition_dim}});
  std::ostringstream out = BegunCertificate(problem, kLinearDecoder);
  internal::WriteGrid(out, grid);
  internal::WriteRank(out, bound, grid, problem.outputs);
  return out.str();
}

}  // namespace

std::string CertificateFor(const LowerBounds& bounds, const std::string& statement_id) {
  const Problem& problem = bounds.problem();
  if (statement_id == kContinuousEncoder) return EncoderCertificate(problem);
  if (statement_id == kLinearDecoder) return DecoderCertificate(problem);
  const CertifiedBound bound = BoundOf(bounds, statement_id);
  std::ostringstream out = BegunCertificate(problem, statement_id);
  if (bound.pieces) {
    internal::WritePieces(out, problem, *bound.pieces, bound.count);
    return out.str();
  }
  const NetworkClass network_class =
      WithOutputs(internal::ClassOfStatement(statement_id, problem, bound.grid), problem.outputs);
  const std::string insufficient = InsufficientInFull(bound.count);
  const bool has_bounded_weights = statement_id == kBoundedWeights;
  const bool counts_patterns = !network_class.groups.empty();
  internal::WriteGrid(out, bound.grid);
  out << "inequality: "
      << (has_bounded_weights ? "rounded weights"
          : counts_patterns   ? "sign patterns"
                              : "fewer than points")
      << "\n";
  if (counts_patterns) internal::WriteClass(out, network_class);
  out << "insufficient: " << insufficient << "\n"
      << "left-hand side: " << PointsInFull(bound.grid, problem.outputs) << "\n";
  if (insufficient != "0" && (counts_patterns || has_bounded_weights)) {
    out << "right-hand side over left-hand side: "
        << (counts_patterns ? PatternsPerPointAbove(network_class, bound.grid, insufficient)
                            : RoundingsPerPointAbove(problem, bound.grid, insufficient))
        << "\n";
  }
  return out.str();
}

}  // namespace hyperwidth
