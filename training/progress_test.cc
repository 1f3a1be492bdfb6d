// SPDX-License-Identifier: Apache-2.0
#include "training/progress.h"

#include <fcntl.h>
#include <gtest/gtest.h>
#include <stdlib.h>
#include <unistd.h>

#include <array>
#include <cstdio>
#include <string>

namespace hyperwidth {
namespace {

constexpr TrainingStep kHalfWay = {
    .epoch = 3, .step = 2345, .samples_in_epoch = 30'000, .mean_loss = 0.81234, .ends_epoch = false};

TEST(ProgressLine, SaysEpochLossSpeedAndTimeLeft) {
  const ProgressLine line("hypernetwork, depth 2", 60'000, 10);
  // 150,000 of 600,000 samples in 12.5 s are 12,000 a second; 450,000 remain.
  EXPECT_EQ(line.Text(kHalfWay, 12.5),
            "hypernetwork, depth 2: epoch 3/10  50 %  loss 0.8123  12,000 samples/s  0:38 left");
}

TEST(ProgressLine, ShowsHoursOnlyWhenThereAreAny) {
  const ProgressLine line("slow", 60'000, 10);
  EXPECT_NE(line.Text(kHalfWay, 3600).find("42 samples/s  3:00:00 left"), std::string::npos);
}

TEST(ProgressLine, IsSilentUnlessTheStreamIsATerminal) {
  std::FILE* const file = std::tmpfile();
  ASSERT_NE(file, nullptr);
  {
    ProgressLine line("run", 60'000, 10, file);
    line.Update(kHalfWay);
  }
  EXPECT_EQ(std::ftell(file), 0);
  std::fclose(file);
}

TEST(ProgressLine, IsDrawnOnATerminalAndRemovedAtTheEnd) {
  const int terminal = ::posix_openpt(O_RDWR | O_NOCTTY);
  if (terminal < 0 || ::grantpt(terminal) != 0 || ::unlockpt(terminal) != 0) GTEST_SKIP() << "no pseudo-terminals here";
  std::FILE* const screen = std::fopen(::ptsname(terminal), "w");
  ASSERT_NE(screen, nullptr);
  {
    ProgressLine line("run", 60'000, 10, screen);
    line.Update(kHalfWay);
    line.Update(kHalfWay);  // too early to be drawn again
  }
  std::array<char, 4096> buffer;
  const ::ssize_t length = ::read(terminal, buffer.data(), buffer.size());
  ASSERT_GT(length, 0);
  const std::string drawn(buffer.data(), static_cast<std::size_t>(length));
  EXPECT_EQ(drawn.find("run: epoch 3/10"), drawn.rfind("run: epoch 3/10"));
  EXPECT_TRUE(drawn.starts_with("\r\x1b[Krun: epoch 3/10")) << drawn;
  EXPECT_TRUE(drawn.ends_with("\r\x1b[K")) << drawn;
  std::fclose(screen);
  ::close(terminal);
}

}  // namespace
}  // namespace hyperwidth
