// SPDX-License-Identifier: Apache-2.0

#include "theory/explain/texts.h"

namespace hyperwidth::internal {
namespace {

constexpr const char* kSetting =
    "W(r, m) is the set of targets y(x, I) on [-1,1]^m whose derivatives of order 0 to r have largest absolute "
    "values that add up to at most 1 (or see explain norms); m = m1 + m2 counts the coordinates of the primary input x "
    "and of the "
    "conditioning input I. N is the number of parameters and epsilon the largest error allowed, in the worst case over "
    "the targets.";

Explanation Mhaskar() {
  return {
      "Mhaskar96",
      "One hidden layer with a smooth activation suffices (Mhaskar 1996)",
      {{"Setting", {kSetting}},
       {"Statement",
        {"  N = O(epsilon^(-m/r)) parameters reach epsilon on all of W(r, m).",
         "O(..) hides a constant that depends on r, m and the activation and is not given."}},
       {"What it assumes",
        {"One hidden layer; an activation that is infinitely differentiable and not a polynomial on some interval "
         "(tanh, sigmoid, softplus, sine; not ReLU)."}},
       {"Why",
        {"Differences of the activation at slightly shifted arguments approximate its derivatives, and with them "
         "every polynomial; so a hidden layer with fixed, small inner weights imitates polynomials, and the outer "
         "weights are linear in y."}},
       {"What it means for choosing an architecture",
        {"The exponent m/r is not a privilege of depth. And since only the outer weights depend on y, generating the "
         "output weights alone is enough for a hypernetwork to have theorem 4's exponent."}},
       {"What it does not say",
        {"That such weights can be found or stored: the outer ones are divided differences, huge and of opposite "
         "signs. Bound the weights and certified.bounded_weights applies."}}}};
}

Explanation Yarotsky17() {
  return {
      "Yarotsky17",
      "ReLU networks of logarithmic depth suffice (Yarotsky 2017)",
      {{"Setting", {kSetting}},
       {"Statement", {"  N = O(epsilon^(-m/r) log(1/epsilon)) parameters and depth O(log(1/epsilon)) reach epsilon."}},
       {"What it assumes", {"ReLU, and a depth that grows with the accuracy."}},
       {"Why",
        {"Local Taylor polynomials, glued together by piecewise-linear bumps. A ReLU network squares a number with "
         "error 4^-s in s layers (a sawtooth composed with itself doubles its teeth), hence multiplies, hence "
         "evaluates polynomials, each product costing about log(1/epsilon) units."}},
       {"What it means for choosing an architecture",
        {"With ReLU, full use of smoothness takes depth: along a line a network of L weight layers has about N^(L-1) "
         "pieces at most, and p pieces miss x^2 by about p^-2. So the exponent m/r is out of reach at a fixed depth "
         "with r > 2 (L - 1) m; for one input and one hidden layer, beyond two derivatives."}},
       {"What it does not say",
        {"What the constants are: constructed.standard has them, for an arrangement in which the logarithm "
         "multiplies a constant only, not epsilon^(-m/r)."}}}};
}

Explanation Phases(const char* id, const char* title) {
  return {
      id,
      title,
      {{"Setting", {kSetting}},
       {"Statement",
        {"Let the depth of a ReLU network grow like N^a, for some a (--depth-growth) between 0 (a depth of log N at "
         "most; constant at r = 1) and 1 (depth proportional to N). Then, up to logarithms, the best error over W(r, "
         "m) is N^-p with",
         "  p = (1 + a) r / m,   or   N ~ epsilon^(-m / ((1 + a) r)).",
         "Reached: Yarotsky 2018 for r = 1, Yarotsky and Zhevnerchuk 2020 for r > 1. Not exceeded: count sign "
         "patterns. A network of N parameters, L layers and a given architecture realises at most 2^(c N L log N) sign "
         "patterns, and W(r, m) contains sums of epsilon^(-m/r) bumps with all signs, so N L log N must be at least "
         "about epsilon^(-m/r); put L = N^a."}},
       {"Which assumption buys what",
        {"  continuous choice of weights, any depth:       error no better than N^(-r/m)      (DHM89)",
         "  any choice of weights, depth up to log N:      error no better than N^(-r/m)      (up to logarithms)",
         "  any choice, depth N^a:                         error N^(-(1+a) r/m), and no better",
         "  any choice, depth proportional to N:           error N^(-2r/m), the fast phase",
         "So the fast phase needs both depth and weights that jump as the target moves. It also needs bits: the "
         "weights of such networks store the digits of many values of y in one number, and certified.bits forbids that "
         "in 32-bit floats."}},
       {"What it means for choosing an architecture",
        {"Depth beyond log(1/epsilon) pays, in principle, in parameters, never in bits. Gradient descent is not "
         "known to find weights of the fast phase; do not plan with them."}},
       {"What it does not say",
        {"Anything about Theorem 1 of Galanti and Wolf being false for networks of moderate depth: at fixed depth "
         "its exponent is right, up to logarithms. But a statement without a hypothesis on depth cannot hold for the "
         "networks of the fast phase (hyperwidth explain thm1)."}}}};
}

}  // namespace

std::vector<Explanation> UpperRateTexts() {
  return {Mhaskar(),
          Yarotsky17(),
          Phases("Yarotsky18", "Very deep ReLU networks (Yarotsky 2018)"),
          Phases("phases", "Deep ReLU networks: what depth and discontinuity buy")};
}

}  // namespace hyperwidth::internal
