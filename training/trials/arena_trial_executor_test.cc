// SPDX-License-Identifier: Apache-2.0
#include "training/trials/arena_trial_executor.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <oneapi/tbb/global_control.h>

#include <chrono>
#include <map>
#include <mutex>
#include <numeric>
#include <stdexcept>
#include <thread>

#include "training/run/stop_request.h"

namespace hyperwidth {
namespace {

using ::testing::ElementsAre;
using ::testing::Pair;
using ::testing::ThrowsMessage;

// The outcome of that trial.
TrialOutcome Square(std::size_t trial) { return Fields{{"square", static_cast<std::int64_t>(trial * trial)}}; }

class ArenaTrialExecutorTest : public ::testing::Test {
 protected:
  TrialExecutor::Keep Keep() {
    return [this](std::size_t trial, TrialOutcome outcome, bool wait) {
      const std::lock_guard<std::mutex> lock(mutex_);
      EXPECT_EQ(outcome, Square(trial));
      kept_.emplace_back(trial, wait);
    };
  }

  // More threads than processors, so that eight are really there.
  const oneapi::tbb::global_control threads_{oneapi::tbb::global_control::max_allowed_parallelism, 8};
  std::mutex mutex_;
  std::vector<std::pair<std::size_t, bool>> kept_;
  std::atomic<bool> stop_ = false;
};

TEST_F(ArenaTrialExecutorTest, MeasuresEachTrialOnceInOrder) {
  ArenaTrialExecutor(1).Run({5, 2, 7}, Square, Keep(), stop_);
  EXPECT_THAT(kept_, ElementsAre(Pair(5, false), Pair(2, false), Pair(7, false)));
  kept_.clear();
  std::vector<std::size_t> order(1000);
  std::iota(order.begin(), order.end(), 0);
  ArenaTrialExecutor(8).Run(order, Square, Keep(), stop_);
  std::sort(kept_.begin(), kept_.end());
  ASSERT_EQ(kept_.size(), order.size());
  for (std::size_t i = 0; i < order.size(); ++i) EXPECT_EQ(kept_[i].first, i);
}

TEST_F(ArenaTrialExecutorTest, WaitsForTheDiskAfterLongTrialsOnly) {
  const auto measure = [](std::size_t trial) {
    if (trial == 1) std::this_thread::sleep_for(std::chrono::milliseconds(60));
    return Square(trial);
  };
  ArenaTrialExecutor(1).Run({0, 1, 2}, measure, Keep(), stop_);
  EXPECT_TRUE(kept_[1].second);
  EXPECT_THAT(kept_, ElementsAre(Pair(0, ::testing::_), Pair(1, true), Pair(2, ::testing::_)));
}

TEST_F(ArenaTrialExecutorTest, TakesTrialsAsTheyBecomeKnown) {
  std::atomic<std::size_t> next = 0;
  const auto give = [&]() -> std::optional<std::size_t> {
    const std::size_t trial = next++;
    return trial < 100 ? std::optional(trial) : std::nullopt;
  };
  const ArenaTrialExecutor executor(8);
  executor.Run(give, Square, Keep(), stop_);
  EXPECT_EQ(kept_.size(), 100u);
}

TEST_F(ArenaTrialExecutorTest, BeginsNothingAfterAStopAndStoppedIsNoFailure) {
  const auto measure = [this](std::size_t trial) {
    if (trial == 2) stop_ = true;
    StopRequest(stop_).Check();
    return Square(trial);
  };
  EXPECT_NO_THROW(ArenaTrialExecutor(1).Run({0, 1, 2, 3}, measure, Keep(), stop_));
  EXPECT_THAT(kept_, ElementsAre(Pair(0, false), Pair(1, false)));
}

TEST_F(ArenaTrialExecutorTest, ThrowsTheFirstFailureAndStopsTheOthers) {
  const auto measure = [this](std::size_t trial) -> TrialOutcome {
    if (trial == 1) throw std::domain_error("first");
    if (trial > 1) ADD_FAILURE() << trial << " was begun";
    return Square(trial);
  };
  EXPECT_THAT(
      [&] {
        ArenaTrialExecutor(1).Run({0, 1, 2}, measure, Keep(), stop_);
      },
      ThrowsMessage<std::domain_error>("first"));
  EXPECT_TRUE(stop_);
  EXPECT_THAT(kept_, ElementsAre(Pair(0, false)));
}

TEST_F(ArenaTrialExecutorTest, TrialsRunAtTheSameTime) {
  std::atomic<int> begun = 0;
  const auto measure = [&](std::size_t trial) {
    ++begun;
    for (int i = 0; i < 1000 && begun < 2; ++i) std::this_thread::sleep_for(std::chrono::milliseconds(10));
    EXPECT_EQ(begun, 2);
    return Square(trial);
  };
  ArenaTrialExecutor(2).Run({0, 1}, measure, Keep(), stop_);
}

TEST_F(ArenaTrialExecutorTest, OfTwoFailuresTheFirstIsThrown) {
  std::atomic<int> begun = 0;
  const auto measure = [&](std::size_t trial) -> TrialOutcome {
    ++begun;
    while (begun < 2) std::this_thread::yield();
    if (trial == 0) throw std::domain_error("first");
    while (!stop_) std::this_thread::yield();
    std::this_thread::sleep_for(std::chrono::milliseconds(100));  // until the first is known
    throw std::domain_error("second");
  };
  EXPECT_THAT(
      [&] {
        ArenaTrialExecutor(2).Run({0, 1}, measure, Keep(), stop_);
      },
      ThrowsMessage<std::domain_error>("first"));
}

TEST_F(ArenaTrialExecutorTest, StoppedWithoutARequestIsAFailure) {
  const auto measure = [](std::size_t) -> TrialOutcome { throw Stopped(); };
  EXPECT_THROW(ArenaTrialExecutor(2).Run({0}, measure, Keep(), stop_), Stopped);
}

TEST(ArenaTrialExecutor, RefusesNoThreads) {
  EXPECT_THAT([] { ArenaTrialExecutor(0); },
              ThrowsMessage<std::invalid_argument>("trials: threads = 0; accepted: 1 or more"));
}

}  // namespace
}  // namespace hyperwidth
