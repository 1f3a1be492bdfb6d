// SPDX-License-Identifier: Apache-2.0
#include "experiments/operators/operators.h"

#include <cstdio>
#include <string>

#include "experiments/operators/operators_summary.h"
#include "experiments/program/run_config.h"
#include "training/trials/trials_in_folder.h"

namespace hyperwidth {

Result RunOperators(const OperatorsOptions& options, const std::vector<OperatorCell>& cells, const RunFolder& folder) {
  const Fields settings = SettingsOf(options);
  WriteOrCheckConfig(folder, settings);
  const TrialOutcomes found = RunTrialsInFolder(OperatorTrials(cells, options),
                                                folder,
                                                StudyOf("operators", settings),
                                                TrialOptionsOf(options.program, "operators", TrialEnds::kAny));
  const std::vector<OperatorCell> measured = Measured(cells, options, found);
  if (options.program.keeps()) {
    std::fputs((ErrorTable(measured, options) + "\n").c_str(), stdout);
    std::fflush(stdout);
  }
  Result result = SummariseOperators(options, measured);
  result.settings = settings;
  result.provenance = CommonProvenance(options.program, "functions drawn from the seed");
  if (!found.complete) MarkPartial(found, result);
  return result;
}

Result RunOperators(const OperatorsOptions& options, const RunFolder& folder) {
  return RunOperators(options, OperatorCells(options), folder);
}

}  // namespace hyperwidth
