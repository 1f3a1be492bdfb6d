// SPDX-License-Identifier: Apache-2.0

#include "theory/error_floor.h"

#include <algorithm>
#include <cmath>
#include <limits>
#include <numbers>
#include <string>
#include <utility>
#include <vector>

#include "theory/coarsest_grid.h"
#include "theory/domain_check.h"
#include "theory/problem.h"
#include "theory/rigorous_floor.h"

namespace hyperwidth {
namespace {

// One way to show that targets are missed.
struct Argument {
  FloorArgument name;
  int condition_dim = 0;  // of the grids: 0 if all bumps have the same I
  std::vector<KnownLayer> layers;
};

// What ProvesMissedPattern decides, in double, with everything divided by M, which may be beyond a double. That makes
// it plain that the answer is monotone in the grid: J / M and X / M are constant or fall as it gets finer, up to the
// half point by which a checkerboard is more than half of its grid.
class MissesAPattern {
 public:
  explicit MissesAPattern(std::vector<KnownLayer> layers) : layers_(std::move(layers)) {}

  bool operator()(const Grid& grid) const {
    constexpr double kMargin = 2e-9;  // above the rounding of the sum and of the layers
    const double log2_points = grid.Log2Points();
    const double one = std::exp2(-log2_points);
    const double conditions = std::exp2(grid.Log2Conditions() - log2_points);
    const double primary = std::exp2(grid.Log2PrimaryPoints() - log2_points);
    double sum = 0;
    for (const KnownLayer& layer : layers_) {
      const double polynomials = layer.units * (layer.points == LayerGroup::Points::kAll          ? 1
                                                : layer.points == LayerGroup::Points::kConditions ? conditions
                                                                                                  : primary);
      const double variables = layer.parameters * one + layer.scalars * conditions;
      sum += variables > 0 ? Bits(polynomials, variables, layer.degree, one) : 0;
      if (sum * (1 + kMargin) >= 1) return false;
    }
    return true;
  }

 private:
  static double Bits(double polynomials, double variables, double degree, double one) {
    if (variables >= polynomials) return polynomials;
    const double per_variable = 1 + std::numbers::log2e + std::log2(polynomials * degree / variables);
    return std::min(polynomials, one + variables * per_variable);
  }

  std::vector<KnownLayer> layers_;
};

// 1 / B rounded down. `norm` is B to the accuracy of a double.
double HeightBelow(const CoarsestGrid& coarsest) {
  const double rounding = coarsest.grid.NormRounding() + 4 * std::numeric_limits<double>::epsilon();
  return (1 - rounding) / coarsest.norm;
}

std::optional<ErrorFloor> BestFloor(const SmoothTargets& targets, const std::vector<Argument>& arguments) {
  const Argument* best = nullptr;
  std::optional<CoarsestGrid> coarsest;
  for (const Argument& argument : arguments) {
    const std::optional<CoarsestGrid> found = FindCoarsestGrid({.smoothness = targets.smoothness,
                                                                .primary_dim = targets.primary_dim,
                                                                .condition_dim = argument.condition_dim,
                                                                .norm = targets.norm},
                                                               MissesAPattern(argument.layers));
    if (!found || (coarsest && coarsest->norm <= found->norm)) continue;
    coarsest = found;
    best = &argument;
  }
  if (!coarsest || coarsest->norm > 1 / kSmallestErrorFloor) return std::nullopt;
  const ErrorFloor floor{.error = HeightBelow(*coarsest), .grid = coarsest->grid, .argument = best->name};
  RequireProved(best->layers, floor.grid, floor.error);
  return floor;
}

void RequireTargets(const SmoothTargets& targets, int least_condition_dim = 1) {
  RequireInteger("smoothness", targets.smoothness, 1, kMaxSmoothness);
  RequireInteger("primary_dim", targets.primary_dim, 1, kMaxDimension);
  RequireInteger("condition_dim", targets.condition_dim, least_condition_dim, kMaxDimension);
}

void RequireInputs(const std::string& name, const LayerSizes& sizes, std::int64_t inputs) {
  RequireSizesInRange(name, sizes);
  RequireInteger(name + "[0], its inputs,", sizes.front(), inputs, inputs);
}

void RequireSizes(const std::string& name, const LayerSizes& sizes, std::int64_t inputs, std::int64_t outputs) {
  RequireInputs(name, sizes, inputs);
  RequireInteger("the last size of " + name + ", its outputs,", sizes.back(), outputs, outputs);
}

Argument AllConditions(const SmoothTargets& targets, std::vector<KnownLayer> layers) {
  return {.name = FloorArgument::kAllConditions, .condition_dim = targets.condition_dim, .layers = std::move(layers)};
}

// With I fixed, the primary network is a network of x whose weights are all free.
Argument OneCondition(const LayerSizes& primary) {
  return {.name = FloorArgument::kSingleCondition, .condition_dim = 0, .layers = StandardLayers(primary)};
}

}  // namespace

std::optional<ErrorFloor> StandardErrorFloor(const SmoothTargets& targets, const LayerSizes& sizes) {
  RequireTargets(targets, 0);
  RequireSizes("sizes", sizes, targets.primary_dim + targets.condition_dim, 1);
  return BestFloor(targets, {AllConditions(targets, StandardLayers(sizes))});
}

std::optional<ErrorFloor> EmbeddingErrorFloor(const SmoothTargets& targets,
                                              const LayerSizes& primary,
                                              std::int64_t embedding_dim) {
  RequireTargets(targets);
  RequireInteger("embedding_dim", embedding_dim, 1, kMaxLayerSize);
  RequireSizes("primary", primary, targets.primary_dim + embedding_dim, 1);
  Argument biases = AllConditions(targets, FirstLayerBiasLayers(primary, embedding_dim));
  biases.name = FloorArgument::kConditionalBiases;
  return BestFloor(targets, {AllConditions(targets, EmbeddingLayers(primary, embedding_dim)), biases});
}

std::optional<ErrorFloor> FirstLayerBiasErrorFloor(const SmoothTargets& targets, const LayerSizes& primary) {
  RequireTargets(targets);
  RequireSizes("primary", primary, targets.primary_dim, 1);
  return BestFloor(targets, {AllConditions(targets, FirstLayerBiasLayers(primary))});
}

std::optional<ErrorFloor> FilmErrorFloor(const SmoothTargets& targets, const LayerSizes& primary) {
  RequireTargets(targets);
  RequireSizes("primary", primary, targets.primary_dim, 1);
  return BestFloor(targets, {AllConditions(targets, FilmLayers(primary)), OneCondition(primary)});
}

std::optional<ErrorFloor> DeepOnetErrorFloor(const SmoothTargets& targets, const LayerSizes& trunk) {
  RequireTargets(targets);
  RequireInputs("trunk", trunk, targets.primary_dim);
  return BestFloor(targets, {AllConditions(targets, DeepOnetLayers(trunk))});
}

std::optional<ErrorFloor> LowRankErrorFloor(const SmoothTargets& targets,
                                            const LayerSizes& primary,
                                            std::int64_t rank) {
  RequireTargets(targets);
  RequireInteger("rank", rank, 1, kMaxLayerSize);
  RequireSizes("primary", primary, targets.primary_dim, 1);
  return BestFloor(targets, {AllConditions(targets, LowRankLayers(primary, rank)), OneCondition(primary)});
}

std::optional<ErrorFloor> HypernetworkErrorFloor(const SmoothTargets& targets,
                                                 const LayerSizes& primary,
                                                 const LayerSizes& generator) {
  RequireTargets(targets);
  RequireSizes("primary", primary, targets.primary_dim, 1);
  const Count generated = NumParameters(primary);
  RequireInteger("the number of weights and biases of primary, which are generated,",
                 generated.value.value_or(std::numeric_limits<std::int64_t>::max()),
                 1,
                 kMaxLayerSize);
  RequireSizes("generator", generator, targets.condition_dim, *generated.value);
  return BestFloor(targets, {AllConditions(targets, HypernetworkLayers(primary, generator)), OneCondition(primary)});
}

}  // namespace hyperwidth
