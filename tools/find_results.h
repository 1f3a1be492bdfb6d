// SPDX-License-Identifier: Apache-2.0

#ifndef HYPERWIDTH_TOOLS_FIND_RESULTS_H_
#define HYPERWIDTH_TOOLS_FIND_RESULTS_H_

#include <filesystem>
#include <vector>

namespace hyperwidth {

// The result.json files in a folder and everywhere below it, sorted by path; links to folders are not followed.
// Throws std::runtime_error naming the folder if it cannot be read or there are none.
std::vector<std::filesystem::path> FindResults(const std::filesystem::path& folder);

}  // namespace hyperwidth

#endif  // HYPERWIDTH_TOOLS_FIND_RESULTS_H_
