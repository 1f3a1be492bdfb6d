// SPDX-License-Identifier: Apache-2.0
//
// What a constructed network consists of, in closed form.

#ifndef HYPERWIDTH_THEORY_NETWORK_SIZE_H_
#define HYPERWIDTH_THEORY_NETWORK_SIZE_H_

#include <cstdint>

#include "theory/count.h"

namespace hyperwidth {

// Parameters are the weights and biases that are not zero by construction.
struct NetworkSize {
  Count total;       // all parameters
  Count nodal;       // those that depend on the target: what a hypernetwork has to generate
  Count per_output;  // what one more output, for another target, would add to the inner network that outputs share
  int depth = 2;     // weight layers
};

// With so many outputs, each for a target of its own, on the inner network that they share; `per_output` is unchanged.
// Counts beyond kMaxExactCount are rounded up. Domain: outputs >= 1.
NetworkSize WithOutputs(const NetworkSize& size, std::int64_t outputs);

}  // namespace hyperwidth

#endif  // HYPERWIDTH_THEORY_NETWORK_SIZE_H_
