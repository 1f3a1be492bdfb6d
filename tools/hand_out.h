// SPDX-License-Identifier: Apache-2.0
#ifndef HYPERWIDTH_TOOLS_HAND_OUT_H_
#define HYPERWIDTH_TOOLS_HAND_OUT_H_

#include <cstdint>
#include <span>
#include <string>
#include <vector>

namespace hyperwidth {

// What it costs that one process hands out trials and keeps their outcomes, in seconds.
struct HandOutCosts {
  double per_trial = 0;  // of a trial elsewhere, in which no other one is handed out
  double wait = 0;       // from there until the trial begins: messages on their way, and looking for them
  double at_end = 0;     // of a process and a trial: all outcomes go to all processes, one after the other
};

// A run of trials in processes of one thread each.
struct HandOutRun {
  double seconds = 0;       // until all have all outcomes
  double work = 0;          // the sum of the trials
  double longest = 0;       // of the trials
  double handing_out = 0;   // in all, where the run is kept
  double telling_ends = 0;  // at the end
};

// Runs trials that take so many seconds, each >= 0, handed out in this order as MpiTrialExecutor does it: process 0
// measures, too, and takes its own trials at no cost; the others ask when they have nothing to do, and are answered one
// after the other. processes >= 1.
HandOutRun SimulateHandOut(std::span<const double> trials, int processes, const HandOutCosts& costs);

// How many times as fast the processes are as one: work / seconds.
double Speedup(const HandOutRun& run);

// What keeps a run from being faster: the largest of the times that it takes at least, as "work" (the processors are
// busy), "longest trial", "hand-out" or "end".
std::string Limit(const HandOutRun& run, int processes);

// `count` of the trials, drawn with replacement.
std::vector<double> DrawTrials(std::span<const double> trials, int count, std::uint64_t seed);

}  // namespace hyperwidth

#endif  // HYPERWIDTH_TOOLS_HAND_OUT_H_
