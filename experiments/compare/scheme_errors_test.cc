// SPDX-License-Identifier: Apache-2.0
#include "experiments/compare/scheme_errors.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cmath>
#include <limits>
#include <string>
#include <vector>

#include "experiments/compare/recommendation.h"

namespace hyperwidth {
namespace {

using ::testing::DoubleNear;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;

constexpr double kNone = std::numeric_limits<double>::quiet_NaN();

// A contender of that size with test errors, the validation errors being `validation` times those.
void Add(const std::string& scheme,
         Index size_number,
         const std::vector<double>& errors,
         double validation,
         std::vector<CompareContender>& contenders,
         FairResult& found) {
  contenders.push_back(
      {.scheme = scheme, .size_number = size_number, .size = 1000.0 * static_cast<double>(size_number)});
  for (const double error : errors) {
    ContenderResult result{.name = contenders.back().name()};
    result.chosen.emplace();
    TestRun run{.seed = 2, .validation_score = validation * error, .test_score = error};
    if (std::isnan(error)) {
      run.message = "diverged";
    } else {
      run.details = {{"total_parameters", std::int64_t{1001}},
                     {"primary_parameters", std::int64_t{200}},
                     {"kappa", std::int64_t{8}},
                     {"multiply_adds_reusing", std::int64_t{300}},
                     {"seen_error", error / 2}};
    }
    result.tests.push_back(run);
    found.contenders.push_back(result);
  }
}

Index Repetitions(const std::vector<CompareContender>& contenders, const FairResult& found) {
  return std::ssize(found.contenders) / std::ssize(contenders);
}

TEST(TestedContenders, HaveMeansOverTheRepetitionsThatHaveNotFailed) {
  std::vector<CompareContender> contenders;
  FairResult found;
  Add("film", 1, {0.1, kNone, 0.3}, 2, contenders, found);
  Add("concat", 1, {kNone, kNone, kNone}, 1, contenders, found);
  const auto tested = TestedContenders(contenders, Repetitions(contenders, found), found);
  ASSERT_EQ(tested.size(), 1u) << "one that has never been tested is left out";
  EXPECT_EQ(tested[0].contender.scheme, "film");
  EXPECT_THAT(tested[0].validation_error, DoubleNear(0.4, 1e-12));
  EXPECT_THAT(tested[0].Error().value, DoubleNear(0.2, 1e-12));
  EXPECT_EQ(tested[0].Error().samples, 2);
  EXPECT_EQ(tested[0].total_parameters, 1001);
  EXPECT_EQ(tested[0].kappa, 8);
  EXPECT_THAT(tested[0].seen_error, DoubleNear(0.1, 1e-12));
  EXPECT_TRUE(std::isnan(tested[0].errors[1])) << "repetitions keep their places, for pairs of one seed";
}

TEST(BySize, HasFactorsEvenOfErrorsThatAreZero) {
  std::vector<CompareContender> contenders;
  FairResult found;
  Add("film", 1, {0, 0.25, kNone}, 1, contenders, found);
  Add("concat", 2, {kNone, kNone, kNone}, 1, contenders, found);
  const auto tested = TestedContenders(contenders, Repetitions(contenders, found), found);
  const auto rates = BySize(contenders, tested, /*constant_error=*/0.5, /*samples=*/10);
  ASSERT_EQ(rates.size(), 2u) << "also those at which nothing has come through";
  EXPECT_THAT(rates[0].mean_errors, ElementsAre(0.55));
  EXPECT_THAT(rates[0].schemes[0].errors, ElementsAre(0.05, 0.3, ::testing::IsNan()));
  EXPECT_THAT(rates[1].schemes, IsEmpty());
  EXPECT_EQ(rates[1].size, 2000);
  const auto errors = BySize(contenders, tested, 0.5, /*samples=*/0);
  EXPECT_THAT(errors[0].schemes[0].errors, ElementsAre(kLeastError, 0.25, ::testing::IsNan()));
  EXPECT_EQ(errors[0].schemes[0].primary_parameters, 200);
}

// One whose errors scatter so much that they are not shown to be below those of the mean is not the best, whatever its
// mean: advice rests on the checks of the best.
TEST(JudgeSchemes, HasTheChecksThatAdviceRestsOn) {
  std::vector<CompareContender> contenders;
  FairResult found;
  Add("concat", 1, {0.6, 0.61, 0.59, 0.605, 0.595}, 1, contenders, found);
  Add("film", 1, {0.1, 0.11, 0.09, 0.105, 0.095}, 1, contenders, found);
  Add("hypernetwork", 1, {1e-9, 0.9, 0.9, 0.9, 0.9}, 1, contenders, found);
  const auto sizes = BySize(contenders, TestedContenders(contenders, Repetitions(contenders, found), found), 1, 0);
  ASSERT_EQ(sizes[0].schemes[*StandingOf(sizes[0]).best].name, "film");
  std::vector<std::string> ids;
  for (const Check& check : JudgeSchemes(sizes)) ids.push_back(check.id);
  EXPECT_THAT(ids, ElementsAre("compare.film_below_concat.size1", "compare.film_below_hypernetwork.size1"));
  const Advice advice = Recommend(sizes, {});
  EXPECT_EQ(advice.scheme, "film");
  EXPECT_THAT(ids, ::testing::IsSupersetOf(advice.because));
}

TEST(JudgeSchemes, ComparesTheLowestWithEachOther) {
  std::vector<CompareContender> contenders;
  FairResult found;
  for (const Index size : {1, 2}) {
    Add("concat", size, {0.20, 0.21, 0.19, 0.205, 0.195}, 1, contenders, found);
    Add("film", size, {0.1, 0.11, 0.09, 0.105, 0.095}, 1, contenders, found);
    Add("hypernetwork", size, {0.11, 0.112, 0.088, 0.106, 0.093}, 2, contenders, found);
    Add("table", size, {0.01, 0.01, 0.01, kNone, 0.01}, 1, contenders, found);
  }
  Add("table", 3, {0.1, 0.1, 0.1, 0.1, 0.1}, 1, contenders, found);
  const std::vector<Check> checks =
      JudgeSchemes(BySize(contenders, TestedContenders(contenders, Repetitions(contenders, found), found), 1, 0));
  std::vector<std::string> ids;
  for (const Check& check : checks) ids.push_back(check.id);
  EXPECT_THAT(ids,
              ElementsAre("compare.film_below_concat.size1",
                          "compare.film_below_hypernetwork.size1",
                          "compare.film_below_concat.size2",
                          "compare.film_below_hypernetwork.size2"))
      << "whoever failed once is not compared";
  EXPECT_EQ(checks[0].verdict, Verdict::kConsistent);
  EXPECT_THAT(checks[0].measured, DoubleNear(0.5, 0.02)) << "a ratio of errors";
  EXPECT_LT(checks[0].ci95->high, 1);
  EXPECT_EQ(checks[0].predicted.high, 1);
  EXPECT_THAT(checks[0].why, HasSubstr("Holm's correction for 3 comparisons"));
  EXPECT_EQ(checks[1].verdict, Verdict::kInconclusive);
  EXPECT_THAT(JudgeSchemes({}), IsEmpty());
}

}  // namespace
}  // namespace hyperwidth
