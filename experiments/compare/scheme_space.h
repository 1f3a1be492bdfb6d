// SPDX-License-Identifier: Apache-2.0
//
// What the search may choose for a scheme, and the model that a choice stands for.

#ifndef HYPERWIDTH_EXPERIMENTS_COMPARE_SCHEME_SPACE_H_
#define HYPERWIDTH_EXPERIMENTS_COMPARE_SCHEME_SPACE_H_

#include <string>
#include <vector>

#include "experiments/compare/compare_data.h"
#include "experiments/compare/compare_options.h"
#include "training/search/assignment.h"
#include "training/search/search_space.h"
#include "training/sized_scheme/sized_scheme.h"
#include "training/trainer_options.h"

namespace hyperwidth {

// One of those that are compared: a scheme at a size.
struct CompareContender {
  std::string scheme;
  Index size_number = 1;  // 1, 2, ..
  double size = 0;        // as `match` counts

  std::string name() const { return scheme + ".size" + std::to_string(size_number); }
};

// The hyper-parameters of a scheme. For all: lr, schedule, weight_decay, activation, layers, the hidden layers of what
// sees x. For those in which a network sees I: condition_layers, and width_ratio, by which it is wider than usual. What
// a scheme has of its own: embedding_dim (embedding, nomad, table, multiplicative), rank (low-rank), functions (of each
// output: the DeepONets), code_dim (chunked-hypernetwork), except where kappa is what is matched; generated (of a
// hypernetwork) or moved (of low-rank), which layers of g are ("all", "all-but-first", the first one being trained);
// and of a hypernetwork initialisation, how its heads start ("dense", "hyperfan-in", "bias-only": HeadStart).
SearchSpace SchemeSpace(const std::string& scheme, SizeMeasure match);

// The sizes of the model with these values. Throws: std::invalid_argument as SolveWidths.
SizedScheme SizesOf(const CompareContender& contender,
                    const Assignment& values,
                    const CompareData& data,
                    const CompareOptions& options);

// How samples are put together: steps of `blocks` blocks of at most `samples` samples of one condition.
struct BatchShape {
  Index samples = 1;
  Index blocks = 1;
};
BatchShape BatchShapeOf(const CompareOptions& options, const SubsetSamples<float>& train);

// How it is trained: AdamW, in steps of so many of the data's `items`. steps: of a whole trial, for the schedule.
TrainerOptions TrainerOptionsOf(const Assignment& values, Index steps, Index blocks, Index items);

// The sizes that the options stand for: the numbers; or, for a word, from the smallest on that every scheme has with
// one, two and three layers, four times the one before each.
std::vector<double> ResolvedSizes(const CompareOptions& options, const CompareData& data);

// All schemes at all sizes, size by size.
std::vector<CompareContender> Contenders(const CompareOptions& options, const CompareData& data);

}  // namespace hyperwidth

#endif  // HYPERWIDTH_EXPERIMENTS_COMPARE_SCHEME_SPACE_H_
