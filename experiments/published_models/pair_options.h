// SPDX-License-Identifier: Apache-2.0
//
// What all experiments with published pairs can set, declared once.

#ifndef HYPERWIDTH_EXPERIMENTS_PUBLISHED_MODELS_PAIR_OPTIONS_H_
#define HYPERWIDTH_EXPERIMENTS_PUBLISHED_MODELS_PAIR_OPTIONS_H_

#include <cstdint>
#include <string>
#include <vector>

#include "experiments/program/settings.h"
#include "experiments/published_models/published_models.h"
#include "experiments/tuning/search_settings.h"
#include "models/types.h"
#include "training/trainer_options.h"

namespace hyperwidth {

struct PublishedPairOptions {
  std::vector<std::string> sweep = {};        // what is varied: "layers", "conditions", and what else there is
  std::vector<int> layers = {};               // of f and e: the sweep "layers"
  std::vector<std::int64_t> conditions = {};  // to train on: the sweep "conditions"
  int conditions_layers = 3;                  // of f and e in that sweep
  std::int64_t width = 100;                   // of the hidden layers of f and e
  SizeMatch match = SizeMatch::kPublished;
  int seeds = 3;
  std::int64_t epochs = 10;
  std::int64_t batch_size = 1;
  double learning_rate = 0.01;
  SearchSettings search = {};

  bool HasSweep(const std::string& name) const;

  // Units of the hidden layers of f, and of e, with so many layers.
  std::vector<Index> HiddenUnits(int condition_layers) const;

  // Of a training on so many items, however many of them there are conditions.
  Index Steps(std::int64_t items) const { return static_cast<Index>(epochs * ((items + batch_size - 1) / batch_size)); }

  // " Both are tuned first, ..": what the first paragraph on a run ends with; empty without a search.
  std::string TuningSentence() const;

  // For a sentence: "plain SGD with a learning rate of 0.01", or how a search chose whose trials were on `searched`.
  std::string OptimizerText(const std::string& searched) const;

  // Plain SGD from a seed.
  TrainerOptions Training(std::uint64_t seed) const;
};

// What the help of an experiment says in its own words.
struct PairHelp {
  std::string conditions;  // of --conditions
  std::string seeds;       // of --seeds: what is drawn from them
  std::string samples;     // what an epoch passes over: "images"
  std::string batch_size;  // of --batch-size
  std::string validation;  // what a search chooses by
};

// Adds all settings of the pairs. sweeps: those that there are; quick: the values in the quick form.
void AddPairSettings(const std::vector<std::string>& sweeps,
                     const PairHelp& help,
                     const PublishedPairOptions& quick,
                     PublishedPairOptions& options,
                     SettingTable& table);

}  // namespace hyperwidth

#endif  // HYPERWIDTH_EXPERIMENTS_PUBLISHED_MODELS_PAIR_OPTIONS_H_
