// SPDX-License-Identifier: Apache-2.0
//
// The example of README.md, compiled and run.

#include <gtest/gtest.h>

#include <filesystem>

// README example begins
#include <iostream>

#include "experiments/result/result_file.h"
#include "experiments/result/verdict.h"
#include "experiments/result/verdict_table.h"

using namespace hyperwidth;

// Test errors of two models trained with the same five seeds: recorded, judged, written and shown.
void Record(const std::filesystem::path& folder) {
  const PairedSamples errors{.name_a = "hypernetwork",
                             .a = {0.101, 0.097, 0.104, 0.099, 0.102},
                             .name_b = "embedding",
                             .b = {0.163, 0.158, 0.171, 0.160, 0.166}};
  const Estimate mean = MeanEstimate(errors.a);

  Result result{.experiment = "rotation"};
  result.settings = {{"lr", 0.01}, {"epochs", 10}, {"depths", std::vector<int>{2}}};
  result.provenance = {{"seed", 1}, {"threads", 2}};
  result.series = {{.name = "hypernetwork",
                    .x_name = "depth",
                    .x = {2},
                    .y_name = "test_error",
                    .y = {mean.value},
                    .y_ci95 = {mean.ci95}}};
  result.checks = {JudgeLess({"rotation.lower_error", "The hypernetwork has the lower test error."}, errors)};
  WriteResult(folder / "result.json", result);
  std::cout << VerdictTable(result.checks);
}
// README example ends

namespace {

TEST(ResultReadme, ExampleWritesAResultWithAConsistentVerdict) {
  const std::filesystem::path folder = ::testing::TempDir();
  Record(folder);
  EXPECT_EQ(ReadResult(folder / "result.json").checks.at(0).verdict, Verdict::kConsistent);
}

}  // namespace
