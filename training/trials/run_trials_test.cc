// SPDX-License-Identifier: Apache-2.0
#include "training/trials/run_trials.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <oneapi/tbb/global_control.h>
#include <oneapi/tbb/parallel_for.h>
#include <signal.h>

#include <atomic>
#include <cmath>
#include <filesystem>
#include <limits>
#include <mutex>
#include <numeric>

namespace hyperwidth {
namespace {

namespace fs = std::filesystem;
using ::testing::Each;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::ThrowsMessage;

RunFolder Fresh(const std::string& name) {
  const fs::path folder = fs::path(::testing::TempDir()) / name;
  fs::remove_all(folder);
  return RunFolder(folder, ExistingRun::kRefuse);
}

RunFolder Again(const RunFolder& folder) {
  folder.Write("config.json", "{}");
  return RunFolder(folder.path(), ExistingRun::kResume);
}

// Work whose outcome depends on its number alone, and has values that a careless file would lose.
Fields Measure(std::size_t number) {
  double sum = 0;
  for (std::size_t i = 1; i < 2000; ++i) sum += std::sin(static_cast<double>(i * (number + 1)));
  return {{"sum", sum},
          {"number", static_cast<std::uint64_t>(number)},
          {"limit", number % 2 == 0 ? std::numeric_limits<double>::infinity() : -0.0},
          {"none", std::vector<double>()}};
}

const Fields kStudy = {{"study", "squares"}};

constexpr std::size_t kTrials = 40;

// `measured` counts how often each of them runs.
std::vector<Trial> CountedTrials(std::vector<int>& measured) {
  std::vector<Trial> trials;
  for (std::size_t i = 0; i < kTrials; ++i) {
    trials.push_back({.values = {{"method", "square"}, {"n", static_cast<std::int64_t>(i)}},
                      .work = static_cast<double>(1 + i % 7),
                      .measure = [i, &measured](const StopRequest&) {
                        ++measured[i];
                        return Measure(i);
                      }});
  }
  return trials;
}

std::vector<std::optional<TrialOutcome>> Expected() {
  std::vector<std::optional<TrialOutcome>> outcomes;
  for (std::size_t i = 0; i < kTrials; ++i) outcomes.emplace_back(Measure(i));
  return outcomes;
}

class RunTrialsWithInterrupts : public ::testing::Test {
 protected:
  // Programs in the background ignore SIGINT, and what starts this test may be one.
  void SetUp() override { ::signal(SIGINT, SIG_DFL); }
  void TearDown() override { ::signal(SIGINT, SIG_DFL); }

  // More threads than processors, so that eight are really there.
  const oneapi::tbb::global_control threads_{oneapi::tbb::global_control::max_allowed_parallelism, 8};
  std::vector<int> measured_ = std::vector<int>(kTrials);
};

TEST_F(RunTrialsWithInterrupts, OutcomesAreInTheOrderOfTheTrialsForAnyNumberOfThreads) {
  for (const int threads : {1, 2, 8}) {
    TrialJournal journal(Fresh("threads" + std::to_string(threads)), kStudy);
    const TrialOutcomes found = RunTrials(CountedTrials(measured_), journal, {.threads = threads});
    EXPECT_TRUE(found.complete);
    EXPECT_EQ(found.outcomes, Expected()) << threads << " threads";
  }
  EXPECT_THAT(measured_, Each(3));
}

TEST_F(RunTrialsWithInterrupts, ContinuedAfterAnInterruptItEndsAsIfThereHadBeenNone) {
  for (const int threads : {1, 2, 8}) {
    for (int& count : measured_) count = 0;
    const RunFolder folder = Fresh("interrupted" + std::to_string(threads));
    std::size_t finished = 0;
    {
      std::atomic<std::size_t> begun = 0;
      std::vector<Trial> trials = CountedTrials(measured_);
      for (Trial& trial : trials) {
        trial.measure = [&begun, measure = trial.measure](const StopRequest& stop) {
          if (++begun == 11) ::raise(SIGINT);
          return measure(stop);
        };
      }
      TrialJournal journal(folder, kStudy);
      const TrialOutcomes found = RunTrials(trials, journal, {.threads = threads});
      EXPECT_FALSE(found.complete);
      finished = found.finished();
      EXPECT_GE(finished, 11u);
      EXPECT_LT(finished, 11u + static_cast<std::size_t>(threads));  // no other trial was begun
    }
    TrialJournal journal(Again(folder), kStudy);
    std::size_t told = 0;
    const TrialOutcomes found = RunTrials(
        CountedTrials(measured_), journal, {.threads = threads, .on_outcome = [&](const auto&, auto) { ++told; }});
    EXPECT_TRUE(found.complete);
    EXPECT_EQ(found.outcomes, Expected());
    EXPECT_EQ(told, kTrials - finished);
    EXPECT_THAT(measured_, Each(1));
  }
}

TEST_F(RunTrialsWithInterrupts, ARunningTrialSeesTheSignalAndIsAbandoned) {
  for (const int signal : {SIGINT, SIGTERM}) {
    TrialJournal journal(Fresh("abandoned" + std::to_string(signal)), kStudy);
    const std::vector<Trial> trials = {
        {.values = {{"method", "endless"}}, .measure = [signal](const StopRequest& stop) -> Fields {
           ::raise(signal);
           for (;;) stop.Check();
         }}};
    const TrialOutcomes found = RunTrials(trials, journal, {.threads = 2});
    EXPECT_FALSE(found.complete);
    EXPECT_THAT(found.outcomes, ElementsAre(std::nullopt));
    EXPECT_EQ(journal.Find(trials[0].values), nullptr);
  }
}

TEST_F(RunTrialsWithInterrupts, TheFormerHandlersAreBackAfterwards) {
  static std::atomic<int> own = 0;
  ::signal(SIGINT, [](int) { ++own; });
  TrialJournal journal(Fresh("handlers"), kStudy);
  // The first signal is a request; the second one has its usual effect.
  const std::vector<Trial> trials = {{.values = {{"method", "a"}}, .measure = [](const StopRequest& stop) -> Fields {
                                        ::raise(SIGINT);
                                        EXPECT_EQ(own, 0);
                                        EXPECT_TRUE(stop.requested());
                                        ::raise(SIGINT);
                                        EXPECT_EQ(own, 1);
                                        throw Stopped();
                                      }}};
  EXPECT_FALSE(RunTrials(trials, journal, {}).complete);
  ::raise(SIGINT);
  EXPECT_EQ(own, 2);
}

using RunTrialsWithInterruptsDeathTest = RunTrialsWithInterrupts;

TEST_F(RunTrialsWithInterruptsDeathTest, ASecondInterruptEndsTheProgram) {
  ::testing::GTEST_FLAG(death_test_style) = "threadsafe";
  const std::vector<Trial> trials = {{.values = {{"method", "stubborn"}}, .measure = [](const StopRequest&) -> Fields {
                                        ::raise(SIGINT);
                                        ::raise(SIGINT);
                                        return {};
                                      }}};
  EXPECT_EXIT(
      {
        TrialJournal journal(Fresh("stubborn"), kStudy);
        RunTrials(trials, journal, {});
      },
      ::testing::KilledBySignal(SIGINT),
      "");
}

TEST_F(RunTrialsWithInterrupts, AnIgnoredInterruptStaysIgnored) {
  ::signal(SIGINT, SIG_IGN);
  TrialJournal journal(Fresh("ignored"), kStudy);
  const std::vector<Trial> trials = {{.values = {{"method", "a"}}, .measure = [](const StopRequest& stop) -> Fields {
                                        ::raise(SIGINT);
                                        EXPECT_FALSE(stop.requested());
                                        return {};
                                      }}};
  EXPECT_TRUE(RunTrials(trials, journal, {}).complete);
}

TEST_F(RunTrialsWithInterrupts, AnExceptionEndsTheRunAndWhatHadFinishedIsKept) {
  for (const int threads : {1, 8}) {
    const RunFolder folder = Fresh("exception" + std::to_string(threads));
    std::vector<Trial> trials = CountedTrials(measured_);
    for (std::size_t i = 0; i < kTrials; ++i) trials[i].work = static_cast<double>(kTrials - i);  // in this order
    trials[20].measure = [](const StopRequest&) -> Fields { throw std::domain_error("trial 20 diverged"); };
    trials[21].measure = [](const StopRequest& stop) -> Fields {
      if (stop.requested()) throw Stopped();
      return {};
    };
    std::vector<std::size_t> finished;
    {
      TrialJournal journal(folder, kStudy);
      try {
        RunTrials(trials, journal, {.threads = threads, .on_outcome = [&](const auto&, std::size_t trial) {
                                      finished.push_back(trial);
                                    }});
        FAIL() << "the exception was lost";
      } catch (const std::domain_error& error) {
        EXPECT_STREQ(error.what(), "trial 20 diverged");
      }
    }
    if (threads == 1) {
      EXPECT_EQ(finished.size(), 20u);
    }
    const TrialJournal journal(folder, kStudy);
    for (const std::size_t trial : finished) {
      ASSERT_NE(journal.Find(trials[trial].values), nullptr);
      if (trial == 21) continue;
      EXPECT_EQ(*journal.Find(trials[trial].values), Measure(trial));
    }
  }
}

TEST_F(RunTrialsWithInterrupts, StoppedWithoutARequestIsAFailureLikeAnyOther) {
  TrialJournal journal(Fresh("unasked"), kStudy);
  EXPECT_THROW(
      RunTrials({{.values = {{"method", "a"}}, .measure = [](const StopRequest&) -> Fields { throw Stopped(); }}},
                journal,
                {}),
      Stopped);
}

TEST_F(RunTrialsWithInterrupts, LargestWorkComesFirst) {
  TrialJournal journal(Fresh("largest"), kStudy);
  std::vector<Trial> trials;
  for (const double work : {1.0, 5.0, 3.0, 5.0}) {
    trials.push_back({.values = {{"n", static_cast<std::int64_t>(trials.size())}},
                      .work = work,
                      .measure = [](const StopRequest&) { return Fields(); }});
  }
  std::vector<std::size_t> order;
  std::vector<bool> complete;
  RunTrials(trials, journal, {.on_outcome = [&](const TrialOutcomes& so_far, std::size_t trial) {
              order.push_back(trial);
              complete.push_back(so_far.complete);
            }});
  EXPECT_THAT(order, ElementsAre(1, 3, 2, 0));
  EXPECT_THAT(complete, ElementsAre(false, false, false, true));
}

TEST_F(RunTrialsWithInterrupts, TrialsThatUseThreadsThemselvesDoNotStartOthersMeanwhile) {
  for (const int threads : {1, 2, 8}) {
    TrialJournal journal(Fresh("nested" + std::to_string(threads)), kStudy);
    static thread_local bool is_in_a_trial = false;
    std::vector<Trial> trials;
    for (int n = 0; n < 30; ++n) {
      trials.push_back({.values = {{"n", n}}, .measure = [n](const StopRequest&) {
                          EXPECT_FALSE(is_in_a_trial) << "a waiting trial has picked up another one";
                          is_in_a_trial = true;
                          std::vector<std::int64_t> parts(200);
                          oneapi::tbb::parallel_for(std::size_t{0}, parts.size(), [&](std::size_t i) {
                            parts[i] = static_cast<std::int64_t>(i) * n;
                          });
                          is_in_a_trial = false;
                          return Fields{{"sum", std::accumulate(parts.begin(), parts.end(), std::int64_t{0})}};
                        }});
    }
    const TrialOutcomes found = RunTrials(trials, journal, {.threads = threads});
    for (std::int64_t n = 0; n < 30; ++n) {
      EXPECT_EQ(OutcomeValue<std::int64_t>(found.outcomes[static_cast<std::size_t>(n)]->values, "sum"), n * 19900);
    }
  }
}

TEST_F(RunTrialsWithInterrupts, WhatOnOutcomeThrowsEndsTheRun) {
  TrialJournal journal(Fresh("on_outcome"), kStudy);
  const TrialOptions options{.threads = 2, .on_outcome = [](const auto&, auto) { throw std::runtime_error("full"); }};
  EXPECT_THROW(RunTrials(CountedTrials(measured_), journal, options), std::runtime_error);
}

std::string Refusal(const std::vector<Trial>& trials, int threads = 1) {
  TrialJournal journal(Fresh("refused"), kStudy);
  try {
    RunTrials(trials, journal, {.threads = threads});
  } catch (const std::invalid_argument& error) {
    return error.what();
  }
  return "accepted";
}

TEST(RunTrials, RefusesRepeatedTrialsAndImpossibleNumbers) {
  const auto nothing = [](const StopRequest&) {
    ADD_FAILURE() << "a trial of a list that is refused was measured";
    return Fields();
  };
  const Fields one = {{"n", 1}};
  EXPECT_EQ(Refusal({{.values = one, .measure = nothing}, {.values = one, .measure = nothing}}),
            "trials: n=1 is there twice; accepted: each once");
  EXPECT_THAT(Refusal({{.values = {}, .measure = nothing}}), HasSubstr("trial: has no values"));
  for (const double work : {0.0, -1.0, std::numeric_limits<double>::infinity(), std::nan("")}) {
    EXPECT_THAT(Refusal({{.values = one, .work = work, .measure = nothing}}), HasSubstr("trial n=1: work = "));
  }
  EXPECT_EQ(Refusal({{.values = one, .work = -1, .measure = nothing}}),
            "trial n=1: work = -1.000000; accepted: a finite number above 0");
  EXPECT_THAT(Refusal({}, 0), HasSubstr("threads = 0"));
}

// One of each kind.
std::vector<Trial> TrialsThatEndInAnyWay() {
  return {{.values = {{"n", 0}},
           .measure =
               [](const StopRequest&) {
                 return Fields{{"error", 0.5}};
               }},
          {.values = {{"n", 1}},
           .measure =
               [](const StopRequest&) {
                 return TrialOutcome::Pruned({{"error", 0.7}});
               }},
          {.values = {{"n", 2}}, .measure = [](const StopRequest&) { return TrialOutcome::Failed("too large"); }},
          {.values = {{"n", 3}}, .measure = [](const StopRequest&) -> Fields { throw std::domain_error("diverged"); }}};
}

TEST(RunTrials, TrialsEndInAnyWayWhereTheyMay) {
  const RunFolder folder = Fresh("any end");
  const std::vector<std::optional<TrialOutcome>> expected = {Fields{{"error", 0.5}},
                                                             TrialOutcome::Pruned({{"error", 0.7}}),
                                                             TrialOutcome::Failed("too large"),
                                                             TrialOutcome::Failed("diverged")};
  TrialJournal journal(folder, kStudy);
  for (int run = 0; run < 2; ++run) {  // what has failed is not tried again
    std::size_t told = 0;
    const TrialOutcomes found =
        RunTrials(TrialsThatEndInAnyWay(),
                  journal,
                  {.threads = 2, .ends = TrialEnds::kAny, .on_outcome = [&](const auto&, auto) { ++told; }});
    EXPECT_TRUE(found.complete);
    EXPECT_EQ(found.outcomes, expected);
    EXPECT_EQ(told, run == 0 ? 4u : 0u);
  }
}

TEST(RunTrials, WhatIsNotCompleteEndsTheRunWhereItMayNotBe) {
  for (std::size_t trial = 1; trial < 4; ++trial) {
    const RunFolder folder = Fresh("only complete" + std::to_string(trial));
    TrialJournal journal(folder, kStudy);
    EXPECT_THROW(RunTrials({TrialsThatEndInAnyWay()[trial]}, journal, {}), std::logic_error);
    EXPECT_EQ(journal.Find({{"n", static_cast<std::int64_t>(trial)}}), nullptr);
    journal.Append({.values = {{"n", static_cast<std::int64_t>(trial)}}, .outcome = TrialOutcome::Failed("before")});
    EXPECT_THAT([&] { RunTrials({TrialsThatEndInAnyWay()[trial]}, journal, {}); },
                ThrowsMessage<std::runtime_error>(journal.path().string() + ": trial n=" + std::to_string(trial) +
                                                  " is failed; accepted: complete"));
  }
}

TEST(RunTrials, LackOfMemoryAndWhatIsNoExceptionAreNoOutcomes) {
  const RunFolder folder = Fresh("no outcome");
  TrialJournal journal(folder, kStudy);
  const TrialOptions options{.ends = TrialEnds::kAny};
  EXPECT_THROW(
      RunTrials({{.values = {{"n", 1}}, .measure = [](const StopRequest&) -> Fields { throw std::bad_alloc(); }}},
                journal,
                options),
      std::bad_alloc);
  EXPECT_THROW(
      RunTrials({{.values = {{"n", 1}}, .measure = [](const StopRequest&) -> Fields { throw 7; }}}, journal, options),
      int);
  EXPECT_THROW(
      RunTrials(
          {{.values = {{"n", 1}}, .measure = [](const StopRequest&) -> Fields { throw Stopped(); }}}, journal, options),
      Stopped);
  EXPECT_EQ(journal.Find({{"n", 1}}), nullptr);
}

TEST(RunTrials, StopsAtTheCallersWish) {
  const RunFolder folder = Fresh("own stop");
  TrialJournal journal(folder, kStudy);
  std::atomic<bool> stop = false;
  std::vector<Trial> trials;
  for (int n = 0; n < 5; ++n) {
    trials.push_back({.values = {{"n", n}}, .measure = [n, &stop](const StopRequest& request) {
                        EXPECT_FALSE(request.requested());
                        if (n == 2) stop = true;
                        EXPECT_EQ(request.requested(), n == 2);
                        return Fields();
                      }});
  }
  const TrialOutcomes found = RunTrials(trials, journal, {.stop = &stop});
  EXPECT_FALSE(found.complete);
  EXPECT_EQ(found.finished(), 3u);
}

TEST(RunTrials, NothingToDoIsComplete) {
  TrialJournal journal(Fresh("nothing"), kStudy);
  EXPECT_TRUE(RunTrials({}, journal, {}).complete);
}

}  // namespace
}  // namespace hyperwidth
