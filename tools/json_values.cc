// SPDX-License-Identifier: Apache-2.0

#include "tools/json_values.h"

#include <cmath>
#include <nlohmann/json.hpp>

namespace hyperwidth {

using Json = nlohmann::ordered_json;

Json IntegerJson(double integer) {
  if (std::abs(integer) <= static_cast<double>(kMaxExactCount)) return static_cast<std::int64_t>(integer);
  return integer;
}

Json OptionalJson(const std::optional<double>& number) { return number ? Json(*number) : Json(nullptr); }

void AddCount(Json& json, const std::string& name, const Count& count) {
  json[name] = count.value ? Json(*count.value) : Json(nullptr);
  if (!count.value) json[name == "value" ? "log10" : name + "_log10"] = count.log10;
}

Json GridJson(const Grid& grid) {
  Json json = {{"n_x", IntegerJson(grid.x.cells)}, {"n_I", IntegerJson(grid.condition.cells)}};
  if (grid.condition.axes == 0) json["n_I"] = nullptr;
  json["finer_x"] = grid.x.finer_axes;
  json["finer_I"] = grid.condition.finer_axes;
  json["layout"] = NameOf(grid.layout);
  json["bump"] = grid.bump.Name();
  return json;
}

Json ProblemJson(const Problem& problem) {
  return {{"smoothness", problem.smoothness},
          {"primary_dim", problem.primary_dim},
          {"condition_dim", problem.condition_dim},
          {"epsilon", problem.epsilon},
          {"radius", problem.radius},
          {"norm", NameOf(problem.norm)},
          {"depth", problem.depth},
          {"embedding_dim", problem.EmbeddingDim()},
          {"generator_depth", problem.generator_depth},
          {"bottleneck", problem.bottleneck ? Json(*problem.bottleneck) : Json(nullptr)},
          {"outputs", problem.outputs},
          {"rank", problem.rank},
          {"weight_bound", problem.weight_bound},
          {"width", problem.width},
          {"depth_growth", problem.depth_growth}};
}

Json GapJson(const ModularityGap& gap) {
  Json json;
  const double ratio = gap.Ratio();
  json["value"] = std::isfinite(ratio) && ratio > 0 ? Json(ratio) : Json(nullptr);
  json["log10"] = gap.log10;
  json["proved"] = gap.IsProved();  // that it exceeds 1
  json["numerator"] = "certified.embedding";
  json["denominator"] = "constructed.hypernetwork";
  json["construction"] = gap.network.Description();
  json["depth"] = gap.depth;
  json["fits_bottleneck"] = gap.fits_bottleneck;
  AddCount(json, "passed_on", gap.passed_on);
  AddCount(json, "embedding", gap.embedding);
  AddCount(json, "constructed", gap.constructed);
  AddCount(json, "crossover_embedding_dim", gap.crossover_embedding_dim);
  json["least_continuous_dim"] = gap.least_continuous_dim;
  return json;
}

}  // namespace hyperwidth
