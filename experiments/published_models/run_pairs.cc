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

Result RunPairs(const PairRun& run, const ProgramOptions& program, const RunFolder& folder) {
  WriteOrCheckConfig(folder, run.settings);
  const std::vector<PairCell> cells = CellsOf(run.cases);
  const std::vector<Trial> trials = PairTrials(cells, program.seed, run.seeds, run.work, run.measure);
  const std::string& name = run.study.experiment;
  TrialsInFolder in_folder(folder, StudyOf(name, run.settings), TrialOptionsOf(program, name, TrialEnds::kAny));
  if (run.published != nullptr) {
    const TrialJournal published(*run.published, StudyOf(name, WithPublishedSizes(run.settings)));
    TakeHypernetworks(published, trials, in_folder.journal());
  }
  const TrialOutcomes found = in_folder.Run(trials);
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
