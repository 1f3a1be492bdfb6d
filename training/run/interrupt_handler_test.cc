// SPDX-License-Identifier: Apache-2.0
#include "training/run/interrupt_handler.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <csignal>
#include <stdexcept>

namespace hyperwidth {
namespace {

// How often each signal reached the program's own handler.
std::atomic<int> own_interrupts = 0, own_terminates = 0;

class InterruptHandlerTest : public ::testing::Test {
 protected:
  void SetUp() override {
    own_interrupts = own_terminates = 0;
    ::signal(SIGINT, [](int) { ++own_interrupts; });
    ::signal(SIGTERM, [](int) { ++own_terminates; });
  }
  void TearDown() override {
    ::signal(SIGINT, SIG_DFL);
    ::signal(SIGTERM, SIG_DFL);
  }

  std::atomic<bool> flag_ = false;
};

TEST_F(InterruptHandlerTest, ASignalSetsTheFlagAlone) {
  for (const int signal : {SIGINT, SIGTERM}) {
    flag_ = false;
    const InterruptHandler handler(flag_);
    EXPECT_FALSE(flag_);
    ::raise(signal);
    EXPECT_TRUE(flag_);
  }
  EXPECT_EQ(own_interrupts, 0);
  EXPECT_EQ(own_terminates, 0);
}

TEST_F(InterruptHandlerTest, ASecondInterruptDoesWhatItDidBefore) {
  const InterruptHandler handler(flag_);
  ::raise(SIGINT);
  EXPECT_EQ(own_interrupts, 0);
  ::raise(SIGINT);
  EXPECT_EQ(own_interrupts, 1);
  // But not a second request to terminate, which a supervisor may repeat, nor one after an interrupt.
  ::raise(SIGTERM);
  ::raise(SIGTERM);
  EXPECT_EQ(own_terminates, 0);
}

TEST_F(InterruptHandlerTest, ASignalThatIsIgnoredStaysIgnored) {
  for (const int signal : {SIGINT, SIGTERM}) {
    SetUp();
    ::signal(signal, SIG_IGN);
    const InterruptHandler handler(flag_);
    ::raise(signal);
    EXPECT_FALSE(flag_);
  }
}

TEST_F(InterruptHandlerTest, PutsTheFormerHandlersBack) {
  { const InterruptHandler handler(flag_); }
  ::raise(SIGINT);
  ::raise(SIGTERM);
  EXPECT_FALSE(flag_);
  EXPECT_EQ(own_interrupts, 1);
  EXPECT_EQ(own_terminates, 1);
}

TEST_F(InterruptHandlerTest, ThereIsOneAtATime) {
  std::atomic<bool> other = false;
  {
    const InterruptHandler handler(flag_);
    EXPECT_THAT(
        [&] { InterruptHandler second(other); },
        ::testing::ThrowsMessage<std::logic_error>("interrupts are handled already: runs of trials do not nest"));
    ::raise(SIGINT);
    EXPECT_TRUE(flag_);
    EXPECT_FALSE(other);
  }
  const InterruptHandler handler(other);
  ::raise(SIGINT);
  EXPECT_TRUE(other);
}

TEST_F(InterruptHandlerTest, FilesThatAreBeingWrittenAreNotDisturbed) {
  const InterruptHandler handler(flag_);
  for (const int signal : {SIGINT, SIGTERM}) {
    struct ::sigaction action = {};
    ::sigaction(signal, nullptr, &action);
    EXPECT_EQ(action.sa_flags & SA_RESTART, SA_RESTART);
  }
}

}  // namespace
}  // namespace hyperwidth
