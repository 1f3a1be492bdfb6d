// SPDX-License-Identifier: Apache-2.0
//
// What most files of the theory include that compute with more digits than a double has, and spend half their
// compilation on reading. Each file still includes what it uses: nothing may rest on this.

#ifndef HYPERWIDTH_THIRD_PARTY_PRECOMPILED_COMMON_BOOST_HEADERS_H_
#define HYPERWIDTH_THIRD_PARTY_PRECOMPILED_COMMON_BOOST_HEADERS_H_

#include <algorithm>
#include <cmath>
#include <cstdint>
#include <functional>
#include <limits>
#include <map>
#include <optional>
#include <span>
#include <sstream>
#include <stdexcept>
#include <string>
#include <vector>

#include "boost/math/constants/constants.hpp"
#include "boost/multiprecision/cpp_bin_float.hpp"
#include "boost/multiprecision/cpp_int.hpp"

#endif  // HYPERWIDTH_THIRD_PARTY_PRECOMPILED_COMMON_BOOST_HEADERS_H_
