// SPDX-License-Identifier: Apache-2.0
//
// Random graphs, for tests of everything that walks through one.

#ifndef HYPERWIDTH_MODELS_GRAPH_RANDOM_GRAPH_H_
#define HYPERWIDTH_MODELS_GRAPH_RANDOM_GRAPH_H_

#include <cstdint>

#include "models/graph/graph.h"

namespace hyperwidth {

// A model of about `operations` operations on small shapes, with x, a condition and the id of one of three conditions,
// in which every kind of operation occurs sooner or later, weights are generated as often as trained, values are used
// several times, and tensors are shared. Its output depends on every tensor. Values stay of moderate size.
Model RandomModel(std::uint64_t seed, int operations);

}  // namespace hyperwidth

#endif  // HYPERWIDTH_MODELS_GRAPH_RANDOM_GRAPH_H_
