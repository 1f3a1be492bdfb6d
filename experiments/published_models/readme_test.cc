// SPDX-License-Identifier: Apache-2.0
#include <gtest/gtest.h>

// README example begins
#include <string>
#include <vector>

#include "experiments/published_models/pair_verdicts.h"

using namespace hyperwidth;

// Whether a hypernetwork beats an embedding of equal size, from the errors of three seeds.
Check Compare(const std::vector<double>& hypernetwork, const std::vector<double>& embedding) {
  const PublishedPair published{.x_size = 42,
                                .condition_size = 1024,
                                .outputs = 3,
                                .f_hidden = {100, 100},
                                .e_hidden = {100, 100},
                                .embedding_dim = 450,
                                .q_has_bias = false,
                                .primary_function = Function::kElu};
  std::vector<PairCell> cells =
      CellsOf({{.task = "", .layers = 3, .pair = Matched(published, SizeMatch::kTotal), .sweeps = {"layers"}}});
  for (const double error : hypernetwork) cells[0].by_seed.push_back({.test_error = error, .constant_error = 1});
  for (const double error : embedding) cells[1].by_seed.push_back({.test_error = error, .constant_error = 1});
  return JudgePairs({.experiment = "mine"}, cells).front();
}
// README example ends

namespace {

TEST(PublishedModelsReadme, ExampleJudgesAPair) {
  EXPECT_EQ(Compare({0.5, 0.51, 0.49}, {0.7, 0.69, 0.72}).verdict, Verdict::kConsistent);
  EXPECT_EQ(Compare({0.7, 0.69, 0.72}, {0.5, 0.51, 0.49}).verdict, Verdict::kInconsistent);
}

}  // namespace
