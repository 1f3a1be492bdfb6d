// SPDX-License-Identifier: Apache-2.0

#include "theory/known_layers.h"

#include <cmath>
#include <stdexcept>
#include <string>

#include "theory/domain_check.h"
#include "theory/problem.h"

namespace hyperwidth {
namespace {

double ParametersOfLayer(const LayerSizes& sizes, std::size_t i) {
  return static_cast<double>(sizes[i]) * (static_cast<double>(sizes[i - 1]) + 1);
}

double ParametersOf(const LayerSizes& sizes) {
  double parameters = 0;
  for (std::size_t i = 1; i < sizes.size(); ++i) parameters += ParametersOfLayer(sizes, i);
  return parameters;
}

// V_i = N_i, D_i = i, if the first layer has this many parameters.
std::vector<KnownLayer> LayersAfter(double first_parameters, const LayerSizes& sizes) {
  std::vector<KnownLayer> layers;
  double parameters = first_parameters;
  for (std::size_t i = 1; i < sizes.size(); ++i) {
    if (i > 1) parameters += ParametersOfLayer(sizes, i);
    layers.push_back({.units = static_cast<double>(sizes[i]), .parameters = parameters});
    layers.back().degree = static_cast<double>(i);
  }
  return layers;
}

}  // namespace

void RequireSizesInRange(const std::string& name, const LayerSizes& sizes) {
  if (sizes.size() < 2) {
    throw std::domain_error(name + " has " + std::to_string(sizes.size()) +
                            (sizes.size() == 1 ? " layer size" : " layer sizes") +
                            ": at least two are needed, the inputs first");
  }
  RequireInteger("the number of weight layers of " + name, static_cast<std::int64_t>(sizes.size()) - 1, 1, kMaxDepth);
  for (std::size_t i = 0; i < sizes.size(); ++i) {
    RequireInteger(name + "[" + std::to_string(i) + "]", sizes[i], 1, kMaxLayerSize);
  }
}

Count NumParameters(const LayerSizes& sizes) {
  RequireSizesInRange("sizes", sizes);
  const double parameters = ParametersOf(sizes);
  if (parameters <= static_cast<double>(kMaxExactCount)) return Count::Exact(static_cast<std::int64_t>(parameters));
  return Count::FromLog10(std::log10(parameters));
}

std::vector<KnownLayer> StandardLayers(const LayerSizes& sizes) {
  return LayersAfter(ParametersOfLayer(sizes, 1), sizes);
}

std::vector<KnownLayer> EmbeddingLayers(const LayerSizes& primary, std::int64_t embedding_dim) {
  std::vector<KnownLayer> layers = StandardLayers(primary);
  for (KnownLayer& layer : layers) {
    layer.scalars = static_cast<double>(embedding_dim);
    layer.degree += 1;
  }
  return layers;
}

std::vector<KnownLayer> FirstLayerBiasLayers(const LayerSizes& primary, std::int64_t other_inputs) {
  const auto units = static_cast<double>(primary[1]);
  std::vector<KnownLayer> layers = LayersAfter(units * static_cast<double>(primary[0] - other_inputs), primary);
  for (KnownLayer& layer : layers) layer.scalars = units;
  return layers;
}

std::vector<KnownLayer> FilmLayers(const LayerSizes& primary) {
  std::vector<KnownLayer> layers = StandardLayers(primary);
  double hidden = 0;
  for (KnownLayer& layer : layers) {
    const bool is_output = &layer == &layers.back();
    if (!is_output) hidden += layer.units;
    layer.scalars = 2 * hidden;
    layer.degree = 2 * layer.degree - (is_output ? 1 : 0);
  }
  return layers;
}

std::vector<KnownLayer> DeepOnetLayers(const LayerSizes& trunk) {
  std::vector<KnownLayer> layers = StandardLayers(trunk);
  for (KnownLayer& layer : layers) layer.points = LayerGroup::Points::kPrimary;
  layers.push_back({.units = 1,
                    .parameters = layers.back().parameters,
                    .scalars = layers.back().units,
                    .degree = layers.back().degree + 1});
  return layers;
}

std::vector<KnownLayer> LowRankLayers(const LayerSizes& primary, std::int64_t rank) {
  std::vector<KnownLayer> layers = StandardLayers(primary);
  for (KnownLayer& layer : layers) {
    layer.parameters *= 1 + static_cast<double>(rank);
    layer.scalars = static_cast<double>(rank);
    layer.degree *= 2;
  }
  return layers;
}

std::vector<KnownLayer> HypernetworkLayers(const LayerSizes& primary, const LayerSizes& generator) {
  std::vector<KnownLayer> layers = StandardLayers(generator);
  const double generator_depth = layers.back().degree;
  layers.pop_back();  // the generated weights are linear outputs: no signs
  for (KnownLayer& layer : layers) layer.points = LayerGroup::Points::kConditions;
  const double before_outputs = ParametersOf(LayerSizes(generator.begin(), generator.end() - 1));
  const double per_output = static_cast<double>(generator[generator.size() - 2]) + 1;
  for (KnownLayer layer : StandardLayers(primary)) {
    layer.parameters = before_outputs + layer.parameters * per_output;
    layer.degree *= generator_depth;
    layers.push_back(layer);
  }
  return layers;
}

}  // namespace hyperwidth
