// SPDX-License-Identifier: Apache-2.0
//
// The subcommands of `hyperwidth`, each in a file of its own, NAME_command.cc, and all listed in run_hyperwidth.cc.

#ifndef HYPERWIDTH_TOOLS_COMMANDS_H_
#define HYPERWIDTH_TOOLS_COMMANDS_H_

#include <functional>

#include "experiments/program/trial_processes.h"

namespace CLI {
class App;
}

namespace hyperwidth {

// What one of the functions below has added to a program.
struct Subcommand {
  // The parser of its flags, owned by the program: `parser->parsed()` says whether the user chose this subcommand.
  CLI::App* parser = nullptr;
  // Does the work with the flags that were parsed, prints to standard output and returns the exit status. Throws what
  // RunCommandLine turns into one line. It owns what the flags are parsed into, so it must outlive the parse.
  std::function<int()> run;
  // Whether it runs trials, in which all processes of a run take part; others are run in the one that keeps the run.
  bool has_trials = false;
};

// Each adds one subcommand with its flags to `program`.
Subcommand AddBoundsCommand(CLI::App& program);    // all statements about one problem
Subcommand AddGapCommand(CLI::App& program);       // the modularity gap and k* over a range of epsilon
Subcommand AddFloorCommand(CLI::App& program);     // the error floor of an architecture given by its layer sizes
Subcommand AddExplainCommand(CLI::App& program);   // one statement in words, or the list of what can be explained
Subcommand AddVerifyCommand(CLI::App& program);    // checks certificates; status 1 if one of them does not hold
Subcommand AddDescribeCommand(CLI::App& program);  // what is in a data file, before anything is trained
Subcommand AddCompareCommand(CLI::App& program,
                             const TrialProcesses& processes);  // a fair comparison of schemes on a data file
Subcommand AddTaskCommand(CLI::App& program);                   // a built-in task as a data file
Subcommand AddPredictCommand(CLI::App& program);                // what a trained model says
Subcommand AddGenerateCommand(CLI::App& program);               // the network of x that it is for one condition
Subcommand AddReportCommand(CLI::App& program);                 // one page from the result files of any number of runs

}  // namespace hyperwidth

#endif  // HYPERWIDTH_TOOLS_COMMANDS_H_
