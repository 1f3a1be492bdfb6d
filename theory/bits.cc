// SPDX-License-Identifier: Apache-2.0

#include "theory/bits.h"

namespace hyperwidth {

// The same grid as for continuous selection: both ask for the most bumps.
CertifiedBound BitsBound(const LowerBounds& bounds) { return bounds.ContinuousSelection(); }

}  // namespace hyperwidth
