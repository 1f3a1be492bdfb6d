// SPDX-License-Identifier: Apache-2.0
//
// kappa: through how many scalars does the condition act on what varies with the sample? The narrowest cut on the way:
// the smallest total size of values that vary with the condition, and no further, such that the samples see the
// condition through these alone. It is the k of an embedding, the scales and shifts of FiLM, the generated weights of a
// hypernetwork, or the narrowest layer on the way to any of them: what theory/ needs to know of a scheme.

#ifndef HYPERWIDTH_MODELS_GRAPH_NARROWEST_CUT_H_
#define HYPERWIDTH_MODELS_GRAPH_NARROWEST_CUT_H_

#include <vector>

#include "models/graph/graph.h"

namespace hyperwidth {

struct NarrowestCut {
  Index kappa = 0;            // the total size
  std::vector<Value> values;  // of these; of several cuts of this size, the one nearest to the samples
};

// The cut between the condition and `output`. The condition itself, with its coordinates, is a cut too; the id of a
// known condition is none, since one integer can name anything. Nothing to cut if the output does not depend on the
// condition. Throws: std::invalid_argument if the output depends on the id directly, without a table.
NarrowestCut FindNarrowestCut(const Graph& graph, Value output);

}  // namespace hyperwidth

#endif  // HYPERWIDTH_MODELS_GRAPH_NARROWEST_CUT_H_
