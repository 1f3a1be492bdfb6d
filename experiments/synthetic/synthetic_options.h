// SPDX-License-Identifier: Apache-2.0
#ifndef HYPERWIDTH_EXPERIMENTS_SYNTHETIC_SYNTHETIC_OPTIONS_H_
#define HYPERWIDTH_EXPERIMENTS_SYNTHETIC_SYNTHETIC_OPTIONS_H_

#include <cstdint>
#include <string>
#include <vector>

#include "experiments/program/experiment_program.h"
#include "experiments/program/settings.h"
#include "experiments/published_models/published_models.h"

namespace hyperwidth {

struct SyntheticOptions {
  ProgramOptions program = {};
  std::vector<int> types = {1, 2, 3};  // of targets
  std::vector<std::string> sweep = {"layers", "embedding", "conditions"};
  std::vector<int> layers = {2, 3, 4, 5, 6, 7, 8, 9};  // of f and e: the sweep "layers"
  std::vector<int> dims = {1, 2, 3, 4, 5, 6, 7, 8};    // i of the sweep "embedding", in units of 10 embedding_size
  // Of the sweep "conditions": how many conditions the training samples share.
  std::vector<std::int64_t> conditions = {300, 1000, 3000, 10'000, 30'000};
  int conditions_layers = 4;          // of f and e in that sweep
  std::int64_t size = 1000;           // d_x = d_I, but for the sweep "embedding"
  std::int64_t embedding_size = 100;  // d_x = d_I in the sweep "embedding"
  std::int64_t width = 100;           // of the hidden layers of f and e
  std::int64_t samples = 30'000;      // to train on
  std::int64_t test_samples = 5000;   // of unseen conditions, and as many of seen ones
  int seeds = 3;
  std::int64_t epochs = 10;
  std::int64_t batch_size = 200;
  double learning_rate = 0.01;
  SizeMatch match = SizeMatch::kPublished;
};

// All settings, with their flags, ranges and values in the quick form: types II and III with a tenth of the inputs.
SettingTable SettingTableOf(SyntheticOptions& options);

}  // namespace hyperwidth

#endif  // HYPERWIDTH_EXPERIMENTS_SYNTHETIC_SYNTHETIC_OPTIONS_H_
