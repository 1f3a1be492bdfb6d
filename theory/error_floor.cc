// SPDX-License-Identifier: Apache-2.0

#include "theory/error_floor.h"

#include <algorithm>
#include <cmath>
#include <functional>
#include <limits>
#include <stdexcept>
#include <string>

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
// Logarithms and a handful of sums in double: off by less than kMargin, relatively.
bool MissesAPattern(const std::vector<KnownLayer>& layers, const Grid& grid) {
  constexpr double kMargin = 1e-9;
  const double all = std::exp2(grid.Log2Points());
  const double conditions = std::exp2(grid.Log2Conditions());
  double sum = 0;
  for (const KnownLayer& layer : layers) {
    const double points = layer.points == LayerGroup::Points::kConditions ? conditions : all;
    sum += Log2SignPatterns(layer.units * points, layer.parameters + layer.scalars * conditions, layer.degree);
    if (sum * (1 + kMargin) >= all * (1 - kMargin)) return false;
  }
  return true;
}

class FloorSearch {
 public:
  FloorSearch(const SmoothTargets& targets, std::vector<KnownLayer> layers)
      : targets_(targets), layers_(std::move(layers)) {}

  ErrorFloor Find() {
    for (const Bump& bump : AdmissibleBumps(targets_.smoothness)) {
      for (const Layout layout : {Layout::kNodes, Layout::kCheckerboard}) {
        if (layout == Layout::kCheckerboard && targets_.smoothness > 1) continue;
        SearchFamily({.layout = layout, .bump = bump});
      }
    }
    const double below = (1 - best_.NormRounding() - 4 * std::numeric_limits<double>::epsilon()) / best_norm_;
    return {.error = std::isfinite(best_norm_) ? below : 0, .grid = best_};
  }

 private:
  // The coarsest grid in x that misses a pattern, for this resolution in I; its norm, and the best kept.
  double NormAt(Grid grid, double condition_steps) {
    grid.condition = SpreadEvenly(targets_.condition_dim, condition_steps);
    const auto misses = [&](double steps) {
      grid.x = SpreadEvenly(targets_.primary_dim, steps);
      return MissesAPattern(layers_, grid);
    };
    double high = 0;
    for (high = 1; !misses(high); high *= 2) {
      if (grid.Norm() > best_norm_) return grid.Norm();
    }
    double low = std::floor(high / 2);
    if (high == 1) low = misses(0) ? -1 : 0;
    while (high - low > 1) {
      const double middle = std::floor(low + (high - low) / 2);
      (misses(middle) ? high : low) = middle;
    }
    misses(high);
    const double norm = grid.Norm();
    if (norm < best_norm_) {
      best_norm_ = norm;
      best_ = grid;
    }
    return norm;
  }

  void SearchFamily(const Grid& family) {
    double best_steps = 0;
    double family_norm = std::numeric_limits<double>::infinity();
    if (targets_.condition_dim == 0) {
      NormAt(family, 0);
      return;
    }
    for (double steps = 0; steps < 0x1p52; steps = std::max(steps + 1, std::floor(steps * 1.3))) {
      Grid coarsest = family;
      coarsest.condition = SpreadEvenly(targets_.condition_dim, steps);
      coarsest.x = SpreadEvenly(targets_.primary_dim, 0);
      if (coarsest.Norm() > best_norm_) break;
      if (const double norm = NormAt(family, steps); norm < family_norm) {
        family_norm = norm;
        best_steps = steps;
      }
    }
    double low = std::floor(best_steps / 1.3);
    double high = std::ceil(best_steps * 1.3) + 1;
    while (high - low > 8) {
      const double a = std::floor(low + (high - low) / 3);
      const double b = std::ceil(high - (high - low) / 3);
      (NormAt(family, a) > NormAt(family, b) ? low : high) = NormAt(family, a) > NormAt(family, b) ? a : b;
    }
    for (double steps = low; steps <= high; ++steps) NormAt(family, steps);
  }

  SmoothTargets targets_;
  std::vector<KnownLayer> layers_;
  Grid best_;
  double best_norm_ = std::numeric_limits<double>::infinity();
};

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
  return FloorSearch(targets, LayersOf(sizes, 0, 0, 1, 0)).Find();
}

ErrorFloor EmbeddingErrorFloor(const SmoothTargets& targets, const LayerSizes& primary, std::int64_t embedding_dim) {
  RequireTargets(targets);
  RequireInteger("embedding_dim", embedding_dim, 1, kMaxCount);
  RequireSizes("primary", primary, targets.primary_dim + embedding_dim, 1);
  // The embedding acts through the biases that it adds to the first layer: as many scalars as that has units, if fewer.
  const bool through_biases = primary[1] <= embedding_dim;
  const double scalars = static_cast<double>(std::min(primary[1], embedding_dim));
  return FloorSearch(targets, LayersOf(primary, scalars, through_biases ? 0 : 1, 1, 0)).Find();
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
  const ErrorFloor total = FloorSearch(targets, layers).Find();
  SmoothTargets one_condition = targets;
  one_condition.condition_dim = 0;
  const ErrorFloor single = FloorSearch(one_condition, LayersOf(primary, 0, 0, 1, 0)).Find();
  return total.error > single.error ? total : single;
}

}  // namespace hyperwidth
