// SPDX-License-Identifier: Apache-2.0

#include "theory/network_size.h"

#include "theory/wide_real.h"

namespace hyperwidth {

NetworkSize WithOutputs(const NetworkSize& size, std::int64_t outputs) {
  if (outputs == 1) return size;
  using internal::AsWideReal;
  NetworkSize several = size;
  several.total = internal::CountAbove(AsWideReal(size.total) + AsWideReal(size.per_output) * (outputs - 1));
  several.nodal = internal::CountAbove(AsWideReal(size.nodal) * outputs);
  return several;
}

}  // namespace hyperwidth
