// SPDX-License-Identifier: Apache-2.0
//
// The example of README.md, and what it does.

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <string>

#include "training/trials/trials_in_folder.h"

namespace {

// README example begins.
using namespace hyperwidth;

// Looks for the real number at which x^3 = 2, by halving an interval with three trials at a time.
double CubeRootOfTwo(const RunFolder& folder, int threads) {
  const Fields study = {{"study", "cube root"}, {"of", 2}};
  TrialsInFolder trials(folder, study, {.title = "cube root", .threads = threads});
  double low = 1, width = 1;
  for (int round = 0; round < 5; ++round, width /= 4) {
    std::vector<Trial> list;
    for (const double x : {low + width / 4, low + width / 2, low + 3 * width / 4}) {
      list.push_back({.values = {{"round", round}, {"x", x}}, .measure = [x](const StopRequest&) {
                        return Fields{{"excess", x * x * x - 2}};
                      }});
    }
    const TrialOutcomes found = trials.Run(list);
    if (!found.complete) break;  // Ctrl-C: the same call with a folder that continues goes on from here
    for (const auto& outcome : found.outcomes) {
      if (OutcomeValue<double>(outcome->values, "excess") <= 0) low += width / 4;
    }
  }
  return low;
}
// README example ends.

TEST(Readme, ExampleFindsTheRoot) {
  const std::string path = ::testing::TempDir() + "/cube root";
  std::filesystem::remove_all(path);
  const RunFolder folder(path, ExistingRun::kRefuse);
  const double root = CubeRootOfTwo(folder, 2);
  EXPECT_LE(root * root * root, 2);
  EXPECT_GT(std::pow(root + std::pow(0.25, 5), 3), 2);
  std::ifstream table(path + "/metrics.csv");
  const std::string text{std::istreambuf_iterator<char>(table), {}};
  EXPECT_EQ(std::count(text.begin(), text.end(), '\n'), 1 + 5 * 3) << text;
}

}  // namespace
