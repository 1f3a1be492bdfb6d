// SPDX-License-Identifier: Apache-2.0
#include "training/trials/trial_progress.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <chrono>
#include <string>
#include <thread>

#include "training/pseudo_terminal.h"

namespace hyperwidth {
namespace {

using ::testing::EndsWith;
using ::testing::HasSubstr;

TEST(TrialProgressText, SaysTrialsWorkAndTimeLeft) {
  // 31 units of work took 90 s, so the 59 that remain take 171.3 s, of which 41 have passed.
  const TrialCounts counts{
      .finished = 37, .trials = 120, .restored_work = 10, .work = 31, .total_work = 100, .last_finish_second = 90};
  EXPECT_EQ(TrialProgressText("modularity_gap", counts, 131), "modularity_gap: 37/120 trials  41 %  2:11 left");
  EXPECT_THAT(TrialProgressText("modularity_gap", counts, 1000), EndsWith("  0:00 left"));
}

TEST(TrialProgressText, DoesNotGuessBeforeTheFirstTrialHasFinished) {
  const TrialCounts counts{.finished = 2, .trials = 8, .restored_work = 2, .total_work = 8};
  EXPECT_EQ(TrialProgressText("gap", counts, 60), "gap: 2/8 trials  25 %");
}

TEST(TrialProgress, IsSilentUnlessTheStreamIsATerminal) {
  std::FILE* const file = std::tmpfile();
  ASSERT_NE(file, nullptr);
  const std::atomic<bool> stopping = false;
  bool reported = false;
  {
    TrialProgress progress("gap", {.trials = 2, .total_work = 2}, stopping, file);
    progress.Finish(1, [&] { reported = true; });
  }
  EXPECT_TRUE(reported);
  EXPECT_EQ(std::ftell(file), 0);
  std::fclose(file);
}

TEST(TrialProgress, IsSilentWithoutATitle) {
  PseudoTerminal terminal;
  if (!terminal.is_open()) GTEST_SKIP() << "no pseudo-terminals here";
  const std::atomic<bool> stopping = false;
  {
    TrialProgress progress("", {.trials = 2, .total_work = 2}, stopping, terminal.screen());
    progress.Finish(1, [&] {
      std::fputs("row", terminal.screen());
      std::fflush(terminal.screen());
    });
  }
  EXPECT_EQ(terminal.Read(), "row");
}

TEST(TrialProgress, MeasuresTheTimeThatIsLeft) {
  PseudoTerminal terminal;
  if (!terminal.is_open()) GTEST_SKIP() << "no pseudo-terminals here";
  const std::atomic<bool> stopping = false;
  {
    // A part in 10^6 takes 3 ms or more, all of it 50 minutes or more.
    TrialProgress progress("gap", {.trials = 2, .total_work = 1e6}, stopping, terminal.screen());
    std::this_thread::sleep_for(std::chrono::milliseconds(3));
    progress.Finish(1, [] {});
  }
  const std::string drawn = terminal.Read(), before = "gap: 1/2 trials  0 %  ";
  const std::size_t at = drawn.find(before);
  ASSERT_NE(at, std::string::npos) << drawn;
  const std::string left = drawn.substr(at + before.size(), drawn.find(" left", at) - at - before.size());
  EXPECT_TRUE(left.size() > 5 || left >= "50:00") << left;
}

TEST(TrialProgress, LeavesTheTerminalToReportsAndIsRemovedAtTheEnd) {
  PseudoTerminal terminal;
  if (!terminal.is_open()) GTEST_SKIP() << "no pseudo-terminals here";
  std::atomic<bool> stopping = false;
  {
    TrialProgress progress("gap", {.trials = 2, .total_work = 2}, stopping, terminal.screen());
    progress.Finish(1, [&] {
      std::fputs("row", terminal.screen());
      stopping = true;
    });
  }
  const std::string drawn = terminal.Read();
  EXPECT_THAT(drawn, HasSubstr("row\r\x1b[Kgap: 1/2 trials  stopping; Ctrl-C again ends at once"));
  EXPECT_THAT(drawn, EndsWith("\r\x1b[K"));
}

}  // namespace
}  // namespace hyperwidth
