// SPDX-License-Identifier: Apache-2.0

#include "theory/checker/certificate_checker.h"

#include <regex>
#include <stdexcept>
#include <utility>

#include "gtest/gtest.h"
#include "theory/certificate.h"
#include "theory/lower_bounds.h"

namespace hyperwidth {
namespace {

const Problem kExample{.smoothness = 1, .primary_dim = 1, .condition_dim = 2, .epsilon = 1e-3, .embedding_dim = 1};

TEST(CertificateChecker, ConfirmsEveryStatementOfManyProblems) {
  for (const Problem& problem :
       {kExample,
        Problem{.smoothness = 2, .primary_dim = 2, .condition_dim = 3, .epsilon = 1e-4, .depth = 5},
        Problem{.smoothness = 3, .primary_dim = 1, .condition_dim = 1, .epsilon = 1e-6},
        Problem{.smoothness = 1, .primary_dim = 2, .condition_dim = 1, .epsilon = 0.9},
        Problem{.smoothness = 2, .primary_dim = 50, .condition_dim = 50, .epsilon = 1e-12},
        Problem{.smoothness = 1,
        .primary_dim = 1,
        .condition_dim = 1,
        .epsilon = 1e-6,
        .depth = 100,
        .embedding_dim = 500}}) {
    const LowerBounds bounds(problem);
    for (const std::string& id : CertifiableStatements()) {
      const CheckResult result = CheckCertificate(CertificateFor(bounds, id));
      EXPECT_TRUE(result.holds) << id << "\n" << CertificateFor(bounds, id) << result.report;
      EXPECT_EQ(result.statement, id);
    }
  }
}

std::string Certificate() { return CertificateFor(LowerBounds(kExample), "certified.embedding"); }

std::string With(const std::string& pattern, const std::string& replacement) {
  const std::string changed = std::regex_replace(Certificate(), std::regex(pattern), replacement);
  EXPECT_NE(changed, Certificate());
  return changed;
}

// One more parameter is exactly what the certificate does not claim, so the checker must draw the same line.
TEST(CertificateChecker, RefusesOneParameterMore) {
  const std::string count = std::to_string(*LowerBounds(kExample).Embedding().count.value);
  EXPECT_FALSE(CheckCertificate(With("insufficient: .*", "insufficient: " + count)).holds);
}

TEST(CertificateChecker, RefusesBumpsThatAreTooLow) {
  const CheckResult result = CheckCertificate(With("epsilon: .*", "epsilon: 0.0011"));
  EXPECT_FALSE(result.holds);
  EXPECT_NE(result.report.find("not higher than epsilon"), std::string::npos) << result.report;
}

TEST(CertificateChecker, RefusesUnderstatedSeminorms) {
  EXPECT_FALSE(CheckCertificate(With("seminorms: 1 1", "seminorms: 1 0.99")).holds);
  EXPECT_FALSE(CheckCertificate(With("seminorms: 1 1", "seminorms: 1 0.99999999999999")).holds);
  EXPECT_FALSE(CheckCertificate(With("seminorms: 1 1", "seminorms: 0.99999999999999 1")).holds);
}

TEST(CertificateChecker, RefusesMorePointsThanTheLayoutAllows) {
  EXPECT_FALSE(CheckCertificate(With("smoothness: 1", "smoothness: 2")).holds);
  EXPECT_FALSE(CheckCertificate(With("dimension of x: 1", "dimension of x: 2")).holds);
}

// With fewer layers, units, points or degrees the inequality would hold for more parameters, but prove something else.
TEST(CertificateChecker, RefusesAnotherInequalityThanTheStatementNeeds) {
  for (const auto& [pattern, replacement] : {std::pair("scalars per condition: 1", "scalars per condition: 0"),
                                             std::pair("layers: 1 units N", "layers: 1 units 1"),
                                             std::pair("points all", "points conditions"),
                                             std::pair("condition yes", "condition no"),
                                             std::pair("from 2", "from 1"),
                                             std::pair("from 3", "from 2"),
                                             std::pair("layers: 1 units N.*\n", ""),
                                             std::pair("layers: .*\n", ""),
                                             std::pair("inequality: .*", "inequality: fewer than points")}) {
    const CheckResult result = CheckCertificate(With(pattern, replacement));
    EXPECT_FALSE(result.holds) << pattern;
    EXPECT_NE(result.report.find("of the statement"), std::string::npos) << result.report;
  }
}

// Every number of the file is part of the claim or of its proof: changed by one, the certificate must fail, or claim
// less than before.
TEST(CertificateChecker, NoticesEveryChangedNumberThatStrengthensTheClaim) {
  for (const auto& [pattern, replacement] : {std::pair("statement: .*", "statement: certified.standard"),
                                             std::pair("statement: .*", "statement: certified.primary"),
                                             std::pair("statement: .*", "statement: certified.bits"),
                                             std::pair("depth: 2", "depth: 3"),
                                             std::pair("embedding dimension: 1", "embedding dimension: 2"),
                                             std::pair("dimension of I: 2", "dimension of I: 3"),
                                             std::pair("epsilon: 0.001", "epsilon: 0.002"),
                                             std::pair("of 359", "of 360"),
                                             std::pair("bump: perfect-spline 1", "bump: perfect-spline 2"),
                                             std::pair("left-hand side: 1", "left-hand side: 2"),
                                             std::pair("left-hand side: 0.9", "left-hand side: 0.8"),
                                             std::pair("left-hand side: 0.9", "left-hand side: 1.9")}) {
    bool holds = false;
    try {
      holds = CheckCertificate(With(pattern, replacement)).holds;
    } catch (const std::runtime_error&) {  // as good: no statement has such a certificate
    }
    EXPECT_FALSE(holds) << pattern << " -> " << replacement;
  }
}

TEST(CertificateChecker, NoticesChangedBoundsOfTheWeights) {
  const std::string text = CertificateFor(LowerBounds(kExample), "certified.bounded_weights");
  EXPECT_TRUE(CheckCertificate(text).holds) << CheckCertificate(text).report;
  for (const auto& [pattern, replacement] : {std::pair("weight bound: 10", "weight bound: 1000"),
                                             std::pair("width: 100", "width: 1000"),
                                             std::pair("depth: 2", "depth: 3"),
                                             std::pair("epsilon: 0.001", "epsilon: 0.00101"),
                                             std::pair("rounded weights", "fewer than points"),
                                             std::pair("insufficient: ", "insufficient: 1")}) {
    const std::string changed = std::regex_replace(text, std::regex(pattern), replacement);
    EXPECT_NE(changed, text);
    EXPECT_FALSE(CheckCertificate(changed).holds) << pattern;
  }
}

// Bumps that differ in I say nothing about a network of x.
TEST(CertificateChecker, RefusesAGridOverConditionsForAPrimaryNetwork) {
  std::string forged = CertificateFor(LowerBounds(kExample), "certified.standard");
  forged = std::regex_replace(forged, std::regex("certified.standard"), "certified.primary");
  EXPECT_THROW(CheckCertificate(forged), std::runtime_error);
}

// A changed digit must not keep the checker busy for ever, nor crash it.
TEST(CertificateChecker, RefusesNumbersOutOfAllProportion) {
  for (const auto& [pattern, replacement] : {std::pair("axes of x: 1 of", "axes of x: 99999999999 of"),
                                             std::pair("epsilon: 0.001", "epsilon: 1e-999999999"),
                                             std::pair("epsilon: 0.001", "epsilon: ."),
                                             std::pair("epsilon: 0.001", "epsilon: 1e"),
                                             std::pair("epsilon: 0.001", "epsilon: -1"),
                                             std::pair("smoothness: 1", "smoothness: 99999999999"),
                                             std::pair("layers: 1 units N", "layers: 99999999999 units N"),
                                             std::pair("certificate: 2", "certificate: 1")}) {
    EXPECT_THROW(CheckCertificate(With(pattern, replacement)), std::runtime_error) << replacement;
  }
}

TEST(CertificateChecker, RefusesTextThatIsNotACertificate) {
  EXPECT_THROW(CheckCertificate("hello"), std::runtime_error);
  EXPECT_THROW(CheckCertificate(""), std::runtime_error);
  EXPECT_THROW(CheckCertificate(With("insufficient: ", "insufficient: x")), std::runtime_error);
  EXPECT_THROW(CheckCertificate(With("axes of x: .*", "axes of x: many")), std::runtime_error);
}

}  // namespace
}  // namespace hyperwidth
