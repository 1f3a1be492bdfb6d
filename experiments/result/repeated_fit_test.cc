// SPDX-License-Identifier: Apache-2.0
#include "experiments/result/repeated_fit.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cmath>
#include <stdexcept>
#include <vector>

#include "experiments/result/verdict.h"
#include "models/random_stream.h"
#include "models/standard_normal.h"

namespace hyperwidth {
namespace {

constexpr double kRounding = 1e-12;  // a few dozen operations on numbers of order one
constexpr int kStudies = 1000;       // with the tolerance below, a false alarm has probability below 1e-8
const double kCoverageTolerance = 6 * std::sqrt(0.05 * 0.95 / kStudies);

bool Contains(const Interval& interval, double value) { return interval.low <= value && value <= interval.high; }
double Width(const Interval& interval) { return interval.high - interval.low; }

// 3 x^exponent at x = 2, 4, ..., 64, with so many repetitions of so much noise in the logarithm.
RepeatedMeasurements Noisy(double exponent, int repetitions, double noise, std::uint64_t study) {
  RandomStream random(11, {study});
  RepeatedMeasurements measurements;
  for (int i = 1; i <= 6; ++i) {
    measurements.x.push_back(std::pow(2.0, i));
    measurements.y.emplace_back();
    for (int j = 0; j < repetitions; ++j) {
      measurements.y.back().push_back(3 * std::pow(measurements.x.back(), exponent) *
                                      std::exp(noise * StandardNormal(random)));
    }
  }
  return measurements;
}

TEST(MeansOf, AreGeometricAndWeightedByOwnAndPooledVariance) {
  // Logarithms 0 and 2 (variance 2), 1 and 1 (variance 0), and one of 5: pooled over two degrees of freedom, 1.
  const RepeatedMeasurements measurements{.x = {1, 2, 3},
                                          .y = {{1, std::exp(2)}, {std::exp(1), std::exp(1)}, {std::exp(5)}}};
  const LogLogPoints points = MeansOf(measurements);
  EXPECT_NEAR(points.y.at(0), std::exp(1), kRounding);
  EXPECT_NEAR(points.weights.at(0), 1 / ((2 + 1) / 4.0), kRounding);
  EXPECT_NEAR(points.weights.at(1), 1 / ((0 + 1) / 4.0), kRounding);
  EXPECT_NEAR(points.weights.at(2), 1 / ((1 + 1) / 2.0), kRounding);
  const double step = std::log(1.25);
  EXPECT_NEAR(MeansOf(measurements, 1.25).weights.at(1), 1 / (0.25 + step * step / 12), kRounding);
}

TEST(MeansOf, AreWeightedAlikeIfNothingVaries) {
  EXPECT_TRUE(MeansOf({.x = {1, 2}, .y = {{3, 3}, {4, 4, 4}}}).weights.empty());
  EXPECT_TRUE(MeansOf({.x = {1, 2}, .y = {{3}, {4}}}).weights.empty());
}

TEST(FitRepeated, FindsAnExactPower) {
  const SlopeFit fit = FitRepeated(Noisy(-2.5, 3, 0, 1));
  EXPECT_NEAR(fit.slope, -2.5, kRounding);
  EXPECT_NEAR(fit.log_intercept, std::log(3), kRounding);
  EXPECT_TRUE(Contains(fit.ci95, -2.5));
  EXPECT_LT(Width(fit.ci95), 1e-9);
  EXPECT_EQ(fit.points, 6);
  EXPECT_EQ(fit.x_range, (Interval{.low = 2, .high = 64}));
}

TEST(FitRepeated, CoversTheTrueSlope) {
  // Repetitions from three to eight, so that the bootstrap's correction for few of them is tested as well. Student's
  // interval is exact for given weights; these depend on the data, which costs less than the tolerance. Each study has
  // a bootstrap of its own: what 400 samples of one stream are off by would be the same in all of them, and the
  // tolerance is for independent studies.
  for (const int repetitions : {3, 5, 8}) {
    int student = 0, bootstrap = 0, both = 0;
    for (std::uint64_t study = 0; study < kStudies; ++study) {
      const SlopeFit fit = FitRepeated(Noisy(1.5, repetitions, 0.3, study), {.seed = study, .bootstrap_samples = 400});
      student += Contains(fit.student95, 1.5);
      bootstrap += Contains(*fit.bootstrap95, 1.5);
      both += Contains(fit.ci95, 1.5);
      EXPECT_EQ(fit.ci95.low, std::min(fit.student95.low, fit.bootstrap95->low));
      EXPECT_EQ(fit.ci95.high, std::max(fit.student95.high, fit.bootstrap95->high));
    }
    RecordProperty("student_" + std::to_string(repetitions), student);
    RecordProperty("bootstrap_" + std::to_string(repetitions), bootstrap);
    RecordProperty("both_" + std::to_string(repetitions), both);
    EXPECT_NEAR(static_cast<double>(student) / kStudies, 0.95, kCoverageTolerance) << repetitions;
    EXPECT_NEAR(static_cast<double>(bootstrap) / kStudies, 0.95, kCoverageTolerance) << repetitions;
    EXPECT_GE(static_cast<double>(both) / kStudies, 0.95) << repetitions;
  }
}

TEST(FitRepeated, TheBootstrapSeesTheSpreadThatTheLineHides) {
  // Means exactly on the line, repetitions far apart: Student's interval has no width, the bootstrap's has that of the
  // repetitions. With two of them at +-h, the mean has the standard error h; u = log x has squares summing to 17.5
  // log^2 2. Of the slope's variance, 0.262, 0.148 and 0.0905 come from each x, from the ends inwards: 1 / (2 * the sum
  // of their squares) = 5.07 degrees of freedom, for which Student's quantile is 2.560.
  RepeatedMeasurements measurements;
  for (int i = 1; i <= 6; ++i) {
    const double x = std::pow(2.0, i);
    measurements.x.push_back(x);
    measurements.y.push_back({x * std::exp(0.3), x * std::exp(-0.3)});
  }
  const SlopeFit fit = FitRepeated(measurements);
  EXPECT_LT(Width(fit.student95), 1e-10);
  const double standard_error = 0.3 / (std::log(2) * std::sqrt(17.5));
  EXPECT_NEAR(Width(*fit.bootstrap95) / (2 * 2.560 * standard_error), 1, 0.1);
  EXPECT_EQ(fit.ci95.high, fit.bootstrap95->high);
}

// y = x at x = 2, 4, ..., 64, with these deviations of log y at small x and their opposites at large x.
RepeatedMeasurements WithDeviations(const std::vector<double>& deviations) {
  RepeatedMeasurements measurements;
  for (int i = 1; i <= 6; ++i) {
    measurements.x.push_back(std::pow(2.0, i));
    measurements.y.emplace_back();
    for (const double deviation : deviations) {
      measurements.y.back().push_back(measurements.x.back() * std::exp(i <= 3 ? deviation : -deviation));
    }
  }
  return measurements;
}

TEST(FitRepeated, TheBootstrapLeansToWhereTheRepetitionsDo) {
  // One repetition in five is far up at large x and far down at small x: steep lines are rarer than flat ones, and go
  // farther. Half of all draws are from the repetitions at the same x, of skewness 1.5, half from all together, of
  // none; averaged over five of them and weighted by the leverages (2.5, 1.5, 0.5, ..), 0.17 is left, by which
  // Cornish and Fisher's expansion makes the upper side 1.09 times as long as the lower one.
  const SlopeFit fit = FitRepeated(WithDeviations({-1, 0, 0, 0, 0}), {.bootstrap_samples = 50'000});
  const double upper = fit.bootstrap95->high - fit.slope, lower = fit.slope - fit.bootstrap95->low;
  EXPECT_NEAR(upper / lower, 1.09, 0.04);
}

TEST(FitRepeated, BothEndsOfTheBootstrapAreTheSameQuantile) {
  // Of a hundred samples each. The middle of an interval is off by 0.27 * sqrt(2) / 2 standard errors at random, its
  // width is about four; a place in the order too far up would be a sixth of a standard error.
  constexpr int kSeeds = 400;
  double middle = 0, width = 0;
  for (std::uint64_t seed = 1; seed <= kSeeds; ++seed) {
    const SlopeFit fit = FitRepeated(WithDeviations({-1, 1}), {.seed = seed, .bootstrap_samples = 100});
    middle += (fit.bootstrap95->low + fit.bootstrap95->high) / 2 - fit.slope;
    width += Width(*fit.bootstrap95);
  }
  EXPECT_LT(std::abs(middle / (width / 4)), 6 * 0.19 / std::sqrt(kSeeds));
}

TEST(FitRepeated, TheBootstrapIsTheSameForTheSameSeed) {
  const RepeatedMeasurements measurements = Noisy(1, 4, 0.2, 3);
  const SlopeFit one = FitRepeated(measurements, {.seed = 7}), two = FitRepeated(measurements, {.seed = 7}),
                 other = FitRepeated(measurements, {.seed = 8});
  EXPECT_EQ(one.bootstrap95, two.bootstrap95);  // bit for bit
  EXPECT_EQ(one.ci95, two.ci95);
  EXPECT_NE(one.bootstrap95, other.bootstrap95);
  // 2000 samples know the ends well enough: another seed moves them by a tenth of the width at most.
  EXPECT_NEAR(one.bootstrap95->low, other.bootstrap95->low, 0.1 * Width(*one.bootstrap95));
}

TEST(FitRepeated, RepetitionsThatHappenToAgreeDoNotDecideAlone) {
  // The last three points agree by chance, and their mean is off the line: they must not pull it to themselves.
  RepeatedMeasurements measurements = Noisy(1, 5, 0.3, 4);
  measurements.y.back() = std::vector<double>(5, 3 * 64 * 1.5);
  const LogLogPoints points = MeansOf(measurements);
  double others = 0;
  for (std::size_t i = 0; i + 1 < points.weights.size(); ++i) others = std::max(others, points.weights[i]);
  EXPECT_LT(points.weights.back(), 3 * others);
}

TEST(FitRepeated, AResolutionWidensBothIntervals) {
  // A search that returns the power of two above the truth every time: no spread at all, and yet no certainty.
  RepeatedMeasurements measurements;
  for (int i = 1; i <= 6; ++i) {
    measurements.x.push_back(std::pow(2.0, i));
    measurements.y.push_back(std::vector<double>(3, std::pow(2.0, i + 1)));
  }
  const SlopeFit naive = FitRepeated(measurements), fit = FitRepeated(measurements, {.resolution = 2});
  EXPECT_LT(Width(naive.ci95), 1e-9);
  // Standard error sqrt(1 / 12 / 17.5) = 0.069; Student's factor for four degrees of freedom is 2.776, the bootstrap's
  // about 1.96 (a sum of six uniform variables is nearly normal).
  EXPECT_NEAR(Width(fit.student95), 2 * 2.776445105 * std::sqrt(1 / 12.0 / 17.5), 1e-6);
  EXPECT_NEAR(Width(*fit.bootstrap95) / (2 * 1.96 * std::sqrt(1 / 12.0 / 17.5)), 1, 0.1);
}

TEST(FitRepeated, CoversInSpiteOfASearchThatRoundsUp) {
  int covered = 0;
  for (std::uint64_t study = 0; study < kStudies; ++study) {
    RandomStream random(12, {study});
    RepeatedMeasurements measurements;
    const double factor = random.Uniform(1, 2);
    for (int i = 0; i < 6; ++i) {
      measurements.x.push_back(2 + i);
      measurements.y.emplace_back();
      for (int j = 0; j < 4; ++j) {
        const double size = 4 * factor * std::pow(measurements.x.back(), 2) * std::exp(0.1 * StandardNormal(random));
        measurements.y.back().push_back(std::pow(1.5, std::ceil(std::log(size) / std::log(1.5))));
      }
    }
    covered += Contains(FitRepeated(measurements, {.bootstrap_samples = 200, .resolution = 1.5}).ci95, 2);
  }
  EXPECT_GT(static_cast<double>(covered) / kStudies, 0.95 - kCoverageTolerance);
}

TEST(FitRepeated, DropsTheBentStartOnRequest) {
  RepeatedMeasurements measurements = Noisy(2, 4, 0.02, 5);
  for (std::size_t i = 0; i < measurements.x.size(); ++i) {
    for (double& y : measurements.y[i]) y *= 1 + 10 / measurements.x[i];
  }
  const SlopeFit all = FitRepeated(measurements), fit = FitRepeated(measurements, {.range = AsymptoticRange{}});
  EXPECT_EQ(all.dropped, 0);
  EXPECT_EQ(fit.dropped, 2);
  EXPECT_EQ(fit.x_range.low, 8);
  EXPECT_THAT(fit.kept, ::testing::ElementsAre(2, 3, 4, 5));
  EXPECT_GT(fit.slope, all.slope);
  EXPECT_TRUE(fit.bootstrap95);
}

TEST(FitRepeated, ABendFromAMeanThatIsUncertainIsNone) {
  // The first mean is off the line of the others. Where its repetitions scatter as theirs do, the quadratic term is 2.5
  // of its standard errors, above the 2.02 of Student's t for five degrees of freedom and this significance; where they
  // scatter so much that it has a ninth of the others' weight, 1.3.
  const auto dropped = [](double first_scatter) {
    RepeatedMeasurements measurements;
    for (int i = 1; i <= 8; ++i) {
      const double x = std::pow(2.0, i), scatter = i == 1 ? first_scatter : 0.01;
      const double mean = 2 * std::log(x) + (i == 1 ? 0.3 : 0) + (i % 2 == 0 ? 0.03 : -0.03);
      measurements.x.push_back(x);
      measurements.y.push_back({std::exp(mean - scatter), std::exp(mean + scatter)});
    }
    return FitRepeated(measurements, {.bootstrap_samples = 0, .range = AsymptoticRange{.significance = 0.1}}).dropped;
  };
  EXPECT_EQ(dropped(0.01), 1);
  EXPECT_EQ(dropped(3), 0);
}

TEST(FitRepeated, HasNoBootstrapWithoutRepetitions) {
  RepeatedMeasurements measurements = Noisy(1, 4, 0.2, 6);
  EXPECT_FALSE(FitRepeated(measurements, {.bootstrap_samples = 0}).bootstrap95);
  measurements.y[2].resize(1);
  const SlopeFit fit = FitRepeated(measurements);
  EXPECT_FALSE(fit.bootstrap95);
  EXPECT_EQ(fit.ci95, fit.student95);
  EXPECT_EQ(FitRepeated({.x = {1, 2}, .y = {{1, 2}, {3, 4}}}).ci95, Interval{});
  EXPECT_TRUE(FitRepeated({.x = {1, 2, 3}, .y = {{1, 2}, {3, 4}, {4, 6}}}).bootstrap95);
  EXPECT_TRUE(std::isnan(FitRepeated({}).slope));
}

TEST(FitRepeated, AWrongExponentComesOutInconsistent) {
  const SlopeFit fit = FitRepeated(Noisy(2, 5, 0.1, 7), {.range = AsymptoticRange{}});
  const Claim claim{.id = "e.c", .text = "A claim."};
  EXPECT_EQ(JudgeExponent(claim, 2, fit).verdict, Verdict::kConsistent);
  EXPECT_EQ(JudgeExponent(claim, 3, fit).verdict, Verdict::kInconsistent);
  EXPECT_EQ(JudgeExponent(claim, 1, fit).verdict, Verdict::kInconsistent);
}

TEST(FitRepeated, RefusesTheImpossible) {
  EXPECT_THROW(FitRepeated({.x = {1, 2}, .y = {{1}}}), std::invalid_argument);
  EXPECT_THROW(FitRepeated({.x = {1, 2}, .y = {{1}, {}}}), std::invalid_argument);
  EXPECT_THROW(FitRepeated({.x = {2, 2}, .y = {{1}, {2}}}), std::invalid_argument);
  EXPECT_THROW(FitRepeated({.x = {1, 2}, .y = {{1}, {0}}}), std::domain_error);
  EXPECT_THROW(FitRepeated({.x = {1, 2}, .y = {{1}, {std::nan("")}}}), std::domain_error);
  EXPECT_THROW(FitRepeated({.x = {0, 2}, .y = {{1}, {2}}}), std::domain_error);
  EXPECT_THROW(MeansOf({.x = {0, 2}, .y = {{1}, {2}}}), std::domain_error);
  const RepeatedMeasurements good{.x = {1, 2, 3}, .y = {{1, 2}, {2, 3}, {3, 4}}};
  EXPECT_THROW(FitRepeated(good, {.bootstrap_samples = 99}), std::invalid_argument);
  EXPECT_THROW(FitRepeated(good, {.resolution = 0.9}), std::domain_error);
  EXPECT_THROW(FitRepeated(good, {.range = AsymptoticRange{.min_points = 1}}), std::invalid_argument);
}

}  // namespace
}  // namespace hyperwidth
