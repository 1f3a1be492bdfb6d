// SPDX-License-Identifier: Apache-2.0
//
// What a named scheme counts, in closed form: as CostOf finds it, without a graph.

#ifndef HYPERWIDTH_TRAINING_SIZED_SCHEME_SCHEME_COUNTS_H_
#define HYPERWIDTH_TRAINING_SIZED_SCHEME_SCHEME_COUNTS_H_

#include <string>

#include "training/named_scheme.h"

namespace hyperwidth {

// Whole numbers, in double so that no width overflows them; exact below 2^53.
struct SchemeCounts {
  double total = 0;           // trainable parameters
  double primary = 0;         // weights and biases of the network that sees x, generated ones included
  double compute = 0;         // multiply-adds of one sample whose condition is known
  double kappa = 0;           // as FindNarrowestCut finds it
  double condition_head = 0;  // parameters of a hypernetwork's heads, the last layer of f; 0 for other schemes
};

// Counts of the schemes of NamedScheme, one by one as the sizes come. Expects sizes that NamedScheme accepts.
class SchemeCounter {
 public:
  // Throws: std::invalid_argument for a scheme that there is not.
  explicit SchemeCounter(const std::string& scheme);

  SchemeCounts operator()(const SchemeSizes& sizes) const { return count_(sizes); }

 private:
  SchemeCounts (*count_)(const SchemeSizes&);
};

// Weights of g in `hypernetwork` and `chunked-hypernetwork`, and of q in others.
double PrimaryWeights(const SchemeSizes& sizes);

}  // namespace hyperwidth

#endif  // HYPERWIDTH_TRAINING_SIZED_SCHEME_SCHEME_COUNTS_H_
