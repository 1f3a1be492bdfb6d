// SPDX-License-Identifier: Apache-2.0

#include "tools/find_results.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <fstream>
#include <stdexcept>

namespace hyperwidth {
namespace {

namespace fs = std::filesystem;

fs::path EmptyFolder(const std::string& name) {
  const fs::path folder = fs::path(::testing::TempDir()) / name;
  fs::remove_all(folder);
  fs::create_directories(folder);
  return folder;
}

TEST(FindResults, LooksInTheFolderAndEverywhereBelow) {
  const fs::path folder = EmptyFolder("found");
  for (const char* run : {"b", "a/deep", "c"}) {
    fs::create_directories(folder / run);
    std::ofstream(folder / run / (run == std::string("c") ? "other.json" : "result.json")) << "{}";
  }
  std::ofstream(folder / "result.json") << "{}";
  EXPECT_THAT(FindResults(folder),
              ::testing::ElementsAre(folder / "a/deep/result.json", folder / "b/result.json", folder / "result.json"));
}

TEST(FindResults, AFolderWithoutResultsIsRefusedByName) {
  const auto refusal = [](const fs::path& folder) -> std::string {
    try {
      FindResults(folder);
    } catch (const std::runtime_error& error) {
      return error.what();
    }
    return "accepted";
  };
  EXPECT_THAT(refusal(EmptyFolder("none")), ::testing::HasSubstr("none holds no result.json"));
  EXPECT_THAT(refusal("/no/such/folder"), ::testing::HasSubstr("/no/such/folder cannot be read"));
}

}  // namespace
}  // namespace hyperwidth
