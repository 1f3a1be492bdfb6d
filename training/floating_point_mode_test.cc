// SPDX-License-Identifier: Apache-2.0
#include "training/floating_point_mode.h"

#include <gtest/gtest.h>

#include <atomic>
#include <limits>
#include <stdexcept>

#include "training/arena_executor.h"

namespace hyperwidth {
namespace {

// Half of the smallest normal number, as the processor computes it.
bool HasSubnormals() {
  volatile float smallest = std::numeric_limits<float>::min();
  volatile float half = 0.5F * smallest;
  return half != 0;
}

TEST(FlushSubnormals, TakesThemAsZeroUntilItsScopeEnds) {
  const FloatingPointMode before = FloatingPointMode::Current();
  EXPECT_TRUE(HasSubnormals());
  {
    const FlushSubnormals flush;
    EXPECT_FALSE(HasSubnormals());
    {
      const FlushSubnormals again;
      EXPECT_FALSE(HasSubnormals());
    }
    EXPECT_FALSE(HasSubnormals());
    volatile float subnormal = std::numeric_limits<float>::denorm_min();
    EXPECT_EQ(subnormal * 1e30F, 0) << "one that comes in";
  }
  EXPECT_TRUE(HasSubnormals());
  EXPECT_EQ(FloatingPointMode::Current(), before);
  try {
    const FlushSubnormals flush;
    throw std::runtime_error("out of the scope");
  } catch (const std::runtime_error&) {
  }
  EXPECT_TRUE(HasSubnormals());
}

TEST(ArenaExecutor, GivesTasksTheModeOfTheirCaller) {
  for (const int threads : {1, 4}) {
    const ArenaExecutor executor(threads);
    const auto with_subnormals = [&] {
      std::atomic<int> count = 0;
      executor.Run(200, [&](Index, Index) { count += HasSubnormals(); });
      return count.load();
    };
    const auto with_subnormals_behind = [&] {
      ArenaExecutor::Background background(executor);
      bool found = false;
      executor.Enter([&] {
        background.Start([&] { found = HasSubnormals(); });
        background.Wait();
      });
      return found;
    };
    EXPECT_EQ(with_subnormals(), 200) << threads;
    EXPECT_TRUE(with_subnormals_behind()) << threads;
    {
      const FlushSubnormals flush;
      EXPECT_EQ(with_subnormals(), 0) << threads;
      EXPECT_FALSE(with_subnormals_behind()) << threads;
    }
    EXPECT_EQ(with_subnormals(), 200) << threads << " threads, and no worker stays as it was";
    EXPECT_TRUE(with_subnormals_behind()) << threads;
  }
}

}  // namespace
}  // namespace hyperwidth
