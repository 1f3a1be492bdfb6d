// SPDX-License-Identifier: Apache-2.0
#include "experiments/colorization/colorization_options.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "experiments/program/parsed_options.h"

namespace hyperwidth {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;

TEST(ColorizationOptions, AreWhatWasTyped) {
  const ColorizationOptions options = ParsedOptions<ColorizationOptions>({"--data=cifar",
                                                                          "--sweep=conditions",
                                                                          "--layers=5,4",
                                                                          "--conditions=7,5",
                                                                          "--conditions-layers=6",
                                                                          "--width=13",
                                                                          "--train-images=14",
                                                                          "--test-images=15",
                                                                          "--held-out=0.25",
                                                                          "--seeds=16",
                                                                          "--epochs=17",
                                                                          "--batch-size=18",
                                                                          "--lr=0.5",
                                                                          "--match=primary"});
  EXPECT_EQ(options.data, "cifar");
  EXPECT_THAT(options.pairs.sweep, ElementsAre("conditions"));
  EXPECT_THAT(options.pairs.layers, ElementsAre(4, 5));
  EXPECT_THAT(options.pairs.conditions, ElementsAre(5, 7));
  EXPECT_EQ(options.pairs.conditions_layers, 6);
  EXPECT_EQ(options.pairs.width, 13);
  EXPECT_EQ(options.train_images, 14);
  EXPECT_EQ(options.test_images, 15);
  EXPECT_EQ(options.held_out, 0.25);
  EXPECT_EQ(options.pairs.seeds, 16);
  EXPECT_EQ(options.pairs.epochs, 17);
  EXPECT_EQ(options.pairs.batch_size, 18);
  EXPECT_EQ(options.pairs.learning_rate, 0.5);
  EXPECT_EQ(options.pairs.match, SizeMatch::kPrimary);
}

TEST(ColorizationOptions, RefuseWhatIsOutOfRange) {
  EXPECT_THAT(AcceptedOf<ColorizationOptions>({"--sweep=embedding",
                                               "--layers=1",
                                               "--conditions=0",
                                               "--conditions-layers=1",
                                               "--width=0",
                                               "--train-images=0",
                                               "--test-images=0",
                                               "--held-out=0.6",
                                               "--held-out=-1",
                                               "--seeds=0",
                                               "--epochs=0",
                                               "--batch-size=0",
                                               "--lr=0",
                                               "--match=kappa"}),
              IsEmpty());
}

}  // namespace
}  // namespace hyperwidth
