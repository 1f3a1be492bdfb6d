// SPDX-License-Identifier: Apache-2.0
//
// What certificates may say about targets with several coordinates.

#include <string>

#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "theory/certificate.h"
#include "theory/checker/certificate_checker.h"
#include "theory/checker/certificate_lines.h"
#include "theory/checker/certificate_text.h"
#include "theory/checker/pieces_check.h"
#include "theory/lower_bounds.h"

namespace hyperwidth::checker {
namespace {

using ::testing::HasSubstr;

Problem WithSeveral(std::int64_t outputs) {
  return {.smoothness = 1, .primary_dim = 1, .condition_dim = 2, .epsilon = 2e-3, .outputs = outputs};
}

// 41 * 21 bumps.
std::string WithOutputs(const std::string& outputs, const std::string& insufficient, const std::string& left) {
  return HandWritten{.statement = "certified.bits", .insufficient = insufficient, .left = left}.Text() +
         "outputs: " + outputs + "\n";
}

TEST(OutputsOfACertificate, AreOneUnlessALineSaysOtherwise) {
  EXPECT_EQ(WhyNot(HandWritten{.statement = "certified.bits", .insufficient = "860"}.Text()), "");
  EXPECT_EQ(WhyNot(WithOutputs("1", "860", "861")), "");
  EXPECT_EQ(WhyNot(WithOutputs("3", "2582", "2583")), "");
  EXPECT_THAT(WhyNot(WithOutputs("3", "2583", "2583")), HasSubstr("as many parameters as points"));
  EXPECT_THAT(WhyNot(WithOutputs("3", "860", "861")), HasSubstr("the left-hand side is not the number of points"));
  EXPECT_EQ(CertificateFor(LowerBounds(WithSeveral(1)), "certified.standard").find("outputs"), std::string::npos);
}

TEST(OutputsOfACertificate, AreAWholeNumberOfAtLeastOne) {
  EXPECT_THAT(WhyNot(WithOutputs("0", "1", "0")),
              HasSubstr("line 'outputs' of the certificate: found '0', accepted: a whole number of at least 1"));
  EXPECT_THAT(WhyNot(WithOutputs("-1", "1", "861")), HasSubstr("line 'outputs'"));
  EXPECT_THAT(WhyNot(WithOutputs("two", "1", "861")), HasSubstr("line 'outputs'"));
}

TEST(OutputsOfACertificate, AreNamedInTheReport) {
  EXPECT_THAT(CheckCertificate(WithOutputs("3", "5", "2583")).report, HasSubstr("any network, 3 outputs"));
  EXPECT_THAT(CheckCertificate(WithOutputs("3", "5", "2583")).report, HasSubstr("5 < M for each output"));
  EXPECT_THAT(CheckCertificate(WithOutputs("1", "5", "861")).report, ::testing::Not(HasSubstr("output")));
  const std::string pieces = CertificateFor(LowerBounds(WithSeveral(4)), "certified.primary");
  EXPECT_THAT(CheckCertificate(pieces).report, HasSubstr("of each output"));
}

// The output layer has one unit for each of them.
TEST(OutputsOfACertificate, AreTheUnitsOfTheLastLayer) {
  const std::string text = CertificateFor(LowerBounds(WithSeveral(7)), "certified.standard");
  EXPECT_THAT(text, HasSubstr("\nlayers: 1 units 7 points all condition no degrees from 2 times 1 (output)\n"));
  EXPECT_EQ(WhyNot(text), "");
  std::string forged = text;
  forged.replace(forged.find("units 7"), 7, "units 6");
  EXPECT_THAT(WhyNot(forged), HasSubstr("are not those of the statement"));
}

// What is proved with several outputs, claimed with one less: every line that counts them changed with it.
std::string WithOneLess(const std::string& text, std::int64_t outputs) {
  const std::string fewer = std::to_string(outputs - 1);
  std::string forged = With(text, "outputs", fewer);
  const std::string units = "units " + std::to_string(outputs) + " ";
  const auto at = forged.find(units);
  if (at != std::string::npos) forged.replace(at, units.size(), "units " + fewer + " ");
  if (ValueOf(text, "inequality") == "linear pieces" || ValueOf(text, "inequality") == "continuous encoder") {
    return forged;
  }
  return With(
      forged, "left-hand side", Integer(Integer(ValueOf(text, "left-hand side")) / outputs * (outputs - 1)).str());
}

TEST(OutputsOfACertificate, ForgedByOneAreRefusedForEveryStatementThatCountsThem) {
  for (const std::int64_t outputs : {2, 5}) {
    Problem with_bottleneck = WithSeveral(outputs);
    with_bottleneck.bottleneck = 3;
    const LowerBounds bounds(with_bottleneck);
    for (const std::string& id : CertifiableStatements(with_bottleneck)) {
      const std::string text = CertificateFor(bounds, id);
      EXPECT_EQ(WhyNot(text), "") << text;
      // m2 scalars are all that can be forced, and they are with one output too, at such an epsilon. The rank is that
      // of as many rows as columns.
      if (id == "certified.continuous_encoder" || id == "certified.linear_decoder") continue;
      EXPECT_FALSE(Holds(WithOneLess(text, outputs))) << WithOneLess(text, outputs);
    }
  }
}

// More outputs have more to do: as many parameters are then too few all the more.
TEST(OutputsOfACertificate, MayBeMoreWhereTheLinesThatCountThemAgree) {
  const LowerBounds bounds(WithSeveral(2));
  for (const std::string id : {"certified.standard", "certified.primary", "certified.embedding", "certified.bits"}) {
    std::string text = CertificateFor(bounds, id);
    text = With(text, "outputs", "4");
    if (text.find("units 2 ") != std::string::npos) text.replace(text.find("units 2 "), 8, "units 4 ");
    if (ValueOf(text, "inequality") != "linear pieces") {
      text = With(text, "left-hand side", Integer(2 * Integer(ValueOf(text, "left-hand side"))).str());
    }
    EXPECT_EQ(WhyNot(text), "") << text;
  }
}

// 1/4 is missed with one output, 1/2 with two, of which each has one coordinate of I.
TEST(OutputsOfACertificate, ShareTheCoordinatesOfAnEncodersTarget) {
  Problem problem{.smoothness = 1, .primary_dim = 1, .condition_dim = 2, .epsilon = 0.4999, .outputs = 2};
  const std::string text = CertificateFor(LowerBounds(problem), "certified.continuous_encoder");
  EXPECT_EQ(ValueOf(text, "insufficient"), "1");
  EXPECT_EQ(WhyNot(text), "");
  EXPECT_THAT(WhyNot(With(text, "epsilon", "0.5")), HasSubstr("not higher than epsilon"));
  EXPECT_THAT(WhyNot(With(text, "outputs", "1")), HasSubstr("as many scalars as functions of x"));
}

// The rows of the matrix are those of all outputs.
TEST(OutputsOfACertificate, AreRowsOfTheMatrixOfALinearDecoder) {
  Problem problem{.smoothness = 1, .primary_dim = 1, .condition_dim = 1, .epsilon = 0.01, .outputs = 1000};
  const std::string text = CertificateFor(LowerBounds(problem), "certified.linear_decoder");
  EXPECT_EQ(WhyNot(text), "");
  EXPECT_EQ(ValueOf(text, "axes of x"), "1 of 0, 0 of 1");  // a single point
  EXPECT_THAT(WhyNot(WithOneLess(With(text, "outputs", "2"), 2)), HasSubstr("left-hand side"));
  std::string one = With(text, "outputs", "1");
  one = With(one, "left-hand side", Integer(Integer(ValueOf(text, "left-hand side")) / 1000).str());
  EXPECT_THAT(WhyNot(one), HasSubstr("the Hadamard matrix is larger than the grid"));
}

// At depth 2 the output weights count for each output; with a layer more, one parameter for each.
TEST(OutputsOfACertificate, AreOneParameterEachOrHaveWeightsForAllKinks) {
  for (const int outputs : {1, 2, 9}) {
    for (const int pieces : {2, 3, 50}) {
      const int least = (outputs + 2) * (pieces - 1) - 1;
      EXPECT_TRUE(AreTooFewForPieces(least - 1, pieces, 2, outputs));
      EXPECT_FALSE(AreTooFewForPieces(least, pieces, 2, outputs));
      EXPECT_FALSE(AreTooFewForPieces(3 * (pieces - 1) - 1 + outputs - 1, pieces, 3, outputs));
    }
    EXPECT_TRUE(AreTooFewForPieces(outputs - 1, 1, 2, outputs));
    EXPECT_FALSE(AreTooFewForPieces(outputs, 1, 2, outputs));
  }
  // Two layers of kinks at depth 3: 4 * 2 * 12 * 1,000 = 96,000 for ten outputs, 309^2 < 96,000 < 310^2.
  EXPECT_TRUE(AreTooFewForPieces(309 - 15, 1000, 3, 10));
  EXPECT_FALSE(AreTooFewForPieces(310 - 15, 1000, 3, 10));
  // At depth 4 a third layer shares the weights: 24,000 and one parameter for each output, or 27 * 12 * 1,000 and three
  // layers.
  EXPECT_TRUE(AreTooFewForPieces(90, 1000, 4, 10));
}

}  // namespace
}  // namespace hyperwidth::checker
