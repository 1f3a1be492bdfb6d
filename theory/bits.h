// SPDX-License-Identifier: Apache-2.0
//
// Stored weights: how many bits a network needs, whatever its activation, architecture and training.

#ifndef HYPERWIDTH_THEORY_BITS_H_
#define HYPERWIDTH_THEORY_BITS_H_

#include "theory/lower_bounds.h"

namespace hyperwidth {

// At least this many bits for all weights together. The 2^M sums of bumps of a grid higher than epsilon are pairwise
// more than 2 epsilon apart, so that no network is within epsilon of two of them: 2^bits >= 2^M, or 2^(K M) for K
// outputs. A network of N weights in b-bit numbers has N b bits, hence N >= count / b. Source: counting; the constant
// is that of the bumps. Cost: a search over grids.
CertifiedBound BitsBound(const LowerBounds& bounds);

}  // namespace hyperwidth

#endif  // HYPERWIDTH_THEORY_BITS_H_
