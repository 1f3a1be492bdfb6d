// SPDX-License-Identifier: Apache-2.0
#include "training/arena_executor.h"

#include <gtest/gtest.h>
#include <oneapi/tbb/task_arena.h>

#include <algorithm>
#include <atomic>
#include <memory>
#include <stdexcept>
#include <thread>
#include <vector>

namespace hyperwidth {
namespace {

constexpr Index kTasks = 500;

// What a run of kTasks tasks did.
struct Observed {
  std::vector<int> runs = std::vector<int>(kTasks);  // of each task
  bool slots_are_exclusive = true;
  bool slots_exist = true;
  int most_at_once = 0;
  bool all_on_this_thread = true;
};

Observed Observe(const ArenaExecutor& executor) {
  std::vector<std::atomic<int>> runs(kTasks);
  std::vector<std::atomic<int>> in_slot(static_cast<std::size_t>(executor.slot_count()));
  std::atomic<int> at_once{0}, most_at_once{0};
  std::atomic<bool> exclusive{true}, exist{true}, here{true};
  const std::thread::id this_thread = std::this_thread::get_id();
  executor.Run(kTasks, [&](Index task, Index slot) {
    ++runs[static_cast<std::size_t>(task)];
    if (std::this_thread::get_id() != this_thread) here = false;
    if (slot < 0 || slot >= executor.slot_count()) {
      exist = false;
      return;
    }
    const int now = ++at_once;
    for (int most = most_at_once; now > most && !most_at_once.compare_exchange_weak(most, now);) {
    }
    if (++in_slot[static_cast<std::size_t>(slot)] != 1) exclusive = false;
    std::this_thread::yield();
    --in_slot[static_cast<std::size_t>(slot)];
    --at_once;
  });
  Observed observed{
      .slots_are_exclusive = exclusive, .slots_exist = exist, .most_at_once = most_at_once, .all_on_this_thread = here};
  std::copy(runs.begin(), runs.end(), observed.runs.begin());
  return observed;
}

void ExpectSound(const Observed& observed) {
  EXPECT_EQ(observed.runs, std::vector<int>(kTasks, 1));
  EXPECT_TRUE(observed.slots_exist);
  EXPECT_TRUE(observed.slots_are_exclusive);
}

TEST(ArenaExecutor, RunsEachTaskOnceInASlotOfItsOwn) {
  for (const int threads : {1, 2, 3, 8}) {
    SCOPED_TRACE(threads);
    const ArenaExecutor executor(threads);
    EXPECT_EQ(executor.slot_count(), threads);
    const Observed observed = Observe(executor);
    ExpectSound(observed);
    EXPECT_LE(observed.most_at_once, threads);
  }
}

TEST(ArenaExecutor, WithoutANumberOfThreadsStaysInTheCallersArena) {
  for (const int limit : {1, 2, 3}) {
    SCOPED_TRACE(limit);
    oneapi::tbb::task_arena arena(limit);
    arena.execute([&] {
      const ArenaExecutor executor(0);
      EXPECT_EQ(executor.slot_count(), limit);
      const Observed observed = Observe(executor);
      ExpectSound(observed);
      EXPECT_LE(observed.most_at_once, limit);
      EXPECT_TRUE(observed.all_on_this_thread || limit > 1);
    });
  }
}

TEST(ArenaExecutor, WithoutANumberOfThreadsUsesNoMoreThanWhereItWasMade) {
  std::unique_ptr<ArenaExecutor> executor;
  oneapi::tbb::task_arena(2).execute([&] { executor = std::make_unique<ArenaExecutor>(0); });
  for (const int threads : {1, 2, 8}) {
    oneapi::tbb::task_arena(threads).execute([&] {
      const Observed observed = Observe(*executor);
      ExpectSound(observed);
      EXPECT_LE(observed.most_at_once, 2);
    });
  }
}

TEST(ArenaExecutor, RunsSerialWorkOnTheCallingThread) {
  for (const int threads : {0, 1, 8}) {
    const Observed observed = Observe(ArenaExecutor(threads, /*serial=*/true));
    ExpectSound(observed);
    EXPECT_TRUE(observed.all_on_this_thread);
  }
}

TEST(ArenaExecutor, RethrowsWhatATaskThrows) {
  for (const int threads : {1, 3}) {
    const ArenaExecutor executor(threads);
    const auto run = [&] {
      executor.Run(kTasks, [](Index task, Index /*slot*/) {
        if (task == 7) throw std::domain_error("task 7");
      });
    };
    EXPECT_THROW(run(), std::domain_error);
    ExpectSound(Observe(executor));  // and goes on working
  }
}

TEST(Background, RunsItsTaskBesideOthersAndRethrowsWhatItThrows) {
  for (const int threads : {1, 3}) {
    const ArenaExecutor executor(threads);
    executor.Enter([&] {
      ArenaExecutor::Background background(executor);
      int done = 0;
      for (int round = 1; round <= 20; ++round) {
        background.Start([&] { ++done; });
        ExpectSound(Observe(executor));
        background.Wait();
        EXPECT_EQ(done, round);
      }
      const auto fail = [&] {
        background.Start([] { throw std::domain_error("background"); });
        background.Wait();
      };
      EXPECT_THROW(fail(), std::domain_error);
    });
  }
}

// A task outlives nothing that it uses: whoever goes out of scope waits for it.
TEST(Background, IsDestroyedAfterItsTaskHasEnded) {
  const ArenaExecutor executor(2);
  std::atomic<bool> done{false};
  executor.Enter([&] {
    ArenaExecutor::Background background(executor);
    background.Start([&] {
      for (int i = 0; i < 1000; ++i) std::this_thread::yield();
      done = true;
    });
  });
  EXPECT_TRUE(done);
}

TEST(Background, IsDestroyedInSilenceIfItsTaskThrows) {
  const ArenaExecutor executor(2);
  executor.Enter([&] {
    ArenaExecutor::Background background(executor);
    background.Start([] { throw std::domain_error("nobody asks"); });
  });
}

}  // namespace
}  // namespace hyperwidth
