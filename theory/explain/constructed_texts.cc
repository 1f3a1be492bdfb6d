// SPDX-License-Identifier: Apache-2.0

#include "theory/explain/texts.h"

namespace hyperwidth::internal {
namespace {

constexpr const char* kTargets =
    "W(r, d) is the set of functions on [-1,1]^d whose derivatives of order 0 to r have largest absolute values that "
    "add up to at most 1 (or see explain norms). A target y(x, I) in W(r, m1 + m2) has a primary input x of dimension "
    "m1 and a conditioning "
    "input I of dimension m2; epsilon is the largest error allowed.";

ExplanationSection WhyNetworks() {
  return {
      "Why",
      {"Two constructions; the numbers are those of the smaller one.",
       "Interpolation, which uses two derivatives. Cut every axis into n cells and every cube into d! simplices "
       "(Kuhn's triangulation). On each simplex take the affine function through the target's values at the corners. A "
       "point x is the mean of a random corner v; corner and point differ by at most half a cell, 1/n, per axis on "
       "average, so a target with first derivatives adding up to at most 1 is missed by at most 1/n. With second "
       "derivatives the first-order terms cancel and 1/n^2 is left, or 1/(2 n^2) for d = 1. A ReLU network computes "
       "the interpolant exactly: for d = 1 with one unit per cell, 3 n + 1 parameters; for d > 1 by the hat functions "
       "max(0, 1 - max(0, u) + min(0, u)), u the distances from a node in cells, whose maxima are small trees of ReLU "
       "units.",
       "Local polynomials, for r > 2, which use up to r derivatives. For d = 1: in each cell the polynomial of "
       "degree r - 1 through the target's values at r points, error below 2 / (n^r r! (2 c)^r) with c = cos(pi / 2r). "
       "For d > 1: Taylor polynomials of degree r - 1 at the centres of the cells, glued together by trapezoids, error "
       "1 / (n^r k!) for the smallest k! of order r (Yarotsky 2017). Coefficients and local coordinates are piecewise "
       "linear functions of x, so a ReLU network has them exactly; only their products are approximate. A saw-tooth "
       "composed with itself s times squares a number with error 4^(-s-1), a product is a difference of two squares, "
       "and how many products are needed does not depend on n. So there are about n^d parameters times what one "
       "polynomial has, and log(1/epsilon) stands in a term of its own, next to them. Its depth grows like "
       "log(1/epsilon)."}};
}

Explanation Standard() {
  return {
      "constructed.standard",
      "A standard network that provably reaches epsilon",
      {{"Setting", {kTargets}},
       {"Statement",
        {"  A ReLU network with the printed number of parameters reaches epsilon on all of W(r, m1 + m2)."}},
       {"What it assumes",
        {"Nothing else. The parameters that depend on the target are linear in it: its values at the nodes, or, for "
         "polynomials, combinations of its values or its derivatives of order below r (--details says which); "
         "parameters that are zero by construction are not counted."}},
       WhyNetworks(),
       {"What it means for choosing an architecture",
        {"A worst-case guarantee, and a baseline: a trained network has no excuse for needing more."}},
       {"What it does not say",
        {"That so many are needed: the distance to certified.standard is what is not known."}}}};
}

Explanation Primary() {
  return {"constructed.hypernetwork",
          "A primary network that provably reaches epsilon for every condition",
          {{"Setting", {kTargets, "g(x; f(I)) is a hypernetwork; f generates the N_g weights of g."}},
           {"Statement",
            {"  With the printed N_g, and f returning the weights of g that depend on y(., I), the error is at most "
             "epsilon. For interpolation these weights are the values y(node, I)."}},
           {"What it assumes",
            {"f may be any function. It is continuous in I: its weights are values of y or of its derivatives in x, "
             "of order below r."}},
           WhyNetworks(),
           {"What it means for choosing an architecture",
            {"N_g depends on m1, r and epsilon, not on I's dimension: modularity (Theorem 4). Only a part of the "
             "weights depends on I; with interpolation it is the last layer, so a network whose last layer alone is "
             "generated does as well."}},
           {"What it does not say", {"How large f must be: over all of W(r, m), certified.hypernetwork_total."}}}};
}

Explanation Structured() {
  return {
      "constructed.structured_total",
      "A whole hypernetwork for targets of low rank",
      {{"Setting",
        {kTargets,
         "The targets here are sums over l <= w of lambda_l a_l(I) b_l(x), with a_l in W(r, m2), b_l in W(r, m1) and "
         "|lambda_1| + .. + |lambda_w| <= 1; w is the rank (--rank). They lie in W(r, m1 + m2)."}},
       {"Statement",
        {"  A hypernetwork with the printed number of parameters, all counted, reaches epsilon on these targets."}},
       {"What it assumes",
        {"The rank w and the functions' smoothness; f and g are networks as below, and the last layer of f is the "
         "matrix of the weights of g for the targets lambda_l b_l."}},
       WhyNetworks(),
       {"What it means for choosing an architecture",
        {"About w (epsilon^(-m2/r) + epsilon^(-m1/r)) parameters instead of epsilon^(-(m1 + m2)/r): x and I are paid "
         "for separately. This is Theorem 5 of Galanti and Wolf with its constants."}},
       {"What it does not say", {"Anything about targets outside this class."}}}};
}

Explanation Gap() {
  return {
      "gap",
      "The certified modularity gap",
      {{"Setting",
        {kTargets,
         "N_q is the number of parameters of an embedding method's primary network q(x, e(I)), k the dimension of "
         "e(I); N_g the number of generated weights of a hypernetwork's primary network."}},
       {"Statement",
        {"  gap = (least N_q, proved: certified.embedding) / (N_g of a network that can be built: "
         "constructed.hypernetwork)",
         "Both are taken at the same depth: the given one, or that of the built network if it is larger. Of the "
         "networks that can be built, the one with the larger gap is taken: fewer parameters at a larger depth can be "
         "worth less than more at a small one, since depth lowers what is proved about embeddings. k* is the smallest "
         "k for which the proof no longer gives a gap above 1."}},
       {"What it assumes",
        {"What its two parts assume; see explain certified.embedding and constructed.hypernetwork."}},
       {"What it means for choosing an architecture",
        {"A gap above 1 is a proof that, for some smooth target, an embedding of dimension k needs a larger primary "
         "network than a hypernetwork, by that factor. If your primary network runs often, that is its price. If you "
         "can afford an embedding of dimension k* or more, the proof no longer speaks against embeddings. With k < m2 "
         "a continuous e fails below a fixed error, however large q is (hyperwidth explain "
         "certified.continuous_encoder). So for those who train e the gap is about m2 <= k < k*; at large epsilon a k "
         "below m2 may do, and the smallest that is not excluded is printed beside k*."}},
       {"What it does not say",
        {"That the hypernetwork is smaller in total: N_g weights are generated, not trained. That a gap below 1 "
         "means no gap: lower and upper bounds are both rough, and the true one is never smaller than the printed one. "
         "That a q of the size of the numerator would do. That your target is a worst case."}}}};
}

}  // namespace

std::vector<Explanation> ConstructedTexts() { return {Standard(), Primary(), Structured(), Gap()}; }

}  // namespace hyperwidth::internal
