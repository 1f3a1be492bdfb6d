// SPDX-License-Identifier: Apache-2.0

#include "theory/explain/texts.h"

namespace hyperwidth::internal {
namespace {

constexpr const char* kTargets =
    "A target y(x, I) has a primary input x in [-1,1]^m1 and a conditioning input I in [-1,1]^m2; m = m1 + m2. W(r, "
    "m) is the set of targets whose derivatives of order 0 to r have largest absolute values that add up to at most 1 "
    "(with --norm=max, are each at most 1: explain norms). "
    "epsilon is the largest error allowed, in the worst case over W(r, m).";

ExplanationSection WhySignPatterns(const std::string& variables) {
  return {
      "Why: counting sign patterns",
      {"Place M narrow bumps on a grid in [-1,1]^m, none reaching the centre of another, each of height rho > "
       "epsilon. Give each a sign of its own: 2^M targets, all in W(r, m) if the bumps are not too narrow. A network "
       "that is within epsilon of such a target has the target's sign at every centre. So the networks must produce "
       "all 2^M sign patterns at M points.",
       "They cannot, if they have few parameters. Where no unit changes sign, the inputs of the next layer are "
       "polynomials in the weights, and Warren's lemma says that p polynomials of degree D in V variables take at most "
       "2 (2 e p D / V)^V sign patterns. Going through the layers, the numbers multiply. " +
           variables,
       "Comparing with 2^M gives an inequality between N and M. The smallest N that satisfies it for "
       "the best grid is proved. --certificates writes the bumps and the inequality to a file that hyperwidth verify "
       "checks with exact arithmetic."}};
}

ExplanationSection Assumptions(const std::string& network, const std::vector<std::string>& more = {}) {
  ExplanationSection section{
      "What it assumes",
      {"Nothing about training: the weights may be chosen in any way, with unlimited precision.",
       network +
           " has a scalar output, at most the stated number of weight layers (--depth), and an activation that is "
           "continuous and linear on both sides of one kink: ReLU, leaky ReLU, absolute value. No hidden layer has "
           "more units than there are parameters, which is always so unless weights are shared.",
       "The architecture is any one, but fixed before the target, together with which weights are zero. If it is one "
       "of A and chosen after the target, log2 A joins the right-hand side of the inequality below: nothing for dense "
       "networks of one hidden layer, since the widest contains the others, but about N log2(e W / N) if any N of W "
       "weights may be kept."}};
  section.paragraphs.insert(section.paragraphs.end(), more.begin(), more.end());
  return section;
}

ExplanationSection NotSaid(const std::vector<std::string>& more = {}) {
  ExplanationSection section{
      "What it does not say",
      {"It is about the worst target in the ball: one smooth y may be far easier. That a network is large enough "
       "does not mean that training finds its weights. For tanh and sigmoid see certified.bounded_weights."}};
  section.paragraphs.insert(section.paragraphs.end(), more.begin(), more.end());
  return section;
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
           WhyLinearPieces(),
           {"What it means for choosing an architecture",
            {"A floor for the standard approach, concatenating I to x, and the yardstick for every other."}},
           NotSaid({"That many dimensions are easy. In W(r, m) all derivatives together get the 1, so that a bump "
                    "that varies along many axes is low, and at an ordinary epsilon few fit: four for m1 = 1, m2 = 66, "
                    "r = 2, epsilon = 0.05, where no such bound is above 2. Such a bound says that the ball is "
                    "small."})}};
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
       WhyLinearPieces(),
       {"What it means for choosing an architecture",
        {"At fixed depth these networks cannot improve on the exponent m1/r of Theorem 4 of Galanti and Wolf. For one "
         "input and one hidden layer the floor is close to what can be built: at r = 1, m1 = 1, m2 = 2, epsilon = "
         "0.001 and depth 2 it is 2,990, and the network that can be built has 3,001. With more inputs or layers a "
         "logarithm and the depth are lost between this floor and constructed.hypernetwork."}},
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
         "Up to logarithms, N_q + k epsilon^(-m2/r) >= epsilon^(-m/r): for bounded k as many as a network that sees "
         "all of I."}},
       Assumptions("q"),
       WhySignPatterns(
           "At J different I the embedding takes J k values; these are free variables beside the N_q weights, which "
           "is why e may be any function, however large."),
       WhyLinearPieces(),
       {"What it means for choosing an architecture",
        {"A deeper or wider e does not lower the bound; only a larger k does, and only in proportion. When k J "
         "approaches M, that is, k approaches the size of a network for one I, the bound vanishes: such an embedding "
         "can carry a whole weight vector. hyperwidth gap prints the crossover k*."}},
       NotSaid({"That k < m2 would do with a large enough q. The bound holds for any e, discontinuous ones included; "
                "networks are continuous, and with k < m2 a continuous e keeps an error that no size brings down: "
                "explain certified.continuous_encoder. So the default of --embedding-dim is m2."})}};
}

Explanation AnyEmbedding() {
  return {"certified.embedding_any_dimension",
          "Embeddings of any dimension, dense first layer",
          {{"Setting",
            {kTargets, "q(x, e(I)) is an embedding method, N_q the parameters of q, k the dimension of e(I), free."}},
           {"Statement",
            {"  If q's first layer is dense, q needs at least the printed number of parameters, for every k.",
             "Up to logarithms epsilon^(-min(m, 2 m1)/r): the certified form, for any r, of Theorem 3 of Galanti and "
             "Wolf."}},
           Assumptions("q"),
           WhySignPatterns(
               "A dense first layer of k_1 units has k k_1 <= N_q weights on the embedding, and the embedding acts "
               "through min(k, k_1) scalars, itself or the biases that it adds; min(k, k_1) <= sqrt(N_q)."),
           WhyLinearPieces(),
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
         "g(x; f(I)) is a hypernetwork: f, with N_f trainable parameters, generates all weights of g. f's output "
         "layer is linear."}},
       {"Statement", {"  N_f is at least the printed number: up to logarithms and depth, epsilon^(-m/r)."}},
       Assumptions("g", {"The same of f, except for its N_g outputs; its depth is --generator-depth."}),
       WhySignPatterns("The generated weights are polynomials in f's N_f weights, so N_f is the number of variables "
                       "throughout; the degrees multiply."),
       {"What it means for choosing an architecture",
        {"In trainable parameters, over all smooth targets, a hypernetwork does not beat a standard network by more "
         "than logarithms and the depth. What it saves is the primary network's size, and, for targets of low rank, "
         "the total (Theorem 5)."}},
       NotSaid()}};
}

Explanation Bits() {
  return {"certified.bits",
          "How many bits the weights need",
          {{"Setting", {kTargets, "A method stores all its weights in b bits."}},
           {"Statement",
            {"  b is at least the printed number M, whatever the network, its activation and its training.",
             "With 32-bit floats that is M / 32 parameters."}},
           {"What it assumes",
            {"Nothing but that the function computed is determined by the b bits; an architecture that is chosen "
             "after the target is stored in them too."}},
           {"Why",
            {"M bumps of height rho > epsilon with all signs are 2^M targets in W(r, m), any two of which differ by "
             "2 rho > 2 epsilon somewhere. One function cannot be within epsilon of two of them, so 2^b >= 2^M."}},
           {"What it means for choosing an architecture",
            {"The only bound here that holds for every activation without any condition. It also shows what "
             "super-expressive constructions do: few parameters, each with very many digits."}},
           {"What it does not say", {"Anything about easy targets."}}}};
}

Explanation BoundedWeights() {
  return {
      "certified.bounded_weights",
      "Tanh, sigmoid and sine networks with bounded weights",
      {{"Setting",
        {kTargets,
         "h(x, I) is one network with N weights, all in [-B, B] (--weight-bound), of at most L weight layers "
         "(--depth) and at most w units in a hidden layer (--width). The architecture is fixed before the target."}},
       {"Statement",
        {"  N >= M / log2(1 + B Lambda / (rho - epsilon)),",
         "where M bumps of height rho > epsilon fit into the ball, and Lambda, at most (u + 1) times the sum over j "
         "< L of (B u)^j with u the larger of w and m, says how fast the network's values change with its weights."}},
       {"What it assumes",
        {"An activation with values in [-1,1] that changes no faster than its argument: tanh, sigmoid, sine, clipped "
         "ReLU. Inputs in [-1,1]."}},
       {"Why",
        {"Round every weight to a lattice so fine that the network changes by less than rho - epsilon. Two targets "
         "of the 2^M sign patterns cannot share their rounded weights, so there must be at least 2^M rounded weight "
         "vectors."}},
       {"What it means for choosing an architecture",
        {"At ordinary weights and depths the logarithm is a few dozen: with bounded weights no smooth activation "
         "does much better than the exponent m/r. It may do better than ReLU: with L weight layers that has about "
         "N^(L-1) pieces along a line, misses x^2 by about N^-(2(L-1)) at best, and falls short of the exponent m/r if "
         "r > 2 (L - 1) m."}},
       {"What it does not say",
        {"Anything without the bound B. For tanh and sigmoid alone something is known: N parameters and k units give "
         "all sign patterns on about (N k)^2 points at most (Karpinski and Macintyre 1997), so (N k)^2 is at least "
         "about M. That is much weaker, and no number is printed for it: the constants that textbooks give (Anthony "
         "and Bartlett 1999, Theorem 8.13, for networks of the standard sigmoid with a threshold at the output) rest "
         "on a count of the connected components of zero sets of exponentials (Khovanskii), which is not proved or "
         "checked here as the counts for ReLU are. For all these activations at once there is nothing: sin(a t) with a "
         "large enough a has any sign pattern on suitable points, and sigmoidal functions exist with which a network "
         "of fixed size approximates every continuous function. Their weights, or their activation, hold the "
         "information instead."}}}};
}

Explanation Schemes() {
  return {
      "schemes",
      "All ways to condition a network, by what they carry per condition",
      {{"Setting",
        {kTargets,
         "A conditioning scheme lets I act on the primary network through kappa scalars: the k numbers of an "
         "embedding, the biases of a first layer, FiLM's scales and shifts, the coefficients of a DeepONet's basis "
         "functions, the coordinates of a low-rank weight change, or, for a full hypernetwork, all N_g weights. N is "
         "the number of trainable parameters of the primary network."}},
       {"Statement",
        {"  N + kappa epsilon^(-m2/r) >= c epsilon^(-m/r) / (L log)",
         "with L the depth, log a logarithm of N, and explicit constants in the table of hyperwidth bounds "
         "--scheme=all."}},
       Assumptions("The primary network"),
       WhySignPatterns(
           "The kappa scalars of each of J conditions are free variables: N + kappa J in all. Schemes differ a "
           "little in the degrees, and DeepONets in that their basis functions do not see I."),
       {"What it means for choosing an architecture",
        {"In this bound only kappa counts, not where the scalars enter. To make N small, kappa must approach "
         "epsilon^(-m1/r), the size of a network for one I."}},
       NotSaid({"That schemes with the same kappa do the same; equal bounds are not equal powers. At kappa = m2 the "
                "embedding e(I) = I reaches every epsilon with a large enough q. A DeepONet with p = m2 functions is a "
                "sum of p products b_l(I) t_l(x), and for some target in W(r, m) its error stays above a fixed value, "
                "however large its networks: if y is rho at p + 1 pairs (x_i, I_i) and 0 at (x_i, I_j) for different i "
                "and j, it is at least rho / (p + 1).",
                "That kappa < m2 would do for scalars that are continuous in I: certified.continuous_encoder says why "
                "not, for every scheme."})}};
}

Explanation Floor() {
  return {
      "floor",
      "The error floor of an architecture",
      {{"Setting",
        {kTargets,
         "An architecture is a list of layer sizes, dense with biases, and a way in which I enters (--scheme): beside "
         "x, through an embedding, through generated biases, scales, coefficients or weights."}},
       {"Statement",
        {"  Whatever the weights, some target in W(r, m) is missed by at least the printed number.",
         "It is certified.standard, or its like for the scheme, read the other way: there epsilon is given and the "
         "size asked for, here the size."}},
       Assumptions("The network that sees x"),
       {"Why",
        {"The same count of sign patterns, now with the units, parameters and degrees of each layer instead of N for "
         "all. Look for the coarsest grid whose bumps, with all signs, are more targets than the architecture has sign "
         "patterns. It misses one of them by the height of the bumps, and the coarser the grid, the higher they are."}},
       {"What it means for choosing an architecture",
        {"If the floor is above the error that you need, no training helps: make the network larger, or let more of I "
         "through. If it is below, nothing follows: the floor is far from tight."}},
       NotSaid()}};
}

}  // namespace

std::vector<Explanation> CertifiedTexts() {
  return {Standard(),
          Primary(),
          Embedding(),
          AnyEmbedding(),
          HypernetworkTotal(),
          Bits(),
          BoundedWeights(),
          Schemes(),
          ContinuousEncoderText(kTargets),
          LinearDecoderText(kTargets),
          BottleneckText(kTargets),
          MeanSquareText(kTargets),
          Floor()};
}

}  // namespace hyperwidth::internal
