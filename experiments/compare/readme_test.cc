// SPDX-License-Identifier: Apache-2.0
//
// The example of README.md, compiled and run.

#include <gtest/gtest.h>

#include <filesystem>

// README example begins
#include "experiments/compare/compare_run.h"

using namespace hyperwidth;

// The errors of two schemes of 1,000 parameters on a task whose answer is a moved step.
Result CompareOnShift(const RunFolder& folder) {
  CompareOptions options;
  options.task = "shift";
  options.schemes = {"concat", "film"};
  options.sizes = {"1000"};
  options.n_trials = 4;
  options.repetitions = 3;
  options.steps = 64;
  const CompareData data = LoadCompareData(options);
  return RunCompare(options, data, PlanComparison(options, data), folder);
}
// README example ends

TEST(Readme, ComparesTwoSchemes) {
  const RunFolder folder(std::filesystem::path(::testing::TempDir()) / "readme", ExistingRun::kOverwrite);
  const Result result = CompareOnShift(folder);
  EXPECT_EQ(result.checks.size(), 1u);
  EXPECT_TRUE(result.advice.has_value());
}
