// SPDX-License-Identifier: Apache-2.0
#include "experiments/constructed_rates/constructed_rates.h"

#include <gtest/gtest.h>

#include <cmath>
#include <filesystem>
#include <string>

namespace hyperwidth {
namespace {

RunFolder TestFolder(const std::string& name) {
  const std::filesystem::path path = std::filesystem::path(::testing::TempDir()) / name;
  return RunFolder(path, ExistingRun::kOverwrite);
}

const Check& Find(const Result& result, const std::string& id) {
  for (const Check& check : result.checks) {
    if (check.id == "constructed_rates." + id) return check;
  }
  throw std::logic_error("no check " + id);
}

class ConstructedRates : public ::testing::Test {
 protected:
  const ConstructedRatesOptions options_ = QuickConstructedRates();
  const std::vector<ConstructedSize> sizes_ = MeasureConstructedRates(options_, TestFolder("constructed_rates"));
};

TEST_F(ConstructedRates, EveryCheckIsConsistent) {
  const Result result = SummariseConstructedRates(options_, sizes_);
  EXPECT_EQ(result.checks.size(), 6u);
  for (const Check& check : result.checks) EXPECT_EQ(check.verdict, Verdict::kConsistent) << check.id << check.why;
}

TEST_F(ConstructedRates, AWrongExponentIsInconsistent) {
  const Result result = SummariseConstructedRates(options_, sizes_, /*exponent_times_smoothness=*/2);
  for (const char* id : {"r1.exponent", "r2.exponent"}) {
    EXPECT_EQ(Find(result, id).verdict, Verdict::kInconsistent) << Find(result, id).why;
  }
}

TEST_F(ConstructedRates, ANetworkAboveItsBoundIsInconsistent) {
  std::vector<ConstructedSize> sizes = sizes_;
  sizes[3].sup_error = 1.01 * sizes[3].bound;
  EXPECT_EQ(Find(SummariseConstructedRates(options_, sizes), "r1.never_above_bound").verdict, Verdict::kInconsistent);
}

TEST_F(ConstructedRates, ANetworkSmallerThanItsCertifiedBoundIsInconsistent) {
  std::vector<ConstructedSize> sizes = sizes_;
  for (ConstructedSize& size : sizes) size.parameters /= 100;
  EXPECT_EQ(Find(SummariseConstructedRates(options_, sizes), "r1.not_below_certified").verdict, Verdict::kInconsistent);
}

TEST_F(ConstructedRates, TooFewSizesDecideNothingAboutAnExponent) {
  ConstructedRatesOptions few = options_;
  few.cells = {8, 16};
  std::vector<ConstructedSize> sizes;
  for (const ConstructedSize& size : sizes_) {
    if (size.cells <= 16) sizes.push_back(size);
  }
  EXPECT_EQ(Find(SummariseConstructedRates(few, sizes), "r1.exponent").verdict, Verdict::kInconclusive);
}

TEST_F(ConstructedRates, ErrorsNearlyReachTheBound) {
  // By the heights of the bumps: n / (n + 1) of it for r = 1, and q / (1 + sqrt(q) + q) with q = (n / 2)^2 for r = 2.
  for (const ConstructedSize& size : sizes_) {
    const double n = size.cells, q = n * n / 4;
    EXPECT_GT(size.sup_error / size.bound,
              size.smoothness == 1 ? 0.999 * n / (n + 1) : 0.999 * q / (1 + std::sqrt(q) + q))
        << size.cells;
  }
}

}  // namespace
}  // namespace hyperwidth
