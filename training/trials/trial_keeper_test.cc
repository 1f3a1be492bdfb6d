// SPDX-License-Identifier: Apache-2.0
#include "training/trials/trial_keeper.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <stdexcept>
#include <string>
#include <thread>

#include "training/run/full_disk.h"

namespace hyperwidth {
namespace {

namespace fs = std::filesystem;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::ThrowsMessage;

const Fields kStudy = {{"study", "kept"}};

std::vector<Trial> Trials(int count) {
  std::vector<Trial> trials;
  for (int n = 0; n < count; ++n) trials.push_back({.values = {{"n", n}}, .measure = {}});
  return trials;
}

class TrialKeeperTest : public ::testing::Test {
 protected:
  TrialKeeperTest() : folder_(Fresh()), journal_(folder_, kStudy) {}

  static RunFolder Fresh() {
    const fs::path path =
        fs::path(::testing::TempDir()) / ::testing::UnitTest::GetInstance()->current_test_info()->name();
    fs::remove_all(path);
    return RunFolder(path, ExistingRun::kRefuse);
  }

  // Lines of outcomes in the file.
  std::int64_t Lines() const {
    std::ifstream stream(journal_.path(), std::ios::binary);
    return std::count(std::istreambuf_iterator<char>(stream), {}, '\n') - 1;
  }

  const RunFolder folder_;
  TrialJournal journal_;
  std::atomic<bool> stop_ = false;
};

TEST_F(TrialKeeperTest, TellsOfEachOutcomeOnceItIsOnTheDisk) {
  const std::vector<Trial> trials = Trials(400);
  std::vector<int> told(trials.size());
  std::int64_t number = 0;
  TrialKeeper keeper(trials, journal_, stop_, [&](std::size_t trial, const TrialOutcome& outcome) {
    ++told[trial];
    EXPECT_GE(Lines(), ++number);
    EXPECT_EQ(outcome, TrialOutcome(Fields{{"error", static_cast<double>(trial)}}));
  });
  std::vector<std::thread> threads;
  for (std::size_t thread = 0; thread < 4; ++thread) {
    threads.emplace_back([&keeper, thread] {
      for (std::size_t i = thread; i < 400; i += 4) {
        keeper.Keep(i, Fields{{"error", static_cast<double>(i)}}, /*wait=*/false);
      }
    });
  }
  for (std::thread& thread : threads) thread.join();
  keeper.Finish();
  EXPECT_THAT(told, ::testing::Each(1));
  EXPECT_EQ(Lines(), 400);
  EXPECT_FALSE(stop_);
}

TEST_F(TrialKeeperTest, WhoWaitsWaitsForTheDisk) {
  const std::vector<Trial> trials = Trials(3);
  bool told = false;
  TrialKeeper keeper(trials, journal_, stop_, [&](std::size_t trial, const auto&) { told = trial == 1; });
  keeper.Keep(1, Fields(), /*wait=*/true);
  EXPECT_TRUE(told);
  EXPECT_NE(journal_.Find({{"n", 1}}), nullptr);
}

// Fills the disk after the first outcome.
TEST_F(TrialKeeperTest, AFullDiskStopsTheRunAndLosesNothing) {
  const std::vector<Trial> trials = Trials(3);
  std::vector<std::size_t> told;
  TrialKeeper keeper(trials, journal_, stop_, [&](std::size_t trial, const auto&) { told.push_back(trial); });
  keeper.Keep(0, Fields(), /*wait=*/true);
  {
    const FullDisk disk(fs::file_size(journal_.path()) + 5);
    keeper.Keep(1, Fields(), /*wait=*/true);
  }
  EXPECT_TRUE(stop_);
  keeper.Keep(2, Fields(), /*wait=*/true);  // is dropped: the run has failed
  EXPECT_THAT([&] { keeper.Finish(); }, ThrowsMessage<std::runtime_error>(HasSubstr("cannot be written")));
  EXPECT_THAT(told, ElementsAre(0));
  EXPECT_EQ(Lines(), 1);
}

TEST_F(TrialKeeperTest, WhatKeptThrowsStopsTheRun) {
  const std::vector<Trial> trials = Trials(2);
  TrialKeeper keeper(trials, journal_, stop_, [](std::size_t, const auto&) { throw std::domain_error("no more"); });
  keeper.Keep(0, Fields(), /*wait=*/true);
  EXPECT_TRUE(stop_);
  EXPECT_THAT([&] { keeper.Finish(); }, ThrowsMessage<std::domain_error>("no more"));
  EXPECT_NE(journal_.Find({{"n", 0}}), nullptr);
}

// Outcomes that come while others are written are written together.
TEST_F(TrialKeeperTest, AnOutcomeThatCannotBeWrittenTakesNoOtherWithIt) {
  const std::vector<Trial> trials = Trials(5);
  std::vector<std::size_t> told;
  std::atomic<bool> all_came = false;
  TrialKeeper keeper(trials, journal_, stop_, [&](std::size_t trial, const auto&) {
    told.push_back(trial);
    while (!all_came) std::this_thread::yield();
  });
  keeper.Keep(0, Fields(), /*wait=*/false);
  while (Lines() < 1) std::this_thread::yield();
  keeper.Keep(1, Fields(), /*wait=*/false);
  keeper.Keep(2, Fields{{"n", 1}}, /*wait=*/false);
  keeper.Keep(3, Fields(), /*wait=*/false);
  keeper.Keep(4, Fields{{"n", 2}}, /*wait=*/false);
  all_came = true;
  EXPECT_THAT([&] { keeper.Finish(); }, ThrowsMessage<std::invalid_argument>(HasSubstr("trial n=2: its outcome")));
  EXPECT_THAT(told, ElementsAre(0, 1, 3));
  EXPECT_TRUE(stop_);
}

}  // namespace
}  // namespace hyperwidth
