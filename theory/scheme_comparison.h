// SPDX-License-Identifier: Apache-2.0
//
// One problem for every way to condition a network: how many primary parameters each needs, and how many scalars per
// condition would let it do without.

#ifndef HYPERWIDTH_THEORY_SCHEME_COMPARISON_H_
#define HYPERWIDTH_THEORY_SCHEME_COMPARISON_H_

#include <cstdint>
#include <optional>
#include <vector>

#include "theory/count.h"
#include "theory/gap.h"
#include "theory/problem.h"
#include "theory/schemes.h"

namespace hyperwidth {

// One way to condition the primary network, with problem.EmbeddingDim() scalars per condition; a hypernetwork with a
// bottleneck, with those of that one.
struct SchemeComparison {
  Scheme scheme = Scheme::kEmbedding;
  // Least trainable primary parameters; for the hypernetwork least generated ones, and with a bottleneck the least
  // parameters of the generator's head behind it (BottleneckBound).
  Count parameters;
  std::optional<std::int64_t> scalars = {};  // kappa; nothing for a hypernetwork without a bottleneck: N_g
  std::int64_t least_scalars = 1;    // with fewer it is impossible at any size; 1 for a hypernetwork without bottleneck
  bool impossible = false;           // the problem's own scalars are fewer
  Count crossover;                   // scalars from which on no gap to the constructed primary network is proved
  std::optional<double> onset = {};  // if `parameters` is 1: the largest epsilon at which it is more
};

// SchemeBound and CrossoverScalars of each of `schemes`, in their order, against the network that `gap`, the problem's
// CertifiedGap, is to. The scalars are taken to be continuous in I, as those of every network are: fewer than
// LeastContinuousScalars are impossible, and so are, for a DeepONet, fewer than LeastFunctions, however they depend on
// I. No crossover is below that. Both at the depth of the gap, so that crossover and constructed network belong
// together. Throws: std::domain_error as Validate.
std::vector<SchemeComparison> CompareSchemes(const Problem& problem,
                                             const ModularityGap& gap,
                                             const std::vector<Scheme>& schemes);

}  // namespace hyperwidth

#endif  // HYPERWIDTH_THEORY_SCHEME_COMPARISON_H_
