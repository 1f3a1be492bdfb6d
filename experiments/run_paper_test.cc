// SPDX-License-Identifier: Apache-2.0
#include "experiments/run_paper.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <filesystem>
#include <string>
#include <vector>

#include "experiments/command_line/command_line.h"

namespace hyperwidth {
namespace {

namespace fs = std::filesystem;
using ::testing::HasSubstr;

struct Typed {
  int status;
  std::string error;
};

Typed Type(const std::vector<std::string>& arguments) {
  std::vector<const char*> argv = {"paper"};
  for (const std::string& argument : arguments) argv.push_back(argument.c_str());
  ::testing::internal::CaptureStderr();
  const int status = RunPaper(static_cast<int>(argv.size()), argv.data());
  return {.status = status, .error = ::testing::internal::GetCapturedStderr()};
}

TEST(RunPaper, SaysInALineWhatIsWrongWithTheDataAndMakesNoFolder) {
  const fs::path data = fs::path(::testing::TempDir()) / "data", out = fs::path(::testing::TempDir()) / "out";
  fs::create_directories(data / "mnist");
  struct Mistake {
    std::vector<std::string> arguments;
    std::string what;
  };
  const std::vector<Mistake> mistakes = {
      {{}, "--data: found nothing; accepted: a folder with the folders mnist and cifar10"},
      {{"--data=" + data.string()}, (data / "mnist").string() + ": holds no known images"},
      {{"--data=" + (data / "mnist").string()}, (data / "mnist" / "mnist").string() + ": cannot be read as a folder"},
      {{"--data=" + data.string(), "--seeds=0"}, "--seeds"}};
  for (Mistake mistake : mistakes) {
    mistake.arguments.push_back("--out=" + out.string());
    const Typed typed = Type(mistake.arguments);
    EXPECT_EQ(typed.status, kExitBadInput) << mistake.what;
    EXPECT_THAT(typed.error, HasSubstr(mistake.what));
    EXPECT_EQ(std::count(typed.error.begin(), typed.error.end(), '\n'), 1) << typed.error;
    EXPECT_FALSE(fs::exists(out)) << mistake.what;
  }
}

}  // namespace
}  // namespace hyperwidth
