// SPDX-License-Identifier: Apache-2.0

#include "theory/explain/texts.h"

namespace hyperwidth::internal {
namespace {

constexpr const char* kTargets =
    "A target y(x, I) has a primary input x in [-1,1]^m1 and a conditioning input I in [-1,1]^m2; m = m1 + m2. W(r, "
    "m) is the set of targets whose derivatives of order 0 to r have largest absolute values that add up to at most 1 "
    "(with --norm=max, are each at most 1: explain norms). "
    "epsilon is the largest error allowed, in the worst case over W(r, m).";

constexpr const char* kInherits =
    "Proved through Theorem 1, so it inherits Theorem 1's assumptions, which cannot all hold on W(r, m) (hyperwidth "
    "explain thm1). The certified statements give the same exponents, for any r, without them: for piecewise-linear "
    "activations, at fixed depth and up to logarithms.";

Explanation Theorem2() {
  return {
      "GW20.Thm2",
      "Theorem 2 of Galanti and Wolf: a small embedding does not make the primary network small",
      {{"Setting",
        {kTargets,
         "An embedding method computes q(x, e(I)): an embedding network e turns I into k numbers, and the primary "
         "network q sees them beside x. N_q is the number of parameters of q alone."}},
       {"Statement",
        {"  If k stays bounded and the method reaches epsilon on W(1, m), then N_q = Omega(epsilon^-(m1 + m2)).",
         "So q must be as large as a network that sees all of I."}},
       {"What it assumes",
        {"r = 1; bounded spectral complexity of e and q (products of their weight norms); e continuously "
         "differentiable and without biases; sigma(0) = 0; and Theorem 1's assumptions."}},
       {"Status", {kInherits}},
       {"What it means for choosing an architecture",
        {"Making e deeper or wider does not relieve q: k numbers are all that q learns about I. Compare with theorem "
         "4, where the primary network needs epsilon^(-m1/r) generated weights only. certified.embedding gives the "
         "number for your k, with any e."}},
       {"What it does not say",
        {"Anything about large k. With k near epsilon^(-m1/r) an embedding can carry a whole weight vector: see the "
         "crossover k* of hyperwidth gap. That k < m2 numbers would do with a large enough q: if e is continuous they "
         "do not, below a fixed error (hyperwidth explain certified.continuous_encoder). And N_q is not the total: a "
         "hypernetwork moves parameters, it does not make them disappear."}}}};
}

Explanation Theorem3() {
  return {
      "GW20.Thm3",
      "Theorem 3 of Galanti and Wolf: embeddings of any dimension",
      {{"Setting",
        {kTargets,
         "q(x, e(I)) is an embedding method, N_q the number of parameters of its primary network q, k the dimension "
         "of e(I), free to grow."}},
       {"Statement",
        {"  If the method reaches epsilon on W(1, m), then N_q = Omega(epsilon^-min(m, 2 m1)).",
         "The case 2 m1 counts the weights of a dense first layer: k inputs times its width."}},
       {"What it assumes",
        {"r = 1; the first layer of q bounded, and dense for the case 2 m1; Theorem 2's and Theorem 1's assumptions."}},
       {"Status", {kInherits + std::string(" Here that is certified.embedding_any_dimension.")}},
       {"What it means for choosing an architecture",
        {"Increasing k helps only until the first layer itself holds epsilon^(-2 m1) weights. If m2 <= m1, min(m, 2 "
         "m1) = m: with a dense first layer no embedding dimension improves the exponent."}},
       {"What it does not say",
        {"Anything about sparse first layers, shared weights, or embeddings that enter at every layer (hyperwidth "
         "explain schemes)."}}}};
}

Explanation Theorem4() {
  return {
      "GW20.Thm4",
      "Theorem 4 of Galanti and Wolf: modularity of hypernetworks",
      {{"Setting",
        {kTargets,
         "A hypernetwork computes g(x; f(I)): the generator f turns I into all N_g weights of the primary network g. "
         "Write y_I for the target at fixed I, a function of x alone."}},
       {"Statement",
        {"  For every y in W(r, m) there is a hypernetwork with error epsilon and N_g = O(epsilon^(-m1/r)).",
         "The primary network is no larger than a network for one single y_I: this is modularity."}},
       {"What it assumes",
        {"f is a ReLU network as large as it likes; no y_I is itself a network of the class. Assumptions 1 and 2 are "
         "used in the paper but not needed: take a primary network with fixed inner weights whose output weights are "
         "linear in y_I (a spline network for r <= 2, Mhaskar's for any r); f(I) returns these output weights, "
         "continuous in I because y is."}},
       {"What it means for choosing an architecture",
        {"If what you pay for is the primary network (it runs for every pixel or every time step, f once per "
         "condition), a hypernetwork lets it be exponentially smaller in m2 than an embedding method's. It is enough "
         "to generate the last layer. constructed.hypernetwork builds such a primary network and counts it; "
         "certified.primary proves a floor, which is lower by a logarithm and the depth (hyperwidth explain "
         "certified.primary has an example)."}},
       {"What it does not say",
        {"N_g counts generated weights; nobody trains them. The trainable parameters are f's, and over all of W(r, "
         "m) they must be at least of the order epsilon^(-m/r), up to logarithms and depth "
         "(certified.hypernetwork_total): about what a standard network needs. Never compare N_g with N_q without "
         "looking at N_f and N_e, the parameters of f and e, too."}}}};
}

Explanation Theorem5() {
  return {
      "GW20.Thm5",
      "Theorem 5 of Galanti and Wolf: when a hypernetwork is smaller in total",
      {{"Setting",
        {kTargets,
         "g(x; f(I)) is a hypernetwork: f generates the N_g weights of the primary network g. N_f is the number of "
         "f's trainable parameters. A selector S maps I to weights with which g is a best approximator of y(., I)."}},
       {"Statement",
        {"If S factorises as S(I) = W S~(I), with a matrix W of N_g rows and w columns and S~ made of w functions in "
         "W(r, m2), then the total is",
         "  N_f = O(w^(1 + m2/r) epsilon^(-m2/r) + w N_g),   N_g = O(epsilon^(-m1/r)).",
         "For bounded w: epsilon^(-m2/r) + epsilon^(-m1/r), against epsilon^(-m/r) for a standard network."}},
       {"What it assumes",
        {"The factorisation, with bounded W, and with w and the depth of g bounded: the constant grows exponentially "
         "with that depth."}},
       {"What it means for choosing an architecture",
        {"If your targets have low rank, y(x, I) = sum over l <= w of a_l(I) b_l(x) with few terms, a hypernetwork "
         "(or a DeepONet) pays for x and for I separately instead of for both at once. constructed.structured_total "
         "builds one and counts every parameter."}},
       {"What it does not say",
        {"Targets with such a selector are a strict subclass of W(r, m). Over all of W(r, m) no ReLU hypernetwork "
         "has fewer trainable parameters than certified.hypernetwork_total, and plotting theorem 5's exponent as a "
         "property of the ball would contradict it."}}}};
}

}  // namespace

std::vector<Explanation> GalantiWolfTexts() {
  return {TheoremOneText(kTargets), Theorem2(), Theorem3(), Theorem4(), Theorem5()};
}

}  // namespace hyperwidth::internal
