// SPDX-License-Identifier: Apache-2.0
#include "training/search/sensitivity.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cmath>
#include <functional>
#include <limits>
#include <numbers>
#include <stdexcept>
#include <string>
#include <vector>

#include "training/search/sampler.h"

namespace hyperwidth {
namespace {

using ::testing::HasSubstr;
using ::testing::ThrowsMessage;

constexpr double kNotANumber = std::numeric_limits<double>::quiet_NaN();
constexpr double kInfinity = std::numeric_limits<double>::infinity();
constexpr SensitivityOptions kOfScores = {.scale = SensitivityScale::kScore};
// A net of 4096 points integrates what is constant on 8 bins without error, and the functions below to about 1e-4 of
// their variance. It has no chance in it: what is taken off for chance, at most (b - 1) / (n - b) of the variance, is
// missing.
constexpr int kTrials = 4096;
constexpr double kError = 1e-4 + 7.0 / (4096 - 8);

std::vector<ScoredTrial> Evaluate(const SearchSpace& space,
                                  int trials,
                                  const std::function<double(const Assignment&)>& function) {
  const auto sampler = MakeSampler(space, {});
  std::vector<ScoredTrial> scored;
  for (std::int64_t trial = 0; trial < trials; ++trial) {
    const Assignment values = sampler->Sample(trial);
    scored.push_back({values, function(values)});
  }
  return scored;
}

SearchSpace Square() {
  SearchSpace space;
  space.AddFloat("a", 0, 1);
  space.AddFloat("b", 0, 1);
  return space;
}

double Share(const Sensitivity& sensitivity, std::size_t parameter) {
  return sensitivity.parameters[parameter].share.value_or(kNotANumber);
}

// Of a line, the means of 8 equal bins have 1 - 1 / 64 of the variance.
TEST(Sensitivity, DividesTheVarianceOfASumByItsSlopes) {
  const auto trials =
      Evaluate(Square(), kTrials, [](const Assignment& v) { return 3 * RealValue(v, "a") - RealValue(v, "b"); });
  const Sensitivity found = SensitivityOf(Square(), trials, kOfScores);
  EXPECT_NEAR(Share(found, 0), 0.9 * (1 - 1.0 / 64), kError);
  EXPECT_NEAR(Share(found, 1), 0.1 * (1 - 1.0 / 64), kError);
}

TEST(Sensitivity, GivesAnInteractionToNobody) {
  const auto trials = Evaluate(
      Square(), kTrials, [](const Assignment& v) { return (RealValue(v, "a") - 0.5) * (RealValue(v, "b") - 0.5); });
  const Sensitivity found = SensitivityOf(Square(), trials, kOfScores);
  EXPECT_NEAR(Share(found, 0), 0, kError);
  EXPECT_NEAR(Share(found, 1), 0, kError);
}

// Ishigami and Homma (1990): sin x1 + 7 sin^2 x2 + 0.1 x3^4 sin x1 on [-pi, pi]^3. First order, V1 = (1 + pi^4 / 50)^2
// / 2 of the function (1 + pi^4 / 50) sin x1, V2 = 49 / 8 of -7/2 cos 2 x2, V3 = 0. A bin of length h leaves within it
// h^2 / 12 of the mean square of the slope, up to terms in h^4.
TEST(Sensitivity, HasTheFirstOrderOfIshigamisFunction) {
  using std::numbers::pi;
  SearchSpace space;
  for (const char* const name : {"x1", "x2", "x3"}) space.AddFloat(name, -pi, pi);
  const auto trials = Evaluate(space, 1 << 14, [](const Assignment& v) {
    const double x1 = RealValue(v, "x1"), x2 = RealValue(v, "x2"), x3 = RealValue(v, "x3");
    return std::sin(x1) + 7 * std::pow(std::sin(x2), 2) + 0.1 * std::pow(x3, 4) * std::sin(x1);
  });
  constexpr std::int64_t kBins = 64;
  const Sensitivity found = SensitivityOf(space, trials, {.scale = SensitivityScale::kScore, .most_bins = kBins});
  const double factor = 1 + std::pow(pi, 4) / 50, v1 = factor * factor / 2, v2 = 49.0 / 8;
  const double total = v1 + v2 + 0.01 * std::pow(pi, 8) * (1.0 / 18 - 1.0 / 50);
  const double in_bin = std::pow(2 * pi / kBins, 2) / 12;
  EXPECT_NEAR(Share(found, 0), v1 * (1 - in_bin) / total, 5e-3);
  EXPECT_NEAR(Share(found, 1), v2 * (1 - 4 * in_bin) / total, 5e-3);
  EXPECT_NEAR(Share(found, 2), 0, 5e-3);
}

TEST(Sensitivity, HasABinForEachCategoryAndForEachOfFewIntegers) {
  SearchSpace space;
  space.AddCategorical("method", {"z", "y", "x"});
  space.AddInt("layers", 1, 4);
  // Variances 2/3 of 0, 1, 2 and 5/4 of four neighbouring integers.
  const auto trials = Evaluate(space, kTrials, [](const Assignment& v) {
    const std::string& method = CategoryValue(v, "method");
    return (method == "z" ? 0 : method == "y" ? 1 : 2) + static_cast<double>(IntegerValue(v, "layers"));
  });
  const Sensitivity found = SensitivityOf(space, trials, kOfScores);
  constexpr double kThirds = 3 * kError;  // are no parts of a net: one has a point too many or few, a share of 1e-3
  EXPECT_NEAR(Share(found, 0), (2.0 / 3) / (2.0 / 3 + 5.0 / 4), kThirds);
  EXPECT_NEAR(Share(found, 1), (5.0 / 4) / (2.0 / 3 + 5.0 / 4), kThirds);
  ASSERT_EQ(found.parameters[0].bins.size(), 3u);
  EXPECT_EQ(found.parameters[0].bins[0].low, ParameterValue("z")) << "in the order of the space";
  ASSERT_EQ(found.parameters[1].bins.size(), 4u);
  EXPECT_EQ(found.parameters[1].bins[3].low, ParameterValue(4));
  EXPECT_EQ(found.parameters[1].bins[3].high, ParameterValue(4));
  EXPECT_EQ(found.parameters[1].bins[3].trials, kTrials / 4);
}

TEST(Sensitivity, CutsIntegersThatAreMoreThanTheMostBins) {
  const auto bins = [](std::int64_t integers) {
    SearchSpace space;
    space.AddInt("layers", 1, integers);
    const auto trials = Evaluate(space, 512, [](const Assignment&) { return 1.0; });
    return SensitivityOf(space, trials, {.most_bins = 8}).parameters[0].bins;
  };
  EXPECT_EQ(bins(8).size(), 8u);
  ASSERT_EQ(bins(16).size(), 8u);
  EXPECT_EQ(bins(16)[7].low, ParameterValue(15));
  EXPECT_EQ(bins(16)[7].high, ParameterValue(16));
  EXPECT_EQ(bins(9).size(), 8u);
}

// score = 4 [sgd] + momentum [sgd]: of the variance, 1/4 (4 + 1/2)^2 belongs to the optimiser, half of 1/12 to the
// momentum.
TEST(Sensitivity, LeavesToTheParentThatAParameterIsNotActive) {
  SearchSpace space;
  space.AddCategorical("optimizer", {"sgd", "adam"});
  space.AddFloat("momentum", 0, 1, {.when = ParameterCondition{"optimizer", {"sgd"}}});
  const auto trials = Evaluate(space, kTrials, [](const Assignment& v) {
    return CategoryValue(v, "optimizer") == "adam" ? 0 : 4 + RealValue(v, "momentum");
  });
  const Sensitivity found = SensitivityOf(space, trials, kOfScores);
  const double optimizer = 4.5 * 4.5 / 4, momentum = 1.0 / 24;
  EXPECT_NEAR(Share(found, 0), optimizer / (optimizer + momentum), kError);
  EXPECT_NEAR(Share(found, 1), momentum * (1 - 1.0 / 64) / (optimizer + momentum), 1e-5);  // 7 / 2040 of 8e-3
  EXPECT_EQ(found.parameters[1].bins.size(), 8u);
  std::int64_t active = 0;
  for (const SensitivityBin& bin : found.parameters[1].bins) active += bin.trials;
  EXPECT_EQ(active, kTrials / 2);
}

TEST(Sensitivity, TakesOffWhatBinsExplainByChance) {
  SearchSpace space = Square();
  double mean = 0;
  for (std::uint64_t seed = 1; seed <= 200; ++seed) {
    const auto noise = MakeSampler(space, {.method = SamplerMethod::kRandom, .seed = seed});
    std::vector<ScoredTrial> trials;
    for (std::int64_t t = 0; t < 32; ++t) {
      const Assignment values = noise->Sample(t);
      trials.push_back({values, RealValue(noise->Sample(t + 1000), "a")});
    }
    mean += Share(SensitivityOf(space, trials, kOfScores), 0) / 200;
  }
  // 8 bins of 32 trials explain 7/31 = 23 % of noise; without that, what is left above 0 is about half a deviation,
  // sqrt(2 * 7 * 31 / (24 * 31 * 31)) = 0.14.
  EXPECT_LT(mean, 0.1);
  EXPECT_GT(mean, 0.02);
}

TEST(Sensitivity, SaysWhichValuesAreGood) {
  SearchSpace space;
  space.AddFloat("lr", 1e-4, 1, {.log = true});
  std::vector<ScoredTrial> trials;
  for (const double score : {5.0, 1.0, 3.0, 4.0}) trials.push_back({{{"lr", 1e-4 * (1 + score)}}, score});
  for (const double score : {7.0, kInfinity, 8.0, kNotANumber}) trials.push_back({{{"lr", 0.5}}, score});
  trials.push_back({{{"lr", 1.0}}, 9});
  const Sensitivity found = SensitivityOf(space, trials, kOfScores);
  EXPECT_EQ(found.trials, 9);
  EXPECT_EQ(found.failed, 2);
  ASSERT_EQ(found.parameters.size(), 1u);
  ASSERT_EQ(found.parameters[0].bins.size(), 2u) << "nine trials are enough for two";
  const SensitivityBin& small = found.parameters[0].bins[0];
  EXPECT_EQ(small.low, ParameterValue(2e-4));
  EXPECT_EQ(small.high, ParameterValue(1e-4 * 6));
  EXPECT_EQ(small.trials, 4);
  EXPECT_EQ(small.failed, 0);
  EXPECT_EQ(small.best, 1);
  EXPECT_EQ(small.median, 3.5);
  const SensitivityBin& large = found.parameters[0].bins[1];
  EXPECT_EQ(large.high, ParameterValue(1.0));
  EXPECT_EQ(large.trials, 5);
  EXPECT_EQ(large.failed, 2);
  EXPECT_EQ(large.best, 7);
  EXPECT_EQ(large.median, 8);
}

TEST(Sensitivity, CountsFailuresAsTheWorstRanks) {
  SearchSpace space;
  space.AddCategorical("method", {"good", "bad"});
  std::vector<ScoredTrial> trials;
  for (const double score : {1.0, 2.0, 2.0, 1e300}) trials.push_back({{{"method", "good"}}, score});
  for (const double score : {kNotANumber, kInfinity, -kInfinity, 3.0}) trials.push_back({{{"method", "bad"}}, score});
  // Ranks 0, 1.5, 1.5, 4 and 6, 6, 6, 3: means 1.75 and 5.25, around 3.5; squares 24.5 between, 8.25 + 6.75 within.
  const Sensitivity ranks = SensitivityOf(space, trials);
  EXPECT_NEAR(Share(ranks, 0), (24.5 - 15.0 / 6) / 39.5, 1e-14);
  // Scores: one enormous number is everything, and failures do not count.
  const Sensitivity scores = SensitivityOf(space, trials, kOfScores);
  EXPECT_LT(Share(scores, 0), 0.1);
}

TEST(Sensitivity, DoesNotGuess) {
  SearchSpace space;
  space.AddFloat("lr", 0, 1);
  const auto share_of = [&](const std::vector<double>& scores) {
    std::vector<ScoredTrial> trials;
    for (std::size_t i = 0; i < scores.size(); ++i) trials.push_back({{{"lr", static_cast<double>(i) / 4}}, scores[i]});
    return SensitivityOf(space, trials, kOfScores).parameters[0].share;
  };
  EXPECT_EQ(share_of({}), std::nullopt);
  EXPECT_EQ(share_of({1, 2}), std::nullopt) << "one bin";
  EXPECT_EQ(share_of({1, kNotANumber, 2}), std::nullopt) << "two bins of one";
  EXPECT_EQ(share_of({2, 2, 2, 2}), std::nullopt) << "nothing to explain";
  EXPECT_EQ(share_of({1, 1, 2, 2}), 1);
}

TEST(Sensitivity, RefusesWhatIsNotOfItsSpace) {
  const std::vector<ScoredTrial> trials = {{{{"a", 2.0}, {"b", 0.0}}, 1}};
  EXPECT_THAT([&] { SensitivityOf(Square(), trials); },
              ThrowsMessage<std::invalid_argument>("parameter a: found 2, accepted: a real number from 0 to 1"));
  EXPECT_THAT([&] { SensitivityOf(Square(), {}, {.most_bins = 1}); },
              ThrowsMessage<std::invalid_argument>("most bins of a sensitivity: found 1, accepted: at least 2"));
}

TEST(Sensitivity, IsATableForPeople) {
  SearchSpace space;
  space.AddCategorical("method", {"good", "bad"});
  space.AddFloat("lr", 0, 1);
  std::vector<ScoredTrial> trials;
  for (const double score : {1.0, 2.0}) trials.push_back({{{"method", "good"}, {"lr", 0.25}}, score});
  for (const double score : {3.0, kNotANumber}) trials.push_back({{{"method", "bad"}, {"lr", 0.25}}, score});
  trials.push_back({{{"method", "bad"}, {"lr", 0.375}}, 3});
  const std::string table = SensitivityTable(SensitivityOf(space, trials, kOfScores));
  // Scores 1, 2 and 3, 3 around 2.25: squares 2.25 between, 0.5 within, and (2.25 - 0.5 / 2) / 2.75 = 0.727.
  EXPECT_THAT(table, HasSubstr("method: 73 % of the variance\n"));
  EXPECT_THAT(table, HasSubstr("lr: an unknown share of the variance\n"));
  EXPECT_THAT(table, HasSubstr("  0.25 to 0.375                   5 trials    1 failed  best 1          median 2.5\n"));
}

}  // namespace
}  // namespace hyperwidth
