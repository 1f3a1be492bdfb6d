// SPDX-License-Identifier: Apache-2.0
#include "experiments/synthetic/synthetic_options.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "experiments/program/parsed_options.h"

namespace hyperwidth {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;

TEST(SyntheticOptions, AreWhatWasTyped) {
  const SyntheticOptions options = ParsedOptions<SyntheticOptions>({"--types=3,1",
                                                                    "--sweep=embedding",
                                                                    "--layers=5,4",
                                                                    "--dims=2",
                                                                    "--conditions=7,5",
                                                                    "--conditions-layers=6",
                                                                    "--size=11",
                                                                    "--embedding-size=12",
                                                                    "--width=13",
                                                                    "--samples=14",
                                                                    "--test-samples=15",
                                                                    "--seeds=16",
                                                                    "--epochs=17",
                                                                    "--batch-size=18",
                                                                    "--lr=0.5",
                                                                    "--search=full",
                                                                    "--n-trials=19",
                                                                    "--match=total"});
  EXPECT_THAT(options.types, ElementsAre(1, 3));
  EXPECT_THAT(options.pairs.sweep, ElementsAre("embedding"));
  EXPECT_THAT(options.pairs.layers, ElementsAre(4, 5));
  EXPECT_THAT(options.dims, ElementsAre(2));
  EXPECT_THAT(options.pairs.conditions, ElementsAre(5, 7));
  EXPECT_EQ(options.pairs.conditions_layers, 6);
  EXPECT_EQ(options.size, 11);
  EXPECT_EQ(options.embedding_size, 12);
  EXPECT_EQ(options.pairs.width, 13);
  EXPECT_EQ(options.samples, 14);
  EXPECT_EQ(options.test_samples, 15);
  EXPECT_EQ(options.pairs.seeds, 16);
  EXPECT_EQ(options.pairs.epochs, 17);
  EXPECT_EQ(options.pairs.batch_size, 18);
  EXPECT_EQ(options.pairs.learning_rate, 0.5);
  EXPECT_EQ(options.pairs.search.method, SearchMethod::kFull);
  EXPECT_EQ(options.pairs.search.n_trials, 19);
  EXPECT_EQ(options.pairs.match, SizeMatch::kTotal);
}

TEST(SyntheticOptions, TakeTheLeastThatMakesSense) {
  const std::vector<std::string> least = {"--types=1",
                                          "--layers=2",
                                          "--dims=1",
                                          "--conditions=1",
                                          "--conditions-layers=2",
                                          "--size=1",
                                          "--embedding-size=1",
                                          "--width=1",
                                          "--samples=1",
                                          "--test-samples=1",
                                          "--seeds=1",
                                          "--epochs=1",
                                          "--batch-size=1"};
  EXPECT_EQ(AcceptedOf<SyntheticOptions>(least), least);
}

TEST(SyntheticOptions, RefuseWhatIsOutOfRange) {
  EXPECT_THAT(AcceptedOf<SyntheticOptions>({"--types=4",
                                            "--types=0",
                                            "--sweep=width",
                                            "--layers=1",
                                            "--dims=0",
                                            "--conditions=0",
                                            "--conditions-layers=1",
                                            "--size=0",
                                            "--embedding-size=0",
                                            "--width=0",
                                            "--samples=0",
                                            "--test-samples=0",
                                            "--seeds=0",
                                            "--epochs=0",
                                            "--batch-size=0",
                                            "--lr=0",
                                            "--match=kappa"}),
              IsEmpty());
}

}  // namespace
}  // namespace hyperwidth
