// SPDX-License-Identifier: Apache-2.0
#include "training/search/fair_study.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <atomic>
#include <cmath>
#include <filesystem>
#include <functional>
#include <limits>
#include <memory>
#include <set>
#include <stdexcept>
#include <string>
#include <type_traits>
#include <vector>

#include "training/run/run_folder.h"
#include "training/trials/trials_in_folder.h"

namespace hyperwidth {
namespace {

using ::testing::HasSubstr;
using ::testing::ThrowsMessage;

constexpr double kNotANumber = std::numeric_limits<double>::quiet_NaN();

// A number that counts who looks at it.
struct Counted {
  double value = 0;
  std::shared_ptr<std::atomic<int>> looks = std::make_shared<std::atomic<int>>(0);

  double Look() const {
    ++*looks;
    return value;
  }
};

// What the types promise. Whatever is not said here to be possible is not.
template <typename T>
concept CanSearch = requires(T study, RunTrialList run) {
  std::forward<T>(study).Search(run);
};
template <typename T>
concept CanTest = requires(T choice, RunTrialList run) {
  std::forward<T>(choice).Test(run);
};
template <typename T>
concept CanOpen = requires(T sealed) {
  std::move(sealed).Open();
};
template <typename T>
concept CanLook = requires(T sealed) {
  *sealed;
};

static_assert(CanSearch<FairStudy<Counted>&&>);
static_assert(!CanSearch<FairStudy<Counted>&>, "searching uses a study up");
static_assert(!CanTest<FairStudy<Counted>&&>, "nothing can be tested before the search");
static_assert(CanTest<FairChoice<Counted>&&>);
static_assert(!CanTest<FairChoice<Counted>&>, "testing uses a choice up");
static_assert(!CanSearch<FairChoice<Counted>&&>, "there is no searching after the choice");
static_assert(!std::is_copy_constructible_v<FairChoice<Counted>> && !std::is_copy_assignable_v<FairChoice<Counted>>);
static_assert(!std::is_copy_constructible_v<FairStudy<Counted>> && !std::is_copy_assignable_v<FairStudy<Counted>>);
static_assert(!std::is_copy_constructible_v<SealedTestData<Counted>> &&
              !std::is_copy_assignable_v<SealedTestData<Counted>>);
static_assert(!CanOpen<SealedTestData<Counted>> && !CanLook<SealedTestData<Counted>>);
static_assert(!std::is_constructible_v<TestData<Counted>, Counted>, "nobody makes test data of their own");
static_assert(!std::is_default_constructible_v<TestData<Counted>>);
static_assert(!std::is_constructible_v<FairChoice<Counted>, FairStudy<Counted>>, "a choice comes from a search");
static_assert(!std::is_default_constructible_v<FairChoice<Counted>>);

// The score is |x - optimum| + noise(seed) + 1 / steps, the optimum being train + validation, or the test data.
class LineLearner final : public Learner<Counted> {
 public:
  LineLearner(const LearnerRequest<Counted>& request, std::vector<std::int64_t>* trained)
      : x_(RealValue(request.values, "x")),
        seed_(request.seed),
        optimum_(request.train.Look() + request.validation.Look()),
        trained_(trained) {}

  void TrainTo(std::int64_t steps, const StopRequest& stop) override {
    stop.Check();
    EXPECT_GT(steps, steps_);
    if (trained_ != nullptr) trained_->push_back(steps - steps_);
    steps_ = steps;
  }
  double Validate() override { return std::abs(x_ - optimum_) + 1.0 / static_cast<double>(steps_); }
  TestScore Test(const TestData<Counted>& test) override {
    return {std::abs(x_ - test->Look()) + 1e-3 * static_cast<double>(seed_), {{"x_at_test", x_}}};
  }

 private:
  double x_;
  std::uint64_t seed_;
  double optimum_;
  std::vector<std::int64_t>* trained_;
  std::int64_t steps_ = 0;
};

SearchSpace Line() {
  SearchSpace space;
  space.AddFloat("x", 0, 1);
  return space;
}

Contender<Counted> LineContender(const std::string& name, std::vector<std::int64_t>* trained = nullptr) {
  return {.name = name, .space = Line(), .make = [trained](const LearnerRequest<Counted>& request) {
            return std::make_unique<LineLearner>(request, trained);
          }};
}

Contender<Counted> FailingContender(const std::string& name) {
  return {.name = name,
          .space = Line(),
          .make = [](const LearnerRequest<Counted>&) -> std::unique_ptr<Learner<Counted>> { throw std::bad_alloc(); }};
}

TrialOutcomes RunInMemory(const std::vector<Trial>& list) {
  TrialOutcomes found;
  for (const Trial& trial : list) found.outcomes.emplace_back(trial.measure(StopRequest()));
  found.complete = true;
  return found;
}

constexpr FairOptions kOptions = {.budget = {.trials = 9, .steps = 90}, .seed = 5, .repetitions = 3};

FairStudy<Counted> StudyOf(std::vector<Contender<Counted>> contenders,
                           const Counted& test,
                           const FairOptions& options = kOptions) {
  return FairStudy<Counted>(
      std::move(contenders), Counted{.value = 0.25}, Counted{.value = 0.125}, SealedTestData<Counted>(test), options);
}

TEST(FairStudy, ChoosesOnValidationDataAndTestsTheChoiceOnly) {
  const Counted test{.value = 0.5};
  FairStudy<Counted> study = StudyOf({LineContender("a"), LineContender("b")}, test);
  FairChoice<Counted> choice = std::move(study).Search(RunInMemory);
  EXPECT_EQ(*test.looks, 0);
  ASSERT_TRUE(choice.complete());
  ASSERT_EQ(choice.result().contenders.size(), 2u);
  for (const ContenderResult& contender : choice.result().contenders) {
    EXPECT_EQ(contender.search.trials.size(), 9u);
    EXPECT_EQ(contender.validation_curve.size(), 9u);
    EXPECT_EQ(contender.validation_curve.back(), contender.chosen->score);
    EXPECT_EQ(contender.sensitivity.trials, 9);
    EXPECT_TRUE(contender.tests.empty());
    // Nine points of a net: one is within 1/8 of the optimum, 3/8.
    EXPECT_NEAR(RealValue(contender.chosen->values, "x"), 0.375, 0.125);
  }
  const FairResult result = std::move(choice).Test(RunInMemory);
  EXPECT_EQ(*test.looks, 2 * 3) << "once for each contender and repetition";
  EXPECT_TRUE(result.complete);
  for (const ContenderResult& contender : result.contenders) {
    const double x = RealValue(contender.chosen->values, "x");
    ASSERT_EQ(contender.tests.size(), 3u);
    for (std::uint64_t i = 0; i < 3; ++i) {
      EXPECT_EQ(contender.tests[i].seed, 6 + i) << "fresh: the search had 5";
      EXPECT_EQ(contender.tests[i].test_score, std::abs(x - 0.5) + 1e-3 * static_cast<double>(6 + i));
      EXPECT_EQ(contender.tests[i].details, (Fields{{"x_at_test", x}}));
      EXPECT_EQ(contender.tests[i].validation_score, contender.chosen->score);
      EXPECT_EQ(contender.tests[i].message, "");
    }
  }
}

TEST(FairStudy, GivesEveryContenderTheSameTrialsAndSteps) {
  std::vector<std::int64_t> a, b;
  FairOptions options = kOptions;
  options.halving = FairHalving{.reduction_factor = 3, .min_share = 0.1};
  FairStudy<Counted> study = StudyOf({LineContender("a", &a), LineContender("b", &b)}, {}, options);
  EXPECT_EQ(study.studies()[0].rungs(), (std::vector<Rung>{{9, 10}, {3, 30}, {1, 90}}));
  EXPECT_EQ(study.studies()[1].rungs(), study.studies()[0].rungs());
  const FairChoice<Counted> choice = std::move(study).Search(RunInMemory);
  EXPECT_EQ(a, (std::vector<std::int64_t>{10, 10, 10, 10, 10, 10, 10, 10, 10, 20, 20, 20, 60}))
      << "each goes on where it was";
  EXPECT_EQ(a, b);
  EXPECT_EQ(choice.result().contenders[0].search.steps(), 210);
}

TEST(FairStudy, PaysForMultiplyAddsRatherThanSteps) {
  FairOptions options = kOptions;
  options.budget = {.trials = 4, .multiply_adds = 4000};
  options.repetitions = 0;
  std::vector<std::int64_t> cheap, dear;
  Contender<Counted> a = LineContender("cheap", &cheap), b = LineContender("dear", &dear);
  a.multiply_adds_per_step = [](const Assignment&) { return 10.0; };
  b.multiply_adds_per_step = [](const Assignment&) { return 300.0; };
  const FairChoice<Counted> choice = StudyOf({a, b}, {}, options).Search(RunInMemory);
  EXPECT_EQ(cheap, (std::vector<std::int64_t>{100, 100, 100, 100}));
  EXPECT_EQ(dear, (std::vector<std::int64_t>{3, 3, 3, 3})) << "whole steps";

  b.multiply_adds_per_step = [](const Assignment&) { return 1000.5; };
  EXPECT_THAT([&] { StudyOf({b}, {}, options).Search(RunInMemory); },
              ThrowsMessage<std::invalid_argument>(HasSubstr(
                  "dear: multiply-adds of a trial: found 1000, accepted: at least 1000.5, for one step with x=")));
  for (const double cost : {0.0, -1.0, kNotANumber, std::numeric_limits<double>::infinity()}) {
    b.multiply_adds_per_step = [cost](const Assignment&) { return cost; };
    EXPECT_THAT([&] { StudyOf({b}, {}, options).Search(RunInMemory); },
                ThrowsMessage<std::invalid_argument>(HasSubstr("accepted: a number above 0")));
  }
  EXPECT_THAT([&] { StudyOf({LineContender("none")}, {}, options).Search(RunInMemory); },
              ThrowsMessage<std::invalid_argument>(HasSubstr("none: multiply-adds of a step with x=")));
}

TEST(FairStudy, HalvesWhatMultiplyAddsPayFor) {
  FairOptions options = kOptions;
  options.budget = {.trials = 9, .multiply_adds = 9 * 900.0};
  options.halving = FairHalving{.reduction_factor = 3, .min_share = 0.1};
  std::vector<std::int64_t> trained;
  Contender<Counted> contender = LineContender("a", &trained);
  contender.multiply_adds_per_step = [](const Assignment&) { return 10.0; };
  StudyOf({contender}, {}, options).Search(RunInMemory);
  EXPECT_EQ(trained, (std::vector<std::int64_t>{10, 10, 10, 10, 10, 10, 10, 10, 10, 20, 20, 20, 60}));
}

TEST(FairStudy, ValidatesWithinRungs) {
  FairOptions options = kOptions;
  options.validation_interval = 40;
  options.halving = FairHalving{.reduction_factor = 3, .min_share = 1.0 / 3};
  const FairChoice<Counted> choice = StudyOf({LineContender("a")}, {}, options).Search(RunInMemory);
  std::vector<std::int64_t> steps;
  for (const ValidationPoint& point : choice.result().contenders[0].chosen->curve) steps.push_back(point.steps);
  EXPECT_EQ(steps, (std::vector<std::int64_t>{30, 40, 80, 90}));
}

TEST(FairStudy, RepeatsAWholeSearchWithAnotherSeed) {
  const auto study_of = [](std::int64_t at_once) {
    Contender<Counted> again = LineContender("again");
    again.seed_offset = 2;
    FairOptions options = kOptions;
    options.repetitions = 1;
    options.studies_at_once = at_once;
    return StudyOf({LineContender("a"), again, LineContender("b")}, {.value = 0.5}, options);
  };
  const FairResult found = study_of(1).Search(RunInMemory).Test(RunInMemory);
  const std::vector<ContenderResult>& all = found.contenders;
  EXPECT_NE(all[0].search.trials[0].values, all[1].search.trials[0].values) << "its sampler has another seed";
  EXPECT_EQ(all[0].search.trials[0].values, all[2].search.trials[0].values);
  EXPECT_EQ(all[0].tests[0].seed, 6u);
  EXPECT_EQ(all[1].tests[0].seed, 8u);
  for (const std::int64_t at_once : {2, 3, 10}) {
    const FairResult together = study_of(at_once).Search(RunInMemory).Test(RunInMemory);
    for (std::size_t i = 0; i < all.size(); ++i) {
      EXPECT_EQ(together.contenders[i].chosen->values, all[i].chosen->values);
      EXPECT_EQ(together.contenders[i].tests[0].test_score, all[i].tests[0].test_score);
      EXPECT_EQ(together.contenders[i].validation_curve, all[i].validation_curve);
    }
  }
  FairOptions none = kOptions;
  none.studies_at_once = 0;
  EXPECT_THROW(StudyOf({LineContender("a")}, {}, none), std::invalid_argument);
}

TEST(FairStudy, KeepsTheOthersWhenAContenderFails) {
  const Counted test{.value = 0.5};
  FairChoice<Counted> choice = StudyOf({FailingContender("bad"), LineContender("good")}, test).Search(RunInMemory);
  const ContenderResult& bad = choice.result().contenders[0];
  EXPECT_FALSE(bad.chosen);
  EXPECT_THAT(bad.failure, HasSubstr("study bad: all 9 trials failed (9 out of memory); the first, trial 0: "));
  EXPECT_EQ(bad.sensitivity.failed, 9);
  const FairResult result = std::move(choice).Test(RunInMemory);
  EXPECT_TRUE(result.contenders[0].tests.empty());
  EXPECT_EQ(result.contenders[1].tests.size(), 3u);
  EXPECT_EQ(*test.looks, 3);
}

TEST(FairStudy, SaysSoWhenAllTrialsOfAllContendersFail) {
  EXPECT_THAT(
      [] {
        StudyOf({FailingContender("a"), FailingContender("b")}, {}).Search(RunInMemory);
      },
      ThrowsMessage<AllTrialsFailed>(
          ::testing::AllOf(HasSubstr("study a: all 9 trials failed"), HasSubstr("; study b: all 9 trials failed"))));
}

// Validates by its seed, as the list says in the order in which seeds come; below 0 it has diverged.
class SeededLearner final : public Learner<Counted> {
 public:
  SeededLearner(std::uint64_t seed, double validation) : seed_(seed), validation_(validation) {}
  void TrainTo(std::int64_t, const StopRequest&) override {
    if (validation_ < 0) throw std::runtime_error("diverged");
  }
  double Validate() override { return validation_; }
  TestScore Test(const TestData<Counted>& test) override {
    test->Look();
    return {static_cast<double>(seed_), {{"seed_at_test", static_cast<double>(seed_)}}};
  }

 private:
  std::uint64_t seed_;
  double validation_;
};

TEST(FairStudy, TestsTheRestartThatValidatesBest) {
  FairOptions options = kOptions;
  options.repetitions = 1;
  options.restarts = 4;
  const auto tested = [&](const std::vector<double>& validations, std::shared_ptr<std::atomic<int>> looks) {
    const Contender<Counted> contender{.name = "seeded",
                                       .space = Line(),
                                       .make =
                                           [&](const LearnerRequest<Counted>& request) {
                                             double validation = 1;  // in the search
                                             for (std::int64_t restart = 0; restart < options.restarts; ++restart) {
                                               if (request.seed != TestSeed(options, 3, 1, restart)) continue;
                                               validation = validations.at(static_cast<std::size_t>(restart));
                                             }
                                             return std::make_unique<SeededLearner>(request.seed, validation);
                                           },
                                       .seed_offset = 3};
    const FairResult result =
        StudyOf({contender}, {.value = 0, .looks = std::move(looks)}, options).Search(RunInMemory).Test(RunInMemory);
    return result.contenders.at(0).tests.at(0);
  };
  const auto expect_restart = [&](const std::vector<double>& validations, std::int64_t restart) {
    const auto looks = std::make_shared<std::atomic<int>>(0);
    const TestRun run = tested(validations, looks);
    const std::uint64_t seed = TestSeed(options, 3, 1, restart);
    EXPECT_EQ(run.message, "");
    EXPECT_EQ(run.seed, seed) << restart;
    EXPECT_EQ(run.test_score, static_cast<double>(seed)) << restart;
    EXPECT_EQ(run.details.size(), 1u) << "which one it was is in the seed";
    EXPECT_EQ(*looks, 1) << "the others do not see the test data";
    const double validation = validations.at(static_cast<std::size_t>(restart));
    if (std::isfinite(validation)) {
      EXPECT_EQ(run.validation_score, validation);
    }
  };
  expect_restart({0.4, 0.3, 0.2, 0.3}, 2);
  expect_restart({0.2, 0.2, 0.2, 0.2}, 0);
  expect_restart({-1, kNotANumber, 0.5, 0.4}, 3);
  expect_restart({kNotANumber, -1, -1, -1}, 0);
  expect_restart({0.1, kNotANumber, -1, 0.2}, 0);
  EXPECT_THAT(tested({-1, -1, -1, -1}, std::make_shared<std::atomic<int>>(0)).message, HasSubstr("seeded: diverged"));
}

TEST(TestSeed, IsAnotherForEveryRestartAndTheNextOneForTheNextTest) {
  const FairOptions options{.seed = 5};
  EXPECT_EQ(TestSeed(options, 0, 1, 0), 6u);
  EXPECT_EQ(TestSeed(options, 2, 3, 0), 10u);
  std::set<std::uint64_t> seeds;
  for (std::uint64_t offset = 0; offset < 40; offset += 4) {
    for (std::int64_t repetition = 1; repetition <= 4; ++repetition) {
      for (std::int64_t restart = 0; restart < 5; ++restart) {
        EXPECT_TRUE(seeds.insert(TestSeed(options, offset, repetition, restart)).second);
      }
    }
  }
}

TEST(FairStudy, ReportsATestThatFails) {
  class Moody final : public Learner<Counted> {
   public:
    explicit Moody(std::uint64_t seed) : seed_(seed) {}
    void TrainTo(std::int64_t, const StopRequest&) override {
      if (seed_ == 7) throw std::runtime_error("diverged late");
    }
    double Validate() override { return 1; }
    TestScore Test(const TestData<Counted>&) override { return seed_ == 8 ? kNotANumber : 2; }

   private:
    std::uint64_t seed_;
  };
  const Contender<Counted> contender{
      .name = "moody", .space = Line(), .make = [](const LearnerRequest<Counted>& request) {
        return std::make_unique<Moody>(request.seed);
      }};
  const FairResult result = StudyOf({contender}, {}).Search(RunInMemory).Test(RunInMemory);
  const std::vector<TestRun>& tests = result.contenders[0].tests;
  ASSERT_EQ(tests.size(), 3u);
  EXPECT_EQ(tests[0].test_score, 2);
  EXPECT_TRUE(std::isnan(tests[1].test_score));
  EXPECT_THAT(tests[1].message, HasSubstr("moody: diverged late; with x="));
  EXPECT_TRUE(std::isnan(tests[2].test_score));
  EXPECT_THAT(tests[2].message, HasSubstr("moody: test score: found nan, accepted: a finite number; with x="));
}

TEST(FairStudy, DoesNotOpenTheTestDataOfASearchThatWasInterrupted) {
  const Counted test{.value = 0.5};
  int lists = 0;
  FairChoice<Counted> choice = StudyOf({LineContender("a"), LineContender("b"), LineContender("c")}, test)
                                   .Search([&](const std::vector<Trial>& list) {
                                     TrialOutcomes found = RunInMemory(list);
                                     if (++lists == 2) {
                                       found.outcomes.back().reset();
                                       found.complete = false;
                                     }
                                     return found;
                                   });
  EXPECT_FALSE(choice.complete());
  EXPECT_EQ(choice.result().contenders.size(), 2u) << "the third was not begun";
  EXPECT_TRUE(choice.result().contenders[0].chosen);
  EXPECT_FALSE(choice.result().contenders[1].chosen);
  EXPECT_EQ(choice.result().contenders[1].search.Scored().size(), 0u);
  EXPECT_THAT([&] { std::move(choice).Test(RunInMemory); },
              ThrowsMessage<std::logic_error>("fair study: the search is not complete, and the test data stay closed"));
  EXPECT_EQ(*test.looks, 0);
}

// In a folder: interrupted at any trial of search or test, it ends with what one in a single go finds.
TEST(FairStudy, GoesOnWhereItWasInterrupted) {
  const auto run = [](const std::filesystem::path& path, ExistingRun existing, int threads, int most_trials) {
    const RunFolder folder(path, existing);
    folder.Write("config.json", "{}");
    std::atomic<bool> stop = false;
    std::atomic<int> begun = 0;
    TrialsInFolder trials(
        folder, {{"experiment", "fair"}}, {.threads = threads, .ends = TrialEnds::kAny, .stop = &stop});
    // The trial after `most_trials` stops the run rather than begin.
    const RunTrialList run_trials = [&](std::vector<Trial> list) {
      for (Trial& trial : list) {
        trial.measure = [&, measure = trial.measure](const StopRequest& request) {
          if (++begun <= most_trials) return measure(request);
          stop = true;
          throw Stopped();
        };
      }
      return trials.Run(list);
    };
    FairOptions options = kOptions;
    options.halving = FairHalving{.reduction_factor = 3, .min_share = 0.1};
    options.restarts = 2;
    FairChoice<Counted> choice =
        StudyOf({LineContender("a"), FailingContender("bad"), LineContender("b")}, {.value = 0.5}, options)
            .Search(run_trials);
    if (!choice.complete()) return std::string("interrupted");
    const FairResult result = std::move(choice).Test(run_trials);
    if (!result.complete) return std::string("interrupted");
    std::string text;
    for (const ContenderResult& contender : result.contenders) {
      text += contender.name + "\n" + StudyTable(Line(), contender.search) + SensitivityTable(contender.sensitivity);
      for (const TestRun& test : contender.tests) {
        text += MetricText(test.test_score) + " " + std::to_string(test.seed) + "\n";
      }
    }
    return text;
  };
  const std::filesystem::path path = std::filesystem::path(::testing::TempDir()) / "fair study";
  std::filesystem::remove_all(path);
  const std::string whole = run(path, ExistingRun::kRefuse, 1, 1000);
  // 13 + 9 + 13 trials of the search, 6 of the test.
  for (const int threads : {1, 3}) {
    for (const int most : {0, 1, 5, 12, 13, 20, 25, 34, 35, 40}) {
      std::filesystem::remove_all(path);
      EXPECT_EQ(run(path, ExistingRun::kRefuse, threads, most), "interrupted") << most;
      EXPECT_EQ(run(path, ExistingRun::kResume, threads, 1000), whole) << most;
    }
  }
}

TEST(LearnerRunner, KeepsOnlyWhatGoesOn) {
  const Counted train{.value = 0}, validation{.value = 0};
  std::vector<std::int64_t> trained;
  LearnerRunner<Counted> runner(
      [&](const Assignment& values) -> std::unique_ptr<Learner<Counted>> {
        return std::make_unique<LineLearner>(
            LearnerRequest<Counted>{.values = values, .seed = 1, .steps = 9, .train = train, .validation = validation},
            &trained);
      },
      /*validation_interval=*/0);
  const Assignment values = {{"x", 0.5}};
  runner.Run({.trial = 1, .values = values, .from_steps = 0, .to_steps = 4}, {});
  runner.Run({.trial = 2, .values = values, .from_steps = 0, .to_steps = 4}, {});
  EXPECT_EQ(runner.kept(), 2u);
  runner.Release(2);
  EXPECT_EQ(runner.kept(), 1u);
  const auto went_on = runner.Run({.trial = 1, .values = values, .from_steps = 4, .to_steps = 9}, {});
  const auto anew = runner.Run({.trial = 3, .values = values, .from_steps = 4, .to_steps = 9}, {});
  EXPECT_EQ(went_on, anew);
  EXPECT_EQ(trained, (std::vector<std::int64_t>{4, 4, 5, 9})) << "one that is not kept is trained from its start";
  const auto elsewhere = runner.Run({.trial = 1, .values = values, .from_steps = 5, .to_steps = 12}, {});
  EXPECT_EQ(trained.back(), 12) << "what is kept of it is at another step";
}

TEST(FairStudy, TakesTheSmallestBudgets) {
  FairOptions options = kOptions;
  options.budget = {.trials = 1, .steps = 1};
  options.repetitions = 0;
  options.halving = FairHalving{.reduction_factor = 2, .min_share = 1};
  const FairResult result = StudyOf({LineContender("a")}, {}, options).Search(RunInMemory).Test(RunInMemory);
  EXPECT_TRUE(result.complete);
  EXPECT_EQ(result.contenders[0].search.steps(), 1);
  EXPECT_TRUE(result.contenders[0].tests.empty());
}

TEST(FairStudy, RefusesOptionsAndContendersThatMeanNothing) {
  const auto expect_refused = [](const FairOptions& options, const std::string& message) {
    EXPECT_THAT([&] { StudyOf({LineContender("a")}, {}, options); }, ThrowsMessage<std::invalid_argument>(message));
  };
  FairOptions options = kOptions;
  options.budget.trials = 0;
  expect_refused(options, "budget's trials: found 0, accepted: at least 1");
  options = kOptions;
  options.budget.steps = -1;
  expect_refused(options, "budget's steps: found -1, accepted: at least 0");
  options = kOptions;
  options.budget.multiply_adds = kNotANumber;
  expect_refused(options, "budget's multiply-adds: found nan, accepted: a number of at least 0");
  options.budget.multiply_adds = 1e9;
  expect_refused(options, "budget: found 90 steps and 1000000000 multiply-adds, accepted: one of them above 0");
  options.budget = {.trials = 9};
  expect_refused(options, "budget: found 0 steps and 0 multiply-adds, accepted: one of them above 0");
  options = kOptions;
  for (const double share : {0.0, 1.5, kNotANumber}) {
    options.halving = FairHalving{.min_share = share};
    EXPECT_THROW(StudyOf({LineContender("a")}, {}, options), std::invalid_argument);
  }
  options.halving = FairHalving{.reduction_factor = 1};
  expect_refused(options, "reduction factor of successive halving: found 1, accepted: at least 2");
  options = kOptions;
  options.validation_interval = -1;
  expect_refused(options, "steps between validations: found -1, accepted: at least 0");
  options = kOptions;
  options.repetitions = -1;
  expect_refused(options, "repetitions of the test: found -1, accepted: at least 0");
  options = kOptions;
  options.restarts = 0;
  expect_refused(options, "restarts of a test's training: found 0, accepted: at least 1");

  const auto expect_names_refused = [](const std::vector<std::string>& names, const std::string& message) {
    std::vector<Contender<Counted>> contenders;
    for (const std::string& name : names) contenders.push_back(LineContender(name));
    EXPECT_THAT([&] { StudyOf(contenders, {}); }, ThrowsMessage<std::invalid_argument>(message));
  };
  expect_names_refused({}, "fair study: found no contenders, accepted: at least one");
  expect_names_refused({"a", ""}, "fair study: found a contender without a name, accepted: names");
  expect_names_refused({"a", "b", "a"}, "fair study: found contender a twice, accepted: different names");
}

}  // namespace
}  // namespace hyperwidth
