// SPDX-License-Identifier: Apache-2.0

#include "theory/mean_square/mean_square_certificate.h"

#include <stdexcept>
#include <string>

#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "theory/certificate.h"
#include "theory/checker/certificate_checker.h"
#include "theory/checker/certificate_lines.h"
#include "theory/domain_check.h"

namespace hyperwidth {
namespace {

using checker::Holds;
using checker::ValueOf;
using checker::WhyNot;
using checker::With;
using ::testing::HasSubstr;

std::vector<Problem> Problems() {
  return {{.smoothness = 1, .primary_dim = 1, .condition_dim = 2, .epsilon = 1e-3},
          {.smoothness = 1, .primary_dim = 2, .condition_dim = 5, .epsilon = 4e-3, .radius = 3, .norm = BallNorm::kMax},
          {.smoothness = 2, .primary_dim = 2, .condition_dim = 2, .epsilon = 1e-6, .depth = 3, .generator_depth = 3},
          {.smoothness = 10, .primary_dim = 1, .condition_dim = 2, .epsilon = 1e-6, .norm = BallNorm::kMax}};
}

std::string Raised(const std::string& number) { return std::to_string(std::stoll(number) + 1); }

TEST(MeanSquareCertificate, HoldsForEveryStatementAndNotForOneParameterMore) {
  int looked_at = 0;
  for (const Problem& problem : Problems()) {
    const MeanSquareBounds bounds(problem);
    for (const std::string& id : MeanSquareStatementIds()) {
      std::string text;
      try {
        text = MeanSquareCertificateFor(bounds, id);
      } catch (const std::domain_error& error) {
        EXPECT_THAT(error.what(), HasSubstr("says nothing"));
        continue;
      }
      ++looked_at;
      EXPECT_EQ(WhyNot(text), "") << text;
      EXPECT_THAT(CheckCertificate(text).report, HasSubstr("root mean square error)"));
      // With sqrt(N) scalars the inequality is that of the next whole number below, for a few parameters more.
      if (text.find("sqrt(N)") != std::string::npos) continue;
      EXPECT_FALSE(Holds(With(text, "insufficient", Raised(ValueOf(text, "insufficient"))))) << text;
    }
  }
  EXPECT_GT(looked_at, 20);
}

TEST(MeanSquareCertificate, ForgedIsRefused) {
  for (const Problem& problem : Problems()) {
    const MeanSquareBounds bounds(problem);
    const std::string text = MeanSquareCertificateFor(bounds, "certified.standard");
    EXPECT_THAT(WhyNot(With(text, "error", "mean")), HasSubstr("accepted: sup or rms"));
    for (const std::string id :
         {"certified.continuous_selection", "certified.continuous_encoder", "certified.bounded_weights"}) {
      EXPECT_FALSE(Holds(With(text, "statement", id))) << id;
    }
    if (ValueOf(text, "inequality") != "sign patterns") continue;
    const double epsilon = std::stod(ValueOf(text, "epsilon"));
    EXPECT_FALSE(Holds(With(text, "epsilon", ShortestDecimal(epsilon * 1.1)))) << text;
    EXPECT_FALSE(Holds(With(text, "wrong share", "0.5"))) << text;
    EXPECT_THAT(WhyNot(With(text, "wrong share", "0.51")), HasSubstr("between 0 and 1/2"));
    EXPECT_THAT(WhyNot(With(text, "wrong share", "0")), HasSubstr("between 0 and 1/2"));
    const double share = std::stod(ValueOf(text, "wrong share"));
    EXPECT_FALSE(Holds(With(text, "wrong share", std::to_string(share - 0.02)))) << "too low " << text;
    EXPECT_FALSE(Holds(With(text, "wrong share", std::to_string(share + 0.02)))) << "too few patterns " << text;
    // Without the fraction that is left out no target is found.
    EXPECT_FALSE(Holds(With(text, "exponent", "0"))) << text;
    EXPECT_FALSE(Holds(With(text, "exponent", "1"))) << text;
    for (const std::string layout : {"nodes", "checkerboard"}) EXPECT_FALSE(Holds(With(text, "layout", layout)));
  }
}

// The largest error is no smaller than the root mean square, so that the other way round is true.
TEST(MeanSquareCertificate, IsNotThatOfTheLargestError) {
  for (const Problem& problem : Problems()) {
    for (const std::string& id : CertifiableStatements()) {
      const std::string text = CertificateFor(LowerBounds(problem), id);
      if (ValueOf(text, "insufficient") == "0") continue;
      EXPECT_FALSE(Holds(text + "error: rms\nwrong share: 0.25\nexponent: 20\n")) << text;
    }
  }
}

TEST(MeanSquareCertificate, OfAParabolaFailsWithOnePieceMore) {
  const std::string text = MeanSquareCertificateFor(MeanSquareBounds(Problems()[3]), "certified.primary");
  ASSERT_EQ(ValueOf(text, "target"), "parabola");
  EXPECT_EQ(WhyNot(text), "");
  EXPECT_FALSE(Holds(With(text, "left-hand side", Raised(ValueOf(text, "left-hand side")))));
  EXPECT_FALSE(Holds(With(text, "norm", "sum")));
  EXPECT_FALSE(Holds(With(text, "smoothness", "1")));
}

TEST(MeanSquareCertificate, OfHatsFailsWithOnePieceMoreOrAnOddNumber) {
  const std::string text = MeanSquareCertificateFor(MeanSquareBounds(Problems()[0]), "certified.primary");
  ASSERT_EQ(ValueOf(text, "target"), "alternating bumps");
  EXPECT_EQ(WhyNot(text), "");
  EXPECT_FALSE(Holds(With(text, "left-hand side", Raised(ValueOf(text, "left-hand side")))));
  EXPECT_FALSE(Holds(With(text, "layout", "nodes")));
  const std::string axes = ValueOf(text, "axes of x");
  const int cells = std::stoi(axes.substr(5));
  EXPECT_THAT(WhyNot(With(text, "axes of x", "1 of " + std::to_string(cells - 1) + ", 0 of 0")),
              HasSubstr("an even number"));
}

TEST(MeanSquareCertificate, IsRefusedForStatementsOfTheLargestErrorAndForThoseThatSayNothing) {
  const MeanSquareBounds bounds(Problems()[0]);
  EXPECT_THROW(MeanSquareCertificateFor(bounds, "certified.continuous_encoder"), std::domain_error);
  const MeanSquareBounds coarse({.smoothness = 1, .primary_dim = 1, .condition_dim = 1, .epsilon = 0.9});
  for (const std::string& id : MeanSquareStatementIds()) {
    EXPECT_THROW(MeanSquareCertificateFor(coarse, id), std::domain_error) << id;
  }
}

}  // namespace
}  // namespace hyperwidth
