// SPDX-License-Identifier: Apache-2.0

#include "theory/checker/claim.h"

#include <stdexcept>

#include "theory/checker/failure.h"

namespace hyperwidth::checker {
namespace {

// A network of `depth` weight layers on all points, one output; degree i (times `factor`) in layer i, or i + 1 where
// the condition's scalars are multiplied in at the first layer.
std::vector<LayerLine> Network(int depth, bool sees_condition, int factor) {
  const int first = sees_condition ? 2 : 1;
  return {{.layers = depth - 1,
           .hidden = true,
           .points = "all",
           .sees_condition = sees_condition,
           .first_degree = first,
           .degree_factor = factor},
          {.layers = 1,
           .hidden = false,
           .points = "all",
           .sees_condition = sees_condition,
           .first_degree = first + depth - 1,
           .degree_factor = factor}};
}

std::string NameOf(Inequality inequality) {
  switch (inequality) {
    case Inequality::kFewerThanPoints:
      return "fewer than points";
    case Inequality::kSignPatterns:
      return "sign patterns";
    case Inequality::kRoundedWeights:
      return "rounded weights";
    case Inequality::kContinuousEncoder:
      return "continuous encoder";
    case Inequality::kRank:
      return "rank";
    case Inequality::kLinearPieces:
      return "linear pieces";
  }
  throw std::logic_error("not an inequality");
}

Claim ClaimOfOneOutput(const CertificateText& certificate, bool ignores_condition) {
  const std::string& statement = certificate.Text("statement");
  if (statement == "certified.continuous_selection" || statement == "certified.bits") {
    return {.inequality = Inequality::kFewerThanPoints, .in_words = "any network"};
  }
  if (statement == "certified.linear_decoder") {
    return {.inequality = Inequality::kRank, .in_words = "functions of x, their coefficients any functions of I"};
  }
  if (statement == "certified.continuous_encoder") {
    if (!ignores_condition) throw std::runtime_error("the grid of certified.continuous_encoder must have no axes of I");
    return {.inequality = Inequality::kContinuousEncoder, .in_words = "scalars per condition, continuous in I"};
  }
  const int depth = certificate.SmallNumber("depth", 2, kMaxDepth);
  const std::string at_depth = "at most " + std::to_string(depth) + " weight layers";
  const bool is_embedding = statement == "certified.embedding";
  const bool is_bottleneck = statement == "certified.bottleneck";
  const std::string bottleneck = is_bottleneck ? certificate.WholeNumber("bottleneck").str() : "";
  const bool has_pieces = is_embedding || is_bottleneck || statement == "certified.standard" ||
                          statement == "certified.primary" || statement == "certified.embedding_any_dimension";
  if (has_pieces && certificate.Text("inequality") == "linear pieces") {
    if (!ignores_condition) throw std::runtime_error("linear pieces are counted without axes of I");
    const std::string dimension = is_embedding ? certificate.WholeNumber("embedding dimension").str() : "";
    return {.inequality = Inequality::kLinearPieces,
            .in_words = at_depth + (is_embedding ? ", embedding dimension " + dimension : "") +
                        (is_bottleneck ? ", behind a bottleneck of " + bottleneck : "")};
  }
  if (is_bottleneck) {
    // theta_0 + P z: a product of two variables where a network has a weight.
    Claim claim{.layers = Network(depth, false, 2),
                .scalars = bottleneck,
                .in_words = at_depth + ", behind a bottleneck of " + bottleneck};
    for (LayerLine& line : claim.layers) line.sees_condition = true;
    return claim;
  }
  if (statement == "certified.bounded_weights") {
    return {.inequality = Inequality::kRoundedWeights,
            .in_words = at_depth + ", weights at most " + certificate.Text("weight bound") + ", width at most " +
                        certificate.Text("width")};
  }
  if (statement == "certified.standard") return {.layers = Network(depth, false, 1), .in_words = at_depth};
  if (statement == "certified.primary") {
    // The network sees x only, so bumps that differ in I prove nothing about it.
    if (!ignores_condition) throw std::runtime_error("the grid of certified.primary must not have axes of I");
    return {.layers = Network(depth, false, 1), .in_words = at_depth};
  }
  if (statement == "certified.embedding" || statement == "certified.embedding_any_dimension") {
    const bool any = statement == "certified.embedding_any_dimension";
    const std::string dimension = any ? "sqrt(N)" : certificate.WholeNumber("embedding dimension").str();
    const std::string words = at_depth + (any ? ", dense first layer" : ", embedding dimension " + dimension);
    // For a single I the embedding is a shift of the first layer's biases: a network of x.
    if (ignores_condition) return {.layers = Network(depth, false, 1), .in_words = words};
    return {.layers = Network(depth, true, 1), .scalars = dimension, .in_words = words};
  }
  if (statement != "certified.hypernetwork_total") {
    throw std::runtime_error("'" + statement + "' is not a statement that has certificates");
  }
  const int generator_depth = certificate.SmallNumber("generator depth", 2, kMaxDepth);
  Claim claim{.layers = Network(depth, false, generator_depth),
              .in_words = at_depth + ", generator of at most " + std::to_string(generator_depth)};
  claim.layers.insert(claim.layers.begin(),
                      LayerLine{.layers = generator_depth - 1,
                                .hidden = true,
                                .points = "conditions",
                                .first_degree = 1,
                                .degree_factor = 1});
  return claim;
}

}  // namespace

Claim ClaimOf(const CertificateText& certificate, bool ignores_condition) {
  Claim claim = ClaimOfOneOutput(certificate, ignores_condition);
  // The hidden layers are there once for all outputs.
  const Integer outputs = certificate.Outputs();
  for (LayerLine& line : claim.layers) {
    if (!line.hidden) line.outputs = outputs;
  }
  if (outputs > 1) claim.in_words += ", " + outputs.str() + " outputs";
  return claim;
}

void CheckForm(const CertificateText& certificate, const Claim& claim) {
  if (certificate.Text("inequality") != NameOf(claim.inequality)) {
    throw Failure{"the inequality is not that of the statement"};
  }
  const bool has_scalars = claim.inequality == Inequality::kSignPatterns;
  if (certificate.layers() != claim.layers ||
      (has_scalars && certificate.Text("scalars per condition") != claim.scalars)) {
    throw Failure{"the layers, degrees or scalars of the inequality are not those of the statement"};
  }
}

}  // namespace hyperwidth::checker
