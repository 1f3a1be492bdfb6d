// SPDX-License-Identifier: Apache-2.0

#include "theory/explain/explanation.h"

#include <algorithm>
#include <stdexcept>

#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "theory/statement.h"

namespace hyperwidth {
namespace {

using ::testing::Contains;
using ::testing::HasSubstr;
using ::testing::Not;

std::string WholeText(const Explanation& explanation) {
  std::string text = explanation.title + "\n";
  for (const ExplanationSection& section : explanation.sections) {
    text += section.heading + "\n";
    for (const std::string& paragraph : section.paragraphs) text += paragraph + "\n";
  }
  return text;
}

TEST(Explain, CoversEveryStatementThatTheCalculatorsPrint) {
  for (const Statement& statement : AllStatements({})) EXPECT_THAT(ExplainableIds(), Contains(statement.id));
}

TEST(Explain, EveryTextSaysWhatIsAssumedWhatItMeansAndWhatItDoesNotSay) {
  for (const std::string& id : ExplainableIds()) {
    const Explanation explanation = Explain(id);
    const auto has = [&](const std::string& heading) {
      return std::any_of(
          explanation.sections.begin(), explanation.sections.end(), [&](const ExplanationSection& section) {
            return section.heading.starts_with(heading) && !section.paragraphs.empty();
          });
    };
    EXPECT_TRUE(has("Setting")) << id;
    EXPECT_TRUE(has("Statement")) << id;
    EXPECT_TRUE(has("What it assumes") || has("Which assumption")) << id;
    EXPECT_TRUE(has("What it means")) << id;
    EXPECT_TRUE(has("What it does not say")) << id;
  }
}

TEST(Explain, FindsShortNamesInAnyCase) {
  EXPECT_EQ(Explain("thm4").id, "GW20.Thm4");
  EXPECT_EQ(Explain("THM1").id, "GW20.Thm1");
  EXPECT_EQ(Explain("dhm").id, "DHM89");
  EXPECT_EQ(Explain("embedding").id, "certified.embedding");
  EXPECT_EQ(Explain("certified.hypernetwork-total").id, "certified.hypernetwork_total");
  EXPECT_EQ(Explain("Theorem 4").id, "GW20.Thm4");
  EXPECT_EQ(Explain("Borsuk-Ulam").id, "DHM89");
}

TEST(Explain, FindsAWordOfTheTitleOrSaysWhichStatementsHaveIt) {
  EXPECT_EQ(Explain("DeVore").id, "DHM89");
  EXPECT_EQ(Explain("low rank").id, "constructed.structured_total");
  try {
    Explain("embeddings");
    FAIL();
  } catch (const std::domain_error& error) {
    EXPECT_THAT(error.what(), HasSubstr("did you mean one of: GW20.Thm3, certified.embedding_any_dimension?"));
  }
  EXPECT_THROW(Explain(""), std::domain_error);
}

TEST(Explain, UnknownIdListsTheKnownOnes) {
  try {
    Explain("thm9");
    FAIL();
  } catch (const std::domain_error& error) {
    EXPECT_THAT(error.what(), HasSubstr("'thm9'"));
    EXPECT_THAT(error.what(), HasSubstr("GW20.Thm4"));
  }
}

TEST(Explain, TheoremOneCarriesItsStatusAndTheArgument) {
  const std::string text = WholeText(Explain("thm1"));
  EXPECT_THAT(text, HasSubstr("Borsuk-Ulam"));
  EXPECT_THAT(text, HasSubstr("contradict each other"));
  EXPECT_THAT(text, HasSubstr("v tanh(w x + b) + c"));
  EXPECT_THAT(text, HasSubstr("N L log N"));
}

// The paragraph of `text` that starts like this; fails if there is none.
std::string Paragraph(const std::string& text, const std::string& start) {
  const std::size_t at = text.find("\n" + start);
  EXPECT_NE(at, std::string::npos) << start;
  return at == std::string::npos ? "" : text.substr(at + 1, text.find('\n', at + 1) - at - 1);
}

// Every use of an assumption stands where it is used, and nowhere is one used that the step does not name.
TEST(Explain, EachStepOfTheContradictionNamesWhatItUses) {
  const std::string text = WholeText(Explain("thm1"));
  EXPECT_THAT(Paragraph(text, "(1)"), HasSubstr("(1) Assumption 1."));
  EXPECT_THAT(Paragraph(text, "(2)"), HasSubstr("(2) Assumption 1 and compactness."));
  EXPECT_THAT(Paragraph(text, "(3)"), HasSubstr("(3) Assumption 2."));
  EXPECT_THAT(Paragraph(text, "(4)"), HasSubstr("(4) Identifiability, compactness and N >= 2. By (3),"));
  EXPECT_THAT(Paragraph(text, "(5)"), HasSubstr("(5) Borsuk-Ulam."));
  EXPECT_THAT(Paragraph(text, "(6)"), HasSubstr("With (1)"));
  EXPECT_THAT(Paragraph(text, "(6)"), HasSubstr("contradiction to (3)"));
  EXPECT_THAT(text, HasSubstr("the paper perturbs sigma"));
  EXPECT_THAT(text, HasSubstr("(H), repaired"));
}

TEST(Explain, TheContradictionSaysWhatDoesNotFollow) {
  const std::string text = WholeText(Explain("thm1"));
  EXPECT_THAT(text, HasSubstr("Nothing follows about a single path"));
  EXPECT_THAT(text, HasSubstr("says neither which nor where"));
  EXPECT_THAT(text, HasSubstr("In L2"));
  EXPECT_THAT(text, Not(HasSubstr("must jump")));
  EXPECT_THAT(text, Not(HasSubstr("Any class of networks in one input")));
  EXPECT_THAT(text, HasSubstr("not every sigma of the theorem"));
}

TEST(Explain, EqualKappaIsNotEqualPower) {
  const std::string text = WholeText(Explain("schemes"));
  EXPECT_THAT(text, Not(HasSubstr("What counts is kappa")));
  EXPECT_THAT(text, HasSubstr("In this bound only kappa counts"));
  EXPECT_THAT(text, HasSubstr("the embedding e(I) = I reaches every epsilon"));
  EXPECT_THAT(text, HasSubstr("however large its networks"));
}

TEST(Explain, EveryCountingBoundSaysThatTheArchitectureIsFixedBeforeTheTarget) {
  for (const char* id : {"certified.standard",
                         "certified.primary",
                         "certified.embedding",
                         "certified.embedding_any_dimension",
                         "certified.hypernetwork_total",
                         "schemes"}) {
    EXPECT_THAT(WholeText(Explain(id)), HasSubstr("fixed before the target")) << id;
    EXPECT_THAT(WholeText(Explain(id)), HasSubstr("log2 A joins the right-hand side")) << id;
  }
  EXPECT_THAT(WholeText(Explain("tanh")), HasSubstr("The architecture is fixed before the target"));
  EXPECT_THAT(WholeText(Explain("bits")), HasSubstr("stored in them too"));
}

TEST(Explain, NoTextSaysThatFewerThanM2NumbersWouldDo) {
  for (const char* id : {"certified.embedding", "GW20.Thm2", "gap"}) {
    const std::string text = WholeText(Explain(id));
    EXPECT_THAT(text, HasSubstr("k < m2")) << id;
    EXPECT_THAT(text, HasSubstr("explain certified.continuous_encoder")) << id;
  }
  EXPECT_THAT(WholeText(Explain("encoder")),
              HasSubstr("Borsuk-Ulam theorem it takes the same value at some I and at -I"));
  EXPECT_THAT(WholeText(Explain("schemes")), HasSubstr("kappa < m2"));
}

TEST(Explain, BoundedWeightsHaveTheWiderOfWidthAndInputs) {
  const std::string text = WholeText(Explain("tanh"));
  EXPECT_THAT(text, HasSubstr("u the larger of w and m"));
  EXPECT_THAT(text, Not(HasSubstr("There is none to be had")));
  EXPECT_THAT(text, HasSubstr("For tanh and sigmoid alone something is known"));
  EXPECT_THAT(text, Not(HasSubstr("nothing much is gained over ReLU")));
  EXPECT_THAT(text, HasSubstr("r > 2 (L - 1) m"));
}

TEST(Explain, GradientDescentIsContinuousForSmoothActivationsOnly) {
  EXPECT_THAT(WholeText(Explain("dhm")), HasSubstr("does if the activation is smooth"));
  EXPECT_THAT(WholeText(Explain("dhm")), Not(HasSubstr("for a fixed time depends continuously")));
}

TEST(Explain, MhaskarsOuterWeightsAreTheHugeOnesInTextAndHypotheses) {
  EXPECT_THAT(WholeText(Explain("Mhaskar96")), HasSubstr("the outer ones are divided differences, huge"));
  for (const Statement& statement : AllStatements({})) {
    if (statement.id != "Mhaskar96") continue;
    EXPECT_THAT(statement.hypotheses, Contains(HasSubstr("outer weights linear in y, and huge")));
    EXPECT_THAT(statement.hypotheses, Not(Contains(HasSubstr("inner weights fixed (and possibly huge)"))));
  }
}

TEST(Explain, NoFloorIsCalledTight) {
  EXPECT_THAT(WholeText(Explain("primary")), Not(HasSubstr("is tight")));
  EXPECT_THAT(WholeText(Explain("thm4")), Not(HasSubstr("nothing much smaller does")));
}

TEST(Explain, ReadersOwnNumbersAreThoseOfTheCalculators) {
  const Problem problem{.smoothness = 1, .primary_dim = 1, .condition_dim = 2, .epsilon = 1e-3};
  const std::string text = WholeText(Explain("thm4", problem));
  for (const Statement& statement : AllStatements(problem)) {
    if (statement.id == "constructed.hypernetwork" || statement.id == "certified.primary") {
      EXPECT_THAT(text, HasSubstr(statement.count->Text()));
    }
  }
  EXPECT_THAT(WholeText(Explain("gap", problem)), HasSubstr("gap: 972.9"));
  EXPECT_THAT(WholeText(Explain("phases", problem)),
              HasSubstr("depth ~ N^1: error N^-0.6667 is reached, N ~ epsilon^-1.5;"));
  Problem growing = problem;
  growing.depth_growth = 0.2;
  EXPECT_THAT(WholeText(Explain("phases", growing)),
              HasSubstr("depth ~ N^0.2: error N^-0.4 is reached, N ~ epsilon^-2.5; N^-p with p > 0.4 is not"));
  EXPECT_THAT(WholeText(Explain("thm1", growing)), HasSubstr("depth ~ N^0.2"));
}

TEST(Explain, ReadersOutputsAreComparedToOne) {
  Problem problem{.smoothness = 1, .primary_dim = 1, .condition_dim = 2, .epsilon = 1e-3, .outputs = 4};
  const auto numbers = [&] {
    std::string text;
    const Explanation explanation = Explain("outputs", problem);
    for (const std::string& line : explanation.sections.back().paragraphs) text += line + "\n";
    return text;
  };
  EXPECT_THAT(numbers(), HasSubstr("certified.primary: N_g >= 2,990 for one output, 5,981 for 4\n"));
  EXPECT_THAT(numbers(), HasSubstr("constructed.hypernetwork: N_g <= 3,001 for one output, 6,004 for 4\n"));
  EXPECT_THAT(numbers(), HasSubstr("gap: 972.9 for one output, "));
  EXPECT_THAT(numbers(), HasSubstr(", outputs = 4, depth"));
  problem.outputs = 1;
  EXPECT_THAT(numbers(), HasSubstr("is given with --outputs="));
  EXPECT_THAT(numbers(), ::testing::Not(HasSubstr("outputs = ")));
}

TEST(Explain, EveryIdTakesNumbers) {
  for (const std::string& id : ExplainableIds()) {
    EXPECT_EQ(Explain(id, Problem{.smoothness = 2, .condition_dim = 2}).sections.back().heading, "Your numbers") << id;
  }
}

}  // namespace
}  // namespace hyperwidth
