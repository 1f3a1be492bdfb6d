// SPDX-License-Identifier: Apache-2.0
#include "experiments/command_line/command_line.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <CLI/CLI.hpp>
#include <algorithm>
#include <cstdlib>
#include <string>
#include <utility>
#include <vector>

#include "experiments/command_line/flag_checks.h"

namespace hyperwidth {
namespace {

using ::testing::HasSubstr;

// What a user sees of one call.
struct Outcome {
  int status;
  std::string output;
  std::string error;
  int primary_dim;
  double lr;
  std::vector<int> depths;
  std::string labels;
};

Outcome Call(
    std::vector<const char*> arguments, const std::function<int()>& body = [] { return kExitSuccess; }) {
  CLI::App app("A program.", "example");
  Outcome outcome{
      .status = -1, .output = "", .error = "", .primary_dim = 1, .lr = 0.1, .depths = {2}, .labels = "circular"};
  app.add_option("--primary-dim", outcome.primary_dim, "dimension")->check(IntegerAtLeast(1));
  app.add_option("--lr", outcome.lr, "learning rate")->check(PositiveReal());
  app.add_option("--depths", outcome.depths, "depths")->delimiter(',')->check(IntegerAtLeast(1, 99));
  app.add_option("--labels", outcome.labels, "labels")->check(OneOf({"circular", "published"}));
  arguments.insert(arguments.begin(), "example");
  ::testing::internal::CaptureStdout();
  ::testing::internal::CaptureStderr();
  outcome.status = RunCommandLine(app, static_cast<int>(arguments.size()), arguments.data(), body);
  outcome.output = ::testing::internal::GetCapturedStdout();
  outcome.error = ::testing::internal::GetCapturedStderr();
  return outcome;
}

void ExpectOneLine(const Outcome& outcome, const std::vector<std::string>& parts) {
  EXPECT_EQ(outcome.status, kExitBadInput);
  EXPECT_EQ(outcome.output, "");
  EXPECT_EQ(std::count(outcome.error.begin(), outcome.error.end(), '\n'), 1) << outcome.error;
  for (const std::string& part : parts) EXPECT_THAT(outcome.error, HasSubstr(part));
}

TEST(RunCommandLine, DashAndUnderscoreAreTheSameInNamesOnly) {
  EXPECT_EQ(Call({"--primary-dim=3"}).primary_dim, 3);
  EXPECT_EQ(Call({"--primary_dim=4"}).primary_dim, 4);
  EXPECT_EQ(Call({"--primary_dim", "5"}).primary_dim, 5);
  ExpectOneLine(Call({"--labels=publ_ished"}), {"publ_ished"});
}

TEST(RunCommandLine, ListsAreSeparatedByCommas) {
  EXPECT_EQ(Call({"--depths=2,4,9"}).depths, (std::vector<int>{2, 4, 9}));
  ExpectOneLine(Call({"--depths=2,x"}), {"--depths", "'x'", "integer of at least 1 and at most 99"});
}

TEST(RunCommandLine, UnknownFlagNamesTheNearestOne) {
  ExpectOneLine(Call({"--primary-dims=3"}), {"unknown flag --primary-dims=3", "did you mean --primary-dim?"});
  ExpectOneLine(Call({"--quite-other"}), {"unknown flag --quite-other", "--depths", "--labels"});
  ExpectOneLine(Call({"stray"}), {"unknown argument stray"});
}

TEST(RunCommandLine, RefusedValuesSayWhatWasFoundAndWhatIsAccepted) {
  ExpectOneLine(Call({"--primary-dim=0"}), {"--primary-dim", "'0'", "integer of at least 1"});
  ExpectOneLine(Call({"--primary-dim=1.5"}), {"--primary-dim", "'1.5'", "integer of at least 1"});
  ExpectOneLine(Call({"--primary-dim=99999999999999999999"}), {"--primary-dim", "integer of at least 1"});
  ExpectOneLine(Call({"--lr=nan"}), {"--lr", "'nan'", "above 0"});
  ExpectOneLine(Call({"--lr=0"}), {"--lr", "'0'", "above 0"});
  ExpectOneLine(Call({"--lr="}), {"--lr"});
  ExpectOneLine(Call({"--labels=square"}), {"--labels", "'square'", "circular, published"});
  ExpectOneLine(Call({"--lr"}), {"--lr"});
}

TEST(RunCommandLine, ErrorsOfTheBodyAreOneLineAndTheirStatus) {
  ExpectOneLine(Call({}, []() -> int { throw std::runtime_error("file x:\nnot found"); }),
                {"example: file x: not found"});
  const Outcome failed = Call({}, []() -> int { throw RunFailed("loss became NaN"); });
  EXPECT_EQ(failed.status, kExitCheckFailed);
  EXPECT_EQ(failed.error, "example: loss became NaN\n");
  EXPECT_EQ(Call({}, [] { return kExitCheckFailed; }).status, kExitCheckFailed);
}

TEST(RunCommandLine, HelpGoesToStandardOutput) {
  const Outcome outcome = Call({"--help"});
  EXPECT_EQ(outcome.status, kExitSuccess);
  EXPECT_THAT(outcome.output, HasSubstr("--primary-dim"));
  EXPECT_EQ(outcome.error, "");
}

// Status and standard error of a program with the commands `bounds`, which requires --epsilon, and `gap`.
std::pair<int, std::string> CallCommand(std::vector<const char*> arguments) {
  CLI::App app("A program with commands.", "example");
  double epsilon = 0;
  app.add_subcommand("bounds", "bounds")->add_option("--epsilon", epsilon, "error")->required();
  app.add_subcommand("gap", "gap");
  app.require_subcommand(1);
  arguments.insert(arguments.begin(), "example");
  ::testing::internal::CaptureStderr();
  const int status =
      RunCommandLine(app, static_cast<int>(arguments.size()), arguments.data(), [] { return kExitSuccess; });
  return {status, ::testing::internal::GetCapturedStderr()};
}

TEST(RunCommandLine, CommandsAreNamedWhenOneIsMissingOrMistyped) {
  EXPECT_EQ(CallCommand({"gap"}).first, kExitSuccess);
  EXPECT_THAT(CallCommand({}).second, HasSubstr("a command is missing; accepted: bounds gap"));
  EXPECT_THAT(CallCommand({"bound"}).second, HasSubstr("unknown argument bound; did you mean bounds?"));
  EXPECT_THAT(CallCommand({"bounds"}).second, HasSubstr("--epsilon is required"));
  EXPECT_THAT(CallCommand({"bounds", "--epsilom=1"}).second, HasSubstr("did you mean --epsilon?"));
  EXPECT_EQ(CallCommand({"bounds", "--epsilom=1"}).first, kExitBadInput);
}

TEST(UserPath, RelativePathsStartWhereTheUserIs) {
  ::setenv("BUILD_WORKING_DIRECTORY", "/home/user", 1);
  EXPECT_EQ(UserPath("runs/1"), "/home/user/runs/1");
  EXPECT_EQ(UserPath("/data"), "/data");
  EXPECT_EQ(UserPath(""), "");
  ::unsetenv("BUILD_WORKING_DIRECTORY");
  EXPECT_EQ(UserPath("runs/1"), "runs/1");
}

}  // namespace
}  // namespace hyperwidth
