// SPDX-License-Identifier: Apache-2.0
#ifndef HYPERWIDTH_TRAINING_RUN_STRICT_JSON_H_
#define HYPERWIDTH_TRAINING_RUN_STRICT_JSON_H_

#include <cstddef>
#include <nlohmann/json_fwd.hpp>
#include <string>
#include <string_view>

namespace hyperwidth {

// More than any file of a run has; what is read level by level, or name by name, would take the stack or hours.
inline constexpr int kDeepestJson = 16;                // objects and arrays within one another
inline constexpr std::size_t kMostJsonMembers = 4096;  // of one object

// JSON text, refusing what a parser would hide: that an object has a name twice. Throws: std::runtime_error with what
// was found, and `accepted`, for text that is no JSON, has a number beyond those of double, or exceeds the limits
// above.
nlohmann::ordered_json ParseStrictJson(std::string_view text, const std::string& accepted);

}  // namespace hyperwidth

#endif  // HYPERWIDTH_TRAINING_RUN_STRICT_JSON_H_
