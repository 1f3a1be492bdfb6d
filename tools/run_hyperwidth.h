// SPDX-License-Identifier: Apache-2.0
#ifndef HYPERWIDTH_TOOLS_RUN_HYPERWIDTH_H_
#define HYPERWIDTH_TOOLS_RUN_HYPERWIDTH_H_

#include <vector>

#include "tools/commands.h"

namespace hyperwidth {

// The main function of the hyperwidth command: returns the exit status. Trials of its subcommands are run where
// `processes` says; by default in this process.
int RunHyperwidth(int argc, const char* const* argv, const TrialProcesses& processes = {});

// Runs the subcommand that the user chose and returns its status. In a process that does not keep the run, one without
// trials of its own does nothing, with status 0: it is run where the run is kept.
int RunChosen(const std::vector<Subcommand>& subcommands, const TrialProcesses& processes);

}  // namespace hyperwidth

#endif  // HYPERWIDTH_TOOLS_RUN_HYPERWIDTH_H_
