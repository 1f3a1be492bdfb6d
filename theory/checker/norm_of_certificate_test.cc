// SPDX-License-Identifier: Apache-2.0
//
// What certificates may say about the norm of the ball of targets.

#include <string>

#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "theory/certificate.h"
#include "theory/checker/certificate_checker.h"
#include "theory/checker/certificate_lines.h"
#include "theory/checker/encoder_check.h"
#include "theory/lower_bounds.h"

namespace hyperwidth::checker {
namespace {

using ::testing::HasSubstr;

// Of bumps with B = 1 + 40 + 20 in the sum norm and 40 in the max norm.
std::string WithNorm(const std::string& epsilon, const std::string& norm) {
  const std::string text = With(HandWritten{.statement = "certified.bits"}.Text(), "epsilon", epsilon);
  return text + "norm: " + norm + "\n";
}

TEST(NormOfACertificate, IsTheSumUnlessALineSaysOtherwise) {
  EXPECT_EQ(WhyNot(WithNorm("0.01639", "sum")), "");
  EXPECT_THAT(WhyNot(WithNorm("0.0164", "sum")), HasSubstr("not higher than epsilon"));
  EXPECT_EQ(WhyNot(WithNorm("0.0249999999999999999999999999999999999", "max")), "");
  EXPECT_THAT(WhyNot(WithNorm("0.025", "max")), HasSubstr("not higher than epsilon"));
}

TEST(NormOfACertificate, IsOneOfTwoWords) {
  EXPECT_THAT(WhyNot(WithNorm("0.001", "maximum")),
              HasSubstr("line 'norm' of the certificate: found 'maximum', accepted: sum or max"));
  EXPECT_THAT(WhyNot(WithNorm("0.001", "max") + "norm: max\n"), HasSubstr("every name once"));
}

TEST(NormOfACertificate, IsNamedInTheReport) {
  EXPECT_THAT(CheckCertificate(WithNorm("0.001", "max")).report, HasSubstr(", max norm)"));
  EXPECT_THAT(CheckCertificate(WithNorm("0.001", "sum")).report, ::testing::Not(HasSubstr(" norm")));
}

// The target of three functions on an affine axis and one of bumps: 1/rho is the largest of the products of 1, 2 n, 4
// n^2 for n = 2 with 1, 1, and no single function's derivative is larger.
TEST(NormOfACertificate, OfAnEncodersTargetIsItsLargestDerivative) {
  EncoderFunctions functions{.seminorms = {1, 2, 4}, .cells = {Integer(2)}, .affine_axes = 1, .takes_maximum = true};
  EXPECT_EQ(NormOfTarget(functions, 3), 16);
  functions.cells = {Integer(0)};
  EXPECT_EQ(NormOfTarget(functions, 2), 1);
  functions.takes_maximum = false;
  EXPECT_EQ(NormOfTarget(functions, 2), 1 + 1 + 2 * (1 + Fraction(1, 2)));
}

// Every statement proved in the max norm, at its own epsilon, fails in the smaller ball of the sum norm.
TEST(NormOfACertificate, ForgedIsRefusedForEveryStatement) {
  for (const Problem& problem :
       {Problem{.smoothness = 1, .primary_dim = 1, .condition_dim = 2, .epsilon = 0.03, .norm = BallNorm::kMax},
        Problem{
            .smoothness = 1, .primary_dim = 2, .condition_dim = 6, .epsilon = 0.2, .radius = 2, .norm = BallNorm::kMax},
        Problem{.smoothness = 2, .primary_dim = 2, .condition_dim = 3, .epsilon = 3e-3, .norm = BallNorm::kMax},
        Problem{.smoothness = 10, .primary_dim = 1, .condition_dim = 2, .epsilon = 1e-3, .norm = BallNorm::kMax}}) {
    const LowerBounds bounds(problem);
    int looked_at = 0;
    for (const std::string& id : CertifiableStatements()) {
      const std::string text = CertificateFor(bounds, id);
      if (ValueOf(text, "insufficient") == "0") continue;
      EXPECT_EQ(WhyNot(text), "") << text;
      ++looked_at;
      // With as many scalars as there are coordinates less one, the target of the encoder is far higher than epsilon.
      const bool has_room = id == "certified.continuous_encoder";
      if (!has_room) {
        EXPECT_FALSE(Holds(With(text, "norm", "sum"))) << text;
      }
    }
    EXPECT_GT(looked_at, 3);
  }
}

}  // namespace
}  // namespace hyperwidth::checker
