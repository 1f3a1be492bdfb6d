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

TEST(Explain, ReadersOwnNumbersAreThoseOfTheCalculators) {
  const Problem problem{.smoothness = 1, .primary_dim = 1, .condition_dim = 2, .epsilon = 1e-3};
  const std::string text = WholeText(Explain("thm4", problem));
  for (const Statement& statement : AllStatements(problem)) {
    if (statement.id == "constructed.hypernetwork" || statement.id == "certified.primary") {
      EXPECT_THAT(text, HasSubstr(statement.count->Text()));
    }
  }
  EXPECT_THAT(WholeText(Explain("gap", problem)), HasSubstr("gap: 1097"));
  EXPECT_THAT(WholeText(Explain("phases", problem)),
              HasSubstr("depth ~ N^1: error N^-0.6667 is reached, N ~ epsilon^-1.5;"));
  Problem growing = problem;
  growing.depth_growth = 0.2;
  EXPECT_THAT(WholeText(Explain("phases", growing)),
              HasSubstr("depth ~ N^0.2: error N^-0.4 is reached, N ~ epsilon^-2.5; N^-p with p > 0.4 is not"));
  EXPECT_THAT(WholeText(Explain("thm1", growing)), HasSubstr("depth ~ N^0.2"));
}

TEST(Explain, EveryIdTakesNumbers) {
  for (const std::string& id : ExplainableIds()) {
    EXPECT_EQ(Explain(id, Problem{.smoothness = 2, .condition_dim = 2}).sections.back().heading, "Your numbers") << id;
  }
}

}  // namespace
}  // namespace hyperwidth
