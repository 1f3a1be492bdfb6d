// SPDX-License-Identifier: Apache-2.0

#include <string>

#include "gtest/gtest.h"
#include "theory/certificate.h"
#include "theory/checker/certificate_checker.h"
#include "theory/lower_bounds.h"

namespace hyperwidth {
namespace {

// All bumps of all smoothnesses: the checker has its own formulas for them, and bounds what lies between samples.
TEST(CertificateChecker, ConfirmsTheBumpsOfEverySmoothness) {
  for (int r = 1; r <= kMaxSmoothness; ++r) {
    for (const double epsilon : {0.1, 1e-12}) {
      const LowerBounds bounds({.smoothness = r, .primary_dim = 1, .condition_dim = 3, .epsilon = epsilon});
      const CheckResult result = CheckCertificate(CertificateFor(bounds, "certified.continuous_selection"));
      EXPECT_TRUE(result.holds) << r << " " << epsilon << "\n" << result.report;
    }
  }
}

}  // namespace
}  // namespace hyperwidth
