// SPDX-License-Identifier: Apache-2.0
#include "experiments/operators/operators_options.h"

#include "experiments/command_line/flag_checks.h"

namespace hyperwidth {
namespace {

const std::string& ItsOwn(const std::string& name) { return name; }

void AddModels(OperatorsOptions& options, SettingTable& table) {
  table.AddChoices({.name = "tasks", .help = "Operators that are learnt"},
                   options.tasks,
                   OperatorTasks(),
                   ItsOwn,
                   /*quick=*/std::vector<std::string>{"identity"});
  table.AddChoices({.name = "schemes", .help = "Conditioning schemes that are compared"},
                   options.schemes,
                   OperatorSchemes(),
                   ItsOwn,
                   /*quick=*/std::vector<std::string>{"deeponet", "nomad", "hypernetwork"});
  table.Add({.name = "kappas",
             .help = "Scalars through which a condition acts; a scheme that cannot have one has the nearest below",
             .accepted = IntegerAtLeast(1, 10'000)},
            options.kappas,
            /*quick=*/{{5, 10, 15, 20}});
  table.Add({.name = "total", .help = "Trained parameters of every model", .accepted = IntegerAtLeast(1, 100'000'000)},
            options.total,
            /*quick=*/20'000);
  table.Add({.name = "primary_layers", .help = "Hidden layers of what sees x", .accepted = IntegerAtLeast(1, 100)},
            options.primary_layers);
  table.Add({.name = "condition_layers",
             .help = "Hidden layers of what sees the condition",
             .accepted = IntegerAtLeast(1, 100)},
            options.condition_layers);
  table.Add({.name = "condition_ratio",
             .help = "Wanted width of what sees the condition over that of what sees x; 0: the scheme's usual one",
             .accepted = RealFrom(0)},
            options.condition_ratio);
  table.AddChoice({.name = "activation", .help = "Of all hidden layers"},
                  options.activation,
                  {Function::kTanh, Function::kGelu, Function::kRelu, Function::kSine},
                  [](Function function) { return Name(function); });
}

void AddTraining(OperatorsOptions& options, SettingTable& table) {
  table.Add({.name = "train_functions", .help = "Functions to train on", .accepted = IntegerAtLeast(1, 1'000'000)},
            options.train_functions);
  table.Add({.name = "test_functions", .help = "Other functions to test on", .accepted = IntegerAtLeast(1, 1'000'000)},
            options.test_functions);
  table.Add(
      {.name = "seeds", .help = "Trainings of each model, from consecutive seeds", .accepted = IntegerAtLeast(1, 1000)},
      options.seeds,
      /*quick=*/4);
  table.Add({.name = "steps",
             .help = "Steps of Adam, over which the learning rate falls to 0 along a cosine",
             .accepted = IntegerAtLeast(1, 100'000'000)},
            options.steps,
            /*quick=*/2000);
  table.Add({.name = "lr", .help = "Learning rate of the first step", .accepted = PositiveReal()},
            options.learning_rate);
  table.Add({.name = "batch_functions", .help = "Functions of a step", .accepted = IntegerAtLeast(1, 1'000'000)},
            options.batch_functions);
  table.Add({.name = "batch_points",
             .help = "Points of a step at which each of its functions is seen",
             .accepted = IntegerAtLeast(1, 1'000'000)},
            options.batch_points);
}

}  // namespace

const std::vector<std::string>& OperatorTasks() {
  static const std::vector<std::string> tasks = {"identity", "differentiation", "antiderivative"};
  return tasks;
}

const std::vector<std::string>& OperatorSchemes() {
  static const std::vector<std::string> schemes = {
      "deeponet", "shift-deeponet", "flex-deeponet", "nomad", "embedding", "hypernetwork"};
  return schemes;
}

SettingTable SettingTableOf(OperatorsOptions& options) {
  SettingTable table;
  AddModels(options, table);
  AddTraining(options, table);
  AddProgramSettings(options.program, table);
  return table;
}

}  // namespace hyperwidth
