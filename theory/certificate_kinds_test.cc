// SPDX-License-Identifier: Apache-2.0
//
// Certificates without sign patterns: of linear pieces and of continuous encoders.

#include <string>

#include "gtest/gtest.h"
#include "theory/certificate.h"
#include "theory/checker/certificate_checker.h"
#include "theory/lower_bounds.h"

namespace hyperwidth {
namespace {

std::string Of(const Problem& problem, const std::string& statement) {
  return CertificateFor(LowerBounds(problem), "certified." + statement);
}

TEST(Certificate, OfAContinuousEncoderIsWrittenOut) {
  // Six functions need an affine axis and three nodes on another.
  const Problem problem{.smoothness = 2, .primary_dim = 2, .condition_dim = 6, .epsilon = 1e-3};
  const std::string text = Of(problem, "continuous_encoder");
  EXPECT_EQ(text.substr(text.find("layout")),
            "layout: nodes\n"
            "bump: cosine-power 2\n"
            "seminorms: 1 1.570798 4.934808\n"
            "axes of x: 1 of 2, 0 of 3\n"
            "axes of I: 0 of 0, 0 of 1\n"
            "affine axes: 1\n"
            "inequality: continuous encoder\n"
            "insufficient: 5\n"
            "left-hand side: 6\n");
  EXPECT_TRUE(CheckCertificate(text).holds);
}

TEST(Certificate, OfAlternatingBumpsIsWrittenOut) {
  const Problem problem{.smoothness = 1, .primary_dim = 2, .condition_dim = 2, .epsilon = 0.05};
  const std::string text = Of(problem, "primary");
  EXPECT_EQ(text.substr(text.find("layout")),
            "layout: checkerboard\n"
            "bump: perfect-spline 1\n"
            "seminorms: 1 1\n"
            "axes of x: 1 of 18, 1 of 0\n"
            "axes of I: 0 of 0, 0 of 0\n"
            "inequality: linear pieces\n"
            "target: alternating bumps\n"
            "insufficient: 49\n"
            "left-hand side: 18\n");
  EXPECT_TRUE(CheckCertificate(text).holds);
}

TEST(Certificate, OfAParabolaIsWrittenOut) {
  const Problem problem{.smoothness = 10, .primary_dim = 1, .condition_dim = 2, .epsilon = 1e-6};
  const std::string text = Of(problem, "embedding");
  EXPECT_EQ(text.substr(text.find("axes of x")),
            "axes of x: 1 of 0, 0 of 0\n"
            "axes of I: 0 of 0, 0 of 0\n"
            "inequality: linear pieces\n"
            "target: parabola\n"
            "insufficient: 997\n"
            "left-hand side: 334\n");
  EXPECT_TRUE(CheckCertificate(text).holds);
}

}  // namespace
}  // namespace hyperwidth
