// SPDX-License-Identifier: Apache-2.0
#ifndef HYPERWIDTH_EXPERIMENTS_COLORIZATION_COLORIZATION_OPTIONS_H_
#define HYPERWIDTH_EXPERIMENTS_COLORIZATION_COLORIZATION_OPTIONS_H_

#include <cstdint>
#include <string>

#include "experiments/program/experiment_program.h"
#include "experiments/program/settings.h"
#include "experiments/published_models/pair_options.h"

namespace hyperwidth {

struct ColorizationOptions {
  ProgramOptions program = {};
  std::string data;  // folder with CIFAR files; empty: coloured glyphs
  // Conditions are images; with more than train_images there are as many.
  PublishedPairOptions pairs = {.sweep = {"layers", "conditions"},
                                .layers = {2, 3, 4, 5, 6, 7},
                                .conditions = {500, 5000, 50'000},
                                .batch_size = 16};
  std::int64_t train_images = 50'000;  // at most so many; all that there are
  std::int64_t test_images = 2000;
  double held_out = 0.0625;  // share of each training image's pixels that is not trained on, for the seen error
};

// All settings, with their flags, ranges and values in the quick form.
SettingTable SettingTableOf(ColorizationOptions& options);

}  // namespace hyperwidth

#endif  // HYPERWIDTH_EXPERIMENTS_COLORIZATION_COLORIZATION_OPTIONS_H_
