// SPDX-License-Identifier: Apache-2.0

#include "theory/explain/texts.h"

namespace hyperwidth::internal {

Explanation BottleneckText(const std::string& targets) {
  return {
      "certified.bottleneck",
      "A hypernetwork whose generator is narrow",
      {{"Setting",
        {targets,
         "A hypernetwork's generator f makes the N_g weights of the primary network g from I. As it is usually built, "
         "its last hidden layer has w units, far fewer than N_g, and its output is linear: with z(I) the values of "
         "that layer, the weights are",
         "  theta_0 + P z(I),",
         "theta_0 and P being the biases and weights of f's output layer, its head. w is the bottleneck "
         "(--bottleneck), N_head = (w + 1) N_g the parameters of the head."}},
       {"Statement",
        {"  If such a hypernetwork reaches epsilon on W(r, m), then N_head is at least the printed number.",
         "Hence N_g is at least that number over w + 1. And w must be at least what certified.continuous_encoder asks "
         "for."}},
       {"What it assumes",
        {"g has at most the stated number of weight layers and an activation that is continuous and linear on both "
         "sides of one kink. What f has before its last hidden layer may be any function of I; it has to be continuous "
         "for the part about certified.continuous_encoder only. One architecture, fixed before the target; or else "
         "linear pieces decide, which do not need that."}},
       {"Why",
        {"I reaches x through the w scalars z(I) and in no other way, so kappa is w and not N_g. This is the low-rank "
         "scheme: count sign patterns with z(I) free for each of J conditions and theta_0, P trained (hyperwidth "
         "explain schemes):",
         "  N_head + w epsilon^(-m2/r) >= c epsilon^(-m/r) / (L log)."}},
       {"What it means for choosing an architecture",
        {"A hypernetwork is as modular as its generator is wide. The theorem that a primary network of about "
         "epsilon^(-m1/r) weights is enough (GW20.Thm4) needs a generator that passes about as many scalars on; with a "
         "narrow last layer the head has to hold what an embedding's primary network would. A published experiment "
         "with 7,960 generated weights and a last layer of 100 units has kappa = 100 on both sides of its "
         "comparison."}},
       {"What it does not say",
        {"What a generator can do whose output is not linear, or whose narrow layer is an earlier one: hyperwidth "
         "floor --scheme=hypernetwork takes all its layers. Anything about one given target."}}}};
}

}  // namespace hyperwidth::internal
