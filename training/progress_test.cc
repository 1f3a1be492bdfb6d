// SPDX-License-Identifier: Apache-2.0
#include "training/progress.h"

#include <gtest/gtest.h>

#include <chrono>
#include <cstdio>
#include <string>
#include <thread>

#include "training/pseudo_terminal.h"
#include "training/terminal_line.h"

namespace hyperwidth {
namespace {

constexpr TrainingStep kHalfWay = {
    .epoch = 3, .step = 2345, .items_in_epoch = 3'000, .samples = 150'000, .mean_loss = 0.81234, .ends_epoch = false};

TEST(ProgressLine, SaysEpochLossSpeedAndTimeLeft) {
  const ProgressLine line("hypernetwork, depth 2", 6'000, 10);
  // 15,000 of 60,000 items, of ten samples each, in 12.5 s: 12,000 samples a second, and three times as long to go.
  EXPECT_EQ(line.Text(kHalfWay, 12.5),
            "hypernetwork, depth 2: epoch 3/10  50 %  loss 0.8123  12,000 samples/s  0:38 left");
}

TEST(ProgressLine, ShowsHoursOnlyWhenThereAreAny) {
  const ProgressLine line("slow", 6'000, 10);
  EXPECT_NE(line.Text(kHalfWay, 3600).find("42 samples/s  3:00:00 left"), std::string::npos);
}

TEST(ProgressLine, AnEpochEndsAtAHundredPercent) {
  TrainingStep end = kHalfWay;
  end.items_in_epoch = 6'000;
  EXPECT_NE(ProgressLine("run", 6'000, 10).Text(end, 1).find("epoch 3/10  100 %  "), std::string::npos);
}

TEST(ProgressLine, GroupsDigitsByThrees) {
  const ProgressLine line("run", 6'000, 10);
  const auto text_at = [&](Index samples) {
    TrainingStep step = kHalfWay;
    step.samples = samples;
    return line.Text(step, 1);
  };
  EXPECT_NE(text_at(999).find("  999 samples/s"), std::string::npos);
  EXPECT_NE(text_at(1'000).find("  1,000 samples/s"), std::string::npos);
  EXPECT_NE(text_at(123'456).find("  123,456 samples/s"), std::string::npos);
  EXPECT_NE(text_at(1'234'567).find("  1,234,567 samples/s"), std::string::npos);
}

TEST(DurationText, RoundsUpAndHasHoursFromAnHourOn) {
  EXPECT_EQ(DurationText(0), "0:00");
  EXPECT_EQ(DurationText(0.1), "0:01");
  EXPECT_EQ(DurationText(59), "0:59");
  EXPECT_EQ(DurationText(59.1), "1:00");
  EXPECT_EQ(DurationText(3599), "59:59");
  EXPECT_EQ(DurationText(3599.5), "1:00:00");
  EXPECT_EQ(DurationText(2 * 3600 + 3 * 60 + 4), "2:03:04");
  EXPECT_EQ(DurationText(100 * 3600), "100:00:00");
}

TEST(TerminalLine, IsSilentOnWhatIsNoTerminal) {
  std::FILE* const file = std::tmpfile();
  ASSERT_NE(file, nullptr);
  {
    TerminalLine line(file);
    EXPECT_FALSE(line.is_terminal());
    line.Draw("a");
    EXPECT_FALSE(line.is_drawn());
  }
  EXPECT_EQ(std::ftell(file), 0);
  std::fclose(file);
}

TEST(TerminalLine, IsRemovedOnceAndOnlyIfItIsThere) {
  PseudoTerminal terminal;
  if (!terminal.is_open()) GTEST_SKIP() << "no pseudo-terminals here";
  {
    TerminalLine line(terminal.screen());
    EXPECT_TRUE(line.is_terminal());
    line.Remove();
    line.Draw("a");
    EXPECT_TRUE(line.is_drawn());
    line.Draw("b");
    line.Remove();
    EXPECT_FALSE(line.is_drawn());
  }
  EXPECT_EQ(terminal.Read(), "\r\x1b[Ka\r\x1b[Kb\r\x1b[K");
}

TEST(ProgressLine, IsSilentUnlessTheStreamIsATerminal) {
  std::FILE* const file = std::tmpfile();
  ASSERT_NE(file, nullptr);
  {
    ProgressLine line("run", 6'000, 10, file);
    line.Update(kHalfWay);
  }
  EXPECT_EQ(std::ftell(file), 0);
  std::fclose(file);
}

TEST(ProgressLine, IsDrawnOnATerminalAndRemovedAtTheEnd) {
  PseudoTerminal terminal;
  if (!terminal.is_open()) GTEST_SKIP() << "no pseudo-terminals here";
  {
    ProgressLine line("run", 6'000, 10, terminal.screen());
    line.Update(kHalfWay);
    line.Update(kHalfWay);  // too early to be drawn again
  }
  const std::string drawn = terminal.Read();
  EXPECT_EQ(drawn.find("run: epoch 3/10"), drawn.rfind("run: epoch 3/10"));
  EXPECT_TRUE(drawn.starts_with("\r\x1b[Krun: epoch 3/10")) << drawn;
  EXPECT_TRUE(drawn.ends_with("\r\x1b[K")) << drawn;
}

TEST(ProgressLine, IsDrawnAgainAfterAWhile) {
  PseudoTerminal terminal;
  if (!terminal.is_open()) GTEST_SKIP() << "no pseudo-terminals here";
  ProgressLine line("run", 6'000, 10, terminal.screen());
  line.Update(kHalfWay);
  terminal.Read();
  std::this_thread::sleep_for(std::chrono::milliseconds(210));
  TrainingStep later = kHalfWay;
  later.epoch = 4;
  line.Update(later);
  EXPECT_TRUE(terminal.Read().starts_with("\r\x1b[Krun: epoch 4/10"));
}

}  // namespace
}  // namespace hyperwidth
