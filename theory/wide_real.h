// SPDX-License-Identifier: Apache-2.0
//
// Numbers of 50 digits, and counts made of them.

#ifndef HYPERWIDTH_THEORY_WIDE_REAL_H_
#define HYPERWIDTH_THEORY_WIDE_REAL_H_

#include "boost/multiprecision/cpp_bin_float.hpp"
#include "theory/count.h"

namespace hyperwidth::internal {

using WideReal = boost::multiprecision::cpp_bin_float_50;

// The count, exact up to kMaxExactCount, beyond by a logarithm rounded up.
Count CountAbove(const WideReal& value);

// 10^log10 for a count without an exact value.
WideReal AsWideReal(const Count& count);

}  // namespace hyperwidth::internal

#endif  // HYPERWIDTH_THEORY_WIDE_REAL_H_
