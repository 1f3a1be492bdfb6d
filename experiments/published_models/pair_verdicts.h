// SPDX-License-Identifier: Apache-2.0
//
// The published conclusions on hypernetworks and embeddings, and whether they hold for conditions that were not trained
// on, held against what was measured. Repetitions are seeds, and nothing is pooled over tasks or sizes.

#ifndef HYPERWIDTH_EXPERIMENTS_PUBLISHED_MODELS_PAIR_VERDICTS_H_
#define HYPERWIDTH_EXPERIMENTS_PUBLISHED_MODELS_PAIR_VERDICTS_H_

#include <string>
#include <vector>

#include "experiments/published_models/pair_cells.h"
#include "experiments/result/result.h"

namespace hyperwidth {

// An error above this share of that of a constant is trivial: a model with it has learnt next to nothing, and what is
// said of such models is withheld.
inline constexpr double kTrivialError = 0.95;

// An error "improves" with layers or with the embedding's dimension if it falls by more than this share for each
// further layer or doubling; less counts as none.
inline constexpr double kLeastImprovement = 0.02;

// A model "generalises" if its error on unseen conditions is less than this share above that on seen ones.
inline constexpr double kLargestGap = 0.1;

// A task of an experiment: its name in ids and figures, and in words. An experiment with a single one leaves both
// empty.
struct PairTask {
  std::string name = {};   // "type1"
  std::string words = {};  // "type I"
};

struct PairStudy {
  std::string experiment;  // "synthetic"
  std::vector<PairTask> tasks = {{}};
  std::string decisive_task = {};  // the name of the one that answers for all; empty: the first
  Index fewest_layers = 2;         // of f and e from which on the hypernetwork is said to be better
  // Why the run says nothing of the published conclusions, a sentence: it is a smaller one than theirs, as in the quick
  // form. Verdicts on them are withheld, of either kind. Empty: it does say something.
  std::string smaller = {};
};

// "EXPERIMENT.TASK.layers4.hypernetwork_beats_embedding", also .dim2000. and .conditions300.: from the errors of one
// seed, as a factor. Withheld if the smaller of both mean errors is trivial.
Check JudgeBetter(const PairStudy& study,
                  const PairTask& task,
                  const std::string& sweep,
                  const PairCell& hypernetwork,
                  const PairCell& embedding);

enum class Trend { kImproves, kStays };

// How the error changes along a sweep, by a factor for each step (a layer, or a doubling): for each seed the slope of
// the least squares line through the logarithms of its errors. With conditions any fall is an improvement. Places at
// which no seed has an error are left out, and said; seeds with an error missing elsewhere do not count. Inconclusive
// with fewer than two places; withheld if every mean error is trivial.
Check JudgeTrend(const PairStudy& study,
                 const PairTask& task,
                 const std::string& sweep,
                 Trend trend,
                 const std::vector<const PairCell*>& cells);

// "EXPERIMENT.TASK.MODEL_generalises": the factor between the errors of one seed on unseen and on seen conditions.
Check JudgeGeneralisation(const PairStudy& study, const PairTask& task, const PairCell& cell);

// All of these for which there are cells.
std::vector<Check> JudgePairs(const PairStudy& study, const std::vector<PairCell>& cells);

}  // namespace hyperwidth

#endif  // HYPERWIDTH_EXPERIMENTS_PUBLISHED_MODELS_PAIR_VERDICTS_H_
