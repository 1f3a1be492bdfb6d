// SPDX-License-Identifier: Apache-2.0
#include "experiments/synthetic/synthetic.h"

#include <fmt/format.h>

#include <array>
#include <memory>
#include <stdexcept>
#include <string>
#include <utility>

#include "experiments/published_models/pair_search.h"
#include "experiments/published_models/pair_summary.h"
#include "experiments/published_models/run_pairs.h"
#include "experiments/synthetic/synthetic_data.h"

namespace hyperwidth {
namespace {

constexpr int kEmbeddingSweepLayers = 3;  // of f and e there, as published
constexpr int kTypes = 3;                 // of targets
constexpr std::array<const char*, kTypes> kNumerals = {"I", "II", "III"};

PairTask TaskOf(int type) {
  return {.name = "type" + std::to_string(type),
          .words = std::string("type ") + kNumerals[static_cast<std::size_t>(type - 1)]};
}

// The type whose task has that name.
int TypeOf(const std::string& task) {
  for (int type = 1; type <= kTypes; ++type) {
    if (TaskOf(type).name == task) return type;
  }
  throw std::logic_error("no type of synthetic targets: " + task);
}

// Which sizes are below the published ones; empty: none.
std::string SmallerThanPublished(const SyntheticOptions& options) {
  const SyntheticOptions published;
  std::string smaller;
  const auto compare = [&](const char* name, std::int64_t here, std::int64_t there) {
    if (here < there) smaller += fmt::format("{}{} = {} instead of {}", smaller.empty() ? "" : ", ", name, here, there);
  };
  compare("size", options.size, published.size);
  compare("embedding_size", options.embedding_size, published.embedding_size);
  compare("width", options.pairs.width, published.pairs.width);
  compare("samples", options.samples, published.samples);
  return smaller.empty() ? "" : "The run is smaller than the published one: " + smaller + ".";
}

PairStudy StudyOfTypes(const SyntheticOptions& options) {
  PairStudy study{.experiment = "synthetic", .tasks = {}, .fewest_layers = 3, .smaller = SmallerThanPublished(options)};
  for (const int type : options.types) {
    study.tasks.push_back(TaskOf(type));
    if (type == kDecisiveType) study.decisive_task = study.tasks.back().name;
  }
  return study;
}

PairCase CaseOf(const SyntheticOptions& options, int type, int layers, Index conditions) {
  const PairTask task = TaskOf(type);
  const std::vector<Index> hidden = options.pairs.HiddenUnits(layers);
  return {.task = task.name,
          .layers = layers,
          .conditions = conditions,
          .pair = Matched({.x_size = options.size,
                           .condition_size = options.size,
                           .outputs = 1,
                           .f_hidden = hidden,
                           .e_hidden = hidden,
                           .embedding_dim = 10 * options.size},
                          options.pairs.match)};
}

PairCase EmbeddingCaseOf(const SyntheticOptions& options, int type, int step) {
  PairCase what = CaseOf(options, type, kEmbeddingSweepLayers, options.samples);
  const Index size = options.embedding_size;
  const Index width = options.pairs.width;
  what.embedding_step = step;
  what.pair = Matched({.x_size = size,
                       .condition_size = size,
                       .outputs = 1,
                       .f_hidden = {width, width * step},
                       .e_hidden = {width, width},
                       .embedding_dim = 10 * size * step},
                      options.pairs.match);
  return what;
}

void AddCases(const SyntheticOptions& options, int type, std::vector<PairCase>& cases) {
  if (options.pairs.HasSweep("layers")) {
    for (const int layers : options.pairs.layers)
      AddToSweep("layers", CaseOf(options, type, layers, options.samples), cases);
  }
  if (options.pairs.HasSweep("embedding")) {
    for (const int step : options.dims) AddToSweep("embedding", EmbeddingCaseOf(options, type, step), cases);
  }
  if (options.pairs.HasSweep("conditions")) {
    for (const std::int64_t conditions : options.pairs.conditions) {
      AddToSweep("conditions", CaseOf(options, type, options.pairs.conditions_layers, conditions), cases);
    }
  }
}

SyntheticTask TaskOf(const SyntheticOptions& options,
                     const PairCase& what,
                     std::uint64_t seed,
                     SyntheticShared& shared) {
  return {TypeOf(what.task),
          {.size = what.pair.x_size,
           .samples = options.samples,
           .conditions = what.conditions,
           .test_samples = options.test_samples},
          seed,
          shared};
}

PairPart TrainPart(const SyntheticTask& task) { return {.samples = std::make_shared<SyntheticSamples>(task.Train())}; }

PairPart ValidationPart(const SyntheticTask& task) {
  const SyntheticSamples samples = task.Validation();
  return {.samples = std::make_shared<SyntheticSamples>(samples),
          .constant_error = ErrorOfConstant(task.Train(), samples)};
}

PairPart TestPart(const SyntheticTask& task) {
  const SyntheticSamples samples = task.Unseen();
  return {.samples = std::make_shared<SyntheticSamples>(samples),
          .seen = std::make_shared<SyntheticSamples>(task.Seen()),
          .constant_error = ErrorOfConstant(task.Train(), samples)};
}

// What a search is given of a case.
PairTuning TuningOf(const SyntheticOptions& options, SyntheticShared& shared) {
  const auto of_task = [&](PairPart (*part)(const SyntheticTask&)) {
    return [&options, &shared, part](const PairCase& what, std::uint64_t seed) {
      return part(TaskOf(options, what, seed, shared));
    };
  };
  return {.search = options.pairs.search,
          .steps = options.pairs.Steps(options.samples),
          .batch_size = static_cast<Index>(options.pairs.batch_size),
          .train = of_task(TrainPart),
          .validation = of_task(ValidationPart),
          .test = of_task(TestPart)};
}

double WorkOf(const SyntheticOptions& options, const PairCell& cell) {
  // Of hypernetworks, which have no cheaper order; an embedding's last layer is multiplied into q once for a step.
  const double each = cell.model == PublishedModel::kHypernetwork
                          ? static_cast<double>(cell.sizes.multiply_adds_per_condition)
                          : static_cast<double>(cell.sizes.multiply_adds_per_condition) / 4;
  return static_cast<double>(options.pairs.epochs * options.samples) * each;
}

std::string About(const SyntheticOptions& options) {
  return fmt::format(
      "Targets y(x, I) are random networks of three published classes. A hypernetwork, whose f sees I and generates "
      "the weights of a network g of x, is trained beside an embedding, whose e sees I and whose q sees x and e(I).{}\n"
      "Both see the same {} samples and batches of {}, for {} epochs by {}; each of {} seeds draws another target, "
      "other samples and other weights. I is a new condition for each sample, but for the sweep of conditions, in "
      "which samples share them.\n"
      "Errors are those on unseen conditions unless said otherwise. The paper does not say how many epochs and test "
      "samples it had, and takes the error as it is; here it is shown in units of that of a constant, with the mean "
      "squared error in a column.",
      options.pairs.TuningSentence(),
      options.samples,
      options.pairs.batch_size,
      options.pairs.epochs,
      options.pairs.OptimizerText("another target, by conditions that were not trained on"),
      options.pairs.seeds);
}

}  // namespace

std::vector<PairCase> SyntheticCases(const SyntheticOptions& options) {
  for (const std::int64_t conditions : options.pairs.conditions) {
    if (conditions <= options.samples || !options.pairs.HasSweep("conditions")) continue;
    throw std::invalid_argument(fmt::format(
        "--conditions: found {}, accepted: at most the {} samples of --samples", conditions, options.samples));
  }
  std::vector<PairCase> cases;
  for (const int type : options.types) AddCases(options, type, cases);
  return cases;
}

PairErrors MeasureSynthetic(const SyntheticOptions& options,
                            const PairCell& cell,
                            std::uint64_t seed,
                            const StopRequest& stop,
                            SyntheticShared& shared) {
  const SyntheticTask task = TaskOf(options, cell.what, seed, shared);
  return TrainAndTestPair(MakePublishedModel(cell.model, cell.what.pair),
                          TrainPart(task),
                          TestPart(task),
                          options.pairs.Training(seed),
                          stop);
}

Result SummariseSynthetic(const SyntheticOptions& options, const std::vector<PairCell>& cells) {
  Result result{.experiment = "synthetic"};
  result.title = "Does a hypernetwork beat an embedding on random targets?";
  result.about = About(options);
  AddPairs(StudyOfTypes(options), cells, result);
  result.limits = LimitsOf(cells, options.pairs.match, options.pairs.search.is_on()) +
                  "\nTypes see the same x and I of a seed, so that their verdicts are not independent of each other.";
  return result;
}

Result RunSynthetic(const SyntheticOptions& options, const RunFolder& folder, const RunFolder* published) {
  SyntheticShared shared;
  const PairExperiment experiment = {
      .study = StudyOfTypes(options),
      .cases = SyntheticCases(options),
      .seeds = options.pairs.seeds,
      .work = [&](const PairCell& cell) { return WorkOf(options, cell); },
      .summarise = [&](const std::vector<PairCell>& cells) { return SummariseSynthetic(options, cells); },
      .settings = SettingsOf(options),
      .data = "targets and samples drawn from the seed"};
  if (options.pairs.search.is_on()) {
    return RunPairSearch(experiment, TuningOf(options, shared), options.program, folder);
  }
  const auto measure = [&](const PairCell& cell, std::uint64_t seed, const StopRequest& stop) {
    return MeasureSynthetic(options, cell, seed, stop, shared);
  };
  return RunPairs(experiment, measure, options.program, folder, published);
}

}  // namespace hyperwidth
