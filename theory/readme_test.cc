// SPDX-License-Identifier: Apache-2.0
//
// The example of README.md, word for word, and what it promises.

#include <iostream>

#include "gtest/gtest.h"
#include "theory/gap.h"
#include "theory/statement.h"

namespace {

// README example begins.
void PrintBounds() {
  const hyperwidth::Problem problem{.smoothness = 1, .primary_dim = 1, .condition_dim = 2, .epsilon = 1e-3};
  for (const hyperwidth::Statement& statement : hyperwidth::AllStatements(problem)) {
    if (statement.count) std::cout << statement.id << ": " << statement.count->Text() << "\n";
  }
  std::cout << "gap " << hyperwidth::CertifiedGap(problem).Text() << "\n";
}
// README example ends.

TEST(Readme, ExamplePrintsTheNumbersThatTheTextQuotes) {
  testing::internal::CaptureStdout();
  PrintBounds();
  const std::string output = testing::internal::GetCapturedStdout();
  EXPECT_NE(output.find("constructed.hypernetwork: 3,001\n"), std::string::npos) << output;
  EXPECT_NE(output.find("certified.embedding: 2,919,744\n"), std::string::npos) << output;
  EXPECT_NE(output.find("certified.primary: 2,990\n"), std::string::npos) << output;
  EXPECT_NE(output.find("certified.continuous_encoder: 2\n"), std::string::npos) << output;
  EXPECT_NE(output.find("gap 972.9\n"), std::string::npos) << output;
}

}  // namespace
