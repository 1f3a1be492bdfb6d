// SPDX-License-Identifier: Apache-2.0
//
// The example of README.md, compiled and run.

#include <gtest/gtest.h>

// README example begins
#include <filesystem>

#include "experiments/report/report.h"
#include "experiments/result/power_law.h"
#include "experiments/result/verdict.h"

using namespace hyperwidth;

// A page with one figure and one verdict: does an error fall like one over the number of parameters?
void WriteRates(const std::filesystem::path& folder) {
  Series measured{.name = "measured", .x_name = "parameters", .y_name = "error"};
  measured.x = {10, 20, 40, 80, 160};
  measured.y = {0.31, 0.148, 0.077, 0.0372, 0.0189};
  const SlopeFit fit = FitLogLog(measured.x, measured.y);

  Result result{.experiment = "constructed_rates", .title = "Error against size"};
  result.series = {measured, PowerLawThrough("slope -1", -1, measured)};
  result.figures = {{.x_name = "parameters",
                     .y_name = "error",
                     .title = "Error against size",
                     .caption = "Claimed: twice the parameters halve the error. Measured: one model of each size."}};
  result.checks = {JudgeExponent({"constructed_rates.slope", "The error is proportional to 1 / parameters."}, -1, fit)};
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
