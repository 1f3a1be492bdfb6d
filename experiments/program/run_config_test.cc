// SPDX-License-Identifier: Apache-2.0
#include "experiments/program/run_config.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <filesystem>
#include <stdexcept>
#include <string>

#include "experiments/result/result_file.h"

namespace hyperwidth {
namespace {

namespace fs = std::filesystem;
using ::testing::HasSubstr;

Fields Settings(double rate, std::int64_t threads, std::uint64_t seed = 1) {
  return {{"lr", rate}, {"depths", std::vector<int>{2, 4}}, {"seed", seed}, {"threads", threads}};
}

class WriteOrCheckConfigInAFolder : public ::testing::Test {
 protected:
  void SetUp() override {
    fs::remove_all(path_);
    WriteOrCheckConfig(RunFolder(path_, ExistingRun::kRefuse), Settings(0.1, 1));
  }

  std::string Refusal(const Fields& settings) const {
    try {
      WriteOrCheckConfig(RunFolder(path_, ExistingRun::kResume), settings);
    } catch (const std::runtime_error& error) {
      return error.what();
    }
    return "accepted";
  }

  const fs::path path_ = fs::path(::testing::TempDir()) / "configured";
};

TEST_F(WriteOrCheckConfigInAFolder, TheSameSettingsWithOtherThreadsContinueARun) {
  EXPECT_EQ(Refusal(Settings(0.1, 1)), "accepted");
  EXPECT_EQ(Refusal(Settings(0.1, 8)), "accepted");
}

TEST_F(WriteOrCheckConfigInAFolder, TheFirstSettingThatDiffersIsNamedWithBothValues) {
  EXPECT_EQ(Refusal(Settings(0.25, 1, 7)),
            (path_ / "config.json").string() +
                ": lr is 0.1 there and 0.25 here; accepted: the flags of the earlier run, or another --out");
  EXPECT_THAT(Refusal(Settings(0.1, 1, 7)), HasSubstr("seed is 1 there and 7 here"));
}

TEST_F(WriteOrCheckConfigInAFolder, ASettingThatOnlyOneOfThemHasIsADifference) {
  Fields more = Settings(0.1, 1);
  more.emplace_back("targets", std::int64_t{6});
  EXPECT_THAT(Refusal(more), HasSubstr("targets is not set there and 6 here"));
  EXPECT_THAT(Refusal({{"lr", 0.1}}), HasSubstr("depths is [2,4] there and not set here"));
}

TEST_F(WriteOrCheckConfigInAFolder, AFileThatIsNoListOfSettingsIsRefused) {
  RunFolder(path_, ExistingRun::kResume).Write("config.json", "{\"lr\": 0.");
  EXPECT_THAT(Refusal(Settings(0.1, 1)), HasSubstr("config.json: is no list of settings"));
}

TEST(StudyOf, HasTheNameAndAllSettingsButThreads) {
  EXPECT_EQ(StudyOf("gap", {{"rate", 0.5}, {"threads", 2}, {"seed", 1}}),
            (Fields{{"experiment", "gap"}, {"rate", 0.5}, {"seed", 1}}));
}

}  // namespace
}  // namespace hyperwidth
