// SPDX-License-Identifier: Apache-2.0
#include "experiments/tuning/optimizer_space.h"

namespace hyperwidth {

SearchSpace OptimizerSpace() {
  SearchSpace space;
  space.AddCategorical("optimizer", {"sgd", "adam"});
  space.AddFloat("lr", 1e-4, 1, {.log = true});
  space.AddFloat("momentum", 0, 0.95, {.when = ParameterCondition{"optimizer", {"sgd"}}});
  space.AddFloat("weight_decay", 1e-7, 1e-2, {.log = true});
  return space;
}

OptimizerOptions ChosenOptimizer(const Assignment& values, OptimizerOptions options) {
  options.method = ParseOptimizerMethod(CategoryValue(values, "optimizer"));
  options.learning_rate = RealValue(values, "lr");
  options.weight_decay = RealValue(values, "weight_decay");
  const bool has_momentum = FindValue(values, "momentum") != nullptr;
  options.momentum = has_momentum ? RealValue(values, "momentum") : 0;
  return options;
}

}  // namespace hyperwidth
