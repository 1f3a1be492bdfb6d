// SPDX-License-Identifier: Apache-2.0
//
// Requests, and what is answered to them, for tests.

#ifndef HYPERWIDTH_TRAINING_SIZED_SCHEME_TEST_REQUESTS_H_
#define HYPERWIDTH_TRAINING_SIZED_SCHEME_TEST_REQUESTS_H_

#include <numeric>
#include <optional>
#include <stdexcept>
#include <string>
#include <vector>

#include "training/sized_scheme/sized_scheme.h"

namespace hyperwidth {

inline constexpr SizeMeasure kMeasures[] = {SizeMeasure::kTotal, SizeMeasure::kPrimary, SizeMeasure::kCompute};

inline std::string Described(const SizeRequest& r) {
  return r.scheme + " measure " + std::to_string(static_cast<int>(r.measure)) + " size " + std::to_string(r.size) +
         " x " + std::to_string(r.x_size) + " I " + std::to_string(r.condition_size) + " y " +
         std::to_string(r.outputs) + " layers " + std::to_string(r.primary_layers) + ", " +
         std::to_string(r.condition_layers) + " scalars " + std::to_string(r.scalars);
}

struct Answer {
  std::optional<SizedScheme> sized;
  std::string refusal;
};

inline Answer Ask(const SizeRequest& request) {
  try {
    return {.sized = SolveWidths(request), .refusal = ""};
  } catch (const std::invalid_argument& error) {
    return {.sized = std::nullopt, .refusal = error.what()};
  }
}

inline double SmallestIn(const std::string& refusal) {
  const std::string accepted = "accepted: at least ";
  return std::stod(refusal.substr(refusal.find(accepted) + accepted.size()));
}

inline Index Sum(const std::vector<Index>& widths) { return std::accumulate(widths.begin(), widths.end(), Index{0}); }

}  // namespace hyperwidth

#endif  // HYPERWIDTH_TRAINING_SIZED_SCHEME_TEST_REQUESTS_H_
