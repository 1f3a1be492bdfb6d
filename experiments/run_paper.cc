// SPDX-License-Identifier: Apache-2.0
#include "experiments/run_paper.h"

#include <filesystem>
#include <stdexcept>
#include <string>
#include <vector>

#include "experiments/assumption1/assumption1.h"
#include "experiments/assumption2/assumption2.h"
#include "experiments/best_approximation/best_approximation.h"
#include "experiments/colorization/colorization.h"
#include "experiments/command_line/command_line.h"
#include "experiments/experiment_sequence.h"
#include "experiments/program/experiment_program.h"
#include "experiments/program/settings.h"
#include "experiments/rotation/rotation_experiment.h"
#include "experiments/synthetic/synthetic.h"

namespace hyperwidth {
namespace {

struct PaperOptions {
  ProgramOptions program = {};
  std::string data;        // with the folders mnist and cifar10; needed
  std::int64_t seeds = 3;  // repetitions of each experiment
  bool is_quick = false;   // each experiment's quick form, on these images
};

SettingTable SettingTableOf(PaperOptions& options) {
  SettingTable table;
  table.Add({.name = "data",
             .help = "Folder with the folders mnist (IDX files) and cifar10 (binary batches), .gz or not; needed",
             .placeholder = "DIR"},
            options.data);
  table.Add({.name = "seeds", .help = "Repetitions of each experiment; published: 100", .accepted = IntegerAtLeast(1)},
            options.seeds);
  table.AddChoice(
      {.name = "form", .help = "full: published settings; quick: each experiment's quick form"},
      options.is_quick,
      {false, true},
      [](bool is_quick) { return std::string(is_quick ? "quick" : "full"); },
      /*quick=*/true);
  AddProgramSettings(options.program, table);
  return table;
}

std::string FolderOf(const PaperOptions& options, const std::string& name) {
  return (std::filesystem::path(options.data) / name).string();
}

// The settings of an experiment, full or quick.
template <typename Options>
Options FormOf(const PaperOptions& paper) {
  Options options = paper.is_quick ? QuickForm<Options>() : Options();
  options.program = paper.program;
  return options;
}

SequenceStep Rotation(const PaperOptions& paper, const std::string& images, RotationSweep sweep, RotationMatch match) {
  auto options = FormOf<RotationOptions>(paper);
  options.data = FolderOf(paper, images);
  options.sweep = sweep;
  options.match = match;
  options.repetitions = paper.seeds;
  // With one hidden layer in f, the quick form's Adam switches off all units of g for good.
  if (sweep == RotationSweep::kEmbedding) options.optimizer = RotationOptions().optimizer;
  std::string name = "rotation_" + images + "_" + RotationSweepName(sweep);
  std::string variant = std::string(images == "mnist" ? "MNIST" : "CIFAR-10") + ", " + RotationSweepName(sweep);
  if (match != RotationMatch::kPublished) {
    name += "_" + RotationMatchName(match);
    variant += ", equal " + RotationMatchName(match) + " parameters";
  }
  return {
      .name = name,
      .run = [options](const RunFolder& folder) { return RunRotation(options, LoadRotationImages(options), folder); },
      .variant = variant};
}

std::string VariantOf(SizeMatch match) {
  return match == SizeMatch::kTotal ? "equal total parameters" : "as published";
}

SequenceStep Synthetic(const PaperOptions& paper, const std::string& name, SizeMatch match) {
  auto options = FormOf<SyntheticOptions>(paper);
  options.seeds = static_cast<int>(paper.seeds);
  options.match = match;
  return {.name = name,
          .run = [options](const RunFolder& folder) { return RunSynthetic(options, folder); },
          .variant = VariantOf(match)};
}

SequenceStep Colorization(const PaperOptions& paper, const std::string& name, SizeMatch match) {
  auto options = FormOf<ColorizationOptions>(paper);
  options.data = FolderOf(paper, "cifar10");
  options.seeds = static_cast<int>(paper.seeds);
  options.match = match;
  return {
      .name = name,
      .run = [options](const RunFolder& folder) { return RunColorization(options, LoadColorImages(options), folder); },
      .variant = VariantOf(match)};
}

SequenceStep Assumption1(const PaperOptions& paper) {
  auto options = FormOf<Assumption1Options>(paper);
  options.data = {FolderOf(paper, "mnist"), FolderOf(paper, "cifar10")};
  options.seeds = static_cast<int>(paper.seeds);
  return {.name = "assumption1", .run = [options](const RunFolder& folder) { return RunAssumption1(options, folder); }};
}

SequenceStep Assumption2(const PaperOptions& paper) {
  auto options = FormOf<Assumption2Options>(paper);
  options.data = FolderOf(paper, "mnist");
  options.seeds = static_cast<int>(paper.seeds);
  return {.name = "assumption2", .run = [options](const RunFolder& folder) { return RunAssumption2(options, folder); }};
}

SequenceStep BestApproximation(const PaperOptions& paper) {
  const auto options = FormOf<BestApproximationOptions>(paper);
  return {.name = "best_approximation",
          .run = [options](const RunFolder& folder) { return RunBestApproximation(options, folder); }};
}

// Each published comparison is followed by one that is like for like.
std::vector<SequenceStep> Steps(const PaperOptions& paper) {
  std::vector<SequenceStep> steps = {Assumption1(paper), Assumption2(paper), BestApproximation(paper)};
  steps.push_back(Synthetic(paper, "synthetic", SizeMatch::kPublished));
  steps.push_back(Synthetic(paper, "synthetic_total", SizeMatch::kTotal));
  for (const char* images : {"mnist", "cifar10"}) {
    for (const RotationSweep sweep : {RotationSweep::kDepth, RotationSweep::kLearningRate, RotationSweep::kEmbedding}) {
      steps.push_back(Rotation(paper, images, sweep, RotationMatch::kPublished));
    }
    for (const RotationMatch match : {RotationMatch::kPrimary, RotationMatch::kTotal}) {
      steps.push_back(Rotation(paper, images, RotationSweep::kDepth, match));
    }
  }
  steps.push_back(Colorization(paper, "colorization", SizeMatch::kPublished));
  steps.push_back(Colorization(paper, "colorization_total", SizeMatch::kTotal));
  return steps;
}

int Paper(const PaperOptions& paper) {
  if (paper.data.empty()) {
    throw std::invalid_argument("--data: found nothing; accepted: a folder with the folders mnist and cifar10");
  }
  // A mistake in the data must be found before hours are spent, and before a folder is made.
  for (const char* images : {"mnist", "cifar10"}) {
    RotationOptions rotation;
    rotation.data = FolderOf(paper, images);
    LoadRotationImages(rotation);
  }
  return RunSequence({.name = "paper",
                      .introduction = "The experiments of Galanti and Wolf, On the Modularity of Hypernetworks, 2020, "
                                      "each with the comparison that is like for like beside the published one.",
                      .steps = Steps(paper)},
                     paper.program,
                     SettingsOf(paper));
}

}  // namespace

int RunPaper(int argc, const char* const* argv) {
  return RunExperiment<PaperOptions>(argc,
                                     argv,
                                     "paper",
                                     "Run the published experiments one after the other, with one report.",
                                     /*processes=*/{},
                                     [](const PaperOptions& options) { return Paper(options); });
}

}  // namespace hyperwidth
