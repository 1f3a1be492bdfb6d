// SPDX-License-Identifier: Apache-2.0
#include "experiments/program/repeated_run.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <fstream>
#include <iterator>

#include "experiments/result/result_file.h"

namespace hyperwidth {
namespace {

struct Left {
  std::string metrics;
  std::string result;
};

std::filesystem::path PathOf(const std::string& name) { return std::filesystem::path(::testing::TempDir()) / name; }

Left LeftBy(const std::string& name, const RunWithThreads& run, int threads, ExistingRun existing) {
  Result result = run(threads, RunFolder(PathOf(name), existing));
  EXPECT_THAT(ToJson(result), ::testing::Not(::testing::HasSubstr("\"complete\"")));
  result.provenance.clear();
  result.settings.clear();
  return {.metrics = Contents(PathOf(name) / "metrics.csv"), .result = ToJson(result)};
}

}  // namespace

RunFolder TestFolder(const std::string& name, ExistingRun existing) { return RunFolder(PathOf(name), existing); }

std::string Contents(const std::filesystem::path& path) {
  std::ifstream file(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(file), {}};
}

void ExpectSameBitsWithAnyNumberOfThreads(const std::string& name, const RunWithThreads& run, std::int64_t trials) {
  const Left one = LeftBy(name + "_one", run, 1, ExistingRun::kOverwrite);
  const Left two = LeftBy(name + "_two", run, 2, ExistingRun::kOverwrite);
  EXPECT_EQ(std::count(one.metrics.begin(), one.metrics.end(), '\n'), 1 + trials);
  EXPECT_EQ(one.metrics, two.metrics);
  EXPECT_EQ(one.result, two.result);
}

void ExpectGoesOnFromWhatHasFinished(const std::string& name, const RunWithThreads& run, int lines) {
  const std::string resumed = name + "_resumed";
  const Left whole = LeftBy(resumed, run, 1, ExistingRun::kOverwrite);
  const std::filesystem::path journal = PathOf(resumed) / "trials.jsonl";
  std::string kept;
  {
    std::ifstream file(journal);
    std::string line;
    for (int i = 0; i < lines && std::getline(file, line); ++i) kept += line + "\n";
  }
  std::ofstream(journal, std::ios::binary | std::ios::trunc) << kept;
  const Left continued = LeftBy(resumed, run, 2, ExistingRun::kResume);
  EXPECT_EQ(continued.metrics, whole.metrics);
  EXPECT_EQ(continued.result, whole.result);
  EXPECT_THAT(Contents(journal), ::testing::StartsWith(kept));
}

}  // namespace hyperwidth
