// SPDX-License-Identifier: Apache-2.0

#include "theory/checker/certificate_checker.h"

#include <regex>
#include <stdexcept>

#include "gtest/gtest.h"
#include "theory/certificate.h"
#include "theory/lower_bounds.h"

namespace hyperwidth {
namespace {

const Problem kExample{.smoothness = 1, .primary_dim = 1, .condition_dim = 2, .epsilon = 1e-3};

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
}

TEST(CertificateChecker, RefusesMorePointsThanTheLayoutAllows) {
  EXPECT_FALSE(CheckCertificate(With("smoothness: 1", "smoothness: 2")).holds);
  EXPECT_FALSE(CheckCertificate(With("dimensions: 1 2", "dimensions: 2 2")).holds);
}

TEST(CertificateChecker, RefusesMoreScalarsForTheSameClaim) {
  EXPECT_FALSE(CheckCertificate(With("scalars per condition: 1", "scalars per condition: 2")).holds);
}

TEST(CertificateChecker, RefusesTextThatIsNotACertificate) {
  EXPECT_THROW(CheckCertificate("hello"), std::runtime_error);
  EXPECT_THROW(CheckCertificate(""), std::runtime_error);
  EXPECT_THROW(CheckCertificate(With("insufficient: ", "insufficient: x")), std::runtime_error);
  EXPECT_THROW(CheckCertificate(With("axes of x: .*", "axes of x: many")), std::runtime_error);
}

TEST(Certificate, IsRefusedForStatementsWithoutOne) {
  EXPECT_THROW(CertificateFor(LowerBounds(kExample), "GW20.Thm1"), std::domain_error);
}

}  // namespace
}  // namespace hyperwidth
