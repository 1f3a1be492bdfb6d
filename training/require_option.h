// SPDX-License-Identifier: Apache-2.0
#ifndef HYPERWIDTH_TRAINING_REQUIRE_OPTION_H_
#define HYPERWIDTH_TRAINING_REQUIRE_OPTION_H_

#include <sstream>
#include <stdexcept>

namespace hyperwidth {

// Throws std::invalid_argument "<option>: found <found>, accepted: <accepted>" unless it holds.
inline void RequireOption(bool holds, const char* option, double found, const char* accepted) {
  if (holds) return;
  std::ostringstream message;
  message << option << ": found " << found << ", accepted: " << accepted;
  throw std::invalid_argument(message.str());
}

}  // namespace hyperwidth

#endif  // HYPERWIDTH_TRAINING_REQUIRE_OPTION_H_
