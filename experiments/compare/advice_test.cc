// SPDX-License-Identifier: Apache-2.0
#include "experiments/compare/advice.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <limits>
#include <stdexcept>

namespace hyperwidth {
namespace {

using ::testing::AllOf;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::Not;
using ::testing::StartsWith;

constexpr double kNaN = std::numeric_limits<double>::quiet_NaN();

// Errors around `error`, in an order that no two schemes of a test share.
ScoredScheme Scheme(const std::string& name, double error, double multiply_adds) {
  const std::string initials = "efchn";
  const double factors[] = {1.00, 1.04, 0.97, 1.02, 0.98};
  ScoredScheme scheme{.name = name, .total_parameters = 1000, .multiply_adds_reusing = multiply_adds};
  for (std::size_t i = 0; i < 5; ++i) scheme.errors.push_back(error * factors[(i + initials.find(name[0])) % 5]);
  return scheme;
}

SchemesOfSize Of(double size, std::vector<ScoredScheme> schemes) {
  return {.size = size, .schemes = std::move(schemes), .mean_errors = {1}};
}

SchemeAdvice One(const SchemesOfSize& schemes) { return Advise(std::vector<SchemesOfSize>{schemes}); }

TEST(Advise, NamesTheBestIfAllOthersAreDifferentFromIt) {
  const SchemeAdvice advice =
      One(Of(10'000, {Scheme("embedding", 0.1, 500), Scheme("hypernetwork", 0.06, 400), Scheme("concat", 0.3, 600)}));
  EXPECT_EQ(advice.scheme, "hypernetwork");
  EXPECT_THAT(advice.sentence,
              AllOf(StartsWith("hypernetwork: at 10000 parameters its error is 0.6 times that of embedding (0.5"),
                    HasSubstr("5 repetitions)"),
                    Not(HasSubstr("if evaluations"))));
  EXPECT_THAT(advice.because,
              ElementsAre("compare.hypernetwork_below_embedding.size1", "compare.hypernetwork_below_concat.size1"));
  EXPECT_EQ(advice.standings.size(), 1u);
}

TEST(Advise, SaysWhatIsCheaperAndNotMuchWorse) {
  const auto sentence = [](double error, double cost) {
    return One(Of(10'000, {Scheme("hypernetwork", 0.06, 500), Scheme("film", error, cost), Scheme("concat", 0.3, 1)}))
        .sentence;
  };
  EXPECT_THAT(sentence(0.066, 100),
              AllOf(HasSubstr("; if evaluations with known conditions are what you pay for, film needs 0.2 times the "
                              "multiply-adds, its error being 1.1 times that of hypernetwork (1"),
                    Not(HasSubstr("concat"))));
  EXPECT_THAT(sentence(0.066, 250), HasSubstr("film needs 0.5 times"));
  EXPECT_THAT(sentence(0.066, 251), Not(HasSubstr("if evaluations")));
  EXPECT_THAT(sentence(0.088, 100), HasSubstr("film needs 0.2 times"));
  EXPECT_THAT(sentence(0.095, 100), Not(HasSubstr("if evaluations")));
}

TEST(Advise, OfSeveralThatAreCheaperTheOneWithTheLowestErrorIsNamed) {
  const SchemeAdvice advice =
      One(Of(100, {Scheme("embedding", 0.06, 500), Scheme("film", 0.08, 10), Scheme("nomad", 0.07, 100)}));
  EXPECT_THAT(advice.sentence, HasSubstr("nomad needs 0.2 times"));
}

TEST(Advise, NamesTheCheapestOfThoseThatAreAsGood) {
  const SchemeAdvice advice =
      One(Of(10'000, {Scheme("embedding", 0.1, 500), Scheme("film", 0.101, 100), Scheme("concat", 0.3, 50)}));
  EXPECT_EQ(advice.scheme, "film");
  EXPECT_THAT(advice.sentence,
              AllOf(StartsWith("film: at 10000 parameters it is as good as the best, its error being 1 "
                               "times that of embedding (0.9"),
                    HasSubstr("needs 0.2 times the multiply-adds with known conditions; the error of embedding is 0.33 "
                              "times that of concat (0.3")));
  EXPECT_THAT(advice.because, ElementsAre("compare.embedding_below_concat.size1"));
}

TEST(Advise, SaysSoIfTheBestIsTheCheapestOfThose) {
  const SchemeAdvice advice =
      One(Of(10'000, {Scheme("embedding", 0.1, 90), Scheme("film", 0.101, 100), Scheme("concat", 0.3, 500)}));
  EXPECT_EQ(advice.scheme, "embedding");
  EXPECT_THAT(advice.sentence,
              AllOf(StartsWith("embedding: at 10000 parameters it has the lowest error, and needs the fewest"),
                    HasSubstr("that are as good (film); the error of embedding is 0.33 times that of concat")));
}

// The cheap one's errors spread so widely that its interval reaches far beyond the factor that counts as good.
TEST(Advise, DoesNotNameACheapSchemeThatIsOnlyNotShownToBeWorse) {
  ScoredScheme film = Scheme("film", 0.1, 400);
  film.errors = {0.06, 0.5, 0.1, 0.3, 0.09};
  const SchemeAdvice advice = One(Of(10'000, {Scheme("embedding", 0.1, 500), film, Scheme("concat", 0.3, 600)}));
  EXPECT_THAT(advice.standings[0].undecided, ElementsAre(1));
  EXPECT_EQ(advice.scheme, "embedding");
  EXPECT_THAT(advice.sentence,
              AllOf(StartsWith("embedding: at 10000 parameters its error is 0.33 times that of concat"),
                    HasSubstr("; 5 repetitions do not tell how much worse film is")));
}

TEST(Advise, WhoIsCheaperIsNotSaidToBeUndecidedAsWell) {
  ScoredScheme film = Scheme("film", 0.1, 10);
  film.errors = {0.06, 0.2, 0.1, 0.15, 0.09};
  const std::string sentence =
      One(Of(10'000, {Scheme("embedding", 0.1, 500), film, Scheme("concat", 0.3, 600)})).sentence;
  EXPECT_THAT(sentence, AllOf(HasSubstr("film needs 0.02 times"), Not(HasSubstr("do not tell"))));
}

TEST(Advise, IsInconclusiveIfNobodyIsDifferentFromTheBest) {
  const SchemeAdvice advice = One(Of(10'000, {Scheme("embedding", 0.1, 90), Scheme("film", 0.101, 100)}));
  EXPECT_EQ(advice.scheme, std::nullopt);
  EXPECT_THAT(advice.because, IsEmpty());
  EXPECT_THAT(
      advice.sentence,
      StartsWith("Inconclusive: at 10000 parameters no scheme is shown to be better than another; embedding has "
                 "the lowest error, 0.99 times that of film (0.9"));
}

TEST(Advise, IsInconclusiveWithFewRepetitions) {
  SchemesOfSize schemes = Of(10'000, {Scheme("embedding", 0.1, 90), Scheme("film", 0.5, 100)});
  for (ScoredScheme& scheme : schemes.schemes) scheme.errors.resize(2);
  const SchemeAdvice advice = One(schemes);
  EXPECT_EQ(advice.scheme, std::nullopt);
  EXPECT_EQ(advice.sentence, "Inconclusive: at 10000 parameters there are 2 repetitions, where at least 3 are needed.");
}

TEST(Advise, IsInconclusiveIfNothingIsLeftToCompareWith) {
  SchemesOfSize schemes = Of(10'000, {Scheme("embedding", 0.1, 90), Scheme("film", 0.5, 100)});
  schemes.schemes[0].errors[1] = schemes.schemes[0].errors[3] = kNaN;
  const SchemeAdvice one = One(schemes);
  EXPECT_EQ(one.scheme, std::nullopt);
  EXPECT_EQ(
      one.sentence,
      "Inconclusive: at 10000 parameters only film has no failed repetition: there is nothing to compare it with; "
      "failed repetitions: embedding in 2 of 5.");
  schemes.schemes[1].errors[0] = kNaN;
  EXPECT_EQ(
      One(schemes).sentence,
      "Inconclusive: no scheme came through all repetitions; failed repetitions: embedding in 2 of 5 and film in 1 "
      "of 5.");
  EXPECT_EQ(Advise(std::vector<SchemesOfSize>{}).sentence, "Inconclusive: no scheme came through all repetitions.");
}

TEST(Advise, ThreeRepetitionsAreEnough) {
  SchemesOfSize schemes = Of(10'000, {Scheme("embedding", 0.1, 90), Scheme("film", 0.5, 100)});
  for (ScoredScheme& scheme : schemes.schemes) scheme.errors.resize(3);
  EXPECT_EQ(One(schemes).scheme, "embedding");
}

TEST(Advise, NamesAllWhoFailed) {
  SchemesOfSize schemes =
      Of(10'000, {Scheme("embedding", 0.1, 90), Scheme("film", 0.5, 100), Scheme("nomad", 0.01, 1)});
  for (ScoredScheme& scheme : schemes.schemes) scheme.errors[0] = kNaN;
  EXPECT_THAT(One(schemes).sentence,
              ::testing::EndsWith("failed repetitions: embedding in 1 of 5, film in 1 of 5 and nomad in 1 of 5."));
}

TEST(Advise, NamesWhoFailed) {
  SchemesOfSize schemes =
      Of(10'000, {Scheme("embedding", 0.1, 90), Scheme("film", 0.5, 100), Scheme("nomad", 0.01, 1)});
  schemes.schemes[2].errors[1] = kNaN;
  const SchemeAdvice advice = One(schemes);
  EXPECT_EQ(advice.scheme, "embedding");
  EXPECT_THAT(advice.sentence, ::testing::EndsWith("; failed repetitions: nomad in 1 of 5."));
}

TEST(Advise, SaysThatNothingWasLearnt) {
  const SchemeAdvice advice = One(Of(10'000, {Scheme("embedding", 1.0, 90), Scheme("film", 1.5, 100)}));
  EXPECT_EQ(advice.scheme, std::nullopt);
  EXPECT_EQ(
      advice.sentence,
      "Nothing was learnt: no scheme's error is shown to be below that of predicting the mean of the training data.");
}

TEST(Advise, DecidesAtTheLargestSizeAtWhichAnythingWasLearnt) {
  const std::vector<SchemesOfSize> sizes = {
      Of(1000, {Scheme("embedding", 0.3, 50), Scheme("hypernetwork", 0.4, 50), Scheme("concat", 0.9, 40)}),
      Of(10'000, {Scheme("embedding", 0.1, 500), Scheme("hypernetwork", 0.06, 400), Scheme("concat", 0.3, 300)}),
      Of(100'000, {Scheme("embedding", 1.1, 500), Scheme("hypernetwork", 1.2, 400), Scheme("concat", 1.3, 300)})};
  const SchemeAdvice advice = Advise(sizes);
  EXPECT_EQ(advice.scheme, "hypernetwork");
  EXPECT_THAT(
      advice.sentence,
      AllOf(StartsWith("hypernetwork: at 10000 parameters its error is 0.6 times"),
            HasSubstr("; at 1000 parameters embedding is better, its error being 0.75 times that of hypernetwork"),
            Not(HasSubstr("at 100000"))));
  EXPECT_THAT(advice.because,
              ElementsAre("compare.hypernetwork_below_embedding.size2", "compare.hypernetwork_below_concat.size2"));
  EXPECT_EQ(advice.standings.size(), 3u);
}

TEST(Advise, OtherSizesAreNotMentionedWhereTheAdviceHolds) {
  const std::vector<SchemesOfSize> sizes = {Of(1000, {Scheme("embedding", 0.3, 50), Scheme("film", 0.301, 50)}),
                                            Of(10'000, {Scheme("embedding", 0.1, 500), Scheme("film", 0.06, 400)})};
  EXPECT_THAT(Advise(sizes).sentence, Not(HasSubstr("at 1000 ")));
}

TEST(Advise, SizesCountWhatTheCallerSays) {
  const std::vector<SchemesOfSize> sizes = {Of(10'000, {Scheme("embedding", 0.1, 500), Scheme("film", 0.06, 400)})};
  EXPECT_THAT(Advise(sizes, {.unit = "multiply-adds"}).sentence, StartsWith("film: at 10000 multiply-adds its error"));
}

// At a level of nearly nothing no difference is shown.
TEST(Advise, HoldsTheLevelItIsGiven) {
  const std::vector<SchemesOfSize> sizes = {
      {.size = 10'000, .schemes = {Scheme("embedding", 0.1, 500), Scheme("film", 0.06, 400)}}};
  EXPECT_EQ(Advise(sizes).scheme, "film");
  EXPECT_EQ(Advise(sizes, {.level = 1e-12}).scheme, std::nullopt);
}

TEST(Advise, RefusesCostsOfNothing) {
  EXPECT_THAT(
      [] { One(Of(10, {Scheme("embedding", 0.1, 0)})); },
      ::testing::ThrowsMessage<std::invalid_argument>("multiply-adds of embedding: found 0, accepted: above 0"));
}

TEST(Advise, RefusesSizesThatDoNotAscend) {
  const SchemesOfSize schemes = Of(10, {Scheme("embedding", 0.1, 500)});
  EXPECT_THAT(
      [&] {
        Advise(std::vector<SchemesOfSize>{schemes, schemes});
      },
      ::testing::ThrowsMessage<std::invalid_argument>("sizes: found 10 after 10, accepted: ascending ones"));
}

}  // namespace
}  // namespace hyperwidth
