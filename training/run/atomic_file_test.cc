// SPDX-License-Identifier: Apache-2.0
#include "training/run/atomic_file.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <fstream>
#include <iterator>
#include <stdexcept>
#include <string>

namespace hyperwidth {
namespace {

namespace fs = std::filesystem;

fs::path EmptyFolder(const std::string& name) {
  const fs::path folder = fs::path(::testing::TempDir()) / name;
  fs::remove_all(folder);
  fs::create_directories(folder);
  return folder;
}

std::string Contents(const fs::path& path) {
  std::ifstream stream(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(stream), {}};
}

std::ptrdiff_t FileCount(const fs::path& folder) { return std::distance(fs::directory_iterator(folder), {}); }

TEST(WriteFileAtomically, ReplacesTheWholeFileAndLeavesNothingElse) {
  const fs::path folder = EmptyFolder("replaces");
  WriteFileAtomically(folder / "result.json", "a longer first version");
  const std::string bytes("zero\0byte\n", 10);
  WriteFileAtomically(folder / "result.json", bytes);
  EXPECT_EQ(Contents(folder / "result.json"), bytes);
  EXPECT_EQ(FileCount(folder), 1);
}

TEST(WriteFileAtomically, FailureNamesTheFileAndKeepsTheFolderClean) {
  const fs::path folder = EmptyFolder("fails");
  try {
    WriteFileAtomically(folder / "missing" / "result.json", "x");
    FAIL() << "a file in a missing folder was written";
  } catch (const std::runtime_error& error) {
    EXPECT_THAT(error.what(), ::testing::HasSubstr("missing/result.json"));
    EXPECT_THAT(error.what(), ::testing::HasSubstr("No such file"));
  }
  // The target is a folder that is not empty: the temporary file can be written, but not renamed.
  fs::create_directories(folder / "taken" / "inside");
  EXPECT_THROW(WriteFileAtomically(folder / "taken", "x"), std::runtime_error);
  EXPECT_EQ(FileCount(folder), 1);
}

}  // namespace
}  // namespace hyperwidth
