// SPDX-License-Identifier: Apache-2.0
#include "experiments/tuning/tuned_run.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <limits>
#include <string>
#include <vector>

#include "experiments/program/repeated_run.h"

namespace hyperwidth {
namespace {

using ::testing::HasSubstr;
using ::testing::Not;
using ::testing::StartsWith;

std::string Text(double score) { return "<" + std::to_string(static_cast<int>(score)) + ">"; }

std::string Shown(const ContenderResult& contender, const RunFolder& folder) {
  SearchSpace space;
  space.AddFloat("lr", 0, 1);
  const Study study(space, {.method = SamplerMethod::kSobol, .seed = 1}, {.trials = 1, .max_steps = 5});
  ::testing::internal::CaptureStdout();
  ShowChoices({study}, {.contenders = {contender}}, Text, {}, folder);
  return ::testing::internal::GetCapturedStdout();
}

TEST(ShowChoices, SaysWhatWasChosenAndHowItsTestsWent) {
  const RunFolder folder = TestFolder("tuned_run");
  ContenderResult contender{.name = "model"};
  contender.search.trials = {{.number = 0, .values = {{"lr", 0.5}}, .steps = 5, .score = 7}};
  contender.chosen = contender.search.trials[0];
  contender.tests = {{.seed = 2, .validation_score = 8, .test_score = 9}, {.seed = 3, .message = "diverged"}};
  const std::string shown = Shown(contender, folder);
  EXPECT_THAT(shown, HasSubstr(" in 1 trials\n  chosen: trial 0 with lr=0.5; validation error <7>\n"));
  EXPECT_THAT(shown, HasSubstr("  seed 2: validation error <8>, test error <9>\n"));
  EXPECT_THAT(shown, HasSubstr("  seed 3: diverged\n"));
  EXPECT_THAT(Contents(folder.path() / "trials-model.csv"), StartsWith("trial,lr,state,"));
}

TEST(ShowChoices, SaysWhyNothingWasChosen) {
  const RunFolder folder = TestFolder("tuned_run");
  ContenderResult contender{.name = "model"};
  EXPECT_THAT(Shown(contender, folder), HasSubstr("\n  interrupted\n"));
  contender.failure = "all trials have failed";
  EXPECT_THAT(Shown(contender, folder), HasSubstr("\n  all trials have failed\n"));
  EXPECT_THAT(Shown(contender, folder), Not(HasSubstr("chosen")));
}

TEST(ValidationCurve, BeginsWithTheFirstTrialThatHasNotFailed) {
  ContenderResult contender{.name = "model"};
  const double none = std::numeric_limits<double>::quiet_NaN();
  contender.validation_curve = {none, none, 0.5, 0.25};
  const Series curve = ValidationCurve(contender);
  EXPECT_EQ(curve.name, "model");
  EXPECT_EQ(curve.x, (std::vector<double>{3, 4}));
  EXPECT_EQ(curve.y, (std::vector<double>{0.5, 0.25}));
}

}  // namespace
}  // namespace hyperwidth
