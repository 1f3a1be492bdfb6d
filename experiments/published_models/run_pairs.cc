// SPDX-License-Identifier: Apache-2.0
#include "experiments/published_models/run_pairs.h"

#include <cstdio>

#include "experiments/program/run_config.h"
#include "experiments/published_models/pair_summary.h"
#include "training/trials/trials_in_folder.h"

namespace hyperwidth {

Result RunPairs(const PairRun& run, const ProgramOptions& program, const RunFolder& folder) {
  WriteOrCheckConfig(folder, run.settings);
  const std::vector<PairCell> cells = CellsOf(run.cases);
  const TrialOutcomes found = RunTrialsInFolder(PairTrials(cells, program.seed, run.seeds, run.work, run.measure),
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
