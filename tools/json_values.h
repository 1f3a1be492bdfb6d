// SPDX-License-Identifier: Apache-2.0
//
// How the values of theory/ look in JSON, the same in every document. Who uses it includes nlohmann/json.hpp.

#ifndef HYPERWIDTH_TOOLS_JSON_VALUES_H_
#define HYPERWIDTH_TOOLS_JSON_VALUES_H_

#include <nlohmann/json_fwd.hpp>
#include <optional>
#include <string>

#include "theory/count.h"
#include "theory/gap.h"
#include "theory/grid.h"
#include "theory/problem.h"

namespace hyperwidth {

// An integer held in a double: an integer up to 2^53, a number in scientific notation beyond.
nlohmann::ordered_json IntegerJson(double integer);

// The number, or null.
nlohmann::ordered_json OptionalJson(const std::optional<double>& number);

// Sets json[name] to the count, or to null and json["log10"] ("<name>_log10" unless the name is "value") to its
// logarithm if it is beyond 2^53.
void AddCount(nlohmann::ordered_json& json, const std::string& name, const Count& count);

// n_x and n_I: half-widths of a bump per half axis; on finer_x and finer_I of the axes there is one more.
nlohmann::ordered_json GridJson(const Grid& grid);

nlohmann::ordered_json ProblemJson(const Problem& problem);
nlohmann::ordered_json GapJson(const ModularityGap& gap);

}  // namespace hyperwidth

#endif  // HYPERWIDTH_TOOLS_JSON_VALUES_H_
