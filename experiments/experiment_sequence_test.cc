// SPDX-License-Identifier: Apache-2.0
#include "experiments/experiment_sequence.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <atomic>
#include <cstddef>
#include <deque>
#include <filesystem>
#include <stdexcept>
#include <string>
#include <utility>
#include <vector>

#include "experiments/command_line/command_line.h"
#include "experiments/program/repeated_run.h"
#include "experiments/result/result_file.h"
#include "training/trials/trial_executor.h"

namespace hyperwidth {
namespace {

namespace fs = std::filesystem;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::Not;

// Steps that note that they have run.
class ExperimentSequenceTest : public ::testing::Test {
 protected:
  ExperimentSequenceTest() {
    folder_ = fs::path(::testing::TempDir()) / ::testing::UnitTest::GetInstance()->current_test_info()->name();
    fs::remove_all(folder_);
    program_.out = folder_.string();
  }

  SequenceStep Step(const std::string& name, Verdict verdict = Verdict::kConsistent) {
    return {.name = name, .run = [this, name, verdict](const RunFolder& own) {
              ran_.push_back(name);
              own.Write("config.json", "{}\n");
              Result result{.experiment = name, .title = "The title of " + name};
              result.checks = {{.id = name + ".check", .claim = "It is so.", .verdict = verdict, .why = "Because."}};
              if (name == interrupted_) result.provenance = {{"complete", false}};
              return result;
            }};
  }

  int Run(const std::vector<SequenceStep>& steps) {
    return RunSequence({.name = "sequence", .title = "All <of> it", .introduction = "Words.", .steps = steps},
                       program_,
                       {{"depth", 2}});
  }

  fs::path folder_;
  ProgramOptions program_ = {};
  std::vector<std::string> ran_ = {};
  std::string interrupted_ = {};
};

TEST_F(ExperimentSequenceTest, KeepsAFolderForEachAndOneReport) {
  SequenceStep second = Step("two", Verdict::kInconclusive);
  second.variant = "equal sizes";
  ::testing::internal::CaptureStdout();
  EXPECT_EQ(Run({Step("one"), second}), kExitSuccess);
  const std::string said = ::testing::internal::GetCapturedStdout();
  EXPECT_THAT(said, HasSubstr("== one (1 of 2)\n"));
  EXPECT_THAT(said, HasSubstr("== two (2 of 2)\n"));
  EXPECT_THAT(ran_, ElementsAre("one", "two"));
  EXPECT_EQ(ReadResult(folder_ / "two" / "result.json").experiment, "two");
  const std::string report = Contents(folder_ / "report.html");
  EXPECT_THAT(report, HasSubstr("<h1>All &lt;of&gt; it</h1>\n<p>Words.</p>"));
  EXPECT_THAT(report, HasSubstr("The title of one"));
  EXPECT_THAT(report, HasSubstr("The title of two (equal sizes)"));
  EXPECT_THAT(report, Not(HasSubstr("The title of one (")));
}

TEST_F(ExperimentSequenceTest, FailsIfOneCheckIsInconsistent) {
  EXPECT_EQ(Run({Step("one", Verdict::kInconsistent), Step("two")}), kExitCheckFailed);
  EXPECT_THAT(ran_, ElementsAre("one", "two"));
}

TEST_F(ExperimentSequenceTest, StopsWhereItIsInterruptedAndContinuesThere) {
  interrupted_ = "two";
  ::testing::internal::CaptureStderr();
  EXPECT_EQ(Run({Step("one"), Step("two"), Step("three")}), kExitCheckFailed);
  EXPECT_EQ(::testing::internal::GetCapturedStderr(),
            "interrupted; continue with: bazel run //experiments:sequence -- --depth=2 --out=" + folder_.string() +
                " --resume\n");
  EXPECT_THAT(ran_, ElementsAre("one", "two"));
  EXPECT_THAT(Contents(folder_ / "report.html"), HasSubstr("The title of two"));
  EXPECT_THAT(Contents(folder_ / "report.html"), Not(HasSubstr("The title of three")));
  interrupted_.clear();
  ran_.clear();
  program_.resume = true;
  EXPECT_EQ(Run({Step("one"), Step("two"), Step("three")}), kExitSuccess);
  EXPECT_THAT(ran_, ElementsAre("two", "three"));
  EXPECT_THAT(Contents(folder_ / "report.html"), HasSubstr("The title of one"));
}

TEST_F(ExperimentSequenceTest, AStepThatFailsLeavesAReportOfThoseBefore) {
  SequenceStep failing = Step("three");
  failing.run = [](const RunFolder&) -> Result { throw std::runtime_error("no images"); };
  EXPECT_THROW(Run({Step("one"), Step("two"), failing}), std::runtime_error);
  EXPECT_THAT(Contents(folder_ / "report.html"), HasSubstr("The title of two"));
}

// That of a process that keeps nothing, which is told which steps have finished.
class TakesPart final : public TrialExecutor {
 public:
  explicit TakesPart(std::deque<bool> finished) : finished_(std::move(finished)) {}
  bool keeps() const override { return false; }
  bool SameEverywhere(bool value) override {
    EXPECT_FALSE(value) << "its own answer counts for nothing";
    const bool is_finished = finished_.at(0);
    finished_.pop_front();
    return is_finished;
  }
  void Run(const std::vector<std::size_t>&, const Measure&, const Keep&, std::atomic<bool>&) override {}

 private:
  std::deque<bool> finished_;
};

TEST_F(ExperimentSequenceTest, AProcessThatKeepsNothingHasAPartInStepsThatHaveNotFinished) {
  TakesPart executor({true, false, false, false});
  program_.processes.executor = &executor;
  EXPECT_EQ(Run({Step("one"), Step("two"), Step("three")}), kExitSuccess);
  EXPECT_THAT(ran_, ElementsAre("two", "three"));
  EXPECT_FALSE(fs::exists(folder_));
}

TEST_F(ExperimentSequenceTest, AProcessThatKeepsNothingStopsWhereTheRunIsInterrupted) {
  TakesPart executor({true, false, false});
  program_.processes.executor = &executor;
  interrupted_ = "two";
  EXPECT_EQ(Run({Step("one"), Step("two"), Step("three")}), kExitCheckFailed);
  EXPECT_THAT(ran_, ElementsAre("two"));
}

TEST_F(ExperimentSequenceTest, RefusesOtherSettings) {
  EXPECT_EQ(Run({Step("one")}), kExitSuccess);
  program_.resume = true;
  EXPECT_THROW(
      RunSequence(
          {.name = "sequence", .title = "", .introduction = "", .steps = {Step("one")}}, program_, {{"depth", 3}}),
      std::runtime_error);
}

}  // namespace
}  // namespace hyperwidth
