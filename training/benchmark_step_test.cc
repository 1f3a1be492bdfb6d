// SPDX-License-Identifier: Apache-2.0
#include "training/benchmark_step.h"

#include <gtest/gtest.h>

#include <stdexcept>

#include "models/graph/planner.h"

namespace hyperwidth {
namespace {

// Benchmarks are run by hand: this is where it shows that each of them can be.
TEST(BenchmarkStep, RunsEveryScheme) {
  const SchemeSizes sizes = {.x_size = 3, .condition_size = 4, .condition_hidden = {5}, .primary_hidden = {6}};
  for (const std::string& scheme : AllSchemeNames()) {
    BenchmarkStep step({.scheme = scheme, .sizes = sizes, .conditions = 5, .samples_each = 2});
    step.Enter([&] { step.Run(); });
    EXPECT_EQ(step.samples(), 10) << scheme;
    EXPECT_GT(step.flops(), 0) << scheme;
  }
}

TEST(BenchmarkStep, CountsTheOperationsOfThePlannedStep) {
  const SchemeSizes sizes = RotationSizes(784, 2);
  const Model model = NamedScheme("embedding", sizes);
  const BenchmarkStep step({.scheme = "embedding", .sizes = sizes});
  EXPECT_EQ(step.flops(), 2 * static_cast<double>(StepCost(Plan(model, 64, 64), 64, 64)));
  EXPECT_LT(step.flops(), static_cast<double>(StepCost(model, 64, 64)));
}

TEST(BenchmarkStep, HasThePublishedModels) {
  EXPECT_EQ(BenchmarkStep({.scheme = "hypernetwork", .sizes = RotationSizes(784, 2)}).parameters(), 902'660);
  EXPECT_EQ(BenchmarkStep({.scheme = "embedding", .sizes = RotationSizes(784, 2)}).parameters(), 978'032);
}

TEST(BenchmarkStep, AnUnknownSchemeIsRefused) {
  EXPECT_THROW(BenchmarkStep({.scheme = "embeding"}), std::invalid_argument);
}

}  // namespace
}  // namespace hyperwidth
