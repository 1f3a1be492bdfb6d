// SPDX-License-Identifier: Apache-2.0
//
// Does every further neuron lower the error? The test error of networks with one hidden layer against their width.

#ifndef HYPERWIDTH_EXPERIMENTS_ASSUMPTION2_ASSUMPTION2_H_
#define HYPERWIDTH_EXPERIMENTS_ASSUMPTION2_ASSUMPTION2_H_

#include <cstdint>
#include <string>
#include <vector>

#include "experiments/assumption2/width_training.h"
#include "experiments/program/experiment_program.h"
#include "experiments/program/settings.h"
#include "experiments/result/result.h"
#include "training/run/run_folder.h"
#include "training/trials/trial.h"
#include "training/trials/trial_outcome.h"

namespace hyperwidth {

struct Assumption2Options {
  ProgramOptions program = {};
  std::string data;  // a folder with MNIST's files, or others of their names; empty: glyphs are drawn
  std::vector<Function> activations = {Function::kRelu, Function::kElu, Function::kTanh, Function::kSigmoid};
  int widths = 29;  // 1 .. widths
  int seeds = 3;    // trainings of each width, from consecutive seeds
  std::int64_t train_images = 60'000;
  std::int64_t test_images = 10'000;
  std::int64_t epochs = 2;
  std::int64_t batch_size = 64;
  double learning_rate = 1;  // of Adadelta
};

// All settings, with their flags, ranges and values in the quick form: fewer images, widths and activations, more
// seeds.
SettingTable SettingTableOf(Assumption2Options& options);

// The images of options.data with their labels, or glyphs with their shapes. Throws: as LoadMnist and LoadMnistLabels;
// std::runtime_error unless there is a label for each image.
WidthImages LoadLabelledImages(const Assumption2Options& options);

// What came of one activation.
struct WidthCell {
  Function activation = Function::kRelu;
  std::vector<std::vector<double>> errors = {};  // [width - 1][seed]; not a number: diverged or not finished
};

// One for each activation, width and seed, in this order, with the values activation, width and seed.
std::vector<Trial> WidthTrials(const WidthImages& data, const Assumption2Options& options);

// What the outcomes of these trials say.
std::vector<WidthCell> WidthCells(const Assumption2Options& options, const TrialOutcomes& outcomes);

// Runs the trainings that the folder's journal does not hold yet; writes config.json, trials.jsonl and metrics.csv.
// Throws: as RunTrialsInFolder.
Result RunAssumption2(const Assumption2Options& options, const WidthImages& data, const RunFolder& folder);

// The same of LoadLabelledImages(options), as which it also throws.
Result RunAssumption2(const Assumption2Options& options, const RunFolder& folder);

}  // namespace hyperwidth

#endif  // HYPERWIDTH_EXPERIMENTS_ASSUMPTION2_ASSUMPTION2_H_
