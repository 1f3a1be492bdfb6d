// SPDX-License-Identifier: Apache-2.0

#include "theory/explain/texts.h"

namespace hyperwidth::internal {
namespace {

constexpr const char* kTargets =
    "A target y(x, I) has a primary input x in [-1,1]^m1 and a conditioning input I in [-1,1]^m2; m = m1 + m2. W(r, m) "
    "is "
    "the set of targets whose derivatives of order 0 to r have largest absolute values that add up to at most 1. "
    "epsilon is "
    "the largest error allowed, in the worst case over W(r, m).";

ExplanationSection WhySignPatterns(const std::string& variables) {
  return {
      "Why: counting sign patterns",
      {"Place M narrow bumps on a grid in [-1,1]^m, none reaching the centre of another, each of height rho > epsilon. "
       "Give each a sign of its own: 2^M targets, all in W(r, m) if the bumps are not too narrow. A network that is "
       "within epsilon of such a target has the target's sign at every centre. So the networks must produce all 2^M "
       "sign "
       "patterns at M points.",
       "They cannot, if they have few parameters. Where no unit changes sign, the inputs of the next layer are "
       "polynomials "
       "in the weights, and Warren's lemma says that p polynomials of degree D in V variables take at most "
       "2 (2 e p D / V)^V sign patterns. Going through the layers, the numbers multiply. " +
           variables,
       "Comparing with 2^M gives an inequality between N and M. The printed number is the smallest N that satisfies it "
       "for the best grid. Both the height of the bumps and the inequality are evaluated with directed margins, and "
       "--certificates writes them to a file that hyperwidth verify checks with exact arithmetic."}};
}

ExplanationSection Assumptions(const std::string& network) {
  return {"What it assumes",
          {"Nothing about training: the weights may be chosen in any way, with unlimited precision.",
           network +
               " has a scalar output, at most the stated number of weight layers (--depth), and an activation that is "
               "continuous and linear on both sides of one kink: ReLU, leaky ReLU, absolute value. No hidden layer has "
               "more units than there are parameters, which is always so unless weights are shared."}};
}

ExplanationSection NotSaid() {
  return {"What it does not say",
          {"It is about the worst target in the ball: one smooth y may be far easier. That a network is large enough "
           "does not "
           "mean that training finds its weights. For tanh and sigmoid see certified.bounded_weights."}};
}

Explanation Standard() {
  return {"certified.standard",
          "The certified size of one network for everything",
          {{"Setting", {kTargets, "h(x, I) is one network with N parameters that sees x and I."}},
           {"Statement",
            {"  If h reaches epsilon on W(r, m), then h has at least the printed number of parameters.",
             "Up to logarithms and depth, epsilon^(-m/r)."}},
           Assumptions("h"),
           WhySignPatterns("All N weights are variables."),
           {"What it means for choosing an architecture",
            {"A floor for the standard approach, concatenating I to x, and the yardstick for every other."}},
           NotSaid()}};
}

Explanation Primary() {
  return {
      "certified.primary",
      "The certified size of a primary network",
      {{"Setting", {kTargets, "g is a network of x alone, with N_g weights that may depend on I in any way."}},
       {"Statement",
        {"  For some I, g needs at least the printed number of weights: up to logarithms, epsilon^(-m1/r)."}},
       Assumptions("g"),
       WhySignPatterns("Only one I is looked at, so the bumps live in m1 dimensions."),
       {"What it means for choosing an architecture",
        {"Theorem 4 of Galanti and Wolf is tight: a hypernetwork's primary network cannot be much smaller than the one "
         "that constructed.hypernetwork builds."}},
       NotSaid()}};
}

Explanation Embedding() {
  return {
      "certified.embedding",
      "The certified size of an embedding method's primary network",
      {{"Setting",
        {kTargets,
         "q(x, e(I)) is an embedding method: e turns I into k numbers, q has N_q parameters and sees x and these "
         "numbers."}},
       {"Statement",
        {"  Whatever e is, q needs at least the printed number of parameters.",
         "Up to logarithms, N_q + k epsilon^(-m2/r) >= epsilon^(-m/r): for bounded k as many as a network "
         "that sees all of I."}},
       Assumptions("q"),
       WhySignPatterns(
           "At J different I the embedding takes J k values; these are free variables beside the N_q weights, "
           "which is why e may be any function, however large."),
       {"What it means for choosing an architecture",
        {"A deeper or wider e does not help; only a larger k does, and only in proportion. When k J approaches M, that "
         "is, "
         "k approaches the size of a network for one I, the bound vanishes: such an embedding can carry a whole weight "
         "vector. hyperwidth gap prints the crossover k*."}},
       NotSaid()}};
}

Explanation AnyEmbedding() {
  return {"certified.embedding_any_dimension",
          "Embeddings of any dimension, dense first layer",
          {{"Setting",
            {kTargets, "q(x, e(I)) is an embedding method, N_q the parameters of q, k the dimension of e(I), free."}},
           {"Statement",
            {"  If q's first layer is dense, q needs at least the printed number of parameters, for every k.",
             "Up to logarithms epsilon^(-min(m, 2 m1)/r): the certified form, for any r, of Theorem 3 of Galanti "
             "and Wolf."}},
           Assumptions("q"),
           WhySignPatterns(
               "A dense first layer of k_1 units has k k_1 <= N_q weights on the embedding, and the embedding acts "
               "through min(k, k_1) scalars, itself or the biases that it adds; min(k, k_1) <= sqrt(N_q)."),
           {"What it means for choosing an architecture",
            {"Raising k cannot be pushed for ever: the first layer that reads the embedding grows with it."}},
           NotSaid()}};
}

Explanation HypernetworkTotal() {
  return {
      "certified.hypernetwork_total",
      "The certified size of a whole hypernetwork",
      {{"Setting",
        {kTargets,
         "g(x; f(I)) is a hypernetwork: f, with N_f trainable parameters, generates all weights of g. f's output layer "
         "is "
         "linear."}},
       {"Statement", {"  N_f is at least the printed number: up to logarithms and depth, epsilon^(-m/r)."}},
       Assumptions("Each of f (--generator-depth) and g"),
       WhySignPatterns("The generated weights are polynomials in f's N_f weights, so N_f is the number of variables "
                       "throughout; the degrees multiply."),
       {"What it means for choosing an architecture",
        {"A hypernetwork does not beat a standard network in trainable parameters over all smooth targets. What it "
         "saves "
         "is the primary network's size, and, for targets of low rank, the total (Theorem 5)."}},
       NotSaid()}};
}

Explanation Bits() {
  return {"certified.bits",
          "How many bits the weights need",
          {{"Setting", {kTargets, "A method stores all its weights in b bits."}},
           {"Statement",
            {"  b is at least the printed number M, whatever the network, its activation and its training.",
             "With 32-bit floats that is M / 32 parameters."}},
           {"What it assumes", {"Nothing but that the function computed is determined by the b bits."}},
           {"Why",
            {"M bumps of height rho > epsilon with all signs are 2^M targets in W(r, m), any two of which differ by "
             "2 rho > 2 epsilon somewhere. One function cannot be within epsilon of two of them, so 2^b >= 2^M."}},
           {"What it means for choosing an architecture",
            {"The only bound here that holds for every activation without any condition. It also shows what "
             "super-expressive "
             "constructions do: few parameters, each with very many digits."}},
           {"What it does not say", {"Anything about easy targets."}}}};
}

Explanation BoundedWeights() {
  return {
      "certified.bounded_weights",
      "Tanh, sigmoid and sine networks with bounded weights",
      {{"Setting",
        {kTargets,
         "h(x, I) is one network with N weights, all in [-B, B] (--weight-bound), of at most L weight layers (--depth) "
         "and "
         "at most h units in a hidden layer (--width)."}},
       {"Statement",
        {"  N >= M / log2(1 + B Lambda / (rho - epsilon)),",
         "where M bumps of height rho > epsilon fit into the ball, and Lambda, at most "
         "(h + 1) times the sum over j < L of (B h)^j, says how fast the network's values change with its "
         "weights."}},
       {"What it assumes",
        {"An activation with values in [-1,1] that changes no faster than its argument: tanh, sigmoid, "
         "sine, clipped ReLU. Inputs in [-1,1]."}},
       {"Why",
        {"Round every weight to a lattice so fine that the network changes by less than rho - epsilon. Two targets of "
         "the "
         "2^M sign patterns cannot share their rounded weights, so there must be at least 2^M rounded weight "
         "vectors."}},
       {"What it means for choosing an architecture",
        {"At ordinary weights and depths the logarithm is a few dozen: nothing much is gained over ReLU by a smooth "
         "activation."}},
       {"What it does not say",
        {"Anything without the bound B. There is none to be had: sin(w t) with a large enough w has any sign pattern "
         "on "
         "suitable points, and sigmoidal functions exist with which a network of fixed size approximates every "
         "continuous "
         "function. Their weights, or their activation, hold the information instead."}}}};
}

Explanation Schemes() {
  return {
      "schemes",
      "All ways to condition a network, by what they carry per condition",
      {{"Setting",
        {kTargets,
         "A conditioning scheme lets I act on the primary network through kappa scalars: the k numbers of an "
         "embedding, "
         "the biases of a first layer, FiLM's scales and shifts, the coefficients of a DeepONet's basis functions, the "
         "coordinates of a low-rank weight change, or, for a full hypernetwork, all N_g weights. N is the number of "
         "trainable parameters of the primary network."}},
       {"Statement",
        {"  N + kappa epsilon^(-m2/r) >= c epsilon^(-m/r) / (L log)",
         "with L the depth, log a logarithm of N, and explicit constants in the table of "
         "hyperwidth bounds --scheme=all."}},
       Assumptions("The primary network"),
       WhySignPatterns(
           "The kappa scalars of each of J conditions are free variables: N + kappa J in all. Schemes differ a "
           "little in the degrees, and DeepONets in that their basis functions do not see I."),
       {"What it means for choosing an architecture",
        {"What counts is kappa, not where the scalars enter. To make the primary network small, kappa must approach "
         "epsilon^(-m1/r), the size of a network for one I. Then the scalars are the network."}},
       NotSaid()}};
}

}  // namespace

std::vector<Explanation> CertifiedTexts() {
  return {Standard(), Primary(), Embedding(), AnyEmbedding(), HypernetworkTotal(), Bits(), BoundedWeights(), Schemes()};
}

}  // namespace hyperwidth::internal
