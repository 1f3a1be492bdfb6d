// SPDX-License-Identifier: Apache-2.0

#include "theory/sign_patterns.h"

#include <algorithm>
#include <cmath>
#include <cstdint>
#include <limits>
#include <numbers>

#include "boost/math/tools/toms748_solve.hpp"

namespace hyperwidth {
namespace {

constexpr double kLog2E = std::numbers::log2e;

constexpr double kMinusInfinity = -std::numeric_limits<double>::infinity();

double Log2Factorial(double n) { return std::lgamma(n + 1) * kLog2E; }

// log2(2^a + 2^b)
double Log2Sum(double a, double b) {
  const double larger = std::max(a, b);
  const double smaller = std::min(a, b);
  return smaller == kMinusInfinity ? larger : larger + std::log1p(std::exp2(smaller - larger)) * kLog2E;
}

double Log2PointsOf(const LayerGroup& group, const PointCounts& points) {
  switch (group.points) {
    case LayerGroup::Points::kAll:
      return points.log2_all;
    case LayerGroup::Points::kConditions:
      return points.log2_conditions;
    case LayerGroup::Points::kPrimary:
      return points.log2_primary;
  }
  return points.log2_all;
}

}  // namespace

double Log2SignPatterns(double polynomials, double variables, double degree) {
  if (variables <= 0) return 0;
  const double used = std::min(variables, polynomials);  // with as many as polynomials the trivial bound is smaller
  const double warren = 1 + used * (1 + kLog2E + std::log2(polynomials * degree / used));
  return std::min(polynomials, warren);
}

ConditionScalars ConditionScalars::Fixed(double kappa) { return {.fixed = kappa, .log2_fixed = std::log2(kappa)}; }

ConditionScalars ConditionScalars::Log2Fixed(double log2_kappa) {
  return {.fixed = std::exp2(log2_kappa), .log2_fixed = log2_kappa};
}

double LayerGroup::Log2Degrees() const {
  return layers * std::log2(degree_factor) + Log2Factorial(first_degree + layers - 1.0) -
         Log2Factorial(first_degree - 1.0);
}

NetworkClass WithOutputs(NetworkClass network_class, std::int64_t outputs) {
  network_class.outputs = static_cast<double>(outputs);
  return network_class;
}

NetworkClass StandardClass(int depth) {
  // The inputs of layer i have degree i: one factor from each layer so far.
  return {.groups = {{.meaning = "hidden layers", .layers = depth - 1},
                     {.meaning = "output", .hidden = false, .first_degree = depth}}};
}

NetworkClass EmbeddingClass(int depth, double embedding_dim) {
  // The embedding of I is a variable that multiplies first-layer weights: degree i + 1.
  return {.groups = {{.meaning = "hidden layers", .layers = depth - 1, .sees_condition = true, .first_degree = 2},
                     {.meaning = "output", .hidden = false, .sees_condition = true, .first_degree = depth + 1}},
          .scalars = ConditionScalars::Fixed(embedding_dim)};
}

NetworkClass DenseEmbeddingClass(int depth) {
  NetworkClass network_class = EmbeddingClass(depth, 0);
  network_class.scalars.root = true;
  return network_class;
}

NetworkClass HypernetworkTotalClass(int depth, int generator_depth) {
  // The generated weights are the linear outputs of f: polynomials of degree L_f, and each layer of g multiplies one
  // more of them in.
  return {
      .groups = {
          {.meaning = "hidden layers of the generator",
           .layers = generator_depth - 1,
           .points = LayerGroup::Points::kConditions},
          {.meaning = "hidden layers of the primary network", .layers = depth - 1, .degree_factor = generator_depth},
          {.meaning = "output", .hidden = false, .first_degree = depth, .degree_factor = generator_depth}}};
}

double Log2PatternsPerPoint(const NetworkClass& network_class, const PointCounts& points, double log2_parameters) {
  const double log2_kappa =
      Log2Sum(network_class.scalars.log2_fixed, network_class.scalars.root ? 0.5 * log2_parameters : kMinusInfinity);
  const double log2_condition_variables = log2_kappa + points.log2_conditions;
  const double log2_outputs = std::log2(network_class.outputs);
  double log2_patterns = kMinusInfinity;
  for (const LayerGroup& group : network_class.groups) {
    if (group.layers == 0) continue;
    const double log2_all_variables =
        group.sees_condition ? Log2Sum(log2_parameters, log2_condition_variables) : log2_parameters;
    if (log2_all_variables > points.log2_all + log2_outputs) return std::numeric_limits<double>::infinity();
    const double log2_polynomials = Log2PointsOf(group, points) + (group.hidden ? log2_parameters : log2_outputs);
    const double log2_variables = std::min(log2_all_variables, log2_polynomials);
    const double bits_per_variable =
        group.layers * (1 + kLog2E + log2_polynomials - log2_variables) + group.Log2Degrees();
    log2_patterns = Log2Sum(log2_patterns, std::log2(group.layers));
    log2_patterns = Log2Sum(log2_patterns, log2_variables + std::log2(bits_per_variable));
  }
  return log2_patterns - points.log2_all - log2_outputs;
}

double Log2SmallestSufficient(const NetworkClass& network_class, const PointCounts& points, double log2_needed) {
  constexpr double kSteep = 8;  // values above are cut off, so that an infinite one does not spoil the interpolation
  const auto excess = [&](double log2_parameters) {
    return std::min(Log2PatternsPerPoint(network_class, points, log2_parameters) - log2_needed, kSteep);
  };
  if (excess(0) >= 0) return 0;
  // As many parameters as points, for each output, are enough: the outputs alone then have as many variables.
  auto steps = std::numeric_limits<std::uintmax_t>::max();
  constexpr int kBits = 48;
  const boost::math::tools::eps_tolerance<double> tolerance(kBits);
  return boost::math::tools::toms748_solve(
             excess, 0.0, points.log2_all + std::log2(network_class.outputs), tolerance, steps)
      .second;
}

}  // namespace hyperwidth
