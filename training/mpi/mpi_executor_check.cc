// SPDX-License-Identifier: Apache-2.0
//
// Tests of MpiTrialExecutor that mpi_test.sh starts in two processes and more. All of them run every test at the same
// time; what differs says so by the rank.

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <atomic>
#include <chrono>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <memory>
#include <optional>
#include <stdexcept>
#include <string>
#include <thread>
#include <vector>

#include "training/mpi/mpi_session.h"
#include "training/mpi/mpi_trial_executor.h"
#include "training/run/run_folder.h"
#include "training/search/study.h"
#include "training/thread_budget.h"
#include "training/trials/trials_in_folder.h"

namespace hyperwidth {
namespace {

namespace fs = std::filesystem;
using ::testing::HasSubstr;
using ::testing::StartsWith;
using ::testing::ThrowsMessage;

MpiSession* session = nullptr;
MpiTrialExecutor* executor = nullptr;

const Fields kStudy = {{"study", "squares"}};
constexpr int kTrials = 40;

bool IsFirst() { return session->rank() == 0; }

std::string Contents(const fs::path& path) {
  std::ifstream stream(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(stream), {}};
}

// A new folder for the test in the first process, and nowhere in the others.
RunFolder Folder() {
  if (!IsFirst()) return RunFolder::Nowhere();
  const fs::path path =
      fs::path(::testing::TempDir()) / ::testing::UnitTest::GetInstance()->current_test_info()->name();
  fs::remove_all(path);
  return RunFolder(path, ExistingRun::kRefuse);
}

TrialOutcome Measure(int n) {
  if (n % 10 == 3) return TrialOutcome::Pruned({{"square", n * n}});
  if (n % 10 == 7) throw std::domain_error("no squares of " + std::to_string(n));
  return Fields{{"square", n * n}, {"half", n / 2.0}};
}

// Long enough for every process to take part.
Trial SquareOf(int n) {
  return {.values = {{"n", n}}, .measure = [n](const StopRequest&) {
            std::this_thread::sleep_for(std::chrono::milliseconds(5));
            return Measure(n);
          }};
}

// Throws Stopped once it is requested, or returns after ten seconds.
void WaitUntilStopped(const StopRequest& stop) {
  for (int i = 0; i < 1000; ++i) {
    stop.Check();
    std::this_thread::sleep_for(std::chrono::milliseconds(10));
  }
}

std::vector<Trial> Squares() {
  std::vector<Trial> trials;
  for (int n = 0; n < kTrials; ++n) trials.push_back(SquareOf(n));
  return trials;
}

TrialOptions Options(int threads = 2) { return {.threads = threads, .ends = TrialEnds::kAny, .executor = executor}; }

TEST(MpiTrialExecutor, EveryProcessHasTheOutcomesOfOneAndEachTrialIsMeasuredOnce) {
  const RunFolder folder = Folder();
  const TrialOutcomes found = RunTrialsInFolder(Squares(), folder, kStudy, Options());
  EXPECT_TRUE(found.complete);
  for (int n = 0; n < kTrials; ++n) {
    const TrialOutcome& outcome = *found.outcomes[static_cast<std::size_t>(n)];
    EXPECT_EQ(outcome, n % 10 == 7 ? TrialOutcome::Failed("no squares of " + std::to_string(n)) : Measure(n));
  }
  if (!IsFirst()) return;
  const std::string journal = Contents(folder.path() / "trials.jsonl");
  EXPECT_EQ(std::count(journal.begin(), journal.end(), '\n'), 1 + kTrials);
  const fs::path alone = folder.path() / "alone";
  TrialOptions options = Options();
  options.executor = nullptr;
  RunTrialsInFolder(Squares(), RunFolder(alone, ExistingRun::kRefuse), kStudy, options);
  EXPECT_EQ(Contents(folder.path() / "metrics.csv"), Contents(alone / "metrics.csv"));
}

TEST(MpiTrialExecutor, ListsMayDependOnWhatWasFoundAnywhere) {
  const RunFolder folder = Folder();
  TrialsInFolder trials(folder, kStudy, Options());
  TrialOutcomes found = trials.Run({SquareOf(1), SquareOf(2)});
  for (int list = 0; list < 2; ++list) {
    std::vector<Trial> next;
    for (const auto& outcome : found.outcomes) {
      next.push_back(SquareOf(static_cast<int>(OutcomeValue<std::int64_t>(outcome->values, "square")) + 1));
    }
    found = trials.Run(next);
  }
  EXPECT_EQ(*found.outcomes[0], Measure(5));   // 1, 2, 5: the last two are there already
  EXPECT_EQ(*found.outcomes[1], Measure(26));  // 2, 5, 26
}

// Steps of descent on x^2 from x = 1; learning rates above 1 diverge, and are failures in the end.
class Descent final : public TrialRunner {
 public:
  std::vector<ValidationPoint> Run(const TrialRequest& request, const StopRequest&) override {
    ++runs_;
    std::this_thread::sleep_for(std::chrono::milliseconds(5));
    double x = 1;
    for (std::int64_t step = 0; step < request.to_steps; ++step) x -= RealValue(request.values, "lr") * 2 * x;
    return {{.steps = request.to_steps, .score = x * x}};
  }
  int runs() const { return runs_; }

 private:
  std::atomic<int> runs_ = 0;
};

TEST(MpiTrialExecutor, EveryProcessWalksThroughTheSameRungsOfAStudy) {
  SearchSpace space;
  space.AddFloat("lr", 1e-4, 1e4, {.log = true});
  const Study study(
      space,
      {.method = SamplerMethod::kSobol, .seed = 1},
      {.trials = 27, .max_steps = 900, .halving = HalvingOptions{.reduction_factor = 3, .min_steps = 30}});
  const auto table_of = [&](const RunFolder& folder, const TrialOptions& options, Descent& runner) {
    TrialsInFolder trials(folder, kStudy, options);
    return StudyTable(space, study.Run(runner, [&](const std::vector<Trial>& list) { return trials.Run(list); }));
  };
  Descent alone_runner, runner;
  const std::string alone = table_of(RunFolder::Nowhere(), {.threads = 2, .ends = TrialEnds::kAny}, alone_runner);
  EXPECT_EQ(table_of(Folder(), Options(), runner), alone);
  EXPECT_GT(alone_runner.runs(), 27);  // there are later rungs
  EXPECT_GT(runner.runs(), 0);
  EXPECT_LT(runner.runs(), alone_runner.runs());
}

TEST(MpiTrialExecutor, ARunThatHadFinishedIsNotMeasuredAgain) {
  const RunFolder folder = Folder();
  if (IsFirst()) {
    folder.Write("config.json", "{}");
    TrialJournal(folder, kStudy).Append({.values = {{"n", 1}}, .outcome = Fields{{"square", 1}}});
  }
  const Trial never = {.values = {{"n", 1}}, .measure = [](const StopRequest&) -> TrialOutcome {
                         ADD_FAILURE() << "measured again";
                         return Fields();
                       }};
  const RunFolder again = IsFirst() ? RunFolder(folder.path(), ExistingRun::kResume) : RunFolder::Nowhere();
  const TrialOutcomes found = RunTrialsInFolder({never}, again, kStudy, Options());
  EXPECT_EQ(*found.outcomes[0], TrialOutcome(Fields{{"square", 1}}));
}

TEST(MpiTrialExecutor, WhatATrialThrowsElsewhereEndsTheRunWithWhatItSays) {
  const RunFolder folder = Folder();
  std::vector<Trial> trials = Squares();
  for (Trial& trial : trials) {
    trial.measure = [](const StopRequest& stop) -> TrialOutcome {
      if (session->rank() == 1) throw std::domain_error("diverged");
      WaitUntilStopped(stop);
      return Fields();
    };
  }
  TrialOptions options = Options(1);
  options.ends = TrialEnds::kComplete;
  const auto run = [&] { RunTrialsInFolder(trials, folder, kStudy, options); };
  if (IsFirst()) {
    EXPECT_THAT(run, ThrowsMessage<std::runtime_error>("process 1: diverged"));
  } else if (session->rank() == 1) {
    EXPECT_THAT(run, ThrowsMessage<std::domain_error>("diverged"));
  } else {
    EXPECT_THAT(run, ThrowsMessage<std::runtime_error>("the run has ended in the process that keeps it"));
  }
}

// Only processes that have been told to stop are given up when they do not answer.
TEST(MpiTrialExecutor, TheOthersMayTakeTheirTime) {
  const RunFolder folder = Folder();
  std::vector<Trial> trials = Squares();
  for (Trial& trial : trials) {
    trial.measure = [](const StopRequest&) {
      if (session->rank() == 1) std::this_thread::sleep_for(std::chrono::seconds(1));
      std::this_thread::sleep_for(std::chrono::milliseconds(5));
      return Fields();
    };
  }
  EXPECT_TRUE(RunTrialsInFolder(trials, folder, kStudy, Options()).complete);
}

TEST(MpiTrialExecutor, ProcessesWithOtherListsAreRefused) {
  const RunFolder folder = Folder();
  std::vector<Trial> trials;
  for (int n = 0; n < kTrials; ++n) trials.push_back(SquareOf(IsFirst() ? 10 * n : 10 * n + 1));
  const auto run = [&] { RunTrialsInFolder(trials, folder, kStudy, Options()); };
  if (IsFirst()) {
    EXPECT_THAT(run,
                ThrowsMessage<std::runtime_error>(::testing::AllOf(
                    StartsWith("process "), HasSubstr("1 there and n="), HasSubstr("0 here; accepted: "))));
  } else {
    EXPECT_THROW(run(), std::runtime_error);
  }
}

TEST(MpiTrialExecutor, AProcessThatIsToldToStopStopsTheRun) {
  for (int stopped = 0; stopped < session->size(); ++stopped) {
    const RunFolder folder = Folder();
    std::atomic<bool> stop = false;
    TrialOptions options = Options();
    options.stop = &stop;
    std::vector<Trial> trials = Squares();
    for (Trial& trial : trials) {
      trial.measure = [&](const StopRequest& request) -> TrialOutcome {
        if (session->rank() == stopped) stop = true;
        WaitUntilStopped(request);
        return Fields();
      };
    }
    const TrialOutcomes found = RunTrialsInFolder(trials, folder, kStudy, options);
    EXPECT_FALSE(found.complete);
    EXPECT_TRUE(stop);
    EXPECT_EQ(executor->SameEverywhere(found.finished() % 2 == 1), found.finished() % 2 == 1);
  }
}

TEST(MpiTrialExecutor, TheFirstProcessDecides) {
  for (const bool value : {false, true}) EXPECT_EQ(executor->SameEverywhere(IsFirst() ? value : !value), value);
}

TEST(MpiSession, ProcessesOfOneMachineShareItsProcessors) {
  const int threads = session->Threads();
  EXPECT_GE(threads, 1);
  EXPECT_LE(threads, std::max(1, AvailableThreads()));
}

}  // namespace
}  // namespace hyperwidth

int main(int argc, char** argv) {
  hyperwidth::MpiSession session(&argc, &argv);
  hyperwidth::MpiTrialExecutor executor(session);
  hyperwidth::session = &session;
  hyperwidth::executor = &executor;
  ::testing::InitGoogleTest(&argc, argv);
  if (session.rank() > 0) {  // else there would be as many reports; failures are printed all the same
    ::testing::TestEventListeners& listeners = ::testing::UnitTest::GetInstance()->listeners();
    std::unique_ptr<::testing::TestEventListener>(listeners.Release(listeners.default_xml_generator())).reset();
  }
  return RUN_ALL_TESTS();
}
