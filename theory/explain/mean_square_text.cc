// SPDX-License-Identifier: Apache-2.0

#include "theory/explain/texts.h"

namespace hyperwidth::internal {

Explanation MeanSquareText(const std::string& targets) {
  return {
      "mean_square",
      "The root mean square error instead of the largest one",
      {{"Setting",
        {targets,
         "People measure errors at random points: the root of the mean of (model - y)^2 over x and I, here both "
         "uniform on their cubes. It is at most the largest error, and may be far smaller. hyperwidth bounds "
         "--error=rms prints what is proved of it beside what is proved of the largest error."}},
       {"Statement",
        {"  If a class of networks comes within epsilon in the root mean square of every target in W(r, m), then it "
         "has at least the printed number of parameters.",
         "Every such number is below the one for the largest error at the same epsilon, often far below."}},
       {"What it assumes",
        {"What the statement of the same name assumes for the largest error. A network that is built for the largest "
         "error serves here as well."}},
       {"Why",
        {"Place M bumps of height rho, one in each cell of a grid, with signs. Shift all points by the same u within "
         "their cells: there the target is rho phi(u) times its signs. Networks with few parameters have at most 2^R "
         "sign patterns at these points. Of the 2^M targets all but a fraction 2^-t differ from each of them at more "
         "than delta M points, if",
         "  R <= M (1 - H2(delta)) - t,     H2 the binary entropy,",
         "since no more than 2^(H2(delta) M) patterns are within delta M of one. Where the sign is wrong the error is "
         "at least rho phi(u). Averaged over u, some target is missed, whatever the weights, by",
         "  root mean square >= rho sqrt(delta (1 - 2^-t) Q),",
         "Q the mean square of the sum of bumps of height 1. Linear pieces and linear decoders have arguments of their "
         "own: with P pieces x^2/2 is missed by 1 / (sqrt(45) P^2), and with p functions, a target with the signs of a "
         "Hadamard matrix by rho sqrt((1 - p / X) Q)."}},
       {"What it means for choosing an architecture",
        {"The rates are the same: the exponents of epsilon do not change. The constants do, because Q falls by about a "
         "third with every axis. In many dimensions at ordinary accuracies little or nothing is proved, and the honest "
         "conclusion is that the root mean square can be easy where the largest error is hopeless."}},
       {"What it does not say",
        {"Anything for data that are not uniform on a cube. Anything from continuity: certified.continuous_selection, "
         "certified.continuous_encoder and certified.bounded_weights are about the largest error (a continuous encoder "
         "confuses two conditions, which are a set of measure zero)."}}}};
}

}  // namespace hyperwidth::internal
