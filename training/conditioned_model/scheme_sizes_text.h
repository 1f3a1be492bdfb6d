// SPDX-License-Identifier: Apache-2.0
#ifndef HYPERWIDTH_TRAINING_CONDITIONED_MODEL_SCHEME_SIZES_TEXT_H_
#define HYPERWIDTH_TRAINING_CONDITIONED_MODEL_SCHEME_SIZES_TEXT_H_

#include <map>
#include <string>

#include "training/named_scheme.h"

namespace hyperwidth {

// Sizes beyond these are taken for damage.
inline constexpr Index kMostUnits = Index{1} << 24;
inline constexpr std::size_t kMostHiddenLayers = 1000;

// Every field of the sizes by its name: "64", lists as "64,32", "true" and "false", a function's name.
std::map<std::string, std::string> SchemeSizesText(const SchemeSizes& sizes);

// The inverse. Throws: std::invalid_argument "<field>: found <..>, accepted: <..>" for a field that is missing, is out
// of range (1 to kMostUnits each, at most kMostHiddenLayers of a list) or is not one of SchemeSizes. generated_layers
// may be 0, and missing, as it is in the oldest files: then it is 0.
SchemeSizes SchemeSizesOfText(const std::map<std::string, std::string>& text);

}  // namespace hyperwidth

#endif  // HYPERWIDTH_TRAINING_CONDITIONED_MODEL_SCHEME_SIZES_TEXT_H_
