// SPDX-License-Identifier: Apache-2.0
#ifndef HYPERWIDTH_EXPERIMENTS_ASSUMPTION1_ASSUMPTION1_OPTIONS_H_
#define HYPERWIDTH_EXPERIMENTS_ASSUMPTION1_ASSUMPTION1_OPTIONS_H_

#include <cstdint>
#include <memory>
#include <string>
#include <vector>

#include "experiments/assumption1/inputs.h"
#include "experiments/assumption1/network_pair.h"
#include "experiments/program/experiment_program.h"
#include "experiments/program/settings.h"

namespace hyperwidth {

// Whose protocol a pair is trained by.
enum class PairVariant {
  kFresh,      // the paper's target; each repetition has a target and a pair of its own
  kPublished,  // a version of the public code: other kernels, one output, and one pair that is trained on and on, each
               // stretch of which it counts as a repetition
};

// "fresh" or "published".
std::string PairVariantName(PairVariant variant);

struct Assumption1Options {
  ProgramOptions program = {};
  std::vector<std::string> inputs = {"images", "noise"};
  std::vector<std::string> data = {};  // folders of images, each an input kind of its own; none: glyphs are drawn
  std::vector<PairVariant> variants = {PairVariant::kFresh, PairVariant::kPublished};
  int seeds = 3;           // repetitions of the fresh variant, from consecutive seeds
  int published_runs = 2;  // stretches of the published one
  std::int64_t train_inputs = 60'000;
  std::int64_t test_inputs = 10'000;
  std::int64_t hidden = 100;
  std::int64_t epochs = 50;  // of a repetition or a stretch
  std::int64_t batch_size = 64;
  double learning_rate = 0.01;  // of SGD
  double momentum = 0.5;
};

// All settings, with their flags, ranges and values in the quick form: fewer inputs and epochs, more repetitions.
SettingTable SettingTableOf(Assumption1Options& options);

// A kind of inputs: the images of a folder, called what the folder is called, "glyphs", or "noise".
struct InputKind {
  std::string name;
  std::string source;                         // for a result's provenance
  std::shared_ptr<const Inputs> images = {};  // none: noise, drawn from the seed of each repetition
};

// In the order of the options. Throws: as LoadImageFolder; std::invalid_argument if two kinds have one name, or if the
// target's kernels leave nothing of the images.
std::vector<InputKind> LoadInputKinds(const Assumption1Options& options);

// What the repetition with this seed is trained and tested on.
std::shared_ptr<const Inputs> InputsOf(const InputKind& kind, const Assumption1Options& options, std::uint64_t seed);

// How a pair is trained; `epochs` in all.
PairOptions PairOptionsOf(const Assumption1Options& options, PairVariant variant, std::uint64_t seed);

}  // namespace hyperwidth

#endif  // HYPERWIDTH_EXPERIMENTS_ASSUMPTION1_ASSUMPTION1_OPTIONS_H_
