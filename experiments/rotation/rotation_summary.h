// SPDX-License-Identifier: Apache-2.0
//
// What the runs of the experiment say.

#ifndef HYPERWIDTH_EXPERIMENTS_ROTATION_ROTATION_SUMMARY_H_
#define HYPERWIDTH_EXPERIMENTS_ROTATION_ROTATION_SUMMARY_H_

#include <cstdint>
#include <functional>
#include <map>
#include <string>
#include <vector>

#include "experiments/result/result.h"
#include "experiments/result/verdict.h"
#include "experiments/rotation/rotation_options.h"
#include "experiments/rotation/rotation_record.h"
#include "experiments/rotation/rotation_sweep.h"
#include "training/data/image_set.h"

namespace hyperwidth {

// A sentence on images of one colour, whose rotation nobody can tell; empty if there are none.
std::string WarningOfConstantImages(const TrainTestImages& images);

// Test errors of a model's runs, by their seed.
using ErrorsBySeed = std::map<std::uint64_t, double>;

// Without the seeds, in their order.
std::vector<double> ValuesOf(const ErrorsBySeed& errors);

// Adds the mean with its 95 % interval at x; whether there is one.
bool AddMean(double x, const ErrorsBySeed& errors, Series& series);

// Of both models at a point.
struct ErrorsAtPoint {
  RotationPoint point = {};
  ErrorsBySeed hypernetwork = {};
  ErrorsBySeed embedding = {};
  // Of images that were trained on, turned otherwise; empty if not measured.
  ErrorsBySeed hypernetwork_seen = {};
  ErrorsBySeed embedding_seen = {};

  const ErrorsBySeed& Unseen(RotationModel model) const {
    return model == RotationModel::kHypernetwork ? hypernetwork : embedding;
  }
  const ErrorsBySeed& Seen(RotationModel model) const {
    return model == RotationModel::kHypernetwork ? hypernetwork_seen : embedding_seen;
  }
};

// The errors at every point; `errors_of`, and `seen_errors_of` if given, have none for what was not trained.
std::vector<ErrorsAtPoint> ErrorsAlongSweep(
    const RotationOptions& options,
    Index image_size,
    const std::function<ErrorsBySeed(const RotationRunOptions&)>& errors_of,
    const std::function<ErrorsBySeed(const RotationRunOptions&)>& seen_errors_of = nullptr);

// A model "generalises" if its error on unseen images is below this factor of that on seen ones.
inline constexpr double kLargestUnseenFactor = 1.1;

// The series of a model's test errors along the sweep, with its axes and no points yet.
Series EmptySweepSeries(const RotationOptions& options, RotationModel model);

// The claim that the hypernetwork's errors are lower, from the pairs of one seed; what has no partner, because it has
// failed or the run was interrupted, does not count.
Check JudgeErrors(const Claim& claim, const ErrorsBySeed& hypernetwork, const ErrorsBySeed& embedding);

// The published conclusions. At every point: the hypernetwork has the lower error; inconclusive where neither is better
// than guessing, since the claim is about other errors. Along a sweep of two points or more, from pairs of one seed:
// over depth, from the least to the largest, the hypernetwork's error falls, and the embedding's does not; over the
// embedding dimension, the embedding's error does not fall from the least that was published (kEmbeddingDimStep) to the
// largest, nor up to there from the least that is no bottleneck (at least the width of e); with fewer than two
// published dimensions, from the latter to the largest. "Does not fall" is the mean difference lying above 0. Over
// numbers of training images: the error of either model falls from the fewest to the most; and with the most it
// generalises (kLargestUnseenFactor). `is_tuned`: both were, for ids and words.
std::vector<Check> JudgeRotation(const RotationOptions& options,
                                 const std::vector<ErrorsAtPoint>& errors,
                                 bool is_tuned);

// The id of the check that answers which model is better: that at depth kMiddleDepth, at the learning rate of the other
// experiments, at the least published embedding dimension, with all conditions; where there is none of these, at the
// first point. Empty without checks.
std::string DecisiveOf(const std::vector<Check>& checks);

// What the runs say: the series `hypernetwork` and `embedding`, with parameters by role and kappa, over numbers of
// training images also the errors on seen ones; learning curves at both ends of the sweep, means over repetitions; a
// table of errors on seen and unseen images; and the verdicts of JudgeRotation, from pairs of runs with one seed. Fewer
// than kFewestRepetitions pairs of a point are inconclusive, however many points there are. The limits name what has
// diverged, by the names of RotationFileName: it is in none of these.
Result SummariseRotation(const RotationOptions& options,
                         const TrainTestImages& images,
                         const std::vector<RotationRun>& runs,
                         const std::vector<std::string>& diverged = {});

}  // namespace hyperwidth

#endif  // HYPERWIDTH_EXPERIMENTS_ROTATION_ROTATION_SUMMARY_H_
