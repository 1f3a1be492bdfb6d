// SPDX-License-Identifier: Apache-2.0
#include "tools/model_path.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <fstream>
#include <stdexcept>
#include <string>
#include <vector>

namespace hyperwidth {
namespace {

namespace fs = std::filesystem;
using ::testing::HasSubstr;

// A folder of this test with these empty files.
fs::path Folder(const std::string& name, const std::vector<std::string>& files) {
  const fs::path folder = fs::path(::testing::TempDir()) / name;
  fs::remove_all(folder);
  fs::create_directories(folder / "models");
  for (const std::string& file : files) std::ofstream(folder / file) << "";
  return folder;
}

std::string Refusal(const fs::path& path) {
  try {
    ModelFile(path);
  } catch (const std::runtime_error& error) {
    return error.what();
  }
  return "nothing was thrown";
}

TEST(ModelFile, IsTheFileItself) {
  const fs::path folder = Folder("file", {"any.name", "models/film.safetensors"});
  EXPECT_EQ(ModelFile(folder / "any.name"), folder / "any.name");
}

TEST(ModelFile, IsTheOnlyOneOfAFolderOrItsModels) {
  const fs::path run = Folder("run", {"result.json", "models/film.safetensors", "models/notes.txt"});
  EXPECT_EQ(ModelFile(run), run / "models/film.safetensors");
  EXPECT_EQ(ModelFile(run / "models"), run / "models/film.safetensors");
  const fs::path both = Folder("both", {"own.safetensors", "models/film.safetensors"});
  EXPECT_EQ(ModelFile(both), both / "own.safetensors");
}

TEST(ModelFile, RefusesNoneAndSeveral) {
  const fs::path several = Folder("several", {"models/film.safetensors", "models/concat.safetensors"});
  EXPECT_EQ(Refusal(several),
            "--model: found several models, accepted: one of " + (several / "models/concat.safetensors").string() +
                ", " + (several / "models/film.safetensors").string());
  EXPECT_THAT(Refusal(Folder("none", {"film.txt"})), HasSubstr("found no .safetensors in "));
  EXPECT_THAT(Refusal("/nowhere/film.safetensors"),
              HasSubstr("--model: found no /nowhere/film.safetensors; accepted: "));
}

}  // namespace
}  // namespace hyperwidth
