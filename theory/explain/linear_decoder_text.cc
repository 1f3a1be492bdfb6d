// SPDX-License-Identifier: Apache-2.0

#include "theory/explain/texts.h"

namespace hyperwidth::internal {

Explanation LinearDecoderText(const std::string& targets) {
  return {
      "certified.linear_decoder",
      "How many functions of x a linear decoder has to sum",
      {{"Setting",
        {targets,
         "A model forms the sum of p functions of x, each times a coefficient that depends on I:",
         "  c_1(I) b_1(x) + .. + c_p(I) b_p(x).",
         "That is a DeepONet with p basis functions, a hypernetwork that generates the output layer alone, whose last "
         "hidden layer has p units, and every reconstruction from p modes. An output bias is one function more."}},
       {"Statement",
        {"  If such a model reaches epsilon on W(r, m), then p is at least the printed number.",
         "For small epsilon that is about a constant times epsilon^(-min(m1, m2) / r), whatever computes the "
         "coefficients and the functions."}},
       {"What it assumes",
        {"That I enters through the coefficients only. Nothing about sizes, activations, continuity, the choice of the "
         "weights or training."}},
       {"Why",
        {"Take a grid of bumps of height rho, X of them along x and J along I, and give the bump in row i and column j "
         "the sign H_ij of a matrix of +1 and -1 whose rows are orthogonal, X <= J. At the centres of the bumps the "
         "target is the matrix rho H, all of whose X singular values are rho times the root of J. The values of the "
         "model there are a matrix of rank p at most, and a matrix of rank p misses rho H, in the sum of the squares, "
         "by the squares of the X - p last singular values at least (Eckart and Young 1936):",
         "  (X - p) rho^2 J <= X J epsilon^2,   so   p >= X (1 - (epsilon / rho)^2).",
         "Such matrices, named after Hadamard, are constructed for orders close to any number (Sylvester 1867, Paley "
         "1933). If X > J, columns take the place of rows."}},
       {"What it means for choosing an architecture",
        {"The number of basis functions is not a matter of taste: below the printed number no training reaches epsilon "
         "on the worst target, however large branch and trunk are. An embedding that is concatenated, or weights that "
         "are generated inside the network, have no such floor: with kappa = m2 scalars they can reach any epsilon."}},
       {"What it does not say",
        {"That your target is the worst one. For samples of your own, the singular values of their matrix say what p "
         "functions cannot do (LinearDecoderFloor in theory/sampled). That p functions suffice: linear interpolation "
         "in whichever of x and I has fewer axes is a linear decoder, and says how many do."}}}};
}

}  // namespace hyperwidth::internal
