// SPDX-License-Identifier: Apache-2.0

#include "theory/explain/texts.h"

namespace hyperwidth::internal {

Explanation ContinuousEncoderText(const std::string& targets) {
  return {
      "certified.continuous_encoder",
      "How many scalars a continuous encoder has to pass on",
      {{"Setting",
        {targets,
         "I enters a model through kappa scalars that are continuous functions of I: the k numbers of an embedding, "
         "generated biases, scales, coefficients or weights, or what the narrowest layer on the way to them passes on. "
         "What is behind the scalars may be any function of them and of x."}},
       {"Statement",
        {"  If the model reaches epsilon on W(r, m), then kappa is at least the printed number, whatever the sizes.",
         "With kappa < m2 scalars the error on the worst target is at least rho, and at epsilon < rho no size "
         "suffices. For m1 = kappa = 1, rho is 1/4 at r = 1 and 1/5 at r >= 2. For small epsilon the printed number is "
         "m2: then kappa = m2 is needed and, since I itself is continuous, is enough."}},
       {"What it assumes",
        {"That the scalars are continuous in I, which every network with continuous activations is. Nothing about "
         "sizes, the primary network, its activation, the choice of the weights or training."}},
       {"Why",
        {"Take kappa + 1 functions of x and as many points such that phi_i(x_j) = 1 for i = j, else 0, and the target",
         "  y(x, I) = rho (I_1 phi_1(x) + .. + I_(kappa+1) phi_(kappa+1)(x)).",
         "The boundary of the cube [-1,1]^(kappa+1) is a sphere of dimension kappa, and the kappa scalars are a "
         "continuous map from it to kappa-dimensional space, the other coordinates of I being 0. By the Borsuk-Ulam "
         "theorem it takes the same value at some I and at -I. The model cannot tell the two apart: at every x it has "
         "one value for both. But I is on the boundary, so some |I_i| = 1, and y(x_i, I) = -y(x_i, -I) is rho or -rho. "
         "One of the two is missed by at least rho.",
         "How large may rho be? The derivatives of y in W(r, m) are those without I, and those with one derivative in "
         "one I_i; a second one vanishes. Over all I in the cube, |sum_i I_i D^a phi_i(x)| is at most sum_i |D^a "
         "phi_i(x)|, and that is reached. So y lies in W(r, m) if",
         "  1/rho = sum over |a| <= r of sup_x sum_i |D^a phi_i(x)| + sum_i sum over |a| <= r - 1 of sup_x |D^a "
         "phi_i(x)|.",
         "For phi = (1 - x)/2 and (1 + x)/2 at r = 1 the first sum is 1 + 1 and the second 1 + 1: rho = 1/4. At r >= 2 "
         "the slopes 1/2 join the second, and nothing else does, since there is no second derivative: rho = 1/5. "
         "Products of these along several axes of x give 2^m1 functions; where more are needed, bumps on a grid take "
         "their places. At r = 1 pyramids on a grid are better than both."}},
       {"What it means for choosing an architecture",
        {"Give an embedding, and every bottleneck between I and the primary network, at least m2 scalars. That is why "
         "the default of --embedding-dim is m2, and why the modularity gap is about m2 <= k < k*. A wider, deeper or "
         "longer trained network does not help below m2."}},
       {"What it does not say",
        {"That kappa = m2 is comfortable: it is enough for any function of I behind it, and certified.embedding says "
         "how large that has to be. That your conditions fill a cube: if they lie on a surface of fewer dimensions, as "
         "many scalars as it has may do. Anything about discontinuous encoders, such as a table that is looked up, or "
         "about easy targets."}}}};
}

}  // namespace hyperwidth::internal
