// SPDX-License-Identifier: Apache-2.0

#include "theory/schemes.h"

#include <algorithm>
#include <cmath>
#include <stdexcept>

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
      {Scheme::kFirstLayerBias, "first-layer-bias", "biases of the first layer generated", "units of the first layer"},
      {Scheme::kFilm, "film", "a scale and a shift generated for every hidden unit", "twice the hidden units"},
      {Scheme::kDeepOnet, "deeponet", "sum over l <= p of b_l(I) t_l(x), the b_l generated", "p, the basis functions"},
      {Scheme::kLowRank, "low-rank", "weights theta_0 + P z(I), z generated, P trained", "dimension of z"},
      {Scheme::kHypernetwork, "hypernetwork", "all weights generated", "generated weights N_g"}};
  return texts;
}

const SchemeText& TextOf(Scheme scheme) { return Texts()[static_cast<std::size_t>(scheme)]; }

// Degrees of the inputs of layer i in all variables: every generated factor that a layer multiplies in adds one.
NetworkClass ConditionedClass(int depth, double kappa, int first_degree, int degree_factor) {
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
          .scalars = ConditionScalars::Fixed(kappa)};
}

// Units of t see x only: its X different values, whatever the condition; the products with b_l(I) enter at the end.
NetworkClass DeepOnetClass(int depth, double kappa) {
  return {.groups = {{.meaning = "layers of the trunk network, its output included",
                      .layers = depth,
                      .points = LayerGroup::Points::kPrimary},
                     {.meaning = "output", .hidden = false, .sees_condition = true, .first_degree = depth + 1}},
          .scalars = ConditionScalars::Fixed(kappa)};
}

}  // namespace

const std::vector<Scheme>& AllSchemes() {
  static const std::vector<Scheme> schemes = {Scheme::kEmbedding,
                                              Scheme::kFirstLayerBias,
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
  RequireInteger("depth", depth, 2, kMaxDepth);
  switch (scheme) {
    case Scheme::kEmbedding:
      return EmbeddingClass(depth, kappa);
    case Scheme::kFirstLayerBias:
      return ConditionedClass(depth, kappa, 1, 1);  // biases enter linearly: degree i, as in a plain network
    case Scheme::kFilm:
    case Scheme::kLowRank:
      return ConditionedClass(depth, kappa, 1, 2);  // scale times weight, or P times z: two factors a layer
    case Scheme::kDeepOnet:
      return DeepOnetClass(depth, kappa);
    case Scheme::kHypernetwork:
      return StandardClass(depth);
  }
  throw std::domain_error("scheme is not one of the known schemes");
}

double ScalarsAtWidth(Scheme scheme, int depth, int primary_dim, double width, double chosen_kappa) {
  switch (scheme) {
    case Scheme::kFirstLayerBias:
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
  // scalars, so that no such floor exists for the trainable part.
  if (scheme != Scheme::kEmbedding) return bound;
  return Stronger(bound, bounds.Primary());
}

namespace {

// log2 of the largest real kappa >= 1 for which `parameters` are too few at these points; -1 if they suffice at 1.
double Log2LargestScalars(NetworkClass network_class, const PointCounts& points, double log2_parameters) {
  const auto is_too_few = [&](double log2_kappa) {
    network_class.scalars = ConditionScalars::Log2Fixed(log2_kappa);
    return Log2PatternsPerPoint(network_class, points, log2_parameters) < 0;
  };
  if (!is_too_few(0)) return -1;
  double low = 0;
  double high = points.log2_all - points.log2_conditions + 1;  // more variables than points: Warren's lemma is silent
  while (high - low > 1e-14 * (1 + high)) {
    const double middle = 0.5 * (low + high);
    if (middle <= low || middle >= high) break;
    (is_too_few(middle) ? low : high) = middle;
  }
  return low;
}

}  // namespace

namespace {

// Beyond 2^52: a lower bound of log10 k*, at which 50 digits confirm that `parameters` are too few.
Count LargeCrossover(NetworkClass network_class, const GridSearch::Best& best, const Count& parameters) {
  for (double slack = 1e-9; slack < 1; slack *= 10) {
    const double log10_kappa = best.objective * std::log10(2.0) - slack;
    network_class.scalars = ConditionScalars::Log2Fixed(log10_kappa / std::log10(2.0) + 1e-12);
    if (ProvesMoreThan(network_class, best.grid, parameters)) return Count::FromLog10(log10_kappa);
  }
  throw std::logic_error("the crossover found at the grid " + best.grid.Description() + " is not confirmed");
}

}  // namespace

Count CrossoverScalars(const LowerBounds& bounds, Scheme scheme, const Count& parameters) {
  if (scheme == Scheme::kHypernetwork) return bounds.Primary().count;
  const int depth = bounds.problem().depth;
  const NetworkClass network_class = ClassOf(scheme, depth, 1);
  const double log2_parameters = parameters.log10 / std::log10(2.0);
  const GridSearch::Best best = bounds.BestGrid(
      [&](const Grid& grid) { return Log2LargestScalars(network_class, PointsOf(grid), log2_parameters); });
  if (best.objective < 0) return Count::Exact(1);
  if (best.objective > 52) return LargeCrossover(ClassOf(scheme, depth, 1), best, parameters);
  const auto is_proved = [&](double kappa) {
    return ProvesMoreThan(ClassOf(scheme, depth, kappa), best.grid, parameters);
  };
  double kappa = std::floor(std::exp2(best.objective) * (1 + 1e-12)) + 1;
  while (kappa > 1 && !is_proved(kappa - 1)) kappa -= 1;
  return Count::Exact(static_cast<std::int64_t>(kappa));
}

}  // namespace hyperwidth
