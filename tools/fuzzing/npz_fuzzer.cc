// SPDX-License-Identifier: Apache-2.0
#include "tools/fuzzing/input_file.h"
#include "training/arrays/npz.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  return hyperwidth::ReadInput(data, size, [](const std::filesystem::path& path) {
    const hyperwidth::NpzFile file(path);
    for (const std::string& name : file.names()) file.Read(name);
  });
}
