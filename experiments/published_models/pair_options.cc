// SPDX-License-Identifier: Apache-2.0
#include "experiments/published_models/pair_options.h"

#include <fmt/format.h>

#include <algorithm>

#include "experiments/command_line/flag_checks.h"

namespace hyperwidth {
namespace {

void AddModels(const PairHelp& help,
               const PublishedPairOptions& quick,
               PublishedPairOptions& options,
               SettingTable& table) {
  table.Add({.name = "layers", .help = "Weight layers of f and e", .accepted = IntegerAtLeast(2, 1000)},
            options.layers,
            quick.layers);
  table.Add({.name = "conditions", .help = help.conditions, .accepted = IntegerAtLeast(1, 100'000'000)},
            options.conditions,
            quick.conditions);
  table.Add({.name = "conditions_layers",
             .help = "Weight layers of f and e in the sweep of conditions",
             .accepted = IntegerAtLeast(2, 1000)},
            options.conditions_layers,
            quick.conditions_layers);
  table.Add(
      {.name = "width", .help = "Units of the hidden layers of f and e", .accepted = IntegerAtLeast(1, 1'000'000)},
      options.width,
      quick.width);
  table.AddChoice({.name = "match",
                   .help = "published: layers and units; primary: q as large as g; total: as many parameters in all"},
                  options.match,
                  {SizeMatch::kPublished, SizeMatch::kPrimary, SizeMatch::kTotal},
                  SizeMatchName);
}

void AddTraining(const PairHelp& help,
                 const PublishedPairOptions& quick,
                 PublishedPairOptions& options,
                 SettingTable& table) {
  table.Add({.name = "seeds",
             .help = "Repetitions from consecutive seeds, of " + help.seeds,
             .accepted = IntegerAtLeast(1, 1000)},
            options.seeds);
  table.Add({.name = "epochs", .help = "Passes over the " + help.samples, .accepted = IntegerAtLeast(1, 1'000'000)},
            options.epochs,
            quick.epochs);
  table.Add({.name = "batch_size", .help = help.batch_size, .accepted = IntegerAtLeast(1, 10'000'000)},
            options.batch_size,
            quick.batch_size);
  table.Add({.name = "lr", .help = "Learning rate of plain SGD, without --search", .accepted = PositiveReal()},
            options.learning_rate);
}

}  // namespace

bool PublishedPairOptions::HasSweep(const std::string& name) const {
  return std::find(sweep.begin(), sweep.end(), name) != sweep.end();
}

std::vector<Index> PublishedPairOptions::HiddenUnits(int condition_layers) const {
  return std::vector<Index>(static_cast<std::size_t>(condition_layers - 1), width);
}

std::string PublishedPairOptions::TuningSentence() const {
  return search.is_on() ? " Both are tuned first, each by a search of its own with the same budget." : "";
}

std::string PublishedPairOptions::OptimizerText(const std::string& searched) const {
  if (!search.is_on()) return fmt::format("plain SGD with a learning rate of {}", learning_rate);
  return fmt::format(
      "an optimiser whose kind, learning rate, momentum and weight decay were chosen for each model from {} trials on "
      "{}",
      search.n_trials,
      searched);
}

TrainerOptions PublishedPairOptions::Training(std::uint64_t seed) const {
  TrainerOptions training;
  training.optimizer.learning_rate = learning_rate;
  training.epochs = epochs;
  training.batch_size = batch_size;
  training.seed = seed;
  return training;
}

void AddPairSettings(const std::vector<std::string>& sweeps,
                     const PairHelp& help,
                     const PublishedPairOptions& quick,
                     PublishedPairOptions& options,
                     SettingTable& table) {
  table.AddChoices(
      {.name = "sweep", .help = "What is varied"}, options.sweep, sweeps, [](const std::string& name) { return name; });
  AddModels(help, quick, options, table);
  AddTraining(help, quick, options, table);
  AddSearchSettings({.validation = help.validation, .place = "place of a sweep"}, options.search, table);
}

}  // namespace hyperwidth
