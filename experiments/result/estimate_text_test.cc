// SPDX-License-Identifier: Apache-2.0
#include "experiments/result/estimate_text.h"

#include <gtest/gtest.h>

#include <vector>

namespace hyperwidth {
namespace {

TEST(EstimateText, HasAnIntervalIfThereIsOne) {
  EXPECT_EQ(EstimateText({}), "");
  EXPECT_EQ(EstimateText(MeanOfFinite(std::vector<double>{})), "");
  EXPECT_EQ(EstimateText(MeanEstimate(std::vector<double>{0.25})), "0.25");
  // t(1) s / sqrt(2) = 12.706 0.1
  EXPECT_EQ(EstimateText(MeanEstimate(std::vector<double>{0.5, 0.7})), "0.6 [-0.6706, 1.871]");
}

}  // namespace
}  // namespace hyperwidth
