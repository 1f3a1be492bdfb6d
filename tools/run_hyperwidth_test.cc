// SPDX-License-Identifier: Apache-2.0
#include "tools/run_hyperwidth.h"

#include <gtest/gtest.h>

#include <CLI/CLI.hpp>
#include <string>

#include "experiments/command_line/command_line.h"

namespace hyperwidth {
namespace {

// One of the processes of a run, of which only that matters which of them it is.
class OneOfMany final : public TrialExecutor {
 public:
  explicit OneOfMany(bool keeps) : keeps_(keeps) {}
  bool keeps() const override { return keeps_; }
  void Run(const std::vector<std::size_t>&, const Measure&, const Keep&, std::atomic<bool>&) override {}

 private:
  bool keeps_;
};

// The status of "program NAME", of which one subcommand has trials, "study", and the other none, "count".
int StatusOf(const std::string& name, TrialExecutor* executor) {
  CLI::App program("for a test", "program");
  const Subcommand study{.parser = program.add_subcommand("study", ""), .run = [] { return 11; }, .has_trials = true};
  const Subcommand count{.parser = program.add_subcommand("count", ""), .run = [] { return 12; }, .has_trials = false};
  program.parse(name);
  return RunChosen({study, count}, {.executor = executor, .available_threads = 1});
}

TEST(RunChosen, SubcommandsWithTrialsRunInAllProcessesOthersWhereTheRunIsKept) {
  OneOfMany first(/*keeps=*/true), other(/*keeps=*/false);
  EXPECT_EQ(StatusOf("study", nullptr), 11);
  EXPECT_EQ(StatusOf("count", nullptr), 12);
  EXPECT_EQ(StatusOf("study", &first), 11);
  EXPECT_EQ(StatusOf("count", &first), 12);
  EXPECT_EQ(StatusOf("study", &other), 11);
  EXPECT_EQ(StatusOf("count", &other), kExitSuccess);
  EXPECT_EQ(StatusOf("", &first), kExitBadInput);
}

TEST(RunHyperwidth, PrintsNothingWhereTheRunIsNotKept) {
  OneOfMany first(/*keeps=*/true), other(/*keeps=*/false);
  const char* const arguments[] = {"hyperwidth", "explain"};
  ::testing::internal::CaptureStdout();
  EXPECT_EQ(RunHyperwidth(2, arguments, {.executor = &other, .available_threads = 1}), kExitSuccess);
  EXPECT_EQ(::testing::internal::GetCapturedStdout(), "");
  ::testing::internal::CaptureStdout();
  EXPECT_EQ(RunHyperwidth(2, arguments, {.executor = &first, .available_threads = 1}), kExitSuccess);
  EXPECT_NE(::testing::internal::GetCapturedStdout(), "");
}

}  // namespace
}  // namespace hyperwidth
