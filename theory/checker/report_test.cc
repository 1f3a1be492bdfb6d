// SPDX-License-Identifier: Apache-2.0
//
// What the checker says about certificates, in full.

#include <string>

#include "gtest/gtest.h"
#include "theory/checker/certificate_checker.h"
#include "theory/checker/certificate_lines.h"

namespace hyperwidth::checker {
namespace {

const std::string kUpToThePoints =
    "bump: seminorms confirmed\n"
    "height: 1/B > epsilon, B = 61\n"
    "points: M = 861, conditions J = 21\n";

void ExpectReport(const std::string& text, bool holds, const std::string& report) {
  const CheckResult result = CheckCertificate(text);
  EXPECT_EQ(result.holds, holds);
  EXPECT_EQ(result.statement, ValueOf(text, "statement"));
  EXPECT_EQ(result.report, report);
}

// 20 log2(2 e 861) + 20 log2(2 e 861 2 / 20) + 2 = 423.3.
TEST(Report, SaysHowManySignPatternsThereAre) {
  ExpectReport(HandWritten{.insufficient = "20"}.Text(),
               true,
               kUpToThePoints +
                   "sign patterns: at most 2^424, of 2^M needed, with 20 parameters\n"
                   "HOLDS: at least 21 (at most 2 weight layers)\n");
}

// With 44 instead of 20.
TEST(Report, SaysHowManySignPatternsAreNotExcluded) {
  ExpectReport(HandWritten{.insufficient = "44"}.Text(),
               false,
               kUpToThePoints + "FAILS: 2^879 sign patterns are not excluded\n");
}

// 30 log2(1 + 10 (101 * 1001) / (1/61 - 10^-6)) = 776.3; with 40, 1035.1.
TEST(Report, SaysHowManyRoundingsThereAre) {
  HandWritten hand{.statement = "certified.bounded_weights", .insufficient = "30"};
  ExpectReport(hand.Text(),
               true,
               kUpToThePoints +
                   "roundings of the weights: at most 2^777, of 2^M needed, with 30 parameters\n"
                   "HOLDS: at least 31 (at most 2 weight layers, weights at most 10, width at most 100)\n");
  hand.insufficient = "40";
  ExpectReport(hand.Text(), false, kUpToThePoints + "FAILS: 2^1036 roundings of the weights are not excluded\n");
}

TEST(Report, SaysThatThereAreFewerParametersOrBitsThanPoints) {
  HandWritten hand{.statement = "certified.continuous_selection", .insufficient = "860"};
  ExpectReport(hand.Text(), true, kUpToThePoints + "parameters: 860 < M\nHOLDS: at least 861 (any network)\n");
  hand.statement = "certified.bits";
  ExpectReport(hand.Text(), true, kUpToThePoints + "parameters: 860 < M\nHOLDS: at least 861 (bits, any network)\n");
}

// Every network has a parameter.
TEST(Report, SaysThatNothingIsClaimed) {
  for (const std::string statement : {"certified.standard", "certified.bounded_weights"}) {
    std::string text = HandWritten{.statement = statement, .insufficient = "0"}.Text();
    text.erase(text.find("right-hand side"));
    const CheckResult result = CheckCertificate(text);
    EXPECT_TRUE(result.holds);
    EXPECT_NE(result.report.find("parameters: nothing is claimed\nHOLDS: at least 1 (at most 2"), std::string::npos);
  }
  std::string needed = HandWritten{.insufficient = "1"}.Text();
  needed.erase(needed.find("right-hand side"));
  EXPECT_EQ(WhyNot(needed), "not a certificate: there is no line 'right-hand side over left-hand side: ..'");
}

TEST(Report, StopsAtTheStepThatFails) {
  const std::string text = HandWritten{}.Text();
  ExpectReport(With(text, "seminorms", "1 0.9"), false, "FAILS: seminorm 1 is stated too small\n");
  ExpectReport(
      With(text, "epsilon", "0.5"), false, "bump: seminorms confirmed\nFAILS: the bumps are not higher than epsilon\n");
  ExpectReport(With(text, "left-hand side", "862"),
               false,
               kUpToThePoints + "FAILS: the left-hand side is not the number of points\n");
}

TEST(Form, IsThatOfTheStatement) {
  for (const std::string statement : {"certified.standard", "certified.bounded_weights", "certified.bits"}) {
    const std::string text = HandWritten{.statement = statement}.Text();
    EXPECT_EQ(WhyNot(text), "");
    for (const std::string name : {"sign patterns", "rounded weights", "fewer than points", "none"}) {
      if (name == ValueOf(text, "inequality")) continue;
      ExpectReport(With(text, "inequality", name),
                   false,
                   kUpToThePoints + "FAILS: the inequality is not that of the statement\n");
    }
  }
}

TEST(Form, HasTheLayersAndScalarsOfTheStatement) {
  const std::string failure =
      kUpToThePoints + "FAILS: the layers, degrees or scalars of the inequality are not those of the statement\n";
  const HandWritten hand{.statement = "certified.embedding", .embedding_dim = 2};
  EXPECT_TRUE(Holds(hand.Text()));
  for (const std::string scalars : {"1", "3", "sqrt(N)", "02"}) {
    ExpectReport(With(hand.Text(), "scalars per condition", scalars), false, failure);
  }
  const std::string layer = "layers: 1 units 1 points all condition no degrees from 2 times 1\n";
  for (const std::string statement : {"certified.standard", "certified.bounded_weights", "certified.bits"}) {
    ExpectReport(HandWritten{.statement = statement}.Text() + layer, false, failure);
  }
}

TEST(Form, OfBoundedWeightsHasUpToAThousandLayers) {
  HandWritten hand{.statement = "certified.bounded_weights", .x_cells = 400, .condition_cells = 200, .depth = 1000};
  hand.left = "80601";
  EXPECT_EQ(WhyNot(hand.Text()), "");
  hand.depth = 1001;
  EXPECT_EQ(WhyNot(hand.Text()),
            "line 'depth' of the certificate: found '1001', accepted: a whole number from 2 to 1000");
}

}  // namespace
}  // namespace hyperwidth::checker
