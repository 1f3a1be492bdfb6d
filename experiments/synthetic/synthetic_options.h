// SPDX-License-Identifier: Apache-2.0
#ifndef HYPERWIDTH_EXPERIMENTS_SYNTHETIC_SYNTHETIC_OPTIONS_H_
#define HYPERWIDTH_EXPERIMENTS_SYNTHETIC_SYNTHETIC_OPTIONS_H_

#include <cstdint>
#include <vector>

#include "experiments/program/experiment_program.h"
#include "experiments/program/settings.h"
#include "experiments/published_models/pair_options.h"

namespace hyperwidth {

struct SyntheticOptions {
  ProgramOptions program = {};
  std::vector<int> types = {1, 2, 3};  // of targets
  PublishedPairOptions pairs = {.sweep = {"layers", "embedding", "conditions"},
                                .layers = {2, 3, 4, 5, 6, 7, 8, 9},
                                .conditions = {300, 1000, 3000, 10'000, 30'000},
                                .conditions_layers = 4,
                                .batch_size = 200};
  std::vector<int> dims = {1, 2, 3, 4, 5, 6, 7, 8};  // i of the sweep "embedding", in units of 10 embedding_size
  std::int64_t size = 1000;                          // d_x = d_I, but for the sweep "embedding"
  std::int64_t embedding_size = 100;                 // d_x = d_I in the sweep "embedding"
  std::int64_t samples = 30'000;                     // to train on
  std::int64_t test_samples = 5000;                  // of unseen conditions, and as many of seen ones
};

// All settings, with their flags, ranges and values in the quick form: types II and III with a tenth of the inputs.
SettingTable SettingTableOf(SyntheticOptions& options);

}  // namespace hyperwidth

#endif  // HYPERWIDTH_EXPERIMENTS_SYNTHETIC_SYNTHETIC_OPTIONS_H_
