// SPDX-License-Identifier: Apache-2.0

#include "theory/error_floor.h"

#include <algorithm>
#include <cmath>
#include <limits>
#include <numbers>
#include <optional>
#include <stdexcept>
#include <string>

#include "theory/coarsest_grid.h"
#include "theory/count.h"
#include "theory/domain_check.h"
#include "theory/problem.h"
#include "theory/sign_patterns.h"

namespace hyperwidth {
namespace {

// One layer of the sign-pattern inequality with everything known.
struct KnownLayer {
  double units = 1;
  LayerGroup::Points points = LayerGroup::Points::kAll;
  double parameters = 0;  // V_i without the condition scalars
  double scalars = 0;     // kappa
  double degree = 1;
};

// log2 of the number of sign patterns is at most the sum of the layers', so fewer than M of them leave a target out.
// Everything is divided by M, which may be beyond a double. Off by less than kMargin, relatively.
bool MissesAPattern(const std::vector<KnownLayer>& layers, const Grid& grid) {
  constexpr double kMargin = 1e-9;
  const double log2_points = grid.Log2Points();
  const double one = std::exp2(-log2_points);
  const double conditions = std::exp2(grid.Log2Conditions() - log2_points);
  double sum = 0;
  for (const KnownLayer& layer : layers) {
    const double polynomials = layer.units * (layer.points == LayerGroup::Points::kConditions ? conditions : 1);
    const double variables = layer.parameters * one + layer.scalars * conditions;
    if (variables >= polynomials) {
      sum += polynomials;
    } else if (variables > 0) {
      const double warren =
          one + variables * (1 + std::numbers::log2e + std::log2(polynomials * layer.degree / variables));
      sum += std::min(polynomials, warren);
    }
    if (sum * (1 + kMargin) >= 1) return false;
  }
  return true;
}

ErrorFloor FindFloor(const SmoothTargets& targets, const std::vector<KnownLayer>& layers) {
  const std::optional<CoarsestGrid> coarsest = FindCoarsestGrid(
      {.smoothness = targets.smoothness, .primary_dim = targets.primary_dim, .condition_dim = targets.condition_dim},
      [&](const Grid& grid) { return MissesAPattern(layers, grid); });
  if (!coarsest) return {};
  const double rounding = coarsest->grid.NormRounding() + 4 * std::numeric_limits<double>::epsilon();
  return {.error = (1 - rounding) / coarsest->norm, .grid = coarsest->grid};
}

void RequireTargets(const SmoothTargets& targets) {
  RequireInteger("smoothness", targets.smoothness, 1, kMaxSmoothness);
  RequireInteger("primary_dim", targets.primary_dim, 1, kMaxDimension);
  RequireInteger("condition_dim", targets.condition_dim, 1, kMaxDimension);
}

void RequireSizesInRange(const std::string& name, const LayerSizes& sizes) {
  if (sizes.size() < 2) {
    throw std::domain_error(name + " has " + std::to_string(sizes.size()) + " layer sizes: at least two are needed");
  }
  for (std::size_t i = 0; i < sizes.size(); ++i) {
    RequireInteger(name + "[" + std::to_string(i) + "]", sizes[i], 1, 1'000'000'000);
  }
}

void RequireSizes(const std::string& name, const LayerSizes& sizes, std::int64_t inputs, std::int64_t outputs) {
  RequireSizesInRange(name, sizes);
  RequireInteger(name + "[0], its inputs,", sizes.front(), inputs, inputs);
  RequireInteger("the last size of " + name + ", its outputs,", sizes.back(), outputs, outputs);
}

// Layers of a network whose weights are themselves polynomials of degree `weight_degree` in the variables.
// V_i: all parameters of layers 1..i, or `variables` throughout if positive.
std::vector<KnownLayer> LayersOf(
    const LayerSizes& sizes, double scalars, int extra_degree, int weight_degree, double variables) {
  std::vector<KnownLayer> layers;
  double parameters = 0;
  for (std::size_t i = 1; i < sizes.size(); ++i) {
    parameters += static_cast<double>(sizes[i]) * (static_cast<double>(sizes[i - 1]) + 1);
    layers.push_back({.units = static_cast<double>(sizes[i]),
                      .parameters = variables > 0 ? variables : parameters,
                      .scalars = scalars,
                      .degree = static_cast<double>(i) * weight_degree + extra_degree});
  }
  return layers;
}

}  // namespace

std::int64_t NumParameters(const LayerSizes& sizes) {
  RequireSizesInRange("sizes", sizes);
  std::int64_t count = 0;
  for (std::size_t i = 1; i < sizes.size(); ++i) {
    count +=
        sizes[i] * (sizes[i - 1] + 1);  // each term is below 2 10^18, so the sum does not overflow before the check
    RequireInteger("the number of weights and biases", count, 1, kMaxExactCount);
  }
  return count;
}

ErrorFloor StandardErrorFloor(const SmoothTargets& targets, const LayerSizes& sizes) {
  RequireTargets(targets);
  RequireSizes("sizes", sizes, targets.primary_dim + targets.condition_dim, 1);
  return FindFloor(targets, LayersOf(sizes, 0, 0, 1, 0));
}

ErrorFloor EmbeddingErrorFloor(const SmoothTargets& targets, const LayerSizes& primary, std::int64_t embedding_dim) {
  RequireTargets(targets);
  RequireInteger("embedding_dim", embedding_dim, 1, kMaxCount);
  RequireSizes("primary", primary, targets.primary_dim + embedding_dim, 1);
  // The embedding acts through the biases that it adds to the first layer: as many scalars as that has units, if fewer.
  const bool through_biases = primary[1] <= embedding_dim;
  const double scalars = static_cast<double>(std::min(primary[1], embedding_dim));
  return FindFloor(targets, LayersOf(primary, scalars, through_biases ? 0 : 1, 1, 0));
}

ErrorFloor HypernetworkErrorFloor(const SmoothTargets& targets,
                                  const LayerSizes& primary,
                                  const LayerSizes& generator) {
  RequireTargets(targets);
  RequireSizes("primary", primary, targets.primary_dim, 1);
  RequireSizes("generator", generator, targets.condition_dim, NumParameters(primary));
  std::vector<KnownLayer> layers = LayersOf(generator, 0, 0, 1, 0);
  layers.pop_back();  // the generated weights are linear outputs: no signs
  for (KnownLayer& layer : layers) layer.points = LayerGroup::Points::kConditions;
  const int generator_depth = static_cast<int>(generator.size()) - 1;
  const auto variables = static_cast<double>(NumParameters(generator));
  for (const KnownLayer& layer : LayersOf(primary, 0, 0, generator_depth, variables)) layers.push_back(layer);
  const ErrorFloor total = FindFloor(targets, layers);
  SmoothTargets one_condition = targets;
  one_condition.condition_dim = 0;
  const ErrorFloor single = FindFloor(one_condition, LayersOf(primary, 0, 0, 1, 0));
  return total.error > single.error ? total : single;
}

}  // namespace hyperwidth
