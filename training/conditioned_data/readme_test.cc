// SPDX-License-Identifier: Apache-2.0
//
// The example of README.md, compiled and run.

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cstdint>
#include <fstream>
#include <string>
#include <vector>

// README example begins
#include "training/conditioned_data/conditioned_data.h"
#include "training/conditioned_data/data_split.h"
#include "training/conditioned_data/data_summary.h"
#include "training/conditioned_data/standardisation.h"

using namespace hyperwidth;

// What is in a file, and the first training sample as a network should see it.
std::string Describe(const std::string& path, std::vector<float>& x) {
  const ConditionedData data = LoadConditionedData(path);
  const DataSplit split = SplitData(data, {.by = SplitBy::kCondition, .test_share = 0.2, .seed = 1});
  const Standardisation standardisation = FitStandardisation(data, split);
  std::int64_t position = 0;
  while (split.of(position) != Subset::kTrain) ++position;
  x.resize(static_cast<std::size_t>(data.x_size()));
  data.CopyX<float>(position, x);
  standardisation.x.Apply<float>(x);
  return SummaryText(Summarise(data)) + split.how();
}
// README example ends

namespace {

TEST(ConditionedDataReadme, ExampleDescribesATable) {
  const std::string path = ::testing::TempDir() + "/table.csv";
  std::ofstream table(path);
  table << "x_0,I_0,y_0\n";
  for (int i = 0; i < 100; ++i) table << i % 10 << "," << i / 10 << "," << (i % 10) * (i / 10) << "\n";
  table.close();
  std::vector<float> x;
  const std::string text = Describe(path, x);
  EXPECT_THAT(text,
              ::testing::HasSubstr("100 samples of 10 distinct conditions, 10 each; x lies on one grid of 10 points"));
  EXPECT_THAT(text, ::testing::HasSubstr("by condition: samples for training 54 of 6 conditions"));
  EXPECT_LT(x.at(0), 0);
}

}  // namespace
