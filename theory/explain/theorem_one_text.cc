// SPDX-License-Identifier: Apache-2.0

#include "theory/explain/texts.h"

namespace hyperwidth::internal {
namespace {

ExplanationSection WhatTheoremOneAssumes() {
  return {"What it assumes",
          {"sigma is piecewise continuously differentiable and its derivative has bounded variation and is "
           "integrable: clipped ReLU, sigmoid, tanh, arctan, but not plain ReLU. The parameters are bounded.",
           "Hypothesis (H): no target in W(r, m), constants apart, is itself a network of the class.",
           "Assumption 1: every y has exactly one best approximator (as a function). Assumption 2: unless y is "
           "itself a network of the class, a class with one neuron more comes strictly closer to y."}};
}

// Steps (1) to (6) are one proof; each names what it uses, so that a reader can check it or drop an assumption.
ExplanationSection Reductio() {
  return {
      "Assumptions 1 and 2 contradict each other: the argument",
      {"Used besides, as in the paper. Compactness: the parameters are bounded, in a way that symmetries and the "
       "removal of a superfluous neuron (one without which a network can do the same) respect. Identifiability: a "
       "network without superfluous neurons determines its parameters up to finitely many symmetries (permutations, "
       "sign changes). That is known for tanh (Sussmann 1992; Vlacic and Bolcskei 2022 for any depth); elsewhere the "
       "paper perturbs sigma to have it, and the assumptions mean the perturbed sigma.",
       "Suppose assumption 1 for the class with N >= 2 parameters, and assumption 2 for every step to it from a "
       "smaller class, one neuron fewer in some layer. Let S be the set of sums of N + 1 smooth bumps that do not "
       "overlap, with coefficients of largest absolute value rho, so small that S lies in W(r, m): a sphere of "
       "dimension N that contains -y with every y. No y in S is a network of the class: (H), repaired. Let f_y be the "
       "best approximator of y.",
       "(1) Assumption 1. The class contains -f with every f (flip the output weights), so -f_y is a best "
       "approximator of -y, and the only one: f_(-y) = -f_y.",
       "(2) Assumption 1 and compactness. If y_n tends to y, every limit of the f_(y_n) is a best approximator of y; "
       "there are limits, and only one is possible. So f_y is continuous in y, in the sup norm.",
       "(3) Assumption 2. A smaller class does not contain y, so one neuron more comes strictly closer, and f_y is "
       "not in the smaller class: no neuron of f_y is superfluous.",
       "(4) Identifiability, compactness and N >= 2. By (3), over every f_y lie equally many parameter vectors, all "
       "different, the copies of one under the symmetries: a covering. S, of dimension at least 2, is simply "
       "connected, so one copy can be followed over all of S: parameters theta(y) of f_y, N numbers, continuous in y.",
       "(5) Borsuk-Ulam. A continuous map from a sphere of dimension N to N numbers takes the same value at two "
       "opposite points: theta(y0) = theta(-y0), so f_(y0) = f_(-y0).",
       "(6) With (1), f_(y0) = -f_(y0), so f_(y0) = 0, which every smaller class contains: contradiction to (3)."}};
}

ExplanationSection WhatFollows() {
  return {
      "What follows from it, and what does not",
      {"If the rest holds, assumption 1 or assumption 2 fails at some y in S: two best approximators, or a neuron "
       "that does not help. The argument says neither which nor where. In L2, where the paper proves assumption 2 for "
       "shallow networks, it is another matter: only assumption 1 would be left to fail.",
       "Nothing follows about a single path from y to -y. For the class v tanh(w x + b) + c and",
       "  y_t(x) = 0.3 (cos t tanh x + sin t) + 0.01 cos t T_6(x),   0 <= t <= pi,",
       "in W(1, 1), T_6 the Chebyshev polynomial, the best approximator is 0.3 (cos t tanh x + sin t), continuous in "
       "t and never zero. It is unique: its error alternates at seven points, and two functions of the class agree in "
       "at most three."}};
}

ExplanationSection ElementaryCase() {
  return {
      "A case without topology",
      {"v tanh(w x + b) + c is monotone. Let y have largest absolute value rho and three extrema of values rho, "
       "-rho, rho. A network with error below rho would have these signs there, which a monotone function cannot. So "
       "the best error is rho, reached by f = 0, without a neuron: assumption 2 fails.",
       "The same holds whenever y alternates more often than any network of the class changes sign. One hidden layer "
       "of k clipped ReLUs, on one input, has N = 3k + 1 parameters and at most 2k - 1 sign changes; sums of bumps in "
       "S have up to N. Piecewise-linear networks and one hidden layer of tanh or sigmoid have such a largest number, "
       "but not every sigma of the theorem: if sigma' = sin s / (1 + s^2), sigma(w x) turns the more often the larger "
       "w is."}};
}

}  // namespace

Explanation TheoremOneText(const std::string& targets) {
  return {
      "GW20.Thm1",
      "Theorem 1 of Galanti and Wolf: how large any network must be, and what the proof assumes",
      {{"Setting",
        {targets,
         "N is the number of trainable parameters of a class of networks with activation sigma; a network of the "
         "class that comes closest to y is called a best approximator of y."}},
       {"Statement",
        {"  If the class reaches epsilon on W(r, m), then N = Omega(epsilon^(-m/r)).",
         "Omega(..) hides a constant. For a hypernetwork, N is N_f, the trainable parameters of the generator f."}},
       WhatTheoremOneAssumes(),
       {"Status: conditional, and the conditions cannot all hold",
        {"This is a finding that you can check; it concerns the assumptions, not the exponent.",
         "(i) Hypothesis (H) fails for clipped ReLU, sigmoid, tanh and arctan: c sigma(x_1) with a small factor c "
         "lies in W(r, m) (or, for clipped ReLU, c x_1) and is a network with one neuron. This can be repaired: (H) is "
         "needed for sums of bumps only.",
         "(ii) Assumptions 1 and 2 contradict each other on W(r, m), in the sup norm: see the next section.",
         "(iii) For networks whose depth grows with N the conclusion itself fails: at r = 1, ReLU networks of depth "
         "proportional to N reach epsilon with epsilon^(-m/2) parameters (hyperwidth explain phases), and on a bounded "
         "domain clipped ReLUs do what ReLUs do. So for these classes the assumptions must fail."}},
       Reductio(),
       WhatFollows(),
       ElementaryCase(),
       {"What survives without assumptions 1 and 2",
        {"Counting sign patterns: for piecewise-linear activations and an architecture of depth L, fixed before the "
         "target, however the weights are chosen,",
         "  N L log N >= c epsilon^(-m/r).",
         "At fixed depth that is the exponent of Theorem 1 up to logarithms; certified.standard has the constants. "
         "With a continuous choice of weights it holds for any activation: certified.continuous_selection."}},
       {"What it means for choosing an architecture",
        {"The exponent m/r is a sound guide at ordinary depths: over all smooth targets, the total number of "
         "trainable parameters grows like epsilon^(-m/r), hypernetworks included. The certified statements say for "
         "which networks."}},
       {"What it does not say", {"That your target needs so many: it is about the worst one."}}}};
}

}  // namespace hyperwidth::internal
