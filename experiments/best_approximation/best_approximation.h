// SPDX-License-Identifier: Apache-2.0
//
// Assumptions 1 and 2 where they can be looked at: best approximators by one neuron in the largest error, over the
// sphere of the sums of five bumps, on paths from a target to its negative, and for targets that alternate.

#ifndef HYPERWIDTH_EXPERIMENTS_BEST_APPROXIMATION_BEST_APPROXIMATION_H_
#define HYPERWIDTH_EXPERIMENTS_BEST_APPROXIMATION_BEST_APPROXIMATION_H_

#include <string>
#include <vector>

#include "experiments/best_approximation/best_targets.h"
#include "experiments/program/experiment_program.h"
#include "experiments/program/settings.h"
#include "experiments/result/result.h"
#include "training/run/run_folder.h"
#include "training/trials/trial.h"
#include "training/trials/trial_outcome.h"

namespace hyperwidth {

struct BestApproximationOptions {
  ProgramOptions program = {};
  int targets = 1000;  // random ones, of each kind of bumps
  int points = 65;     // of each path, odd: the middle is among them
};

SettingTable SettingTableOf(BestApproximationOptions& options);

// What is known of a target.
enum class BestKind {
  kConstant,     // proved: the best approximator is a constant, so that the neuron does not help
  kNonexistent,  // proved: no function of the class reaches its least error (facts 4 and 5)
  kUnique,  // computed: five errors alternate and are within kCertifiedGap of the largest, in no limit of the class
  kOpen,    // none of these
};
std::string BestKindName(BestKind kind);  // "constant", "nonexistent", "unique", "open"
inline constexpr double kCertifiedGap = 1e-3;
BestKind KindOf(const Approximation& approximation);

// What was found of a target, as a trial's outcome has it.
struct BestRecord {
  std::string family;   // "overlapping", "disjoint", a path's name, or "chebyshev"
  double position = 0;  // number of a random target, angle on a path, degree of a polynomial
  Approximation found = {};
};

// Random targets of both kinds of bumps, paths point by point, and Chebyshev's polynomials of degree 1 to 8, in this
// order, with the values family and position.
std::vector<Trial> BestTrials(const BestApproximationOptions& options);

// The targets whose trials have finished.
std::vector<BestRecord> BestRecords(const std::vector<Trial>& trials, const TrialOutcomes& outcomes);

// Verdicts, series and what is proved, computed and conjectured, from targets that have been looked at, in whole or in
// part.
Result SummariseBestApproximation(const BestApproximationOptions& options, const std::vector<BestRecord>& records);

// Runs the trials that the folder's journal does not hold yet. Throws: as RunTrialsInFolder.
Result RunBestApproximation(const BestApproximationOptions& options, const RunFolder& folder);

}  // namespace hyperwidth

#endif  // HYPERWIDTH_EXPERIMENTS_BEST_APPROXIMATION_BEST_APPROXIMATION_H_
