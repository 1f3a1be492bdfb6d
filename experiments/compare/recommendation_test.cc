// SPDX-License-Identifier: Apache-2.0
#include "experiments/compare/recommendation.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <limits>
#include <string>
#include <vector>

namespace hyperwidth {
namespace {

using ::testing::AllOf;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::Not;
using ::testing::StartsWith;

// Five repetitions around an error.
ScoredScheme Scheme(const std::string& name, double error, double multiply_adds) {
  return {.name = name,
          .total_parameters = 1000,
          .primary_parameters = 100,
          .multiply_adds_reusing = multiply_adds,
          .errors = {0.9 * error, error, 1.1 * error, 0.95 * error, 1.05 * error}};
}

std::vector<SchemesOfSize> TwoSizes() {
  return {{.size = 1000,
           .schemes = {Scheme("concat", 0.01, 900), Scheme("film", 0.005, 90), Scheme("hypernetwork", 0.002, 60)},
           .mean_errors = {1}},
          {.size = 4000,
           .schemes = {Scheme("concat", 0.001, 3000), Scheme("film", 0.0005, 400), Scheme("hypernetwork", 0.0006, 200)},
           .mean_errors = {1}}};
}

TEST(Recommend, TheCheapestAtTheSmallestSizeThatReachesTheTarget) {
  Advice advice = Recommend(TwoSizes(), {.error = 0.006});
  EXPECT_EQ(advice.scheme, "hypernetwork");
  EXPECT_THAT(
      advice.sentence,
      AllOf(StartsWith("hypernetwork with 1000 parameters: in all 5 repetitions its error is at most 0.0022, and "
                       "0.006 is the target; so does film, with more multiply-adds for a further x."),
            HasSubstr(" If that were not enough: ")));
  advice = Recommend(TwoSizes(), {.error = 0.0054});
  EXPECT_THAT(advice.sentence, HasSubstr("no other scheme does at this size")) << "film is above it once";
  advice = Recommend(TwoSizes(), {.error = 1e-3, .is_given = false});
  EXPECT_THAT(advice.sentence,
              AllOf(StartsWith("hypernetwork with 4000 parameters"), HasSubstr("taken for enough unless --target")));
}

TEST(Recommend, AllWhereAllAreAsGoodAndTheCheapestOfThem) {
  const std::vector<SchemesOfSize> sizes = {
      {.size = 500,
       .schemes = {Scheme("concat", 1e-6, 400), Scheme("film", 1e-5, 80), Scheme("deeponet", 1e-7, 200)},
       .mean_errors = {1}}};
  const Advice advice = Recommend(sizes, {.error = kEnoughVariance, .is_given = false});
  EXPECT_EQ(advice.scheme, "film");
  EXPECT_THAT(advice.sentence, HasSubstr("so do deeponet and concat, with more"));
}

TEST(Recommend, SaysThatATargetWasNotReached) {
  const Advice advice = Recommend(TwoSizes(), {.error = 1e-4});
  EXPECT_THAT(advice.sentence,
              StartsWith("No scheme reaches the target of 0.0001 in all repetitions; film comes nearest, with 1000 "
                         "parameters and an error of at most 0.00055. "));
  EXPECT_THAT(Recommend(TwoSizes(), {.error = 1e-4, .is_given = false}).sentence, Not(HasSubstr("target")));
  EXPECT_THAT(Recommend(TwoSizes(), {}).sentence, Not(HasSubstr("target")));
}

TEST(Recommend, NothingWhereNothingWasLearnt) {
  const std::vector<SchemesOfSize> sizes = {
      {.size = 500, .schemes = {Scheme("concat", 1.01, 400), Scheme("film", 1.02, 80)}, .mean_errors = {1}}};
  const Advice advice = Recommend(sizes, {.error = kEnoughVariance, .is_given = false});
  EXPECT_FALSE(advice.scheme.has_value());
  EXPECT_THAT(advice.sentence, HasSubstr("Nothing was learnt"));
  EXPECT_THAT(advice.because, IsEmpty());
}

TEST(Recommend, IsNotReachedByWhoFailedOnce) {
  std::vector<SchemesOfSize> sizes = TwoSizes();
  sizes[0].schemes[2].errors[3] = std::numeric_limits<double>::quiet_NaN();
  EXPECT_THAT(Recommend(sizes, {.error = 0.0025}).sentence, StartsWith("hypernetwork with 4000 parameters"));
  EXPECT_EQ(Recommend(sizes, {.error = 0.0056}).scheme, "film");
}

}  // namespace
}  // namespace hyperwidth
