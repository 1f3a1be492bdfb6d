// SPDX-License-Identifier: Apache-2.0
#include "training/progress.h"

#include <gtest/gtest.h>

#include <cstdio>
#include <string>

#include "training/pseudo_terminal.h"

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

}  // namespace
}  // namespace hyperwidth
