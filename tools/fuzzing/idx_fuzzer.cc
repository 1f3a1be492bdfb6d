// SPDX-License-Identifier: Apache-2.0
#include "tools/fuzzing/input_file.h"
#include "training/data/idx.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  return hyperwidth::ReadInput(data, size, [](const std::filesystem::path& path) { hyperwidth::ReadIdxImages(path); });
}
