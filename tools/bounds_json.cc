// SPDX-License-Identifier: Apache-2.0

#include <cmath>
#include <nlohmann/json.hpp>

#include "tools/bounds_output.h"
#include "tools/json_values.h"

namespace hyperwidth {
namespace {

using Json = nlohmann::ordered_json;

Json StatementJson(const Statement& statement) {
  Json json = {{"id", statement.id},
               {"quantity", statement.quantity},
               {"bound", Name(statement.bound)},
               {"tier", Name(statement.tier)}};
  if (statement.tier == Tier::kRate) json["exponent"] = OptionalJson(statement.exponent);
  if (statement.count) AddCount(json, "value", *statement.count);
  if (statement.of_one_output) AddCount(json, "of_one_output", *statement.of_one_output);
  if (statement.SaysNothing()) json["says_something_from_epsilon"] = OptionalJson(statement.onset);
  if (statement.error_floor) json["error_floor"] = *statement.error_floor;
  if (statement.error_floor) json["impossible"] = statement.impossible;
  if (statement.grid) json["grid"] = GridJson(*statement.grid);
  if (statement.cells) json["cells_per_axis"] = IntegerJson(*statement.cells);
  if (statement.depth) json["depth"] = *statement.depth;
  json["hypotheses"] = statement.hypotheses;
  if (!statement.status.empty()) json["status"] = statement.status;
  json["source"] = statement.source;
  return json;
}

}  // namespace

std::string BoundsJson(const BoundsAnswer& answer) {
  Json document = {{"schema", 1}, {"problem", ProblemJson(answer.problem)}, {"statements", Json::array()}};
  for (const Statement& statement : answer.statements) document["statements"].push_back(StatementJson(statement));
  if (!answer.mean_square.empty()) {
    document["mean_square"] = Json::array();
    for (const Statement& statement : answer.mean_square) document["mean_square"].push_back(StatementJson(statement));
  }
  document["gap"] = GapJson(answer.gap);
  if (answer.gap_of_one_output) document["gap"]["of_one_output"] = GapJson(*answer.gap_of_one_output);
  if (!answer.gap.IsProved()) document["gap"]["proved_from_epsilon"] = OptionalJson(answer.gap_onset);
  document["conclusion"] = Conclusion(answer);
  for (const SchemeComparison& scheme : answer.schemes) {
    const bool generated = scheme.scheme == Scheme::kHypernetwork;
    Json json = {{"scheme", Name(scheme.scheme)},
                 {"quantity",
                  !generated       ? "N_q"
                  : scheme.scalars ? "N_head"
                                   : "N_g"},
                 {"depth", answer.gap.depth}};
    if (scheme.scalars) {
      json["kappa"] = *scheme.scalars;
      json["least_kappa"] = scheme.least_scalars;
      json["impossible"] = scheme.impossible;
    }
    AddCount(json, "value", scheme.parameters);
    if (scheme.parameters.value == 1) json["says_something_from_epsilon"] = OptionalJson(scheme.onset);
    AddCount(json, "crossover_kappa", scheme.crossover);
    document["schemes"].push_back(json);
  }
  return document.dump(2) + "\n";
}

}  // namespace hyperwidth
