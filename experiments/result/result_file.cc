// SPDX-License-Identifier: Apache-2.0
#include "experiments/result/result_file.h"

#include <fstream>
#include <iterator>
#include <stdexcept>
#include <system_error>

#include "training/run/atomic_file.h"

namespace hyperwidth {

void WriteResult(const std::filesystem::path& path, const Result& result) { WriteFileAtomically(path, ToJson(result)); }

Result ReadResult(const std::filesystem::path& path) {
  std::error_code ignored;
  std::ifstream file(path, std::ios::binary);
  // A directory opens like a file and then reads as an empty one.
  if (!file || std::filesystem::is_directory(path, ignored)) {
    throw std::runtime_error(path.string() + ": cannot be read; a result.json file is expected");
  }
  const std::string text{std::istreambuf_iterator<char>(file), std::istreambuf_iterator<char>()};
  return ParseResult(text, path.string());
}

}  // namespace hyperwidth
