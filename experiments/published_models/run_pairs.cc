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

Fields WithPublishedSizes(Fields settings) {
  for (Field& setting : settings) {
    if (setting.name == "match") setting.value = SizeMatchName(SizeMatch::kPublished);
  }
  return settings;
}

// Hypernetworks that the published run has trained are as if this one had, in an earlier run.
void TakeHypernetworks(const TrialJournal& published, const std::vector<Trial>& trials, TrialJournal& journal) {
  std::vector<TrialRecord> taken;
  for (const Trial& trial : trials) {
    const TrialOutcome* const outcome = published.Find(trial.values);
    const std::string model = OutcomeValue<std::string>(trial.values, "model");
    if (outcome == nullptr || model != PublishedModelName(PublishedModel::kHypernetwork)) continue;
    if (journal.Find(trial.values) == nullptr) taken.push_back({.values = trial.values, .outcome = *outcome});
  }
  journal.Append(taken);
}

}  // namespace

Result RunPairs(const PairExperiment& experiment,
                const MeasurePair& measure,
                const ProgramOptions& program,
                const RunFolder& folder,
                const RunFolder* published) {
  const Fields& settings = experiment.settings;
  WriteOrCheckConfig(folder, settings);
  const std::vector<PairCell> cells = CellsOf(experiment.cases);
  const std::vector<Trial> trials = PairTrials(cells, program.seed, experiment.seeds, experiment.work, measure);
  const std::string& name = experiment.study.experiment;
  TrialsInFolder in_folder(folder, StudyOf(name, settings), TrialOptionsOf(program, name, TrialEnds::kAny));
  if (published != nullptr) {
    const TrialJournal earlier(*published, StudyOf(name, WithPublishedSizes(settings)));
    TakeHypernetworks(earlier, trials, in_folder.journal());
  }
  const TrialOutcomes found = in_folder.Run(trials);
  Result result = ConcludePairs(experiment, program, Measured(cells, experiment.seeds, found));
  if (!found.complete) MarkPartial(found, result);
  return result;
}

Result ConcludePairs(const PairExperiment& experiment,
                     const ProgramOptions& program,
                     const std::vector<PairCell>& measured) {
  if (program.keeps()) {
    std::fputs((PairTable(experiment.study, measured) + "\n").c_str(), stdout);
    std::fflush(stdout);
  }
  Result result = experiment.summarise(measured);
  result.settings = experiment.settings;
  result.provenance = CommonProvenance(program, experiment.data);
  return result;
}

}  // namespace hyperwidth
