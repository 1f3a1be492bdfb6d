// SPDX-License-Identifier: Apache-2.0
//
// What takes most of the time in which a file with a command line is compiled. Each file still includes what it uses.

#ifndef HYPERWIDTH_THIRD_PARTY_PRECOMPILED_COMMON_COMMAND_HEADERS_H_
#define HYPERWIDTH_THIRD_PARTY_PRECOMPILED_COMMON_COMMAND_HEADERS_H_

#include <CLI/CLI.hpp>
#include <filesystem>
#include <functional>
#include <iostream>
#include <optional>
#include <string>
#include <vector>

#endif  // HYPERWIDTH_THIRD_PARTY_PRECOMPILED_COMMON_COMMAND_HEADERS_H_
