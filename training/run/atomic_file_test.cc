// SPDX-License-Identifier: Apache-2.0
#include "training/run/atomic_file.h"

#include <fcntl.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cstdint>
#include <fstream>
#include <iterator>
#include <stdexcept>
#include <string>

#include "training/run/full_disk.h"

namespace hyperwidth {
namespace {

namespace fs = std::filesystem;
using ::testing::ThrowsMessage;

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
  const fs::path missing = folder / "missing" / "result.json";
  EXPECT_THAT(
      [&] { WriteFileAtomically(missing, "x"); },
      ThrowsMessage<std::runtime_error>("file " + missing.string() + " cannot be created: No such file or directory"));
  // The target is a folder that is not empty: the temporary file can be written, but not renamed.
  const fs::path taken = folder / "taken";
  fs::create_directories(taken / "inside");
  EXPECT_THAT([&] { WriteFileAtomically(taken, "x"); },
              ThrowsMessage<std::runtime_error>("file " + taken.string() + " cannot be replaced: Is a directory"));
  EXPECT_EQ(FileCount(folder), 1);
}

TEST(WriteFileAtomically, AFullDiskLeavesTheOlderFile) {
  const fs::path folder = EmptyFolder("full"), path = folder / "result.json";
  WriteFileAtomically(path, "old");
  for (const std::uintmax_t room : {0, 10}) {  // nothing can be written, or a part
    const FullDisk disk(room);
    EXPECT_THAT([&] { WriteFileAtomically(path, "a longer new version"); },
                ThrowsMessage<std::runtime_error>("file " + path.string() + " cannot be written: File too large"));
  }
  EXPECT_EQ(Contents(path), "old");
  EXPECT_EQ(FileCount(folder), 1);
}

TEST(WriteFileAtomically, TakesAFileThatSomethingElseWrites) {
  const fs::path folder = EmptyFolder("elsewhere"), path = folder / "data.npz";
  WriteFileAtomically(path, "old");
  WriteFileAtomically(path, [&](const fs::path& temporary) {
    EXPECT_EQ(temporary.parent_path(), folder);
    std::ofstream(temporary) << "new";
    EXPECT_EQ(Contents(path), "old");
  });
  EXPECT_EQ(Contents(path), "new");
  const auto fail = [](const fs::path& temporary) {
    std::ofstream(temporary) << "half";
    throw std::runtime_error("no more");
  };
  EXPECT_THAT([&] { WriteFileAtomically(path, fail); }, ThrowsMessage<std::runtime_error>("no more"));
  EXPECT_THAT(
      [&] { WriteFileAtomically(path, [](const fs::path&) {}); },  // which writes nothing
      ThrowsMessage<std::runtime_error>("file " + path.string() + " cannot be written: No such file or directory"));
  EXPECT_EQ(Contents(path), "new");
  EXPECT_EQ(FileCount(folder), 1);
}

TEST(WriteFileAtomically, LeavesNoDescriptorOpenAndClosesNoOther) {
  const fs::path folder = EmptyFolder("descriptors");
  fs::create_directories(folder / "taken" / "inside");
  const std::ptrdiff_t before = FileCount("/proc/self/fd");
  WriteFileAtomically(folder / "result.json", "x");
  EXPECT_EQ(FileCount("/proc/self/fd"), before);
  EXPECT_THROW(WriteFileAtomically(folder / "taken", "x"), std::runtime_error);
  EXPECT_EQ(FileCount("/proc/self/fd"), before);
  {
    const FullDisk disk(0);
    EXPECT_THROW(WriteFileAtomically(folder / "result.json", "y"), std::runtime_error);
  }
  EXPECT_EQ(FileCount("/proc/self/fd"), before);
  for (const int standard : {0, 1, 2}) EXPECT_NE(::fcntl(standard, F_GETFD), -1) << standard;
}

}  // namespace
}  // namespace hyperwidth
