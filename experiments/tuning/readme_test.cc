// SPDX-License-Identifier: Apache-2.0
//
// The example of README.md, compiled and run.

#include <gtest/gtest.h>

// README example begins
#include <cmath>
#include <memory>
#include <string>
#include <utility>

#include "experiments/tuning/optimizer_space.h"
#include "experiments/tuning/search_settings.h"
#include "experiments/tuning/tuned_run.h"

using namespace hyperwidth;

// Gradient descent on (x - number)^2. The data are numbers: one to train on, one to choose by, one to be tested by.
class Descent final : public Learner<double> {
 public:
  Descent(double start, const LearnerRequest<double>& request)
      : x_(start),
        train_(request.train),
        validation_(request.validation),
        learning_rate_(ChosenOptimizer(request.values, {}).learning_rate) {}
  void TrainTo(std::int64_t steps, const StopRequest& stop) override {
    for (; steps_ < steps; ++steps_) {
      stop.Check();
      x_ -= learning_rate_ * 2 * (x_ - train_);
    }
  }
  double Validate() override { return std::abs(x_ - validation_); }
  TestScore Test(const TestData<double>& test) override { return std::abs(x_ - *test); }

 private:
  double x_, train_, validation_, learning_rate_;
  std::int64_t steps_ = 0;
};

// Descents from two starts, each with the learning rate that is best for it, in a folder with the settings'
// config.json.
FairResult Compare(const SearchSettings& search,
                   const Fields& settings,
                   const ProgramOptions& program,
                   const RunFolder& folder) {
  const auto from = [](const std::string& name, double start) {
    return Contender<double>{
        .name = name, .space = OptimizerSpace(), .make = [start](const LearnerRequest<double>& request) {
          return std::make_unique<Descent>(start, request);
        }};
  };
  FairStudy<double> study({from("near", 4), from("far", 1e6)},
                          /*train=*/3,
                          /*validation=*/3.1,
                          SealedTestData<double>(2.9),
                          FairOptionsOf(search, /*steps=*/30, program.seed, /*repetitions=*/3));
  const auto text = [](double score) { return std::to_string(score); };
  return RunTuned(std::move(study), "descent", settings, text, program, folder).found;
}
// README example ends

#include <filesystem>

#include "experiments/program/repeated_run.h"
#include "experiments/program/run_config.h"

namespace {

TEST(TuningReadme, ExampleTunesBothAndTestsThem) {
  const Fields settings = {{"seed", std::uint64_t{1}}};
  const RunFolder folder = TestFolder("tuning_readme");
  WriteOrCheckConfig(folder, settings);
  const FairResult found = Compare({.method = SearchMethod::kHalving}, settings, {}, folder);
  ASSERT_TRUE(found.complete);
  ASSERT_EQ(found.contenders.size(), 2u);
  for (const ContenderResult& contender : found.contenders) {
    ASSERT_EQ(contender.tests.size(), 3u) << contender.name;
    for (const TestRun& test : contender.tests) EXPECT_NEAR(test.test_score, 0.1, 0.01) << contender.name;
  }
  EXPECT_TRUE(std::filesystem::exists(folder.path() / "trials-far.csv"));
}

}  // namespace
