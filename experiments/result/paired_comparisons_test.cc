// SPDX-License-Identifier: Apache-2.0
#include "experiments/result/paired_comparisons.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cmath>
#include <functional>
#include <limits>
#include <stdexcept>

#include "models/random_stream.h"
#include "models/standard_normal.h"

namespace hyperwidth {
namespace {

using ::testing::AllOf;
using ::testing::HasSubstr;

constexpr double kNaN = std::numeric_limits<double>::quiet_NaN();
const Claim kClaim{.id = "e.c", .text = "A claim."};

// Differences d have t = mean / (s / sqrt(n)). For two degrees of freedom P(|T| > t) = 1 - t / sqrt(t^2 + 2).
double PValueOfThree(double t) { return 1 - t / std::sqrt(t * t + 2); }

TEST(ComparePairs, HasThePValueOfThePairedTTest) {
  // Differences 1, 2, 3: mean 2, s = 1.
  const std::vector<RepeatedScores> two = {{"a", {11, 22, 33}}, {"b", {10, 20, 30}}};
  const std::vector<PairedComparison> found = ComparePairs(two);
  ASSERT_EQ(found.size(), 1u);
  EXPECT_EQ(found[0].a, "a");
  EXPECT_EQ(found[0].b, "b");
  EXPECT_EQ(found[0].difference.value, 2);
  EXPECT_EQ(found[0].difference.samples, 3);
  EXPECT_NEAR(found[0].p_value, PValueOfThree(2 * std::sqrt(3.0)), 1e-12);
  EXPECT_EQ(found[0].adjusted_p, found[0].p_value);
  // p = 0.0742: at this level different, below it not.
  EXPECT_FALSE(found[0].is_different);
  EXPECT_TRUE(ComparePairs(two, 0.075)[0].is_different);
  EXPECT_FALSE(ComparePairs(two, 0.074)[0].is_different);
}

TEST(ComparePairs, ComparesAllPairsInOrder) {
  const std::vector<RepeatedScores> four = {{"a", {1, 2, 3}}, {"b", {1, 2, 4}}, {"c", {0, 1, 1}}, {"d", {3, 2, 1}}};
  std::string order;
  for (const PairedComparison& found : ComparePairs(four)) {
    order += found.a + found.b + " ";
    EXPECT_EQ(found.comparisons, 6);
  }
  EXPECT_EQ(order, "ab ac ad bc bd cd ");
  EXPECT_TRUE(ComparePairs(std::vector<RepeatedScores>{}).empty());
  EXPECT_TRUE(ComparePairs(std::vector<RepeatedScores>{{"a", {1, 2, 3}}}).empty());
}

// Holm 1979: the smallest p times 3, the next times 2, the largest times 1, and none below one before it.
TEST(ComparePairs, AdjustsByHolm) {
  const std::vector<RepeatedScores> three = {
      {"a", {0.00, 0.10, 0.00, 0.00}}, {"b", {1.00, 1.10, 1.10, 0.95}}, {"c", {1.30, 1.00, 1.20, 1.45}}};
  const std::vector<PairedComparison> found = ComparePairs(three);
  const double ab = found[0].p_value, ac = found[1].p_value, bc = found[2].p_value;
  ASSERT_LT(ab, ac);
  ASSERT_LT(ac, bc);
  EXPECT_DOUBLE_EQ(found[0].adjusted_p, 3 * ab);
  EXPECT_DOUBLE_EQ(found[1].adjusted_p, 2 * ac);
  EXPECT_DOUBLE_EQ(found[2].adjusted_p, bc);
  EXPECT_TRUE(found[0].is_different);
  EXPECT_TRUE(found[1].is_different);
  EXPECT_FALSE(found[2].is_different);
}

TEST(ComparePairs, AdjustedPsKeepTheOrderAndStayBelowOne) {
  RandomStream random(2);
  for (int trial = 0; trial < 300; ++trial) {
    std::vector<RepeatedScores> scores;
    for (int i = 0; i < 5; ++i) {
      scores.push_back({"s" + std::to_string(i), {}});
      for (int n = 0; n < 4; ++n) scores.back().scores.push_back(random.Uniform(0, 1) + 0.3 * (i % 2));
    }
    const std::vector<PairedComparison> found = ComparePairs(scores);
    for (const PairedComparison& one : found) {
      EXPECT_GE(one.adjusted_p, one.p_value);
      EXPECT_LE(one.adjusted_p, std::min(1.0, 10 * one.p_value));
      EXPECT_EQ(one.is_different, one.adjusted_p < 0.05);
      for (const PairedComparison& other : found) {
        if (one.p_value < other.p_value) {
          EXPECT_LE(one.adjusted_p, other.adjusted_p);
        }
      }
    }
  }
}

TEST(ComparePairs, SimultaneousIntervalsAreWiderByBonferroni) {
  // Differences 1, 2, 3 with standard error 1 / sqrt(3); Student's quantile of two degrees of freedom that leaves
  // `tail` above it is (1 - 2 tail) sqrt(2 / (1 - (1 - 2 tail)^2)).
  const auto quantile = [](double tail) {
    const double inside = 1 - 2 * tail;
    return inside * std::sqrt(2 / (1 - inside * inside));
  };
  const std::vector<RepeatedScores> three = {{"a", {1, 2, 3}}, {"b", {0, 0, 0}}, {"c", {5, 1, 7}}};
  const PairedComparison found = ComparePairs(three, 0.06)[0];
  EXPECT_NEAR(found.difference.ci95.high, 2 + quantile(0.025) / std::sqrt(3), 1e-9);
  EXPECT_NEAR(found.simultaneous.high, 2 + quantile(0.06 / 2 / 3) / std::sqrt(3), 1e-9);
  EXPECT_NEAR(found.simultaneous.low, 2 - quantile(0.06 / 2 / 3) / std::sqrt(3), 1e-9);
}

TEST(ComparePairs, LeavesOutRepetitionsInWhichOneFailed) {
  const std::vector<RepeatedScores> two = {{"a", {11, kNaN, 22, 1, 33}}, {"b", {10, 1, 20, kNaN, 30}}};
  const PairedComparison found = ComparePairs(two)[0];
  EXPECT_EQ(found.difference.samples, 3);
  EXPECT_NEAR(found.p_value, PValueOfThree(2 * std::sqrt(3.0)), 1e-12);
}

TEST(ComparePairs, FindsNothingInFewOrIdenticalDifferences) {
  const std::vector<RepeatedScores> few = {{"a", {0, 0.001, kNaN}}, {"b", {9, 9, 9}}, {"c", {kNaN, 1, kNaN}}};
  for (const PairedComparison& found : ComparePairs(few)) {
    EXPECT_EQ(found.p_value, 1);
    EXPECT_EQ(found.adjusted_p, 1);
    EXPECT_FALSE(found.is_different);
  }
  // Two pairs have intervals all the same, one pair has none.
  EXPECT_NE(ComparePairs(few)[0].simultaneous, Interval{});
  EXPECT_EQ(ComparePairs(few)[1].simultaneous, Interval{});
  // Copies of one repetition, some of them in numbers that no binary fraction is.
  for (const double shift : {0.0, 1.0, 0.1}) {
    const std::vector<RepeatedScores> copies = {{"a", {0.1, 0.2, 0.3}}, {"b", {0.1 + shift, 0.2 + shift, 0.3 + shift}}};
    const PairedComparison found = ComparePairs(copies)[0];
    EXPECT_TRUE(found.is_repeated) << shift;
    EXPECT_EQ(found.p_value, 1) << shift;
    EXPECT_FALSE(found.is_different) << shift;
  }
  // Little spread is spread all the same.
  const std::vector<RepeatedScores> close = {{"a", {0.1, 0.2, 0.3}}, {"b", {1.1, 1.2, 1.3 + 1e-12}}};
  EXPECT_TRUE(ComparePairs(close)[0].is_different);
}

TEST(ComparePairs, RefusesWhatMakesNoPairs) {
  const std::vector<RepeatedScores> unequal = {{"a", {1, 2}}, {"b", {1}}};
  EXPECT_THAT(
      [&] { ComparePairs(unequal); },
      ::testing::ThrowsMessage<std::invalid_argument>("repetitions of b: found 1, accepted: 2, as many as of a"));
  const std::vector<RepeatedScores> infinite = {{"a", {1, 2}}, {"b", {1, std::numeric_limits<double>::infinity()}}};
  EXPECT_THAT([&] { ComparePairs(infinite); }, ::testing::ThrowsMessage<std::domain_error>(HasSubstr("scores of b")));
  const std::vector<RepeatedScores> good = {{"a", {1, 2}}, {"b", {1, 3}}};
  for (const double level : {0.0, 1.0, -0.1, kNaN}) EXPECT_THROW(ComparePairs(good, level), std::invalid_argument);
}

constexpr int kSets = 20'000;
// Six standard deviations of a fraction of kSets that is expected to be 5 %.
const double kSamplingError = 6 * std::sqrt(0.05 * 0.95 / kSets);

// The fraction of sets of equal contenders with any difference found. noise(random, contender): a score.
double FalseDifferences(std::uint64_t seed, const std::function<double(RandomStream&, int)>& noise) {
  int sets_with_any = 0;
  for (std::uint64_t set = 0; set < kSets; ++set) {
    RandomStream random(seed, {set});
    const int contenders = 2 + static_cast<int>(set % 5), repetitions = 3 + static_cast<int>(set / 5 % 8);
    std::vector<RepeatedScores> scores;
    for (int i = 0; i < contenders; ++i) scores.push_back({"s" + std::to_string(i), {}});
    for (int n = 0; n < repetitions; ++n) {
      const double shared = StandardNormal(random);
      for (int i = 0; i < contenders; ++i)
        scores[static_cast<std::size_t>(i)].scores.push_back(shared + noise(random, i));
    }
    bool is_any = false;
    for (const PairedComparison& found : ComparePairs(scores)) is_any = is_any || found.is_different;
    sets_with_any += is_any;
  }
  return static_cast<double>(sets_with_any) / kSets;
}

TEST(ComparePairs, FindsAFalseDifferenceInAtMostFivePercentOfSetsWithNormalNoise) {
  const double rate = FalseDifferences(1, [](RandomStream& random, int) { return StandardNormal(random); });
  EXPECT_LE(rate, 0.05 + kSamplingError);
  EXPECT_NEAR(rate, kFalseDifferencesOfNormalNoise, kSamplingError);
}

TEST(ComparePairs, FindsAsManyFalseDifferencesWithSkewedNoiseAsItsHeaderSays) {
  const double equal = FalseDifferences(2, [](RandomStream& random, int) { return std::exp(StandardNormal(random)); });
  EXPECT_NEAR(equal, kFalseDifferencesOfSkewedNoise, kSamplingError);
  const double unequal = FalseDifferences(3, [](RandomStream& random, int contender) {
    const double sigma = 0.25 + 0.75 * contender / 5;
    return std::exp(sigma * StandardNormal(random) - sigma * sigma / 2);
  });
  EXPECT_NEAR(unequal, kFalseDifferencesOfUnequalSkewness, kSamplingError);
}

// The correction holds whichever others differ: two equal contenders among six of which the others are far apart.
TEST(ComparePairs, FindsNoMoreFalseDifferencesAmongTrueOnes) {
  int called_different = 0, found_true = 0;
  for (std::uint64_t set = 0; set < kSets; ++set) {
    RandomStream random(4, {set});
    std::vector<RepeatedScores> scores;
    for (int i = 0; i < 4; ++i) {
      scores.push_back({"s" + std::to_string(i), {}});
      for (int n = 0; n < 5; ++n) scores.back().scores.push_back(StandardNormal(random) + (i < 2 ? 0 : 1000 * i));
    }
    const std::vector<PairedComparison> found = ComparePairs(scores);
    called_different += found[0].is_different;
    found_true += found[5].is_different;
  }
  // All others are different, so that the last one is tested at the whole level: not corrected more than needed.
  EXPECT_NEAR(static_cast<double>(called_different) / kSets, 0.05, kSamplingError);
  EXPECT_EQ(found_true, kSets);
}

std::vector<RepeatedScores> LowAndHigh() {
  return {{"low", {0.10, 0.11, 0.09, 0.10}}, {"high", {0.20, 0.22, 0.19, 0.21}}, {"as high", {0.21, 0.19, 0.2, 0.22}}};
}

TEST(JudgePair, FollowsTheSignOfWhatIsDifferent) {
  const std::vector<PairedComparison> found = ComparePairs(LowAndHigh());
  const Check less = JudgePair(kClaim, found[0]);
  EXPECT_EQ(less.id, "e.c");
  EXPECT_EQ(less.claim, "A claim.");
  EXPECT_EQ(less.verdict, Verdict::kConsistent);
  EXPECT_EQ(less.predicted, Interval{.high = 0});
  EXPECT_NEAR(less.measured, -0.105, 1e-12);
  EXPECT_EQ(less.ci95, found[0].difference.ci95);
  EXPECT_THAT(less.why,
              AllOf(HasSubstr("low minus high is -0.105 on average over 4 pairs, 95 % interval ["),
                    HasSubstr("with Holm's correction for 3 comparisons, below 0.05.")));
  const Check more = JudgePair(kClaim, Reversed(found[0]));
  EXPECT_EQ(more.verdict, Verdict::kInconsistent);
  EXPECT_THAT(more.why, HasSubstr("high minus low is 0.105"));
  EXPECT_EQ(more.ci95, (Interval{.low = -less.ci95->high, .high = -less.ci95->low}));
  const Check neither = JudgePair(kClaim, found[2]);
  EXPECT_EQ(neither.verdict, Verdict::kInconclusive);
  EXPECT_THAT(neither.why, HasSubstr("comparisons, not below 0.05."));
}

TEST(JudgePair, KeepsTheGroupAndCaseOfTheClaim) {
  const Claim claim{.id = "e.d2", .text = "It is less.", .group = "All are less.", .which = "d = 2"};
  const Check check = JudgePair(claim, ComparePairs(LowAndHigh())[0]);
  EXPECT_EQ(check.group, "All are less.");
  EXPECT_EQ(check.which, "d = 2");
}

TEST(JudgePair, ReversalKeepsAllButTheSigns) {
  const PairedComparison found = ComparePairs(LowAndHigh())[0], reversed = Reversed(found);
  EXPECT_EQ(reversed.a, "high");
  EXPECT_EQ(reversed.b, "low");
  EXPECT_EQ(reversed.p_value, found.p_value);
  EXPECT_EQ(reversed.adjusted_p, found.adjusted_p);
  EXPECT_EQ(reversed.simultaneous, (Interval{.low = -found.simultaneous.high, .high = -found.simultaneous.low}));
  EXPECT_EQ(Reversed(reversed).difference.value, found.difference.value);
}

// What is different by itself need not be among many.
TEST(JudgePair, TheCorrectionCanTakeAVerdictBack) {
  std::vector<RepeatedScores> scores = {{"a", {1, 2, 3, 4}}, {"b", {1.5, 2.3, 3.9, 4.4}}};
  EXPECT_EQ(JudgePair(kClaim, ComparePairs(scores)[0]).verdict, Verdict::kConsistent);
  EXPECT_THAT(JudgePair(kClaim, ComparePairs(scores)[0]).why, ::testing::Not(HasSubstr("Holm")));
  scores.push_back({"c", {2, 1, 4, 3}});
  const PairedComparison corrected = ComparePairs(scores)[0];
  ASSERT_LT(corrected.p_value, 0.05);
  EXPECT_EQ(JudgePair(kClaim, corrected).verdict, Verdict::kInconclusive);
}

TEST(JudgePair, AloneItAgreesWithJudgeLess) {
  RandomStream random(9);
  for (int trial = 0; trial < 500; ++trial) {
    PairedSamples samples{.name_a = "a", .a = {}, .name_b = "b", .b = {}};
    const int repetitions = 1 + trial % 6;
    for (int n = 0; n < repetitions; ++n) {
      samples.a.push_back(StandardNormal(random));
      samples.b.push_back(trial % 7 == 0 ? samples.a.back() + 0.5 : StandardNormal(random) + 2);
    }
    const std::vector<RepeatedScores> scores = {{"a", samples.a}, {"b", samples.b}};
    const Check found = JudgePair(kClaim, ComparePairs(scores)[0]);
    if (trial % 7 == 0) {
      EXPECT_EQ(found.verdict, Verdict::kInconclusive);
      if (repetitions >= 3) {
        EXPECT_THAT(found.why, HasSubstr("not independent"));
      }
      continue;
    }
    const Check expected = JudgeLess(kClaim, samples);
    EXPECT_EQ(found.verdict, expected.verdict) << found.why << "\n" << expected.why;
    EXPECT_EQ(found.measured, expected.measured);
    if (repetitions < 3) {
      EXPECT_EQ(found.why, expected.why);
    }
  }
}

}  // namespace
}  // namespace hyperwidth
