// SPDX-License-Identifier: Apache-2.0
#include "experiments/rotation/rotation_options.h"

#include <gtest/gtest.h>

#include <CLI/CLI.hpp>
#include <string>
#include <vector>

namespace hyperwidth {
namespace {

// The quick form, with flags that the user has given.
RotationOptions QuickWith(const std::vector<std::string>& flags) {
  CLI::App app;
  RotationOptions options;
  SettingTable table = SettingTableOf(options);
  table.AddFlags(app);
  app.parse(std::vector<std::string>(flags.rbegin(), flags.rend()));  // CLI11 takes them last first
  table.UseQuickValues();
  return options;
}

TEST(QuickRotation, ReplacesOptimiserAndLearningRateTogetherOrNotAtAll) {
  EXPECT_EQ(QuickWith({}).optimizer.method, OptimizerMethod::kAdam);
  EXPECT_EQ(QuickWith({}).optimizer.learning_rate, 1e-3);
  for (const char* flag : {"--lr=0.01", "--optimizer=sgd", "--momentum=0"}) {
    EXPECT_EQ(QuickWith({flag}).optimizer.method, OptimizerMethod::kSgd) << flag;
    EXPECT_EQ(QuickWith({flag}).optimizer.learning_rate, 0.01) << flag;
    EXPECT_EQ(QuickWith({flag}).depths, std::vector<int>{2}) << flag;
  }
  EXPECT_EQ(QuickWith({"--weight-decay=0.1"}).optimizer.method, OptimizerMethod::kAdam);
}

TEST(RotationOptions, TakeEveryOptimiserOfTheTrainer) {
  for (const char* name : {"sgd", "adam", "adamw", "adadelta"}) {
    EXPECT_EQ(OptimizerMethodName(QuickWith({std::string("--optimizer=") + name, "--lr=1"}).optimizer.method), name);
  }
}

TEST(RotationOptions, AreOfAShortBudgetBelowATenthOfThePublishedSamples) {
  EXPECT_FALSE(IsShortBudget({}));
  EXPECT_TRUE(IsShortBudget(QuickForm<RotationOptions>()));
  RotationOptions options;
  options.epochs = 1;
  EXPECT_FALSE(IsShortBudget(options));
  options.train_images -= 1;
  EXPECT_TRUE(IsShortBudget(options));
}

}  // namespace
}  // namespace hyperwidth
