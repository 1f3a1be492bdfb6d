// SPDX-License-Identifier: Apache-2.0
//
// Models that were saved for `predict`. One that is read must be valid.

#include <filesystem>

#include "tools/fuzzing/input_file.h"
#include "training/conditioned_model/conditioned_model_file.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  return hyperwidth::ReadInput(data, size, [](const std::filesystem::path& path) {
    try {
      hyperwidth::Validate(hyperwidth::LoadConditionedModel(path));
    } catch (const std::invalid_argument&) {  // which is what it refuses with
    }
  });
}
