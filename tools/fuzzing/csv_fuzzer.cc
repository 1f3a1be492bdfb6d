// SPDX-License-Identifier: Apache-2.0
#include "tools/fuzzing/input_file.h"
#include "training/arrays/csv.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  return hyperwidth::ReadInput(data, size, [](const std::filesystem::path& path) {
    hyperwidth::ReadCsv(path,
                        {{.name = "x", .is_vector = true},
                         {.name = "I", .is_vector = true},
                         {.name = "y", .is_vector = true},
                         {.name = "group"},
                         {.name = "split", .words = {{"train", 0}, {"test", 2}}}});
  });
}
