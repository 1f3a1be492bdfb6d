// SPDX-License-Identifier: Apache-2.0
#include "experiments/operators/operators_options.h"

#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "experiments/program/parsed_options.h"

namespace hyperwidth {
namespace {

using Words = std::vector<std::string>;

TEST(OperatorsOptions, AreWhatWasTyped) {
  const OperatorsOptions options = ParsedOptions<OperatorsOptions>({"--tasks=antiderivative,identity",
                                                                    "--schemes=hypernetwork,nomad,deeponet",
                                                                    "--kappas=20,5,20",
                                                                    "--total=30000",
                                                                    "--primary-layers=1",
                                                                    "--condition-layers=4",
                                                                    "--condition-ratio=1.5",
                                                                    "--activation=gelu",
                                                                    "--train-functions=70",
                                                                    "--test-functions=80",
                                                                    "--seeds=3",
                                                                    "--steps=17",
                                                                    "--lr=0.25",
                                                                    "--batch-functions=6",
                                                                    "--batch-points=7"});
  EXPECT_EQ(options.tasks, (Words{"identity", "antiderivative"}));
  EXPECT_EQ(options.schemes, (Words{"deeponet", "nomad", "hypernetwork"}));
  EXPECT_EQ(options.kappas, (std::vector<int>{5, 20}));
  EXPECT_EQ(options.total, 30'000);
  EXPECT_EQ(options.primary_layers, 1);
  EXPECT_EQ(options.condition_layers, 4);
  EXPECT_EQ(options.condition_ratio, 1.5);
  EXPECT_EQ(options.activation, Function::kGelu);
  EXPECT_EQ(options.train_functions, 70);
  EXPECT_EQ(options.test_functions, 80);
  EXPECT_EQ(options.seeds, 3);
  EXPECT_EQ(options.steps, 17);
  EXPECT_EQ(options.learning_rate, 0.25);
  EXPECT_EQ(options.batch_functions, 6);
  EXPECT_EQ(options.batch_points, 7);
}

TEST(OperatorsOptions, AreThePublishedTableAndItsBottlenecksByDefault) {
  const OperatorsOptions options = ParsedOptions<OperatorsOptions>({});
  EXPECT_EQ(options.tasks, OperatorTasks());
  EXPECT_EQ(options.schemes, OperatorSchemes());
  EXPECT_EQ(options.kappas, (std::vector<int>{5, 10, 15, 18, 20, 24, 32, 64}));
  EXPECT_EQ(options.seeds, 5);
  EXPECT_EQ(options.activation, Function::kTanh);
  EXPECT_EQ(options.train_functions, 1000);
  EXPECT_EQ(options.test_functions, 200);
}

TEST(OperatorsOptions, HaveAQuickFormWithBothBottlenecksThatAreCompared) {
  const auto quick = QuickForm<OperatorsOptions>();
  EXPECT_EQ(quick.tasks, Words{"identity"});
  EXPECT_EQ(quick.schemes, (Words{"deeponet", "nomad", "hypernetwork"}));
  EXPECT_EQ(quick.kappas, (std::vector<int>{5, 10, 15, 20}));
  EXPECT_GE(quick.seeds, 3);
  EXPECT_LT(quick.steps, OperatorsOptions{}.steps);
}

TEST(OperatorsOptions, RefuseWhatIsOutOfRange) {
  EXPECT_EQ(AcceptedOf<OperatorsOptions>({"--kappas=0",
                                          "--kappas=ten",
                                          "--total=0",
                                          "--primary-layers=0",
                                          "--condition-layers=0",
                                          "--condition-ratio=-1",
                                          "--activation=step",
                                          "--seeds=0",
                                          "--steps=0",
                                          "--lr=0",
                                          "--batch-functions=0",
                                          "--batch-points=0",
                                          "--train-functions=0",
                                          "--test-functions=0",
                                          "--tasks=advection",
                                          "--schemes=film"}),
            Words());
}

}  // namespace
}  // namespace hyperwidth
