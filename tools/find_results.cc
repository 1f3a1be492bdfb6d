// SPDX-License-Identifier: Apache-2.0

#include "tools/find_results.h"

#include <algorithm>
#include <stdexcept>
#include <system_error>

namespace hyperwidth {

namespace fs = std::filesystem;

std::vector<fs::path> FindResults(const fs::path& folder) {
  std::vector<fs::path> found;
  std::error_code error;
  for (fs::recursive_directory_iterator entry(folder, fs::directory_options::skip_permission_denied, error), end;
       !error && entry != end;
       entry.increment(error)) {
    if (entry->path().filename() == "result.json" && entry->is_regular_file()) found.push_back(entry->path());
  }
  if (error) throw std::runtime_error("folder " + folder.string() + " cannot be read: " + error.message());
  if (found.empty()) {
    throw std::runtime_error("folder " + folder.string() +
                             " holds no result.json; accepted: the folder of a run, or one above several");
  }
  std::sort(found.begin(), found.end());
  return found;
}

}  // namespace hyperwidth
