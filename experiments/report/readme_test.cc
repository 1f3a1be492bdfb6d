// SPDX-License-Identifier: Apache-2.0
//
// The example of README.md, compiled and run.

#include <gtest/gtest.h>

// README example begins
#include <filesystem>

#include "experiments/report/report.h"
#include "experiments/result/verdict.h"

using namespace hyperwidth;

// A page with one figure and one verdict: does an error fall like one over the number of parameters?
void WriteRates(const std::filesystem::path& folder) {
  Series measured{.name = "measured", .x_name = "parameters", .y_name = "error"};
  measured.x = {10, 20, 40, 80, 160};
  measured.y = {0.31, 0.148, 0.077, 0.0372, 0.0189};
  Series predicted{.name = "slope -1", .x_name = "parameters", .y_name = "error", .style = SeriesStyle::kLine};
  predicted.x = {10, 160};
  predicted.y = {0.3, 0.01875};

  Result result{.experiment = "constructed_rates", .title = "Error against size"};
  result.series = {measured, predicted};
  result.checks = {JudgeExponent({"constructed_rates.slope", "The error is proportional to 1 / parameters."},
                                 -1,
                                 FitLogLog(measured.x, measured.y))};
  WriteReport(folder / "report.html", std::vector{result});
}
// README example ends

namespace {

TEST(ReportReadme, ExampleWritesAPage) {
  const std::filesystem::path folder = ::testing::TempDir();
  WriteRates(folder);
  EXPECT_GT(std::filesystem::file_size(folder / "report.html"), 5000u);
}

}  // namespace
