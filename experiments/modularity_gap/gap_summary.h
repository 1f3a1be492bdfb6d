// SPDX-License-Identifier: Apache-2.0
#ifndef HYPERWIDTH_EXPERIMENTS_MODULARITY_GAP_GAP_SUMMARY_H_
#define HYPERWIDTH_EXPERIMENTS_MODULARITY_GAP_GAP_SUMMARY_H_

#include <cstdint>
#include <vector>

#include "experiments/modularity_gap/gap_trials.h"
#include "experiments/result/repeated_fit.h"

namespace hyperwidth {

// The finished trials of one method in one case.
struct MethodSizes {
  GapTrial trial = {};                         // of any of them; cells and target do not count
  RepeatedMeasurements parameters = {};        // N against n, one value per target
  std::vector<std::vector<int>> targets = {};  // which these are, at each n
  std::vector<double> errors = {};             // the error to reach at each n: tolerance times the bumps' height
  std::vector<double> certified = {};          // at each n: the proved minimum for that error, worst target of the ball
  std::vector<double> random_signs = {};       // at each n: the proved minimum for random signs, see kExceptionBits
  std::vector<double> constructed = {};  // at each n: parameters of the network that theory/ builds for that error
  double largest_disagreement = 1;       // between independent searches: the mean ratio of sizes at the largest n
  std::int64_t above_constructed = 0;    // trials whose size is above the constructed one

  bool is_embedding() const { return trial.embedding_dim > 0; }
  bool is_computed() const { return trial.computed; }
  // The exponent of N, and of N + k J: all numbers at the primary network's disposal, its own and the embeddings.
  SlopeFit Fit(std::uint64_t seed) const;
  SlopeFit FitWithEmbeddings(std::uint64_t seed) const;
};

// A random target is within reach of a network below `random_signs` with probability 2^-20 at most.
inline constexpr double kExceptionBits = 20;

// For each case, each method of which there is a finished trial.
std::vector<std::vector<MethodSizes>> SizesByCase(const ModularityGapOptions& options, const TrialOutcomes& outcomes);

}  // namespace hyperwidth

#endif  // HYPERWIDTH_EXPERIMENTS_MODULARITY_GAP_GAP_SUMMARY_H_
