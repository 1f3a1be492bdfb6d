// SPDX-License-Identifier: Apache-2.0
#include "experiments/tuning/optimizer_space.h"

#include <gtest/gtest.h>

#include <stdexcept>
#include <string>

namespace hyperwidth {
namespace {

TEST(ChosenOptimizer, HasWhatWasChosenAndKeepsTheRest) {
  OptimizerOptions given;
  given.max_gradient_norm = 3;
  given.momentum = 0.7;
  const OptimizerOptions sgd =
      ChosenOptimizer({{"optimizer", "sgd"}, {"lr", 0.2}, {"momentum", 0.5}, {"weight_decay", 1e-4}}, given);
  EXPECT_EQ(sgd.method, OptimizerMethod::kSgd);
  EXPECT_EQ(sgd.learning_rate, 0.2);
  EXPECT_EQ(sgd.momentum, 0.5);
  EXPECT_EQ(sgd.weight_decay, 1e-4);
  EXPECT_EQ(sgd.max_gradient_norm, 3);
  const OptimizerOptions adam = ChosenOptimizer({{"optimizer", "adam"}, {"lr", 0.1}, {"weight_decay", 1e-5}}, given);
  EXPECT_EQ(adam.method, OptimizerMethod::kAdam);
  EXPECT_EQ(adam.momentum, 0) << "adam has none to choose";
  EXPECT_THROW(ChosenOptimizer({{"optimizer", "adam"}, {"lr", 0.1}}, given), std::invalid_argument);
}

TEST(OptimizerSpace, HasWhatIsChosenOfEachMethod) {
  const SearchSpace space = OptimizerSpace();
  std::string names;
  for (const Parameter& parameter : space.parameters()) names += parameter.name + " ";
  EXPECT_EQ(names, "optimizer lr momentum weight_decay ");
}

}  // namespace
}  // namespace hyperwidth
