// SPDX-License-Identifier: Apache-2.0
//
// What most files that compute with matrices include, and spend two fifths of their compilation on reading. Each file
// still includes what it uses: nothing may rest on this.

#ifndef HYPERWIDTH_THIRD_PARTY_PRECOMPILED_COMMON_EIGEN_HEADERS_H_
#define HYPERWIDTH_THIRD_PARTY_PRECOMPILED_COMMON_EIGEN_HEADERS_H_

#include <Eigen/Dense>
#include <algorithm>
#include <cmath>
#include <cstdint>
#include <filesystem>
#include <functional>
#include <limits>
#include <map>
#include <memory>
#include <numeric>
#include <optional>
#include <random>
#include <set>
#include <span>
#include <sstream>
#include <stdexcept>
#include <string>
#include <utility>
#include <variant>
#include <vector>

#endif  // HYPERWIDTH_THIRD_PARTY_PRECOMPILED_COMMON_EIGEN_HEADERS_H_
