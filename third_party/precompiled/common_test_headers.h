// SPDX-License-Identifier: Apache-2.0
//
// What most tests include, and spend half their compilation on reading. Each file still includes what it uses: nothing
// may rest on this.

#ifndef HYPERWIDTH_THIRD_PARTY_PRECOMPILED_COMMON_TEST_HEADERS_H_
#define HYPERWIDTH_THIRD_PARTY_PRECOMPILED_COMMON_TEST_HEADERS_H_

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <Eigen/Dense>
#include <algorithm>
#include <cmath>
#include <cstdint>
#include <filesystem>
#include <fstream>
#include <functional>
#include <iostream>
#include <map>
#include <memory>
#include <optional>
#include <random>
#include <set>
#include <span>
#include <sstream>
#include <string>
#include <thread>
#include <tuple>
#include <utility>
#include <variant>
#include <vector>

#endif  // HYPERWIDTH_THIRD_PARTY_PRECOMPILED_COMMON_TEST_HEADERS_H_
