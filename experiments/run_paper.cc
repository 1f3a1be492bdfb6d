// SPDX-License-Identifier: Apache-2.0
#include "experiments/run_paper.h"

#include <algorithm>
#include <cstdint>
#include <filesystem>
#include <map>
#include <memory>
#include <optional>
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
#include "experiments/published_models/pair_summary.h"
#include "experiments/rotation/rotation_experiment.h"
#include "experiments/rotation/rotation_search.h"
#include "experiments/rotation/rotation_trainings.h"
#include "experiments/synthetic/synthetic.h"
#include "experiments/tuning/search_settings.h"
#include "training/run/run_folder.h"

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

// What the rotation experiments of a run share: the images, loaded once, and the trainings that several of them need.
class SharedRotation {
 public:
  explicit SharedRotation(const ProgramOptions& program) : program_(program) {}

  // Those of options.data, which all experiments with that name have; until others are asked for.
  const TrainTestImages& Images(const std::string& name, const RotationOptions& options) {
    if (!images_ || name != images_name_) {
      images_.reset();  // never two at a time
      images_ = LoadRotationImages(options);
      images_name_ = name;
    }
    return *images_;
  }

  // Those with the images of that name, beside the folder of an experiment.
  RotationTrainings& Trainings(const std::string& name, const TrainTestImages& images, const RunFolder& folder) {
    std::unique_ptr<RotationTrainings>& trainings = trainings_by_images_[name];
    if (trainings == nullptr) {
      const std::filesystem::path path = folder.path().parent_path() / ("rotation_trainings_" + name);
      trainings = std::make_unique<RotationTrainings>(OpenPart(path, program_), images);
    }
    return *trainings;
  }

 private:
  ProgramOptions program_;
  std::string images_name_;
  std::optional<TrainTestImages> images_;
  std::map<std::string, std::unique_ptr<RotationTrainings>> trainings_by_images_;
};

// A rotation experiment by what is not as published; whole lists of points in the quick form.
struct RotationPart {
  RotationSweep sweep = RotationSweep::kDepth;
  RotationMatch match = RotationMatch::kPublished;
  int extra_layers = 0;
  std::vector<int> depths = {};  // none: the published ones
  bool is_tuned = false;
};

SequenceStep Rotation(const PaperOptions& paper,
                      const std::string& images,
                      const RotationPart& part,
                      const std::shared_ptr<SharedRotation>& shared) {
  auto options = FormOf<RotationOptions>(paper);
  options.data = FolderOf(paper, images);
  options.sweep = part.sweep;
  options.match = part.match;
  options.extra_layers = part.extra_layers;
  options.repetitions = paper.seeds;
  if (!paper.is_quick && !part.depths.empty()) options.depths = part.depths;
  if (part.is_tuned) options.search.method = SearchMethod::kHalving;
  std::string name = "rotation_" + images + "_" + RotationSweepName(part.sweep);
  std::string variant = part.sweep == RotationSweep::kLearningRate ? "learning rate" : RotationSweepName(part.sweep);
  if (part.match != RotationMatch::kPublished) {
    name += "_" + RotationMatchName(part.match);
    variant = "equal " + RotationMatchName(part.match) + " parameters";
  }
  if (part.extra_layers > 0) {
    name += "_deeper";
    variant += ", f " + std::to_string(part.extra_layers) + " layers deeper";
  }
  // What stands before the comma is a column of the report's summary.
  variant = (images == "mnist" ? "MNIST, " : "CIFAR-10, ") + variant;
  if (part.is_tuned) {
    name += "_tuned";
    variant += ", tuned";
  }
  const auto run = [options, images, shared](const RunFolder& folder) mutable {
    const TrainTestImages& loaded = shared->Images(images, options);
    options.condition_counts = CountsUpTo(loaded.train.count, options.condition_counts);
    if (options.search.is_on()) return RunRotationSearch(options, loaded, folder);
    if (folder.is_nowhere()) return RunRotation(options, loaded, folder);
    return RunRotation(options, loaded, folder, &shared->Trainings(images, loaded, folder));
  };
  return {.name = name, .run = run, .variant = variant};
}

// As published; then like for like, where the head of a hypernetwork
// with as many primary parameters is eleven times the published one, so that one depth has to do; then with tuning; and
// how many images it takes.
std::vector<RotationPart> RotationParts(const std::string& images) {
  std::vector<RotationPart> parts = {
      {.sweep = RotationSweep::kDepth}, {.sweep = RotationSweep::kLearningRate}, {.sweep = RotationSweep::kEmbedding}};
  // With 3,072 inputs, f diverges at the published learning rate unless it has three hidden layers.
  if (images == "cifar10") parts.push_back({.sweep = RotationSweep::kEmbedding, .extra_layers = 2});
  parts.push_back({.match = RotationMatch::kTotal, .depths = {2, 4, 9}});
  parts.push_back({.match = RotationMatch::kPrimary, .depths = {kMiddleDepth}});
  parts.push_back({.match = RotationMatch::kTotal, .depths = {kMiddleDepth}, .is_tuned = true});
  parts.push_back({.sweep = RotationSweep::kConditions});
  return parts;
}

// The folder beside that of a step in which an earlier step has left its trainings; none in a process that keeps
// nothing, which is told of them by the one that does.
std::optional<RunFolder> FolderBeside(const RunFolder& folder, const std::string& step) {
  if (folder.is_nowhere()) return std::nullopt;
  return RunFolder(folder.path().parent_path() / step, ExistingRun::kResume);
}

// How an experiment of pairs differs from the published one.
struct PairForm {
  SizeMatch match = SizeMatch::kPublished;
  bool is_tuned = false;  // where it decides alone: a search takes as long as a dozen trainings
};

template <typename Options>
Options PairOptionsOf(const PaperOptions& paper, const PairForm& form) {
  auto options = FormOf<Options>(paper);
  options.pairs.seeds = static_cast<int>(paper.seeds);
  options.pairs.match = form.match;
  if (form.is_tuned) {
    options.pairs.sweep = {"layers"};
    options.pairs.layers = {kDecisiveLayers};
    options.pairs.search.method = SearchMethod::kHalving;
  }
  return options;
}

// `run` takes the folder and, if hypernetworks were trained before that it can take, theirs.
template <typename Run>
SequenceStep Pairs(const std::string& experiment, const PairForm& form, const Run& run) {
  const bool is_published = form.match == SizeMatch::kPublished;
  std::string name = experiment + (is_published ? "" : "_" + SizeMatchName(form.match));
  std::string variant = is_published ? "as published" : "equal " + SizeMatchName(form.match) + " parameters";
  if (form.is_tuned) {
    name += "_tuned";
    variant += ", tuned";
  }
  const auto run_step = [run, experiment, takes_earlier = !is_published && !form.is_tuned](const RunFolder& folder) {
    const std::optional<RunFolder> published = takes_earlier ? FolderBeside(folder, experiment) : std::nullopt;
    return run(folder, published ? &*published : nullptr);
  };
  return {.name = name, .run = run_step, .variant = variant};
}

SequenceStep Synthetic(const PaperOptions& paper, const PairForm& form) {
  auto options = PairOptionsOf<SyntheticOptions>(paper, form);
  if (form.is_tuned) options.types = {kDecisiveType};
  return Pairs("synthetic", form, [options](const RunFolder& folder, const RunFolder* published) {
    return RunSynthetic(options, folder, published);
  });
}

SequenceStep Colorization(const PaperOptions& paper, const PairForm& form) {
  auto options = PairOptionsOf<ColorizationOptions>(paper, form);
  options.data = FolderOf(paper, "cifar10");
  return Pairs("colorization", form, [options](const RunFolder& folder, const RunFolder* published) {
    return RunColorization(options, LoadColorImages(options), folder, published);
  });
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
  // A training takes a second, and three seeds leave nearly every step open.
  options.seeds = std::max(static_cast<int>(paper.seeds), paper.is_quick ? options.seeds : 10);
  return {.name = "assumption2", .run = [options](const RunFolder& folder) { return RunAssumption2(options, folder); }};
}

SequenceStep BestApproximation(const PaperOptions& paper) {
  const auto options = FormOf<BestApproximationOptions>(paper);
  return {.name = "best_approximation",
          .run = [options](const RunFolder& folder) { return RunBestApproximation(options, folder); }};
}

// Each published comparison is followed by one that is like for like, and that by one that is also tuned. What takes
// longest comes last.
std::vector<SequenceStep> Steps(const PaperOptions& paper) {
  std::vector<SequenceStep> steps = {Assumption1(paper), Assumption2(paper), BestApproximation(paper)};
  const std::vector<PairForm> forms = {
      {}, {.match = SizeMatch::kTotal}, {.match = SizeMatch::kTotal, .is_tuned = true}};
  for (const PairForm& form : forms) steps.push_back(Synthetic(paper, form));
  for (const PairForm& form : forms) steps.push_back(Colorization(paper, form));
  const auto shared = std::make_shared<SharedRotation>(paper.program);
  for (const char* images : {"mnist", "cifar10"}) {
    for (const RotationPart& part : RotationParts(images)) steps.push_back(Rotation(paper, images, part, shared));
  }
  return steps;
}

// A mistake in the data must be found before hours are spent, and before a folder is made.
void TryToLoad(const PaperOptions& paper) {
  for (const char* images : {"mnist", "cifar10"}) {
    RotationOptions rotation;
    rotation.data = FolderOf(paper, images);
    LoadRotationImages(rotation);
  }
}

int Paper(const PaperOptions& paper) {
  if (paper.data.empty()) {
    throw std::invalid_argument("--data: found nothing; accepted: a folder with the folders mnist and cifar10");
  }
  if (paper.program.keeps()) TryToLoad(paper);
  return RunSequence({.name = "paper",
                      .title = "The published experiments, run again",
                      .introduction = "The experiments of Galanti and Wolf, On the Modularity of Hypernetworks, 2020, "
                                      "each with the comparison that is like for like beside the published one.",
                      .steps = Steps(paper)},
                     paper.program,
                     SettingsOf(paper));
}

}  // namespace

int RunPaper(int argc, const char* const* argv, const TrialProcesses& processes) {
  return RunExperiment<PaperOptions>(argc,
                                     argv,
                                     "paper",
                                     "Run the published experiments one after the other, with one report.",
                                     processes,
                                     [](const PaperOptions& options) { return Paper(options); });
}

}  // namespace hyperwidth
