// SPDX-License-Identifier: Apache-2.0
//
// The smallest primary networks that training finds, against the number of cells of the hardest targets: does an
// embedding method's primary network grow like n^(m1 + m2) where a hypernetwork's grows like n^m1?

#ifndef HYPERWIDTH_EXPERIMENTS_MODULARITY_GAP_MODULARITY_GAP_H_
#define HYPERWIDTH_EXPERIMENTS_MODULARITY_GAP_MODULARITY_GAP_H_

#include <cstdint>
#include <string>
#include <vector>

#include "experiments/modularity_gap/size_search.h"
#include "experiments/program/experiment_program.h"
#include "experiments/program/settings.h"
#include "experiments/result/result.h"
#include "training/run/run_folder.h"
#include "training/trials/run_trials.h"

namespace hyperwidth {

// Dimensions of x and of I.
struct GapCase {
  int primary_dim = 1;
  int condition_dim = 1;
};

// "1+2": m1 + m2.
std::string CaseName(const GapCase& gap_case);

struct ModularityGapOptions {
  ProgramOptions program = {};
  std::vector<GapCase> dims = {{1, 1}, {1, 2}, {2, 1}};
  std::vector<int> cells = {4, 5, 6, 7, 8, 10};  // n, per axis of x and of I, for m1 + m2 = 2
  std::vector<int> cells_3d = {2, 3, 4, 5};      // the same for m1 + m2 = 3
  // Further n for the hypernetwork alone, whose searches take less: its sizes, a few units, need a wider range.
  // Left out where a condition has more than kMostBumpsOfCondition bumps.
  std::vector<int> hypernetwork_cells = {14};
  std::vector<int> hypernetwork_cells_3d = {5, 6, 8};
  // Further n at which the hypernetwork's sizes are computed, for m1 = 1, where there are at most kMostBumps bumps.
  std::vector<int> computed_cells = {16, 32, 64, 128, 256, 512, 1024, 2048};
  std::vector<int> embedding_dims = {1, 2, 4, 8};  // k, for m1 + m2 = 2
  std::vector<int> embedding_dims_3d = {1, 8};     // the same for m1 + m2 = 3
  // Random targets of the largest n, for the hypernetwork and k = 1. Smaller targets scatter more and cost less, and
  // get more: in proportion to 1 / n^2, up to four times as many.
  std::int64_t targets = 6;
  std::int64_t targets_3d = 3;          // the same for m1 + m2 = 3
  std::int64_t targets_beyond_one = 2;  // the same for k > 1
  // k > 1 is tried for targets of up to this many bumps: each unit has k weights more, and takes as much longer.
  std::int64_t bumps_beyond_one = 64;
  double tolerance = 0.75;  // the error to reach, relative to the bumps' height
  std::int64_t iterations_per_bump = 60;
  int restarts = 2;
  int searches = 2;
};

// All settings, with their flags, ranges and values in the quick form: m1 = m2 = 1 and k = 1, smaller targets and fewer
// of them.
SettingTable SettingTableOf(ModularityGapOptions& options);

// Beyond it a search for a hypernetwork takes as long as one for an embedding.
inline constexpr double kMostBumpsOfCondition = 16;

// Beyond it even computed sizes take minutes.
inline constexpr double kMostBumps = 1 << 23;

// The trials, one for each case, n, target and method.
std::vector<Trial> ModularityGapTrials(const ModularityGapOptions& options);

// Verdicts and series from the trials that are there. The exponents m1 and m1 + m2 are predicted; a test may have
// something added to both to see it refused.
Result SummariseModularityGap(const ModularityGapOptions& options,
                              const TrialOutcomes& outcomes,
                              double added_to_exponents = 0);

// Runs the trials that the folder's journal does not hold yet; writes config.json, trials.jsonl and metrics.csv.
Result RunModularityGap(const ModularityGapOptions& options, const RunFolder& folder);

// How far an exponent over a finite range may be from its limit, relative to it. Fixed before anything was measured:
// N = (m1 + k + 2) h + 1 has a constant term, and the largest of J conditions a logarithm.
inline constexpr double kFiniteRangeTolerance = 0.15;

// Independent searches that disagree by more than this factor on average, at the largest n, show that training and not
// the network sets the size: exponents are then inconclusive. Fixed before anything was measured.
inline constexpr double kLargestDisagreement = 1.25;

}  // namespace hyperwidth

#endif  // HYPERWIDTH_EXPERIMENTS_MODULARITY_GAP_MODULARITY_GAP_H_
