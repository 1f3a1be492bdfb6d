// SPDX-License-Identifier: Apache-2.0
//
// The example of README.md, compiled and run.

#include <gtest/gtest.h>

// README example begins
#include <iostream>

#include "training/sized_scheme/head_warning.h"
#include "training/sized_scheme/sized_scheme.h"

using namespace hyperwidth;

// Two schemes with 10,000 parameters, for fields at two coordinates that depend on 16 numbers.
void ShowTwoSchemes() {
  for (const std::string scheme : {"embedding", "hypernetwork"}) {
    const SizedScheme sized = SolveWidths({.scheme = scheme, .size = 10'000, .x_size = 2, .condition_size = 16});
    std::cout << scheme << ": x meets " << sized.sizes.primary_hidden[0] << " units, I "
              << sized.sizes.condition_hidden[0] << "; " << sized.cost.trainable_parameters << " parameters, kappa "
              << sized.cost.kappa << "\n"
              << HeadWarning(sized, scheme);
  }
}
// README example ends

namespace {

TEST(SizedSchemeReadme, ExampleShowsBothSchemes) {
  ::testing::internal::CaptureStdout();
  ShowTwoSchemes();
  const std::string text = ::testing::internal::GetCapturedStdout();
  EXPECT_NE(text.find("embedding: x meets "), std::string::npos);
  EXPECT_NE(text.find("hypernetwork: x meets "), std::string::npos);
}

}  // namespace
