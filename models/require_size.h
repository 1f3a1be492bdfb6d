// SPDX-License-Identifier: Apache-2.0
#ifndef HYPERWIDTH_MODELS_REQUIRE_SIZE_H_
#define HYPERWIDTH_MODELS_REQUIRE_SIZE_H_

#include <stdexcept>
#include <string>

#include "models/types.h"

namespace hyperwidth {

// Throws: std::invalid_argument, with what was found and what is accepted, unless found == accepted. `what`: a text of
// any kind. None is put together before there is something to say: training steps ask for no memory.
template <typename Text>
void RequireSize(const Text& what, Index found, Index accepted) {
  if (found == accepted) return;
  throw std::invalid_argument(std::string(what) + ": found " + std::to_string(found) +
                              ", accepted: " + std::to_string(accepted));
}

}  // namespace hyperwidth

#endif  // HYPERWIDTH_MODELS_REQUIRE_SIZE_H_
