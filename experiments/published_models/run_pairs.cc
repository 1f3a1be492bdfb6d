// SPDX-License-Identifier: Apache-2.0
#include "experiments/published_models/run_pairs.h"

#include <cstdio>
#include <string>
#include <vector>

#include "experiments/program/run_config.h"
#include "experiments/published_models/pair_summary.h"
#include "training/trials/trial_journal.h"
#include "training/trials/trials_in_folder.h"

namespace hyperwidth {
namespace {

constexpr double kWorkOfNothing = 1e-9;  // beside that of a training

Fields WithPublishedSizes(Fields settings) {
  for (Field& setting : settings) {
    if (setting.name == "match") setting.value = SizeMatchName(SizeMatch::kPublished);
  }
  return settings;
}

// Gives hypernetworks the outcomes that they have in the published run.
void TakeHypernetworks(const TrialJournal& published, std::vector<Trial>& trials) {
  for (Trial& trial : trials) {
    const TrialOutcome* const outcome = published.Find(trial.values);
    const std::string model = OutcomeValue<std::string>(trial.values, "model");
    if (outcome == nullptr || model != PublishedModelName(PublishedModel::kHypernetwork)) continue;
    trial.work = kWorkOfNothing;
    trial.measure = [found = *outcome](const StopRequest&) { return found; };
  }
}

}  // namespace

Result RunPairs(const PairRun& run, const ProgramOptions& program, const RunFolder& folder) {
  WriteOrCheckConfig(folder, run.settings);
  const std::vector<PairCell> cells = CellsOf(run.cases);
  std::vector<Trial> trials = PairTrials(cells, program.seed, run.seeds, run.work, run.measure);
  if (run.published != nullptr) {
    const Fields study = StudyOf(run.study.experiment, WithPublishedSizes(run.settings));
    TakeHypernetworks(TrialJournal(*run.published, study), trials);
  }
  const TrialOutcomes found = RunTrialsInFolder(trials,
                                                folder,
                                                StudyOf(run.study.experiment, run.settings),
                                                TrialOptionsOf(program, run.study.experiment, TrialEnds::kAny));
  const std::vector<PairCell> measured = Measured(cells, run.seeds, found);
  if (program.keeps()) {
    std::fputs((PairTable(run.study, measured) + "\n").c_str(), stdout);
    std::fflush(stdout);
  }
  Result result = run.summarise(measured);
  result.settings = run.settings;
  result.provenance = CommonProvenance(program, run.data);
  if (!found.complete) MarkPartial(found, result);
  return result;
}

}  // namespace hyperwidth
