// SPDX-License-Identifier: Apache-2.0
//
// What certificates may say about the radius of the ball of targets.

#include <string>

#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "theory/certificate.h"
#include "theory/checker/certificate_checker.h"
#include "theory/checker/certificate_lines.h"
#include "theory/lower_bounds.h"

namespace hyperwidth::checker {
namespace {

using ::testing::HasSubstr;

// Of bumps with B = 1 + 40 + 20, without a line for the radius.
std::string WithRadius(const std::string& epsilon, const std::string& radius) {
  const std::string text = With(HandWritten{.statement = "certified.bits"}.Text(), "epsilon", epsilon);
  return text + "radius: " + radius + "\n";
}

TEST(RadiusOfACertificate, IsOneUnlessALineSaysOtherwise) {
  const std::string text = HandWritten{.statement = "certified.bits"}.Text();
  EXPECT_EQ(WhyNot(With(text, "epsilon", "0.01639")), "");  // below 1/61
  EXPECT_THAT(WhyNot(With(text, "epsilon", "0.0164")), HasSubstr("not higher than epsilon"));
  EXPECT_EQ(WhyNot(WithRadius("0.01639", "1")), "");
  EXPECT_THAT(WhyNot(WithRadius("0.0164", "1")), HasSubstr("not higher than epsilon"));
}

TEST(RadiusOfACertificate, ScalesTheBumpsExactly) {
  EXPECT_EQ(WhyNot(WithRadius("1", "61.00000000000000000000000000001")), "");
  EXPECT_THAT(WhyNot(WithRadius("1", "61")), HasSubstr("not higher than epsilon"));
  EXPECT_EQ(WhyNot(WithRadius("0.0999999999999999999999999999999", "6.1")), "");
  EXPECT_THAT(WhyNot(WithRadius("0.1", "6.1")), HasSubstr("not higher than epsilon"));
}

TEST(RadiusOfACertificate, IsANumberAboveZero) {
  EXPECT_THAT(WhyNot(WithRadius("1e-6", "0")), HasSubstr("found '0', accepted: a number above 0"));
  EXPECT_THAT(WhyNot(WithRadius("1e-6", "-1")), HasSubstr("line 'radius'"));
  EXPECT_THAT(WhyNot(WithRadius("1e-6", "1") + "radius: 2\n"), HasSubstr("every name once"));
}

TEST(RadiusOfACertificate, IsNamedInTheReport) {
  EXPECT_THAT(CheckCertificate(WithRadius("1", "100")).report,
              AllOf(HasSubstr("height: 100/B > epsilon"), HasSubstr("targets of the ball of radius 100)")));
}

// Every statement, each with a quotient at which it is proved and others at which it is not.
TEST(RadiusOfACertificate, ForgedIsRefusedForEveryStatement) {
  for (const Problem& problem :
       {Problem{.smoothness = 1, .primary_dim = 1, .condition_dim = 2, .epsilon = 0.2, .radius = 7},
        Problem{.smoothness = 2, .primary_dim = 2, .condition_dim = 3, .epsilon = 3e-5, .radius = 0.3},
        Problem{.smoothness = 10, .primary_dim = 1, .condition_dim = 2, .epsilon = 1e-3, .radius = 1000}}) {
    const LowerBounds bounds(problem);
    for (const std::string& id : CertifiableStatements()) {
      const std::string text = CertificateFor(bounds, id);
      if (ValueOf(text, "insufficient") == "0") continue;
      EXPECT_EQ(WhyNot(text), "") << text;
      const double radius = problem.radius;
      // No target is as high as this quotient, of any statement. A larger ball has more targets.
      EXPECT_FALSE(Holds(With(text, "radius", std::to_string(problem.epsilon * 1.01)))) << text;
      const bool is_parabola = text.find("parabola") != std::string::npos;
      EXPECT_EQ(Holds(With(text, "radius", std::to_string(radius * 2))), !is_parabola) << text;
      if (id == "certified.continuous_encoder" || id == "certified.linear_decoder") continue;
      // Grids are about as fine as can be; the pieces of a parabola are stated.
      EXPECT_FALSE(Holds(With(text, "radius", std::to_string(radius * 0.8)))) << text;
    }
  }
}

// Weights may not grow with the targets: the quotient alone does not prove it.
TEST(RadiusOfACertificate, OfBoundedWeightsMatters) {
  const LowerBounds bounds({.smoothness = 1, .primary_dim = 1, .condition_dim = 2, .epsilon = 2e-3, .radius = 2});
  const std::string text = CertificateFor(bounds, "certified.bounded_weights");
  EXPECT_EQ(WhyNot(text), "");
  EXPECT_THAT(WhyNot(With(With(text, "radius", "0.002"), "epsilon", "2e-6")), HasSubstr("not excluded"));
  const std::string signs = CertificateFor(bounds, "certified.standard");
  EXPECT_EQ(WhyNot(With(With(signs, "radius", "0.002"), "epsilon", "2e-6")), "");
}

}  // namespace
}  // namespace hyperwidth::checker
