// SPDX-License-Identifier: Apache-2.0
#ifndef HYPERWIDTH_EXPERIMENTS_OPERATORS_OPERATORS_OPTIONS_H_
#define HYPERWIDTH_EXPERIMENTS_OPERATORS_OPERATORS_OPTIONS_H_

#include <cstdint>
#include <string>
#include <vector>

#include "experiments/program/experiment_program.h"
#include "experiments/program/settings.h"
#include "models/graph/function.h"

namespace hyperwidth {

// "identity", "differentiation", "antiderivative": tasks of //experiments/tasks.
const std::vector<std::string>& OperatorTasks();

// "deeponet", "shift-deeponet", "flex-deeponet", "nomad", "embedding", "hypernetwork".
const std::vector<std::string>& OperatorSchemes();

struct OperatorsOptions {
  ProgramOptions program = {};
  std::vector<std::string> tasks = OperatorTasks();
  std::vector<std::string> schemes = OperatorSchemes();
  std::vector<int> kappas = {5, 10, 15, 18, 20, 24, 32, 64};
  int seeds = 5;                // trainings of each model, from consecutive seeds
  std::int64_t total = 80'000;  // trained parameters of every model
  int primary_layers = 3;       // hidden layers of what sees x
  int condition_layers = 2;     // and of what sees the condition
  // Wanted mean width of what sees the condition over that of what sees x, the same for all schemes. 0: of each its
  // usual one, DefaultConditionRatio.
  double condition_ratio = 0;
  Function activation = Function::kTanh;
  std::int64_t train_functions = 1000;
  std::int64_t test_functions = 200;
  std::int64_t steps = 6'000;         // of Adam, whose learning rate falls to 0 along a cosine
  double learning_rate = 2e-3;        // at the first step
  std::int64_t batch_functions = 50;  // of a step
  std::int64_t batch_points = 10;     // of each of these functions
};

// All settings, with their flags, ranges and values in the quick form: identity alone, three schemes, fewer kappas and
// steps.
SettingTable SettingTableOf(OperatorsOptions& options);

}  // namespace hyperwidth

#endif  // HYPERWIDTH_EXPERIMENTS_OPERATORS_OPERATORS_OPTIONS_H_
