// SPDX-License-Identifier: Apache-2.0
#include "experiments/assumption1/assumption1_options.h"

#include <filesystem>
#include <set>
#include <stdexcept>
#include <utility>

#include "experiments/command_line/command_line.h"
#include "experiments/command_line/flag_checks.h"
#include "training/data/glyphs.h"
#include "training/data/image_folder.h"

namespace hyperwidth {
namespace {

constexpr int kThreads = 1;  // of each trial, of which as many run at a time as there are threads

const std::string& ItsOwn(const std::string& name) { return name; }

void AddInputs(Assumption1Options& options, SettingTable& table) {
  table.AddChoices({.name = "inputs", .help = "images, and noise uniform on [-1, 1]^(28 x 28)"},
                   options.inputs,
                   {"images", "noise"},
                   ItsOwn);
  table.Add(
      {.name = "data",
       .help = "Folders with MNIST (IDX) or CIFAR-10 files, each an input kind of its own; none: glyphs are drawn",
       .placeholder = "DIR,DIR,...",
       .may_be_empty = true},
      options.data);
  table.Add({.name = "train_inputs",
             .help = "Train on the first N images, or on N of noise",
             .accepted = IntegerAtLeast(1, 10'000'000)},
            options.train_inputs,
            /*quick=*/1500);
  table.Add({.name = "test_inputs",
             .help = "Test on the first N test images, or on N of noise",
             .accepted = IntegerAtLeast(1, 10'000'000)},
            options.test_inputs,
            /*quick=*/500);
}

void AddTraining(Assumption1Options& options, SettingTable& table) {
  table.AddChoices({.name = "variants",
                    .help = "fresh: a new target and pair for each repetition; published: one pair trained on and on"},
                   options.variants,
                   {PairVariant::kFresh, PairVariant::kPublished},
                   PairVariantName);
  table.Add({.name = "seeds",
             .help = "Repetitions, each with a target and a pair of its own, from consecutive seeds",
             .accepted = IntegerAtLeast(1, 1000)},
            options.seeds,
            /*quick=*/5);
  table.Add({.name = "published_runs",
             .help = "Stretches of training that the published variant counts as repetitions",
             .accepted = IntegerAtLeast(1, 1000)},
            options.published_runs);
  table.Add({.name = "hidden", .help = "Hidden units of both networks", .accepted = IntegerAtLeast(1, 100'000)},
            options.hidden);
  table.Add(
      {.name = "epochs", .help = "Passes over the inputs in a repetition", .accepted = IntegerAtLeast(1, 1'000'000)},
      options.epochs,
      /*quick=*/15);
  table.Add({.name = "batch_size", .help = "Inputs per training step", .accepted = IntegerAtLeast(1, 10'000'000)},
            options.batch_size);
  table.Add({.name = "lr", .help = "Learning rate of SGD", .accepted = PositiveReal()}, options.learning_rate);
  table.Add({.name = "momentum", .help = "Momentum of SGD", .accepted = RealFrom(0, 1)}, options.momentum);
}

// The last word of a path that may end in a slash.
std::string NameOfFolder(const std::filesystem::path& path) {
  const std::filesystem::path normal = path.lexically_normal();
  return normal.has_filename() ? normal.filename().string() : normal.parent_path().filename().string();
}

InputKind KindOf(const std::string& name, TrainTestImages images, const Assumption1Options& options) {
  images = FirstImages(std::move(images), options.train_inputs, options.test_inputs);
  const std::string source = images.train.source;
  return {.name = name, .source = source, .images = std::make_shared<const ImageInputs>(std::move(images))};
}

std::vector<InputKind> ImageKinds(const Assumption1Options& options) {
  if (options.data.empty()) {
    const std::uint64_t seed = options.program.seed;
    return {KindOf("glyphs",
                   {.train = DrawGlyphs(options.train_inputs, seed, Split::kTrain),
                    .test = DrawGlyphs(options.test_inputs, seed, Split::kTest)},
                   options)};
  }
  std::vector<InputKind> kinds;
  for (const std::string& folder : options.data) {
    const std::filesystem::path path = UserPath(folder);
    kinds.push_back(KindOf(NameOfFolder(path), LoadImageFolder(path), options));
  }
  return kinds;
}

}  // namespace

std::string PairVariantName(PairVariant variant) { return variant == PairVariant::kFresh ? "fresh" : "published"; }

SettingTable SettingTableOf(Assumption1Options& options) {
  SettingTable table;
  AddInputs(options, table);
  AddTraining(options, table);
  AddProgramSettings(options.program, table);
  return table;
}

std::vector<InputKind> LoadInputKinds(const Assumption1Options& options) {
  std::vector<InputKind> kinds;
  for (const std::string& inputs : options.inputs) {
    if (inputs == "noise") {
      kinds.push_back({.name = "noise", .source = "noise drawn from the seed"});
      continue;
    }
    for (InputKind& kind : ImageKinds(options)) kinds.push_back(std::move(kind));
  }
  std::set<std::string> names;
  for (const InputKind& kind : kinds) {
    if (!names.insert(kind.name).second) {
      throw std::invalid_argument("--data: found two kinds of inputs called '" + kind.name +
                                  "', accepted: folders of different names, none of them 'noise'");
    }
    for (const PairVariant variant : options.variants) {
      TargetNetwork(InputsOf(kind, options, 0)->shape(), PairOptionsOf(options, variant, 0).target);
    }
  }
  return kinds;
}

std::shared_ptr<const Inputs> InputsOf(const InputKind& kind, const Assumption1Options& options, std::uint64_t seed) {
  if (kind.images) return kind.images;
  return std::make_shared<const NoiseInputs>(
      static_cast<Index>(options.train_inputs), static_cast<Index>(options.test_inputs), seed);
}

PairOptions PairOptionsOf(const Assumption1Options& options, PairVariant variant, std::uint64_t seed) {
  const bool is_fresh = variant == PairVariant::kFresh;
  PairOptions pair{.target = is_fresh ? kPaperTarget : kPublishedTarget, .hidden = static_cast<Index>(options.hidden)};
  pair.trainer.optimizer.method = OptimizerMethod::kSgd;
  pair.trainer.optimizer.learning_rate = options.learning_rate;
  pair.trainer.optimizer.momentum = options.momentum;
  pair.trainer.epochs = static_cast<Index>(options.epochs) * (is_fresh ? 1 : options.published_runs);
  pair.trainer.batch_size = static_cast<Index>(options.batch_size);
  pair.trainer.seed = seed;
  pair.trainer.threads = kThreads;
  return pair;
}

}  // namespace hyperwidth
