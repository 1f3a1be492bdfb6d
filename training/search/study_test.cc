// SPDX-License-Identifier: Apache-2.0
#include "training/search/study.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <atomic>
#include <cmath>
#include <filesystem>
#include <fstream>
#include <functional>
#include <iterator>
#include <limits>
#include <map>
#include <mutex>
#include <new>
#include <set>
#include <stdexcept>
#include <string>
#include <vector>

#include "training/run/run_folder.h"
#include "training/search/journal_check.h"
#include "training/search/standard_functions.h"
#include "training/trainer_options.h"
#include "training/trials/trials_in_folder.h"

namespace hyperwidth {
namespace {

namespace fs = std::filesystem;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::Throws;
using ::testing::ThrowsMessage;

constexpr double kNotANumber = std::numeric_limits<double>::quiet_NaN();

// One parameter: trial j of a grid of 9 has x in 0 .. 8, in some order.
SearchSpace Line() {
  SearchSpace space;
  space.AddInt("x", 0, 8);
  return space;
}
constexpr SamplerOptions kLine = {.method = SamplerMethod::kGrid, .seed = 1, .grid_values = 9};

// Scores that are a function of values and steps; writes down what it was asked for.
class FunctionRunner final : public TrialRunner {
 public:
  using Function = std::function<double(const Assignment& values, std::int64_t steps)>;
  explicit FunctionRunner(Function function) : function_(std::move(function)) {}

  std::vector<ValidationPoint> Run(const TrialRequest& request, const StopRequest&) override {
    {
      const std::lock_guard<std::mutex> lock(mutex_);
      requests_.push_back(request);
    }
    return {{.steps = request.to_steps, .score = function_(request.values, request.to_steps)}};
  }
  void Release(std::int64_t trial) override { EXPECT_TRUE(released_.insert(trial).second) << trial << " twice"; }

  const std::vector<TrialRequest>& requests() const { return requests_; }
  const Function& function() const { return function_; }
  const std::set<std::int64_t>& released() const { return released_; }
  std::int64_t Steps() const {
    std::int64_t sum = 0;
    for (const TrialRequest& request : requests_) sum += request.to_steps - request.from_steps;
    return sum;
  }

 private:
  Function function_;
  std::mutex mutex_;
  std::vector<TrialRequest> requests_;
  std::set<std::int64_t> released_;
};

double X(const Assignment& values) { return static_cast<double>(IntegerValue(values, "x")); }

// Runs lists without a folder.
TrialOutcomes RunInMemory(const std::vector<Trial>& list) {
  TrialOutcomes found;
  for (const Trial& trial : list) found.outcomes.emplace_back(trial.measure(StopRequest()));
  found.complete = true;
  return found;
}

StudyResult RunStudy(const StudyOptions& options, const FunctionRunner::Function& function) {
  FunctionRunner runner(function);
  return Study(Line(), kLine, options).Run(runner, RunInMemory);
}

fs::path NewFolder(const std::string& name) {
  const fs::path path = fs::path(::testing::TempDir()) / name;
  fs::remove_all(path);
  return path;
}

std::string ContentsOf(const fs::path& path) {
  std::ifstream file(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(file), std::istreambuf_iterator<char>()};
}

const Fields kStudyFields = {{"experiment", "search"}, {"seed", std::int64_t{1}}};

// Runs a study in a folder, with so many threads.
StudyResult RunInFolder(const Study& study, TrialRunner& runner, const RunFolder& folder, int threads) {
  TrialsInFolder trials(folder, kStudyFields, {.threads = threads, .ends = TrialEnds::kAny});
  return study.Run(runner, [&](const std::vector<Trial>& list) { return trials.Run(list); });
}

TEST(Study, RungsOfSeveralAreOneListAndFindWhatEachFindsAlone) {
  // Of different numbers of rungs, so that one goes on when another is done.
  const Study halved(Line(), kLine, {.name = "halved", .trials = 9, .max_steps = 90, .halving = HalvingOptions{}});
  const Study full(
      Line(), {.method = SamplerMethod::kGrid, .seed = 2, .grid_values = 9}, {.name = "full", .trials = 5});
  const auto score = [](const Assignment& values, std::int64_t steps) {
    return std::abs(X(values) - 3) + 1.0 / static_cast<double>(steps);
  };
  FunctionRunner of_halved(score), of_full(score), alone_halved(score), alone_full(score);
  const std::vector<StudyRun> runs = {{.study = &halved, .runner = &of_halved}, {.study = &full, .runner = &of_full}};
  std::vector<std::size_t> lists;
  const std::vector<StudyResult> together = Study::RunTogether(runs, [&](const std::vector<Trial>& list) {
    lists.push_back(list.size());
    return RunInMemory(list);
  });
  ASSERT_EQ(together.size(), 2u);
  EXPECT_EQ(lists.size(), halved.rungs().size());
  EXPECT_EQ(lists.front(), 9u + 5u);
  EXPECT_EQ(lists.back(), 1u);
  const StudyResult first = halved.Run(alone_halved, RunInMemory), second = full.Run(alone_full, RunInMemory);
  EXPECT_TRUE(together[0].complete && together[1].complete);
  EXPECT_EQ(StudyTable(halved.space(), together[0]), StudyTable(halved.space(), first));
  EXPECT_EQ(StudyTable(full.space(), together[1]), StudyTable(full.space(), second));
  EXPECT_EQ(of_halved.Steps(), alone_halved.Steps());
}

TEST(Study, OfSeveralInterruptedOnesNoneIsCompleteUnlessItHadEnded) {
  const Study halved(Line(), kLine, {.name = "halved", .trials = 9, .max_steps = 90, .halving = HalvingOptions{}});
  const Study full(Line(), kLine, {.name = "full", .trials = 5});
  FunctionRunner of_halved([](const Assignment&values, std::int64_t) { return X(values); }),
      of_full(of_halved.function());
  const std::vector<StudyRun> runs = {{.study = &halved, .runner = &of_halved}, {.study = &full, .runner = &of_full}};
  int lists = 0;
  const std::vector<StudyResult> found = Study::RunTogether(runs, [&](const std::vector<Trial>& list) {
    TrialOutcomes outcomes = RunInMemory(list);
    if (++lists == 2) {
      outcomes.outcomes.front().reset();
      outcomes.complete = false;
    }
    return outcomes;
  });
  EXPECT_EQ(lists, 2);
  EXPECT_FALSE(found[0].complete);
  EXPECT_TRUE(found[1].complete) << "its only rung was the first";
}

TEST(Study, TrainsEveryTrialOnceAndChoosesTheLowestScore) {
  FunctionRunner runner([](const Assignment& values, std::int64_t) { return std::abs(X(values) - 3); });
  const StudyResult found = Study(Line(), kLine, {.trials = 9, .max_steps = 50}).Run(runner, RunInMemory);
  EXPECT_TRUE(found.complete);
  ASSERT_EQ(found.trials.size(), 9u);
  EXPECT_EQ(IntegerValue(found.best().values, "x"), 3);
  EXPECT_EQ(found.best().score, 0);
  for (std::size_t i = 0; i < 9; ++i) {
    EXPECT_EQ(found.trials[i].number, static_cast<std::int64_t>(i));
    EXPECT_EQ(found.trials[i].state, TrialState::kComplete);
    EXPECT_EQ(found.trials[i].steps, 50);
  }
  EXPECT_EQ(runner.requests().size(), 9u);
  EXPECT_EQ(runner.released().size(), 9u);
  EXPECT_EQ(found.steps(), 9 * 50);
  EXPECT_EQ(runner.Steps(), 9 * 50);
}

// With eta = 3: 9 trials for 10 steps, 3 up to 30, 1 up to 90.
const StudyOptions kHalving = {
    .trials = 9, .max_steps = 90, .halving = HalvingOptions{.reduction_factor = 3, .min_steps = 10}};

TEST(Study, PrunesInRungsThatCountSteps) {
  FunctionRunner runner(
      [](const Assignment& values, std::int64_t steps) { return X(values) + 1.0 / static_cast<double>(steps); });
  const StudyResult found = Study(Line(), kLine, kHalving).Run(runner, RunInMemory);
  EXPECT_EQ(IntegerValue(found.best().values, "x"), 0);
  std::map<TrialState, int> states;
  for (const StudyTrial& trial : found.trials) {
    ++states[trial.state.value()];
    const std::int64_t expected = X(trial.values) == 0 ? 90 : X(trial.values) < 3 ? 30 : 10;
    EXPECT_EQ(trial.steps, expected);
    EXPECT_EQ(trial.state, expected == 90 ? TrialState::kComplete : TrialState::kPruned);
    EXPECT_EQ(trial.first_score, X(trial.values) + 0.1);
    EXPECT_EQ(trial.score, X(trial.values) + 1.0 / static_cast<double>(expected));
  }
  EXPECT_EQ(found.best().curve, (std::vector<ValidationPoint>{{10, 1.0 / 10}, {30, 1.0 / 30}, {90, 1.0 / 90}}));
  EXPECT_EQ(runner.Steps(), 9 * 10 + 3 * 20 + 60);
  EXPECT_EQ(found.steps(), runner.Steps());
  EXPECT_EQ(runner.released().size(), 9u);
}

TEST(Study, AsksAgainWhereItLeftATrial) {
  FunctionRunner runner([](const Assignment& values, std::int64_t) { return X(values); });
  Study(Line(), kLine, kHalving).Run(runner, RunInMemory);
  std::map<std::int64_t, std::int64_t> at;
  for (const TrialRequest& request : runner.requests()) {
    EXPECT_EQ(request.from_steps, at[request.trial]);
    at[request.trial] = request.to_steps;
  }
}

// A trial that is best at first and diverges later is not chosen, and neither is one that was never a number.
TEST(Study, NeverChoosesATrialThatHasFailed) {
  const StudyResult found = RunStudy(kHalving, [](const Assignment& values, std::int64_t steps) -> double {
    if (X(values) == 0) return kNotANumber;
    if (X(values) == 1 && steps > 30) return std::numeric_limits<double>::infinity();
    return X(values);
  });
  // Of 1, 2, 3 in the second rung, 1 goes on alone and fails; then 2 is the best of those that are left.
  EXPECT_EQ(X(found.best().values), 2);
  EXPECT_EQ(found.best().state, TrialState::kPruned);
  for (const StudyTrial& trial : found.trials) {
    const bool failed = X(trial.values) < 2;
    EXPECT_EQ(trial.state == TrialState::kFailed, failed);
    EXPECT_EQ(std::isnan(trial.score), failed);
    EXPECT_EQ(trial.failure, failed ? std::optional(TrialFailure::kDiverged) : std::nullopt);
    if (X(trial.values) == 0) {
      EXPECT_EQ(trial.message,
                "diverged: validation score at step 10: found nan, accepted: a finite number; steps 0 to 10 with x=0");
    }
    if (X(trial.values) == 1) {
      EXPECT_EQ(trial.message,
                "diverged: validation score at step 90: found inf, accepted: a finite number; steps 30 to 90 with x=1");
    }
  }
}

TEST(Study, GoesOnWhenTrialsThrow) {
  const StudyResult found =
      RunStudy({.trials = 9, .max_steps = 5}, [](const Assignment& values, std::int64_t) -> double {
        if (X(values) == 0) throw std::bad_alloc();
        if (X(values) == 1) throw DivergenceError(2, 3, {});
        if (X(values) == 2) throw std::runtime_error("no such file");
        if (X(values) == 3) throw 7;
        return X(values);
      });
  EXPECT_EQ(X(found.best().values), 4);
  std::map<int, const StudyTrial*> by_x;
  for (const StudyTrial& trial : found.trials) by_x[static_cast<int>(X(trial.values))] = &trial;
  EXPECT_EQ(by_x[0]->failure, TrialFailure::kOutOfMemory);
  EXPECT_EQ(by_x[0]->message, "out of memory: std::bad_alloc; steps 0 to 5 with x=0");
  EXPECT_EQ(by_x[1]->failure, TrialFailure::kDiverged);
  EXPECT_EQ(by_x[2]->failure, TrialFailure::kThrew);
  EXPECT_EQ(by_x[2]->message, "threw: no such file; steps 0 to 5 with x=2");
  EXPECT_EQ(by_x[3]->message, "threw: what is no std::exception; steps 0 to 5 with x=3");
  EXPECT_EQ(by_x[4]->failure, std::nullopt);
}

TEST(Study, SaysSoWhenAllTrialsFail) {
  const StudyResult found =
      RunStudy({.name = "film", .trials = 9, .max_steps = 5}, [](const Assignment& values, std::int64_t) -> double {
        if (X(values) == 8) throw std::bad_alloc();
        return kNotANumber;
      });
  EXPECT_TRUE(found.complete);
  EXPECT_THAT(
      [&] { found.best(); },
      ThrowsMessage<AllTrialsFailed>("study film: all 9 trials failed (8 diverged, 1 out of memory); the first, "
                                     "trial 0: " +
                                     found.trials[0].message));
}

TEST(Study, TakesItsRunnersMistakesForFailures) {
  class Fixed final : public TrialRunner {
   public:
    explicit Fixed(std::vector<ValidationPoint> points) : points_(std::move(points)) {}
    std::vector<ValidationPoint> Run(const TrialRequest&, const StopRequest&) override { return points_; }

   private:
    std::vector<ValidationPoint> points_;
  };
  const auto message = [](const std::vector<ValidationPoint>& points) {
    Fixed runner(points);
    const StudyResult found = Study(Line(), kLine, {.trials = 1, .max_steps = 5}).Run(runner, RunInMemory);
    return found.trials[0].message.substr(0, found.trials[0].message.find(';'));
  };
  EXPECT_EQ(message({}), "threw: its runner found the last score at step 0, accepted: at step 5");
  EXPECT_EQ(message({{4, 1.0}}), "threw: its runner found the last score at step 4, accepted: at step 5");
  EXPECT_EQ(message({{6, 1.0}}), "threw: its runner found the last score at step 6, accepted: at step 5");
  EXPECT_EQ(message({{0, 1.0}, {5, 1.0}}),
            "threw: its runner found a score at step 0 after step 0, accepted: steps in ascending order");
  EXPECT_EQ(message({{3, 1.0}, {3, 1.0}, {5, 1.0}}),
            "threw: its runner found a score at step 3 after step 3, accepted: steps in ascending order");
  EXPECT_EQ(message({{3, 1.0}, {5, 2.0}}), "");
  Fixed runner({{3, 1.0}, {5, 2.0}});
  EXPECT_EQ(Study(Line(), kLine, {.trials = 1, .max_steps = 5}).Run(runner, RunInMemory).best().score, 2);
}

TEST(Study, NamesItsTrialsByStudyNumberStepsAndValues) {
  std::vector<Fields> names;
  FunctionRunner runner([](const Assignment& values, std::int64_t) { return X(values); });
  Study(Line(), kLine, {.name = "film", .trials = 2, .max_steps = 5}).Run(runner, [&](const std::vector<Trial>& list) {
    for (const Trial& trial : list) {
      names.push_back(trial.values);
      EXPECT_EQ(trial.work, 5);
    }
    return RunInMemory(list);
  });
  ASSERT_EQ(names.size(), 2u);
  const std::int64_t x = IntegerValue(runner.requests()[1].values, "x");
  EXPECT_EQ(names[1], (Fields{{"study", "film"}, {"trial", std::int64_t{1}}, {"steps", std::int64_t{5}}, {"x", x}}));
}

// The same rows whatever the number of threads.
TEST(Study, DoesNotDependOnThreads) {
  const StandardFunction branin = Branin();
  const Study study(branin.space,
                    {.seed = 3},
                    {.trials = 27, .max_steps = 27, .halving = HalvingOptions{.reduction_factor = 3, .min_steps = 1}});
  std::set<std::string> tables;
  for (const int threads : {1, 2, 4}) {
    FunctionRunner runner([&](const Assignment& values, std::int64_t steps) {
      return branin.value(values) + 100.0 / static_cast<double>(steps);
    });
    const RunFolder folder(NewFolder("study threads"), ExistingRun::kRefuse);
    tables.insert(StudyTable(branin.space, RunInFolder(study, runner, folder, threads)));
  }
  EXPECT_EQ(tables.size(), 1u);
}

TEST(Study, GoesOnWhereItWasInterrupted) {
  const Study study(Line(), kLine, kHalving);
  const auto score = [](const Assignment& values, std::int64_t steps) -> double {
    return X(values) == 2 ? kNotANumber : X(values) + 1.0 / static_cast<double>(steps);
  };
  FunctionRunner whole(score);
  const RunFolder whole_folder(NewFolder("study whole"), ExistingRun::kRefuse);
  const std::string expected = StudyTable(Line(), RunInFolder(study, whole, whole_folder, 1));

  for (int after = 0; after < 13; ++after) {
    const fs::path path = NewFolder("study interrupted");
    int runs = 0;
    {
      const RunFolder folder(path, ExistingRun::kRefuse);
      folder.Write("config.json", "{}");
      std::atomic<bool> stop = false;
      TrialsInFolder trials(folder, kStudyFields, {.ends = TrialEnds::kAny, .stop = &stop});
      FunctionRunner interrupted([&](const Assignment& values, std::int64_t steps) {
        if (++runs > after) stop = true;
        if (stop) throw Stopped();
        return score(values, steps);
      });
      const StudyResult found =
          study.Run(interrupted, [&](const std::vector<Trial>& list) { return trials.Run(list); });
      EXPECT_FALSE(found.complete) << after;
    }
    FunctionRunner continued(score);
    const RunFolder folder(path, ExistingRun::kResume);
    const StudyResult found = RunInFolder(study, continued, folder, 1);
    EXPECT_TRUE(found.complete);
    EXPECT_EQ(StudyTable(Line(), found), expected) << after;
    EXPECT_EQ(continued.requests().size(), 13u - static_cast<std::size_t>(after)) << "trials are not run twice";
  }
}

TEST(Study, RefusesAJournalWithValuesThatAreNotItsOwn) {
  const Study study(Line(), kLine, {.name = "line", .trials = 9, .max_steps = 5});
  const fs::path path = NewFolder("study changed");
  const auto run = [&](ExistingRun existing) {
    const RunFolder folder(path, existing);
    folder.Write("config.json", "{}");
    FunctionRunner runner([](const Assignment& values, std::int64_t) { return X(values); });
    RunInFolder(study, runner, folder, 1);
    CheckJournal(TrialJournal(folder, kStudyFields), {study});
  };
  EXPECT_NO_THROW(run(ExistingRun::kRefuse));
  EXPECT_NO_THROW(run(ExistingRun::kResume));
  const std::string journal = ContentsOf(path / "trials.jsonl");
  const std::int64_t x = IntegerValue(MakeSampler(Line(), kLine)->Sample(3), "x");
  const std::string line = "\"trial\":3,\"steps\":5,\"x\":";  // of trial 3
  const auto with = [&](const std::string& value) {
    std::string changed = journal;
    for (std::size_t space; (space = changed.find("\": ")) != std::string::npos;) changed.erase(space + 2, 1);
    for (std::size_t space; (space = changed.find(", \"")) != std::string::npos;) changed.erase(space + 1, 1);
    const std::size_t at = changed.find(line);
    EXPECT_NE(at, std::string::npos) << changed;
    changed.replace(at + line.size(), std::to_string(x).size(), value);
    std::ofstream(path / "trials.jsonl", std::ios::binary) << changed;
    const RunFolder folder(path, ExistingRun::kResume);
    try {
      CheckJournal(TrialJournal(folder, kStudyFields), {study});
    } catch (const std::runtime_error& error) {
      const std::string message = error.what();
      return message.substr(message.find("trials.jsonl"));
    }
    return std::string("accepted");
  };
  EXPECT_EQ(with(std::to_string(x)), "accepted");
  EXPECT_EQ(with("9"), "trials.jsonl: line 5: parameter x: found 9, accepted: an integer from 0 to 8");
  EXPECT_EQ(with("0.5"), "trials.jsonl: line 5: parameter x: found 0.5, accepted: an integer from 0 to 8");
  const std::string other = std::to_string((x + 1) % 9);
  EXPECT_EQ(with(other),
            "trials.jsonl: line 5: trial 3 of a study: found x=" + other + ", accepted: x=" + std::to_string(x) +
                ", as its sampler gives");
}

TEST(Study, ChecksItsOwnTrialsOnly) {
  const Study study(Line(), kLine, {.name = "line", .trials = 9, .max_steps = 5});
  const std::int64_t x = IntegerValue(MakeSampler(Line(), kLine)->Sample(3), "x"), three = 3;
  EXPECT_NO_THROW(study.CheckTrial({{"study", "other"}, {"trial", three}, {"x", std::int64_t{100}}}));
  EXPECT_NO_THROW(study.CheckTrial({{"trial", three}, {"x", std::int64_t{100}}}));
  EXPECT_NO_THROW(study.CheckTrial({{"test", "line"}, {"trial", three}, {"repetition", three}, {"x", x}}));
  EXPECT_THROW(study.CheckTrial({{"test", "line"}, {"trial", three}, {"x", std::int64_t{100}}}), std::invalid_argument);
  EXPECT_THAT(
      [&] {
        study.CheckTrial({{"study", "line"}, {"x", x}});
      },
      ThrowsMessage<std::invalid_argument>("trial of a study: found number none, accepted: an integer of at least 0"));
  EXPECT_THAT(
      [&] {
        study.CheckTrial({{"study", "line"}, {"trial", std::int64_t{-1}}, {"x", x}});
      },
      ThrowsMessage<std::invalid_argument>("trial of a study: found number -1, accepted: an integer of at least 0"));
  EXPECT_THAT(
      [&] {
        study.CheckTrial({{"study", "line"}, {"trial", three}, {"x", true}});
      },
      ThrowsMessage<std::invalid_argument>(
          "parameter x: found true, accepted: an integer, a real number or a category"));
}

TEST(Study, HasNothingToChooseBeforeAnythingHasFinished) {
  FunctionRunner runner([](const Assignment& values, std::int64_t) { return X(values); });
  const StudyResult found =
      Study(Line(), kLine, {.trials = 9, .max_steps = 5}).Run(runner, [](const std::vector<Trial>& list) {
        return TrialOutcomes{.outcomes = std::vector<std::optional<TrialOutcome>>(list.size())};
      });
  EXPECT_FALSE(found.complete);
  EXPECT_THAT([&] { found.best(); },
              ThrowsMessage<std::logic_error>("study: no trial can be chosen before the first has finished"));
}

TEST(Study, RefusesOutcomesThatAreNone) {
  for (const TrialOutcome& outcome : {TrialOutcome(Fields{{"score", 1.0}}),
                                      TrialOutcome(Fields{{"validation_steps", std::vector<std::int64_t>{}},
                                                          {"validation_scores", std::vector<double>{}}}),
                                      TrialOutcome(Fields{{"validation_steps", std::vector<std::int64_t>{5}},
                                                          {"validation_scores", std::vector<double>{kNotANumber}}}),
                                      TrialOutcome(Fields{{"validation_steps", std::vector<std::int64_t>{4, 5}},
                                                          {"validation_scores", std::vector<double>{1.0}}}),
                                      TrialOutcome::Failed("by hand")}) {
    FunctionRunner runner([](const Assignment& values, std::int64_t) { return X(values); });
    const Study study(Line(), kLine, {.trials = 1, .max_steps = 5});
    EXPECT_THROW(
        study.Run(runner,
                  [&](const std::vector<Trial>&) { return TrialOutcomes{.outcomes = {outcome}, .complete = true}; }),
        std::runtime_error);
  }
}

TEST(Study, DividesTheStepsOfTrialsThatHaveTheirOwn) {
  StudyOptions options = kHalving;
  options.steps_of = [](const Assignment& values) { return 1 + 9 * IntegerValue(values, "x"); };
  FunctionRunner runner([](const Assignment& values, std::int64_t) { return -X(values); });
  const StudyResult found = Study(Line(), kLine, options).Run(runner, RunInMemory);
  for (const StudyTrial& trial : found.trials) {
    const double whole = 1 + 9 * X(trial.values);
    const double share = X(trial.values) == 8 ? 1 : X(trial.values) > 5 ? 1.0 / 3 : 1.0 / 9;
    EXPECT_EQ(trial.steps, std::ceil(whole * share)) << X(trial.values);
  }
}

TEST(Study, DoesNotAskForTheSameStepsTwice) {
  StudyOptions options = kHalving;
  options.steps_of = [](const Assignment&) { return std::int64_t{1}; };
  FunctionRunner runner([](const Assignment& values, std::int64_t) { return X(values); });
  const StudyResult found = Study(Line(), kLine, options).Run(runner, RunInMemory);
  EXPECT_EQ(runner.requests().size(), 9u);
  EXPECT_EQ(X(found.best().values), 0);
  EXPECT_EQ(found.best().state, TrialState::kComplete);
}

TEST(Study, RefusesOptionsThatMeanNothing) {
  EXPECT_THROW(Study(Line(), kLine, {.trials = 0}), std::invalid_argument);
  EXPECT_THROW(Study(Line(), kLine, {.max_steps = 0}), std::invalid_argument);
  EXPECT_THROW(Study(Line(), kLine, {.max_steps = 5, .halving = HalvingOptions{.min_steps = 6}}),
               std::invalid_argument);
  EXPECT_THROW(Study(SearchSpace(), kLine, {}), std::invalid_argument);
  for (const std::string name : {"study", "trial", "steps", "test", "repetition"}) {
    SearchSpace space;
    space.AddInt(name, 0, 1);
    EXPECT_THAT([&] { Study(space, kLine, {}); },
                ThrowsMessage<std::invalid_argument>("parameter " + name +
                                                     ": found a name by which studies tell their trials apart, "
                                                     "accepted: none of study, trial, steps, test, repetition"));
  }
  StudyOptions options;
  options.steps_of = [](const Assignment&) { return std::int64_t{0}; };
  FunctionRunner runner([](const Assignment& values, std::int64_t) { return X(values); });
  EXPECT_THAT([&] { Study(Line(), kLine, options).Run(runner, RunInMemory); }, Throws<std::invalid_argument>());
  EXPECT_TRUE(runner.requests().empty());
}

TEST(Study, HasAsManyTrialsAsAGrid) {
  EXPECT_EQ(Study(Line(), kLine, {.trials = 64, .max_steps = 5}).rungs(), (std::vector<Rung>{{9, 5}}));
  EXPECT_EQ(Study(Line(), kLine, {.trials = 4, .max_steps = 5}).rungs(), (std::vector<Rung>{{4, 5}}));
}

}  // namespace
}  // namespace hyperwidth
