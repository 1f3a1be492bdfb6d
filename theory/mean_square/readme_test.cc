// SPDX-License-Identifier: Apache-2.0
//
// The example of README.md, word for word.

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <iostream>

#include "theory/mean_square/mean_square_statements.h"

namespace {

// README example begins.
void PrintMeanSquareBounds() {
  const hyperwidth::Problem problem{.smoothness = 1, .primary_dim = 1, .condition_dim = 2, .epsilon = 1e-3};
  for (const hyperwidth::Statement& statement : hyperwidth::MeanSquareStatements(problem)) {
    if (statement.count) std::cout << statement.id << ": " << statement.count->Text() << "\n";
  }
}
// README example ends.

TEST(Readme, ExamplePrintsEveryBound) {
  testing::internal::CaptureStdout();
  PrintMeanSquareBounds();
  EXPECT_THAT(testing::internal::GetCapturedStdout(), testing::HasSubstr("certified.primary: 221\n"));
}

}  // namespace
