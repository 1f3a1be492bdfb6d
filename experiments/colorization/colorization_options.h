// SPDX-License-Identifier: Apache-2.0
#ifndef HYPERWIDTH_EXPERIMENTS_COLORIZATION_COLORIZATION_OPTIONS_H_
#define HYPERWIDTH_EXPERIMENTS_COLORIZATION_COLORIZATION_OPTIONS_H_

#include <cstdint>
#include <string>
#include <vector>

#include "experiments/program/experiment_program.h"
#include "experiments/program/settings.h"
#include "experiments/published_models/published_models.h"

namespace hyperwidth {

struct ColorizationOptions {
  ProgramOptions program = {};
  std::string data;  // folder with CIFAR files; empty: coloured glyphs
  std::vector<std::string> sweep = {"layers", "conditions"};
  std::vector<int> layers = {2, 3, 4, 5, 6, 7};                // of f and e
  std::vector<std::int64_t> conditions = {500, 5000, 50'000};  // images to train on, in the sweep of these
  int conditions_layers = 3;                                   // of f and e there
  std::int64_t width = 100;                                    // of the hidden layers of f and e
  std::int64_t train_images = 50'000;                          // at most so many; all that there are
  std::int64_t test_images = 2000;
  double held_out = 0.0625;  // share of each training image's pixels that is not trained on, for the seen error
  int seeds = 3;
  std::int64_t epochs = 10;
  std::int64_t batch_size = 16;  // images of a step
  double learning_rate = 0.01;
  SizeMatch match = SizeMatch::kPublished;
};

// All settings, with their flags, ranges and values in the quick form.
SettingTable SettingTableOf(ColorizationOptions& options);

}  // namespace hyperwidth

#endif  // HYPERWIDTH_EXPERIMENTS_COLORIZATION_COLORIZATION_OPTIONS_H_
