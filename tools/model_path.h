// SPDX-License-Identifier: Apache-2.0
#ifndef HYPERWIDTH_TOOLS_MODEL_PATH_H_
#define HYPERWIDTH_TOOLS_MODEL_PATH_H_

#include <filesystem>

namespace hyperwidth {

// The model's file that a user means by --model: a file, or a folder with one .safetensors in it or in its models/, as
// a run leaves them. Throws: std::runtime_error, one line, if there is nothing of that name, and for a folder with none
// or several, listing them.
std::filesystem::path ModelFile(const std::filesystem::path& path);

}  // namespace hyperwidth

#endif  // HYPERWIDTH_TOOLS_MODEL_PATH_H_
