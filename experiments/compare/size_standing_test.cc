// SPDX-License-Identifier: Apache-2.0
#include "experiments/compare/size_standing.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cmath>
#include <limits>
#include <stdexcept>

namespace hyperwidth {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;

constexpr double kNaN = std::numeric_limits<double>::quiet_NaN();

// Errors around `error`, in an order of their own.
ScoredScheme Scheme(const std::string& name, double error, double multiply_adds, int turn) {
  const double factors[] = {1.00, 1.04, 0.97, 1.02, 0.98};
  ScoredScheme scheme{.name = name, .total_parameters = 1000, .multiply_adds_reusing = multiply_adds};
  for (int i = 0; i < 5; ++i) scheme.errors.push_back(error * factors[(i + turn) % 5]);
  return scheme;
}

SchemesOfSize Three() {
  return {.size = 1000,
          .schemes = {Scheme("a", 0.5, 900, 0), Scheme("b", 0.1, 800, 1), Scheme("c", 0.101, 200, 2)},
          .mean_errors = {1}};
}

TEST(StandingOf, HasTheBestThoseAsGoodAndTheCheapestOfThem) {
  const SizeStanding standing = StandingOf(Three());
  EXPECT_THAT(standing.eligible, ElementsAre(0, 1, 2));
  EXPECT_THAT(standing.learnt, ElementsAre(0, 1, 2));
  EXPECT_EQ(standing.best, 1u);
  EXPECT_THAT(standing.as_good, ElementsAre(1, 2));
  EXPECT_THAT(standing.worse, ElementsAre(0));
  EXPECT_EQ(standing.cheapest, 2u);
  EXPECT_EQ(standing.comparisons.size(), 3u);
}

// The logarithms of the factors between b and a are spread so that Student's interval ends at kAsGood, as computed by
// hand: mean m and standard deviation s of five, m + 2.776445 s / sqrt(5).
TEST(StandingOf, AsGoodEndsAtAFactorOfTheBestError) {
  const auto standing = [](double end) {
    const double mean = 0.1, deviation = (std::log(end) - mean) * std::sqrt(5.0) / 2.7764451051977934;
    ScoredScheme a{.name = "a", .errors = std::vector<double>(5, 0.1)}, b = a;
    b.name = "b";
    // Five numbers of mean 0 and, with four degrees of freedom, standard deviation 1.
    const double steps[] = {std::sqrt(2.0), -std::sqrt(2.0), 0, 0, 0};
    for (int i = 0; i < 5; ++i) b.errors[i] = 0.1 * std::exp(mean + deviation * steps[i]);
    return StandingOf({.size = 1, .schemes = {a, b}});
  };
  EXPECT_THAT(standing(kAsGood * 0.9999).as_good, ElementsAre(0, 1));
  EXPECT_THAT(standing(kAsGood * 0.9999).undecided, IsEmpty());
  EXPECT_THAT(standing(kAsGood * 1.0001).as_good, ElementsAre(0));
  EXPECT_THAT(standing(kAsGood * 1.0001).undecided, ElementsAre(1));
  EXPECT_THAT(standing(kAsGood * 1.0001).worse, IsEmpty());
}

TEST(StandingOf, EqualCostIsDecidedByParametersAndThenByError) {
  SchemesOfSize schemes = Three();
  schemes.schemes[1].multiply_adds_reusing = 200;
  EXPECT_EQ(StandingOf(schemes).cheapest, 1u);
  schemes.schemes[2].total_parameters = 999;
  EXPECT_EQ(StandingOf(schemes).cheapest, 2u);
}

TEST(StandingOf, ComparesFactorsBetweenErrors) {
  const SizeStanding standing = StandingOf(Three());
  EXPECT_NEAR(std::exp(standing.Of("b", "a").difference.value), 0.2, 1e-12);
  EXPECT_NEAR(std::exp(standing.Of("a", "b").difference.value), 5, 1e-12);
  EXPECT_THROW(standing.Of("a", "d"), std::invalid_argument);
}

TEST(StandingOf, WhoFailedInARepetitionIsNotEligible) {
  SchemesOfSize schemes = Three();
  schemes.schemes[1].errors[4] = kNaN;
  const SizeStanding standing = StandingOf(schemes);
  EXPECT_THAT(standing.eligible, ElementsAre(0, 2));
  EXPECT_EQ(standing.best, 2u);
  EXPECT_THAT(standing.as_good, ElementsAre(2));
}

TEST(StandingOf, OnlyWhoBeatsPredictingTheMeanHasLearnt) {
  SchemesOfSize schemes = Three();
  schemes.mean_errors = {0.3};
  EXPECT_THAT(StandingOf(schemes).learnt, ElementsAre(1, 2));
  EXPECT_THAT(StandingOf(schemes).worse, ElementsAre(0));
  schemes.mean_errors = {0.1};  // within the spread
  EXPECT_THAT(StandingOf(schemes).learnt, IsEmpty());
  EXPECT_EQ(StandingOf(schemes).best, std::nullopt);
  EXPECT_THAT(StandingOf(schemes).as_good, IsEmpty());
  schemes.mean_errors = {0.3, 0.3, 0.3, 0.3, 0.09};  // by repetition, and once below everybody
  EXPECT_THAT(StandingOf(schemes).learnt, IsEmpty());
  schemes.mean_errors = {};
  EXPECT_THAT(StandingOf(schemes).learnt, ElementsAre(0, 1, 2));
}

TEST(StandingOf, TheMoreSchemesTheClearerOneHasToBeBelowTheMean) {
  // Log errors with a p of 0.03 against the mean: enough for one scheme, not for two.
  const ScoredScheme a{.name = "a", .errors = {0.80, 0.92, 0.78, 0.88, 0.98}};
  ScoredScheme b = a;
  b.name = "b";
  EXPECT_THAT(StandingOf({.size = 1, .schemes = {a}, .mean_errors = {1}}).learnt, ElementsAre(0));
  EXPECT_THAT(StandingOf({.size = 1, .schemes = {a, b}, .mean_errors = {1}}).learnt, IsEmpty());
}

TEST(StandingOf, FewRepetitionsDoNotProveThatNothingWasLearnt) {
  SchemesOfSize schemes{.size = 1,
                        .schemes = {{.name = "a", .errors = {0.5, 0.6}}, {.name = "b", .errors = {1.5, 1.6}}},
                        .mean_errors = {1}};
  const SizeStanding standing = StandingOf(schemes);
  EXPECT_THAT(standing.learnt, ElementsAre(0));
  EXPECT_THAT(standing.worse, IsEmpty());
}

TEST(StandingOf, RefusesWhatHasNoLogarithmAndWhatDoesNotFit) {
  SchemesOfSize schemes = Three();
  for (const double error : {0.0, -1.0, std::numeric_limits<double>::infinity()}) {
    schemes.schemes[0].errors[0] = error;
    EXPECT_THAT([&] { StandingOf(schemes); }, ::testing::ThrowsMessage<std::domain_error>(HasSubstr("errors of a")));
  }
  schemes = Three();
  schemes.mean_errors = {1, 1};
  EXPECT_THAT(
      [&] { StandingOf(schemes); },
      ::testing::ThrowsMessage<std::invalid_argument>(HasSubstr("found 2, accepted: none, one, or one for each of 5")));
  schemes.mean_errors = {0};
  EXPECT_THROW(StandingOf(schemes), std::domain_error);
  schemes = Three();
  schemes.schemes[1].name = "a";
  EXPECT_THAT([&] { StandingOf(schemes); }, ::testing::ThrowsMessage<std::invalid_argument>("two schemes named a"));
}

}  // namespace
}  // namespace hyperwidth
