// SPDX-License-Identifier: Apache-2.0

#include "theory/schemes.h"

#include <algorithm>
#include <cmath>
#include <cstdint>
#include <limits>
#include <stdexcept>

#include "boost/math/tools/toms748_solve.hpp"
#include "theory/domain_check.h"
#include "theory/problem.h"
#include "theory/rigorous.h"

namespace hyperwidth {
namespace {

struct SchemeText {
  Scheme scheme;
  const char* name;
  const char* description;
  const char* scalars;
};

const std::vector<SchemeText>& Texts() {
  static const std::vector<SchemeText> texts = {
      {Scheme::kEmbedding, "embedding", "e(I) concatenated to x", "dimension of the embedding"},
      {Scheme::kConditionalBias, "conditional-bias", "biases of the first layer generated", "units of the first layer"},
      {Scheme::kFilm, "film", "a scale and a shift generated for every hidden unit", "twice the hidden units"},
      {Scheme::kDeepOnet, "deeponet", "sum over l <= p of b_l(I) t_l(x), the b_l generated", "p, the basis functions"},
      {Scheme::kLowRank, "low-rank", "weights theta_0 + P z(I), z generated, P trained", "dimension of z"},
      {Scheme::kHypernetwork, "hypernetwork", "all weights generated", "generated weights N_g"}};
  return texts;
}

const SchemeText& TextOf(Scheme scheme) { return Texts()[static_cast<std::size_t>(scheme)]; }

// Degrees of the inputs of layer i in all variables: every generated factor that a layer multiplies in adds one.
NetworkClass ConditionedClass(int depth, const ConditionScalars& scalars, int first_degree, int degree_factor) {
  return {.groups = {{.meaning = "hidden layers",
                      .layers = depth - 1,
                      .sees_condition = true,
                      .first_degree = first_degree,
                      .degree_factor = degree_factor},
                     {.meaning = "output",
                      .hidden = false,
                      .sees_condition = true,
                      .first_degree = first_degree + depth - 1,
                      .degree_factor = degree_factor}},
          .scalars = scalars};
}

// Units of t see x only: its X different values, whatever the condition; the products with b_l(I) enter at the end.
NetworkClass DeepOnetClass(int depth, const ConditionScalars& scalars) {
  return {.groups = {{.meaning = "layers of the trunk network, its output included",
                      .layers = depth,
                      .points = LayerGroup::Points::kPrimary},
                     {.meaning = "output", .hidden = false, .sees_condition = true, .first_degree = depth + 1}},
          .scalars = scalars};
}

NetworkClass ClassWith(Scheme scheme, int depth, const ConditionScalars& scalars) {
  RequireInteger("depth", depth, 2, kMaxDepth);
  switch (scheme) {
    case Scheme::kEmbedding:
      return ConditionedClass(depth, scalars, 2, 1);  // as EmbeddingClass: e(I) times first-layer weights
    case Scheme::kConditionalBias:
      return ConditionedClass(depth, scalars, 1, 1);  // biases enter linearly: degree i, as in a plain network
    case Scheme::kFilm:
    case Scheme::kLowRank:
      return ConditionedClass(depth, scalars, 1, 2);  // scale times weight, or P times z: two factors a layer
    case Scheme::kDeepOnet:
      return DeepOnetClass(depth, scalars);
    case Scheme::kHypernetwork:
      return StandardClass(depth);
  }
  throw std::domain_error("scheme is not one of the known schemes");
}

}  // namespace

const std::vector<Scheme>& AllSchemes() {
  static const std::vector<Scheme> schemes = {Scheme::kEmbedding,
                                              Scheme::kConditionalBias,
                                              Scheme::kFilm,
                                              Scheme::kDeepOnet,
                                              Scheme::kLowRank,
                                              Scheme::kHypernetwork};
  return schemes;
}

std::string Name(Scheme scheme) { return TextOf(scheme).name; }
std::string Description(Scheme scheme) { return TextOf(scheme).description; }
std::string ScalarsMeaning(Scheme scheme) { return TextOf(scheme).scalars; }

Scheme SchemeNamed(const std::string& name) {
  std::string known;
  for (const SchemeText& text : Texts()) {
    if (text.name == name) return text.scheme;
    known += (known.empty() ? "" : ", ") + std::string(text.name);
  }
  throw std::domain_error("scheme = '" + name + "' is unknown; accepted: " + known);
}

NetworkClass ClassOf(Scheme scheme, int depth, double kappa) {
  return ClassWith(scheme, depth, ConditionScalars::Fixed(kappa));
}

double ScalarsAtWidth(Scheme scheme, int depth, int primary_dim, double width, double chosen_kappa) {
  switch (scheme) {
    case Scheme::kConditionalBias:
    case Scheme::kDeepOnet:
      return width;
    case Scheme::kFilm:
      return 2 * width * (depth - 1);
    case Scheme::kHypernetwork:
      return width * (primary_dim + 1) + (depth - 2) * width * (width + 1) + width + 1;
    case Scheme::kEmbedding:
    case Scheme::kLowRank:
      return chosen_kappa;
  }
  return chosen_kappa;
}

CertifiedBound SchemeBound(const LowerBounds& bounds, Scheme scheme, double kappa) {
  if (!(kappa >= 1 && kappa <= static_cast<double>(kMaxCount))) {
    throw std::domain_error("kappa = " + ShortestDecimal(kappa) + " is outside the admissible range: 1 to 10^15");
  }
  if (scheme == Scheme::kHypernetwork) return bounds.Primary();
  const CertifiedBound bound = bounds.ForClass(ClassOf(scheme, bounds.problem().depth, kappa));
  // For one I the embedding is absorbed by first-layer biases. The other schemes may put the network itself into their
  // scalars, so that no such floor exists for the trainable part. But a weight theta_0 + P z that is not zero has a
  // trained number of its own that is not zero either, so the weights that linear pieces need are among those of P.
  if (scheme == Scheme::kLowRank) return Stronger(bound, bounds.Pieces());
  if (scheme != Scheme::kEmbedding) return bound;
  return Stronger(bound, bounds.Primary());
}

CertifiedBound BottleneckBound(const LowerBounds& bounds) {
  if (!bounds.problem().bottleneck) throw std::domain_error("bottleneck is not given: the generator has none");
  return SchemeBound(bounds, Scheme::kLowRank, static_cast<double>(*bounds.problem().bottleneck));
}

namespace {

// log2 of the largest real kappa >= 1 for which `parameters` are too few at these points; -1 if they suffice at 1.
double Log2LargestScalars(NetworkClass network_class, const PointCounts& points, double log2_parameters) {
  constexpr double kSteep = 8;  // as in Log2SmallestSufficient
  const auto excess = [&](double log2_kappa) {
    network_class.scalars = ConditionScalars::Log2Fixed(log2_kappa);
    return std::min(Log2PatternsPerPoint(network_class, points, log2_parameters), kSteep);
  };
  if (excess(0) >= 0) return -1;
  // As many variables as signs, which are enough.
  const double high = points.log2_all + std::log2(network_class.outputs) - points.log2_conditions;
  auto steps = std::numeric_limits<std::uintmax_t>::max();
  const boost::math::tools::eps_tolerance<double> tolerance;
  return boost::math::tools::toms748_solve(excess, 0.0, high, tolerance, steps).first;
}

}  // namespace

Count CrossoverScalars(const LowerBounds& bounds, Scheme scheme, const Count& parameters) {
  if (scheme == Scheme::kHypernetwork) return bounds.Primary().count;
  NetworkClass network_class = WithOutputs(ClassWith(scheme, bounds.problem().depth, {}), bounds.problem().outputs);
  const double log2_parameters = parameters.log10 / std::log10(2.0);
  const GridSearch::Best best = bounds.BestGrid(
      [&](const Grid& grid) { return Log2LargestScalars(network_class, PointsOf(grid), log2_parameters); });
  const auto is_proved = [&](const ConditionScalars& scalars) {
    network_class.scalars = scalars;
    return ProvesMoreThan(network_class, best.grid, parameters);
  };
  // From just above the estimate down to the first number that 50 digits confirm.
  if (best.objective > 52) {
    double log10_kappa = best.objective * std::log10(2.0) + 1e-9;
    const auto log2_kappa = [&] { return log10_kappa / std::log10(2.0) * (1 + 1e-15); };
    for (double step = 2e-9; !is_proved(ConditionScalars::Log2Fixed(log2_kappa())); step *= 10) log10_kappa -= step;
    return Count::FromLog10(log10_kappa);
  }
  double kappa = std::ceil(std::exp2(best.objective) * (1 + 1e-12));
  while (kappa > 1 && !is_proved(ConditionScalars::Fixed(kappa - 1))) kappa -= 1;
  return Count::Exact(static_cast<std::int64_t>(kappa));
}

}  // namespace hyperwidth
