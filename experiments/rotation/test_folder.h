// SPDX-License-Identifier: Apache-2.0
//
// Run folders of tests.

#ifndef HYPERWIDTH_EXPERIMENTS_ROTATION_TEST_FOLDER_H_
#define HYPERWIDTH_EXPERIMENTS_ROTATION_TEST_FOLDER_H_

#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>
#include <iterator>
#include <string>

#include "training/run/run_folder.h"

namespace hyperwidth {

inline RunFolder TestFolder(const std::string& name) {
  return RunFolder(std::filesystem::path(::testing::TempDir()) / name, ExistingRun::kOverwrite);
}

inline std::string Contents(const std::filesystem::path& path) {
  std::ifstream file(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(file), std::istreambuf_iterator<char>()};
}

}  // namespace hyperwidth

#endif  // HYPERWIDTH_EXPERIMENTS_ROTATION_TEST_FOLDER_H_
