// SPDX-License-Identifier: Apache-2.0

#include "theory/explain/texts.h"

namespace hyperwidth::internal {

ExplanationSection WhyLinearPieces() {
  return {
      "Why: counting linear pieces",
      {"The printed number is the larger one of two bounds. The second one follows all networks along one axis of x, "
       "with everything else fixed, I too. There a ReLU network is piecewise linear. A unit whose input is linear on "
       "each of p intervals adds at most one kink in each, so hidden layers with k_1, .., k_q units make at most (k_1 "
       "+ 1) .. (k_q + 1) pieces. A unit that adds kinks has at least two parameters on its way in, all but one unit "
       "with its kink at 0, and those of the last layer have one on the way out. So for P pieces",
       "  N >= 2 (k_1 + .. + k_q) + k_q - 1 with (k_1 + 1) .. (k_q + 1) >= P for some q < depth; at depth 2, N >= 3 P "
       "- 4.",
       "How many pieces does a target need? One: bumps side by side, higher than epsilon, with alternating signs. An "
       "approximation changes sign between any two neighbours and is zero there; a piece with zeros in two such gaps "
       "would be zero in between; so n + 1 bumps need n pieces. Two, for r >= 2, where bumps that are smooth are few: "
       "the parabola (4/9) (x^2 - 1/2) / 2, with second derivative 4/9. On a piece of length h a function with |y''| "
       ">= c is missed by c h^2 / 16 or more, so that P pieces on [-1,1] leave an error of 1 / (9 P^2): P >= 1 / (3 "
       "sqrt(epsilon)), whatever r is.",
       "This bound assumes that the activation is a t for t >= 0 and b t for t < 0, and that no weight is shared. It "
       "does not ask for an architecture that is fixed before the target, connections may skip layers, and only "
       "parameters that are not zero count. What enters from I enters by weights of its own, and may be anything."}};
}

}  // namespace hyperwidth::internal
