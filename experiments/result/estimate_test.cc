// SPDX-License-Identifier: Apache-2.0
#include "experiments/result/estimate.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cmath>
#include <numbers>
#include <stdexcept>
#include <vector>

#include "models/random_stream.h"
#include "models/standard_normal.h"

namespace hyperwidth {
namespace {

using ::testing::ThrowsMessage;

constexpr double kInfinity = std::numeric_limits<double>::infinity();
constexpr double kRounding = 1e-12;  // a few dozen operations on numbers of order one

// The upper 2.5 % point of Student's t distribution with two degrees of freedom (tables).
constexpr double kStudent2 = 4.302652729749464;

bool Contains(const Interval& interval, double value) { return interval.low <= value && value <= interval.high; }

// A correct 95 % interval misses its target in 5 % of kStudies, up to six standard deviations of that count: a false
// alarm has probability below 1e-8.
constexpr int kStudies = 4000;
const double kCoverageTolerance = 6 * std::sqrt(0.05 * 0.95 / kStudies);

TEST(MeanEstimate, IsStudentsInterval) {
  const Estimate estimate = MeanEstimate(std::vector<double>{1, 2, 3});  // standard deviation 1
  EXPECT_DOUBLE_EQ(estimate.value, 2);
  EXPECT_NEAR(estimate.ci95.low, 2 - kStudent2 / std::sqrt(3), 1e-9);
  EXPECT_NEAR(estimate.ci95.high, 2 + kStudent2 / std::sqrt(3), 1e-9);
  const Estimate two = MeanEstimate(std::vector<double>{0, 2});  // standard error 1, one degree of freedom
  EXPECT_NEAR(two.ci95.high, 1 + std::tan(std::numbers::pi * 0.475), 1e-9);
}

TEST(MeanEstimate, KnowsNothingFromFewerThanTwo) {
  EXPECT_EQ(MeanEstimate(std::vector<double>{5}).ci95, Interval{});
  EXPECT_EQ(MeanEstimate(std::vector<double>{5}).value, 5);
  EXPECT_EQ(MeanEstimate(std::vector<double>{5}).samples, 1);
  EXPECT_TRUE(std::isnan(MeanEstimate({}).value));
  EXPECT_THROW(MeanEstimate(std::vector<double>{1, kInfinity}), std::domain_error);
}

TEST(MeanEstimate, CoversTheTrueMeanInNineteenStudiesOfTwenty) {
  int covered = 0;
  for (std::uint64_t study = 0; study < kStudies; ++study) {
    RandomStream random(1, {study});
    std::vector<double> samples;
    for (int i = 0; i < 5; ++i) samples.push_back(7 + 3 * StandardNormal(random));
    covered += Contains(MeanEstimate(samples).ci95, 7);
  }
  EXPECT_NEAR(static_cast<double>(covered) / kStudies, 0.95, kCoverageTolerance);
}

TEST(PairedDifferenceEstimate, CancelsWhatThePairsShare) {
  const std::vector<double> a = {101, 202, 303}, b = {100, 200, 300};
  const Estimate estimate = PairedDifferenceEstimate(a, b);
  EXPECT_DOUBLE_EQ(estimate.value, 2);
  EXPECT_NEAR(estimate.ci95.high, 2 + kStudent2 / std::sqrt(3), 1e-9);
  EXPECT_THAT([&] { PairedDifferenceEstimate(a, std::vector<double>{1}); },
              ThrowsMessage<std::invalid_argument>("paired values: 3 and 1; accepted: as many of one as of the other"));
}

TEST(FractionEstimate, HasTheClosedFormsOfNoneAndAll) {
  const Estimate none = FractionEstimate(0, 10), all = FractionEstimate(10, 10);
  EXPECT_EQ(none.ci95.low, 0);
  EXPECT_NEAR(none.ci95.high, 1 - std::pow(0.025, 0.1), kRounding);
  EXPECT_NEAR(all.ci95.low, std::pow(0.025, 0.1), kRounding);
  EXPECT_EQ(all.ci95.high, 1);
  EXPECT_EQ(FractionEstimate(3, 4).value, 0.75);
  EXPECT_EQ(FractionEstimate(3, 4).samples, 4);
}

TEST(FractionEstimate, EndsAreWhereTheTailsHaveTwoAndAHalfPercent) {
  // P(at least 2 of 5 errors) at the lower end and P(at most 2 of 5) at the upper, summed directly.
  const Interval ci = FractionEstimate(2, 5).ci95;
  const auto at_most = [](int k, double p) {
    const double choose[] = {1, 5, 10, 10, 5, 1};
    double sum = 0;
    for (int i = 0; i <= k; ++i) sum += choose[i] * std::pow(p, i) * std::pow(1 - p, 5 - i);
    return sum;
  };
  EXPECT_NEAR(1 - at_most(1, ci.low), 0.025, kRounding);
  EXPECT_NEAR(at_most(2, ci.high), 0.025, kRounding);
}

TEST(FractionEstimate, CoversAtLeastNineteenOfTwenty) {
  for (const double truth : {0.01, 0.1, 0.5}) {
    int covered = 0;
    for (std::uint64_t study = 0; study < kStudies; ++study) {
      RandomStream random(2, {study});
      int errors = 0;
      for (int i = 0; i < 100; ++i) errors += random.Uniform() < truth;
      covered += Contains(FractionEstimate(errors, 100).ci95, truth);
    }
    EXPECT_GT(static_cast<double>(covered) / kStudies, 0.95 - kCoverageTolerance) << truth;
  }
}

TEST(MeanOfFinite, LeavesOutWhatIsNot) {
  const std::vector<double> values = {NAN, 3, kInfinity, 5, -kInfinity}, finite = {3, 5};
  const Estimate found = MeanOfFinite(values);
  EXPECT_EQ(found.value, 4);
  EXPECT_EQ(found.samples, 2);
  EXPECT_EQ(found.ci95, MeanEstimate(finite).ci95);
  EXPECT_EQ(MeanOfFinite({values.data(), 1}).samples, 0);
}

TEST(FractionEstimate, RefusesImpossibleCounts) {
  EXPECT_THAT([] { FractionEstimate(0, 0); },
              ThrowsMessage<std::domain_error>(
                  "fraction: 0 errors in 0 samples; accepted: 0 <= errors <= samples, samples >= 1"));
  EXPECT_THROW(FractionEstimate(1, 0), std::domain_error);
  EXPECT_THROW(FractionEstimate(-1, 5), std::domain_error);
  EXPECT_THROW(FractionEstimate(6, 5), std::domain_error);
}

}  // namespace
}  // namespace hyperwidth
