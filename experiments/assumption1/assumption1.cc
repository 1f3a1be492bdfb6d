// SPDX-License-Identifier: Apache-2.0
#include "experiments/assumption1/assumption1.h"

#include <fmt/format.h>

#include <cstdio>

#include "experiments/assumption1/assumption1_summary.h"
#include "experiments/program/run_config.h"
#include "training/trials/trials_in_folder.h"

namespace hyperwidth {
namespace {

// Of a training step on one core of a processor with AVX-512 that others were using, too.
constexpr double kMultiplyAddsPerSecond = 3e10;

int Repetitions(PairVariant variant, const Assumption1Options& options) {
  return variant == PairVariant::kFresh ? options.seeds : 1;
}

// Forward and backward for both networks, and the tests; the target's own are few beside them.
double WorkOf(const InputKind& kind, PairVariant variant, const Assumption1Options& options) {
  const std::shared_ptr<const Inputs> inputs = InputsOf(kind, options, 0);
  const PairOptions pair = PairOptionsOf(options, variant, 0);
  const auto weights =
      static_cast<double>(ShallowNetwork(inputs->shape().size(), pair.hidden, pair.target.outputs).parameters.size());
  const auto train = static_cast<double>(inputs->count(Split::kTrain)),
             test = static_cast<double>(inputs->count(Split::kTest));
  return 2 * weights * static_cast<double>(pair.trainer.epochs) * (3 * train + test);
}

template <typename Work>
void ForEachPair(const std::vector<InputKind>& kinds, const Assumption1Options& options, const Work& work) {
  for (const InputKind& kind : kinds) {
    for (const PairVariant variant : options.variants) {
      for (int i = 0; i < Repetitions(variant, options); ++i) {
        work(kind, variant, options.program.seed + static_cast<std::uint64_t>(i));
      }
    }
  }
}

std::string SourcesOf(const std::vector<InputKind>& kinds) {
  std::string text;
  for (const InputKind& kind : kinds) text += (text.empty() ? "" : "; ") + kind.name + ": " + kind.source;
  return text;
}

}  // namespace

std::vector<Trial> PairTrials(const std::vector<InputKind>& kinds, const Assumption1Options& options) {
  std::vector<Trial> trials;
  ForEachPair(kinds, options, [&](const InputKind& kind, PairVariant variant, std::uint64_t seed) {
    trials.push_back({.values = {{"inputs", kind.name}, {"variant", PairVariantName(variant)}, {"seed", seed}},
                      .work = WorkOf(kind, variant, options),
                      .measure = [kind, variant, options, seed](const StopRequest& stop) {
                        return FieldsOf(
                            TrainPair(*InputsOf(kind, options, seed), PairOptionsOf(options, variant, seed), stop));
                      }});
  });
  return trials;
}

std::vector<DistanceCell> PairCells(const std::vector<InputKind>& kinds,
                                    const Assumption1Options& options,
                                    const TrialOutcomes& outcomes) {
  std::vector<DistanceCell> cells;
  auto outcome = outcomes.outcomes.begin();
  ForEachPair(kinds, options, [&](const InputKind& kind, PairVariant variant, std::uint64_t) {
    if (cells.empty() || cells.back().inputs != kind.name || cells.back().variant != variant) {
      cells.push_back({.inputs = kind.name, .variant = variant});
    }
    const bool is_there = IsComplete(*outcome);
    cells.back().pairs.push_back(is_there ? std::optional(DistancesOf((*outcome)->values)) : std::nullopt);
    ++outcome;
  });
  return cells;
}

std::string ForecastOf(const std::vector<InputKind>& kinds, const Assumption1Options& options) {
  double work = 0;
  int pairs = 0;
  ForEachPair(kinds, options, [&](const InputKind& kind, PairVariant variant, std::uint64_t) {
    work += WorkOf(kind, variant, options);
    ++pairs;
  });
  const int threads = ResolvedThreads(options.program);
  return fmt::format("{} pairs, {:.2g} multiplications and additions: about {:.2g} minutes on {} thread{}",
                     pairs,
                     work,
                     work / kMultiplyAddsPerSecond / 60 / threads,
                     threads,
                     threads == 1 ? "" : "s");
}

Result RunAssumption1(const Assumption1Options& options, const std::vector<InputKind>& kinds, const RunFolder& folder) {
  const Fields settings = SettingsOf(options);
  WriteOrCheckConfig(folder, settings);
  const auto show = [&](const std::string& text) {
    if (!options.program.keeps()) return;
    std::fputs((text + "\n").c_str(), stdout);
    std::fflush(stdout);
  };
  show("forecast: " + ForecastOf(kinds, options));
  const TrialOutcomes found = RunTrialsInFolder(PairTrials(kinds, options),
                                                folder,
                                                StudyOf("assumption1", settings),
                                                TrialOptionsOf(options.program, "assumption1", TrialEnds::kAny));
  const std::vector<DistanceCell> cells = PairCells(kinds, options, found);
  show(DistanceTable(cells));
  Result result = SummariseAssumption1(options, cells);
  result.settings = settings;
  result.provenance = CommonProvenance(options.program, SourcesOf(kinds));
  if (!found.complete) MarkPartial(found, result);
  return result;
}

Result RunAssumption1(const Assumption1Options& options, const RunFolder& folder) {
  return RunAssumption1(options, LoadInputKinds(options), folder);
}

}  // namespace hyperwidth
