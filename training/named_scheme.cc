// SPDX-License-Identifier: Apache-2.0
#include "training/named_scheme.h"

#include <functional>
#include <stdexcept>
#include <string>
#include <utility>
#include <vector>

#include "models/schemes/schemes.h"
#include "training/arrays/quoted_text.h"

namespace hyperwidth {
namespace {

// The networks of which schemes are made.
class Networks {
 public:
  explicit Networks(const SchemeSizes& sizes) : sizes_(sizes) {}

  MlpShape Chain(Index inputs, const std::vector<Index>& hidden, Index outputs, bool has_bias = true) const {
    MlpShape shape{.sizes = {inputs}, .function = sizes_.function, .has_bias = has_bias};
    shape.sizes.insert(shape.sizes.end(), hidden.begin(), hidden.end());
    shape.sizes.push_back(outputs);
    return shape;
  }
  MlpShape OfCondition(Index outputs) const { return Chain(sizes_.condition_size, sizes_.condition_hidden, outputs); }
  // Of x, with `more` numbers beside it.
  MlpShape OfX(Index outputs, Index more = 0) const {
    return Chain(sizes_.x_size + more, sizes_.primary_hidden, outputs);
  }
  MlpShape Generated() const {
    return Chain(sizes_.x_size, sizes_.primary_hidden, sizes_.outputs, sizes_.generated_has_bias);
  }

 private:
  const SchemeSizes& sizes_;
};

// The names of the weights of the last `count` layers of g; none, which stands for all, for 0.
std::vector<std::string> LastLayers(const PrimaryNetwork& g, Index count) {
  const auto layer_of = [](const WeightShape& weight) { return std::stoll(weight.name); };  // "3.bias"
  const Index layers = layer_of(g.weights().back()) + 1;
  if (count < 0 || count > layers) {
    throw std::invalid_argument("generated_layers: found " + std::to_string(count) + ", accepted: 0 to " +
                                std::to_string(layers) + ", the layers of g");
  }
  std::vector<std::string> names;
  for (const WeightShape& weight : g.weights()) {
    if (count > 0 && layer_of(weight) >= layers - count) names.push_back(weight.name);
  }
  return names;
}

using Maker = std::function<Model(const SchemeSizes&, const Networks&)>;

const std::vector<std::pair<std::string, Maker>>& Makers() {
  static const std::vector<std::pair<std::string, Maker>> makers = {
      {"concat",
       [](const SchemeSizes& s, const Networks& n) {
         return Concat(n.OfX(s.outputs, s.condition_size), s.condition_size);
       }},
      {"embedding",
       [](const SchemeSizes& s, const Networks& n) {
         return Embedding(n.OfCondition(s.scalars), n.OfX(s.outputs, s.scalars));
       }},
      {"table",
       [](const SchemeSizes& s, const Networks& n) {
         return Table(s.scalars, s.known_conditions, n.OfX(s.outputs, s.scalars));
       }},
      {"nomad",
       [](const SchemeSizes& s, const Networks& n) {
         return Nomad(n.OfCondition(s.scalars), n.OfX(s.outputs, s.scalars));
       }},
      {"conditional-bias",
       [](const SchemeSizes& s, const Networks& n) {
         const MlpShape q = n.OfX(s.outputs);
         return ConditionalBias(n.OfCondition(q.sizes[1]), q);
       }},
      {"film",
       [](const SchemeSizes& s, const Networks& n) {
         const MlpShape q = n.OfX(s.outputs);
         return Film(n.OfCondition(2 * q.HiddenUnits()), q);
       }},
      {"multiplicative",
       [](const SchemeSizes& s, const Networks& n) {
         return Multiplicative(n.OfCondition(s.scalars), n.OfX(s.outputs));
       }},
      {"low-rank",
       [](const SchemeSizes& s, const Networks& n) {
         const auto g = MlpPrimary(n.OfX(s.outputs));
         return LowRank(n.OfCondition(s.scalars), *g, LastLayers(*g, s.generated_layers));
       }},
      {"deeponet",
       [](const SchemeSizes& s, const Networks& n) {
         const Index functions = s.outputs * s.scalars;
         return DeepOnet(n.OfCondition(functions), n.OfX(functions), s.outputs);
       }},
      {"shift-deeponet",
       [](const SchemeSizes& s, const Networks& n) {
         const Index functions = s.outputs * s.scalars;
         const MlpShape moves = n.OfCondition(functions * s.x_size);
         return ShiftDeepOnet(n.OfCondition(functions), moves, moves, n.OfX(functions), s.outputs);
       }},
      {"flex-deeponet",
       [](const SchemeSizes& s, const Networks& n) {
         const Index functions = s.outputs * s.scalars;
         return FlexDeepOnet(n.OfCondition(functions), n.OfCondition(2 * s.x_size), n.OfX(functions), s.outputs);
       }},
      {"hypernetwork",
       [](const SchemeSizes& s, const Networks& n) {
         const auto g = MlpPrimary(n.Generated());
         const GeneratedWeights generated{.names = LastLayers(*g, s.generated_layers), .start = {.kind = s.head_start}};
         return Hypernetwork(n.OfCondition(NumGenerated(*g, generated)), *g, generated);
       }},
      {"chunked-hypernetwork",
       [](const SchemeSizes& s, const Networks& n) {
         const MlpShape f = n.Chain(s.scalars + s.chunk_name, s.condition_hidden, s.chunk);
         return ChunkedHypernetwork(n.OfCondition(s.scalars), f, *MlpPrimary(n.Generated()));
       }},
  };
  return makers;
}

}  // namespace

const std::vector<std::string>& AllSchemeNames() {
  static const std::vector<std::string> names = [] {
    std::vector<std::string> found;
    for (const auto& maker : Makers()) found.push_back(maker.first);
    return found;
  }();
  return names;
}

Model NamedScheme(const std::string& name, const SchemeSizes& sizes) {
  std::string known;
  for (const auto& [scheme, make] : Makers()) {
    if (scheme == name) return make(sizes, Networks(sizes));
    known += (known.empty() ? "" : ", ") + scheme;
  }
  throw std::invalid_argument("scheme: found " + QuotedText(name) + ", accepted: " + known);
}

}  // namespace hyperwidth
