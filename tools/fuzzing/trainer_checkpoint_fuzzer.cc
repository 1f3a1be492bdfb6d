// SPDX-License-Identifier: Apache-2.0
//
// What training goes on from, of an embedding method's small networks.

#include <filesystem>
#include <stdexcept>

#include "models/schemes/schemes.h"
#include "tools/fuzzing/input_file.h"
#include "training/checkpoint/trainer_checkpoint.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  return hyperwidth::ReadInput(data, size, [](const std::filesystem::path& path) {
    static const hyperwidth::Model model = hyperwidth::Embedding({.sizes = {1, 2, 1}}, {.sizes = {1 + 1, 2, 1}});
    try {
      hyperwidth::LoadTrainer<double>(path, model);
    } catch (const std::invalid_argument&) {  // which is what it refuses with
    }
  });
}
