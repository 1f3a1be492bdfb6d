// SPDX-License-Identifier: Apache-2.0

#include "theory/explain/texts.h"

namespace hyperwidth::internal {

Explanation OutputsText() {
  return {
      "outputs",
      "Several outputs: what grows with their number, and what does not",
      {{"Setting",
        {"With --outputs=K a target y(x, I) has values in R^K: vector fields, flows, colours. Each of its K "
         "coordinates is in the ball W(r, m), whatever the others are, and the error is that of the worst coordinate, "
         "in the sup norm. Networks have K outputs behind hidden layers that these share. N_K is a bound for K "
         "outputs, N_1 the same for one."}},
       {"Statement",
        {"Grows exactly K-fold: certified.continuous_selection and certified.bits, K M bumps in the place of M; and "
         "the scalars that the constructed hypernetwork generates from y.",
         "Grows with K, up to a logarithm in proportion: certified.standard, certified.primary, "
         "certified.hypernetwork_total, certified.bounded_weights, by sign patterns:",
         "  K M <= sum over hidden layers [1 + V log2(2 e N M D / V)] + 1 + V log2(2 e K M D / V),   V <= K M.",
         "By linear pieces: N_K >= N_1 + K - 1 at any depth, and at depth 2, where P pieces are needed, N_K >= (K + 2) "
         "(P - 1) - 1: two parameters for each hidden unit and K weights behind it.",
         "May grow faster: certified.embedding, certified.embedding_any_dimension, certified.bottleneck and all "
         "schemes with a given number kappa of scalars. All outputs have to share these, and N + kappa J has to make "
         "up for K M signs. The crossover k* grows with K instead.",
         "Grows less: certified.linear_decoder, where p counts the coefficients of functions with values in R^K. The "
         "matrix has K rows for each point of x, and its rank is at most the number of points in I.",
         "Does not grow: certified.continuous_encoder beyond m2, since e(I) = I is enough for any number of outputs. "
         "But fewer than m2 scalars fail at larger errors: the coordinates of I that a target has to tell apart are "
         "dealt out to the outputs, and with K >= kappa + 1 of them each has one, so that the error is at least A/2 in "
         "the sum norm and A in the max norm.",
         "Grows, but less than K-fold: constructed.standard and constructed.hypernetwork. The inner network is built "
         "once; one more output adds the parameters that depend on its target, and the products they need. "
         "constructed.structured_total takes b_l with values in R^K and a_l that the outputs share, so that f is what "
         "it is for one output.",
         "Published rates do not change: their exponents are those of one output."}},
       {"What it assumes",
        {"For a lower bound that is not about bumps alone: what its statement assumes of one output, hidden layers "
         "that outputs share or not. For what is built: ReLU."}},
       {"Why",
        {"Give every bump a sign of its own in every coordinate: 2^(K M) targets. A network that comes close to all of "
         "them has K M signs at the M centres, and each layer's units are counted as for one output, the last layer's "
         "K times. Hidden layers are counted once: that is why N_K need not be K N_1, and it cannot be more, up to one "
         "parameter for each output, where no scalars are shared: K networks of one output each are a network of K.",
         "For linear pieces let all coordinates be the same target. Each output has a parameter of its own that is not "
         "0, since 0 is not close to it; without those of the other K - 1 a network of one output is left. At depth 2 "
         "nothing but the outputs stands behind the hidden units, so every output has a weight for each of its kinks. "
         "With a layer to spare one unit could pass all kinks on to all outputs, which is why no more is proved "
         "there."}},
       {"What it means for choosing an architecture",
        {"The modularity gap stays: both of its sides have K outputs. It widens if k stays as it is, since the "
         "embedding has to serve them all with k scalars, and k* says how many would do.",
         "A DeepONet with several outputs may give each its own functions, share the functions of x with coefficients "
         "for each output, or share the coefficients with functions for each: all are sums of p coefficients times "
         "functions with values in R^K, and p counts the coefficients of all outputs together."}},
       {"What it does not say",
        {"Anything about coordinates that hang together, as those of a field without divergence do: the worst target "
         "has K coordinates that have nothing to do with one another. For targets "
         "of a smaller class what is built still is, what is proved to be needed may be less.",
         "The error floor of given layers (hyperwidth floor) and samples (theory/sampled) are about one output: for "
         "several, take one of them."}}}};
}

}  // namespace hyperwidth::internal
