// SPDX-License-Identifier: Apache-2.0
#include "training/sized_scheme/scheme_counts.h"

#include <algorithm>
#include <cmath>
#include <stdexcept>
#include <utility>
#include <vector>

namespace hyperwidth {
namespace {

using Hidden = std::vector<Index>;

double Number(Index index) { return static_cast<double>(index); }

// Weights without biases, and with them, of layers from `inputs` on; the last ones to `outputs`.
struct Layers {
  double weights = 0;
  double biases = 0;
  double all() const { return weights + biases; }
};

Layers Between(double inputs, const Hidden& hidden, double outputs) {
  Layers layers;
  for (const Index units : hidden) {
    layers.weights += inputs * Number(units);
    layers.biases += Number(units);
    inputs = Number(units);
  }
  layers.weights += inputs * outputs;
  layers.biases += outputs;
  return layers;
}

Layers OfX(const SchemeSizes& s, double outputs, double more = 0) {
  return Between(Number(s.x_size) + more, s.primary_hidden, outputs);
}

Layers OfCondition(const SchemeSizes& s, double outputs) {
  return Between(Number(s.condition_size), s.condition_hidden, outputs);
}

// The narrowest of what sees the condition and has `outputs` outputs, the condition itself left out.
double Narrowest(const SchemeSizes& s, double outputs) {
  for (const Index units : s.condition_hidden) outputs = std::min(outputs, Number(units));
  return outputs;
}

double KappaOf(const SchemeSizes& s, double narrowest) { return std::min(Number(s.condition_size), narrowest); }

double UnitsOfFirst(const SchemeSizes& s) {
  return Number(s.primary_hidden.empty() ? s.outputs : s.primary_hidden.front());
}

double Functions(const SchemeSizes& s) { return Number(s.outputs) * Number(s.scalars); }

SchemeCounts CountConcat(const SchemeSizes& s) {
  const Layers h = OfX(s, Number(s.outputs), Number(s.condition_size));
  return {.total = h.all(), .primary = h.all(), .compute = h.weights, .kappa = Number(s.condition_size)};
}

SchemeCounts CountEmbedding(const SchemeSizes& s) {
  const Layers q = OfX(s, Number(s.outputs), Number(s.scalars));
  const double k = Number(s.scalars);
  return {.total = OfCondition(s, k).all() + q.all(),
          .primary = q.all(),
          .compute = q.weights,
          .kappa = KappaOf(s, Narrowest(s, k))};
}

SchemeCounts CountTable(const SchemeSizes& s) {
  const Layers q = OfX(s, Number(s.outputs), Number(s.scalars));
  return {.total = Number(s.scalars) * Number(s.known_conditions) + q.all(),
          .primary = q.all(),
          .compute = q.weights,
          .kappa = Number(s.scalars)};
}

SchemeCounts CountConditionalBias(const SchemeSizes& s) {
  const Layers q = OfX(s, Number(s.outputs));
  const double units = UnitsOfFirst(s);  // their biases are e's outputs
  return {.total = OfCondition(s, units).all() + q.all() - units,
          .primary = q.all(),
          .compute = q.weights,
          .kappa = KappaOf(s, Narrowest(s, units))};
}

SchemeCounts CountFilm(const SchemeSizes& s) {
  const Layers q = OfX(s, Number(s.outputs));
  double hidden_units = 0;
  for (const Index units : s.primary_hidden) hidden_units += Number(units);
  return {.total = OfCondition(s, 2 * hidden_units).all() + q.all(),
          .primary = q.all(),
          .compute = q.weights,
          .kappa = KappaOf(s, Narrowest(s, 2 * hidden_units))};
}

SchemeCounts CountMultiplicative(const SchemeSizes& s) {
  const Layers q = OfX(s, Number(s.outputs));
  const double k = Number(s.scalars), first = UnitsOfFirst(s) * Number(s.x_size);
  return {.total = OfCondition(s, k).all() + q.all() + k * (first + UnitsOfFirst(s)),
          .primary = q.all(),
          .compute = q.weights + first,  // the part of I and the trained one meet x separately
          .kappa = KappaOf(s, std::min(Narrowest(s, k), first + UnitsOfFirst(s)))};
}

// Weights of the layers of g before the last s.generated_layers.
double WeightsOfTrainedLayers(const SchemeSizes& s, bool has_bias) {
  if (s.generated_layers == 0) return 0;
  const auto hidden = static_cast<Index>(s.primary_hidden.size());
  double trained = 0, inputs = Number(s.x_size);
  for (Index layer = 0; layer < hidden + 1 - s.generated_layers; ++layer) {
    const double units = Number(s.primary_hidden[static_cast<std::size_t>(layer)]);
    trained += (inputs + (has_bias ? 1 : 0)) * units;
    inputs = units;
  }
  return trained;
}

SchemeCounts CountLowRank(const SchemeSizes& s) {
  const Layers g = OfX(s, Number(s.outputs));
  const double rank = Number(s.scalars), moved = g.all() - WeightsOfTrainedLayers(s, /*has_bias=*/true);
  return {.total = OfCondition(s, rank).all() + g.all() + rank * moved,
          .primary = g.all(),
          .compute = g.weights,
          .kappa = KappaOf(s, std::min(Narrowest(s, rank), moved))};
}

SchemeCounts CountDeepOnet(const SchemeSizes& s) {
  const Layers t = OfX(s, Functions(s));
  const double primary = t.all() + Number(s.outputs);
  return {.total = OfCondition(s, Functions(s)).all() + primary,
          .primary = primary,
          .compute = t.weights,
          .kappa = KappaOf(s, Narrowest(s, Functions(s)))};
}

SchemeCounts CountShiftDeepOnet(const SchemeSizes& s) {
  const double functions = Functions(s), moves = functions * Number(s.x_size);
  const Layers t = OfX(s, functions);
  const double primary = t.all() + Number(s.outputs);
  const double last = Number(s.primary_hidden.empty() ? s.x_size : s.primary_hidden.back());
  return {.total = OfCondition(s, functions).all() + 2 * OfCondition(s, moves).all() + primary,
          .primary = primary,
          // Each function has the hidden layers at coordinates of its own, and one unit of the last layer.
          .compute = functions * (t.weights - functions * last + last),
          .kappa = KappaOf(s, Narrowest(s, functions) + 2 * Narrowest(s, moves))};
}

SchemeCounts CountFlexDeepOnet(const SchemeSizes& s) {
  const double moves = 2 * Number(s.x_size);
  const Layers t = OfX(s, Functions(s));
  const double primary = t.all() + Number(s.outputs);
  return {.total = OfCondition(s, Functions(s)).all() + OfCondition(s, moves).all() + primary,
          .primary = primary,
          .compute = t.weights,
          .kappa = KappaOf(s, Narrowest(s, Functions(s)) + Narrowest(s, moves))};
}

Layers Generated(const SchemeSizes& s) {
  Layers g = OfX(s, Number(s.outputs));
  if (!s.generated_has_bias) g.biases = 0;
  return g;
}

SchemeCounts CountHypernetwork(const SchemeSizes& s) {
  const Layers g = Generated(s);
  const double trained = WeightsOfTrainedLayers(s, s.generated_has_bias), generated = g.all() - trained;
  const double features = Number(s.condition_hidden.empty() ? s.condition_size : s.condition_hidden.back());
  return {.total = OfCondition(s, generated).all() + trained,
          .primary = g.all(),
          .compute = g.weights,
          .kappa = KappaOf(s, Narrowest(s, generated)),
          .condition_head = (features + 1) * generated};
}

SchemeCounts CountChunkedHypernetwork(const SchemeSizes& s) {
  const Layers g = Generated(s);
  const double code = Number(s.scalars), name = Number(s.chunk_name), chunk = Number(s.chunk);
  const double chunks = std::ceil(g.all() / chunk);
  const Layers f = Between(code + name, s.condition_hidden, chunk);
  return {.total = OfCondition(s, code).all() + f.all() + chunks * name,
          .primary = g.all(),
          .compute = g.weights,
          .kappa = KappaOf(s, std::min({Narrowest(s, code), chunks * Narrowest(s, chunk), g.all()}))};
}

}  // namespace

SchemeCounter::SchemeCounter(const std::string& scheme) {
  static const std::pair<const char*, SchemeCounts (*)(const SchemeSizes&)> kCounts[] = {
      {"concat", CountConcat},
      {"embedding", CountEmbedding},
      {"table", CountTable},
      {"nomad", CountEmbedding},
      {"conditional-bias", CountConditionalBias},
      {"film", CountFilm},
      {"multiplicative", CountMultiplicative},
      {"low-rank", CountLowRank},
      {"deeponet", CountDeepOnet},
      {"shift-deeponet", CountShiftDeepOnet},
      {"flex-deeponet", CountFlexDeepOnet},
      {"hypernetwork", CountHypernetwork},
      {"chunked-hypernetwork", CountChunkedHypernetwork},
  };
  std::string known;
  for (const auto& [name, count] : kCounts) {
    if (scheme == name) {
      count_ = count;
      return;
    }
    known += std::string(known.empty() ? "" : ", ") + name;
  }
  throw std::invalid_argument("scheme: found '" + scheme + "', accepted: " + known);
}

double PrimaryWeights(const SchemeSizes& sizes) { return Generated(sizes).all(); }

}  // namespace hyperwidth
