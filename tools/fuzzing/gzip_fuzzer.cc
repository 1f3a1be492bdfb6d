// SPDX-License-Identifier: Apache-2.0
//
// Compressed files by themselves: what they hold must not depend on how much is asked for at a time.

#include <algorithm>
#include <cstdlib>
#include <stdexcept>
#include <vector>

#include "tools/fuzzing/input_file.h"
#include "training/data/byte_source.h"

namespace {

constexpr std::size_t kMost = std::size_t{1} << 26;

// Everything, by pieces of 1, 2, 4, .. bytes.
std::vector<std::uint8_t> ReadByPieces(const std::filesystem::path& path) {
  hyperwidth::ByteSource source(path);
  std::vector<std::uint8_t> all;
  for (std::size_t size = 1;; size *= 2) {
    const std::vector<std::uint8_t> piece = source.Read(std::min(size, kMost));
    all.insert(all.end(), piece.begin(), piece.end());
    if (piece.size() < size) return all;
  }
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  return hyperwidth::ReadInput(data, size, [](const std::filesystem::path& path) {
    hyperwidth::ByteSource source(path);
    const std::vector<std::uint8_t> all = source.Read(kMost);
    if (!source.AtEnd() || ReadByPieces(path) != all) std::abort();
  });
}
