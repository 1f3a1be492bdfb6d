// SPDX-License-Identifier: Apache-2.0

#include "theory/wide_real.h"

#include <cmath>

namespace hyperwidth::internal {

Count CountAbove(const WideReal& value) {
  if (value <= static_cast<double>(kMaxExactCount)) return Count::Exact(static_cast<std::int64_t>(value));
  return Count::FromLog10(std::nextafter(static_cast<double>(WideReal(log10(value))), 1e300));
}

WideReal AsWideReal(const Count& count) {
  return count.value ? WideReal(*count.value) : WideReal(pow(WideReal(10), WideReal(count.log10)));
}

}  // namespace hyperwidth::internal
