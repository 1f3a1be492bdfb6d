// SPDX-License-Identifier: Apache-2.0

#include "theory/explain/texts.h"

namespace hyperwidth::internal {
namespace {

ExplanationSection Setting() {
  return {
      "Setting",
      {"A target is a function y on the cube [-1,1]^d. We know that it is smooth: r is the number of derivatives "
       "that are bounded, and the Sobolev ball W(r, d) is the set of all targets whose derivatives of order 0 to r "
       "have largest absolute values that add up to at most 1 (or see explain norms). In a conditional model y(x, I), "
       "d = m = m1 + m2, where "
       "m1 is the dimension of the primary input x and m2 that of the conditioning input I.",
       "A method with N parameters does two things. It chooses: given y, some procedure (training, a formula, luck) "
       "returns N numbers, a(y). And it builds: from N numbers it makes a function M(a), for instance the network with "
       "these weights. Its error on y is the largest difference |y - M(a(y))| over the cube; what counts is the worst "
       "y in W(r, d)."}};
}

Explanation DeVoreHowardMicchelli() {
  return {
      "DHM89",
      "Continuous nonlinear widths (DeVore, Howard and Micchelli 1989)",
      {Setting(),
       {"What a width is",
        {"A width asks how well the best possible method with N parameters does, where 'method' is limited by one "
         "rule. Without any rule the answer is useless: a single real number has infinitely many digits, so one could "
         "number a fine enough list of functions and let N = 1 parameter be the number on the list. No training finds "
         "such a parameter and no float stores it. The rule of DeVore, Howard and Micchelli forbids this trick: the "
         "choice a(y) must be continuous, so that a small change of the target changes the weights little. The builder "
         "M may be anything at all: a network of any depth with any activation, a spline, a hypernetwork. The best "
         "worst-case error under this rule is the continuous nonlinear width delta_N."}},
       {"Statement",
        {"  delta_N(W(r, d)) >= c N^(-r/d),   so error epsilon needs   N >= c' epsilon^(-d/r),",
         "with constants c, c' > 0 that depend on r and d only and that the paper does not give. Here they are made "
         "explicit: see certified.continuous_selection."}},
       {"Why: the argument in a paragraph",
        {"Put N + 1 narrow bumps side by side, so that no two overlap, and look at all sums of these bumps with "
         "coefficients whose largest absolute value is rho; for rho small enough all of them lie in W(r, d). These "
         "sums form the surface of a box in N + 1 dimensions: topologically a sphere, and with every sum y it contains "
         "the opposite one, -y. The method maps this sphere continuously to N numbers, one dimension too few. The "
         "Borsuk-Ulam theorem says that such a map must send some pair of opposite points to the same place: there is "
         "a y with a(y) = a(-y). (In one dimension less: at any moment two opposite points of the equator have the "
         "same temperature.) The builder then returns the same function for y and for -y, which differ by 2 rho at the "
         "centre of some bump, so for one of the two it errs by at least rho. The more bumps, the narrower, and the "
         "steeper at a given height: N + 1 bumps in d dimensions are about N^(-1/d) wide, and r derivatives of a bump "
         "that narrow force its height rho down to about N^(-r/d). That is the rate."}},
       {"What it assumes",
        {"One thing: the weights depend continuously on the target. The argument knows nothing of networks.",
         "Does training satisfy it? Least squares in fixed features does, so does any explicit construction such as "
         "interpolation. Gradient descent from one fixed start for a fixed number of steps does if the activation is "
         "smooth; a ReLU's derivative jumps, and the result may jump with it. 'Run until the best of ten restarts "
         "wins' does not. Neither need an exact best approximation: the best weights of a neural network can jump as "
         "the target moves."}},
       {"What it means for choosing an architecture",
        {"If your weights come out of a stable procedure, no cleverness of architecture beats epsilon^(-d/r) "
         "parameters in the worst case; splines reach it. Hypernetworks are included: their trainable parameters are "
         "the N here, and d = m1 + m2, whatever their primary network needs."}},
       {"What it does not say",
        {"Nothing about one particular y: the worst case may be far from yours. Nothing about methods that choose "
         "discontinuously: very deep ReLU networks then reach N^(-2r/d) (see phases), with weights that need more and "
         "more digits and change abruptly. And the constant c falls quickly as d grows."}}}};
}

Explanation ContinuousSelection() {
  return {
      "certified.continuous_selection",
      "The certified bound under continuous selection",
      {Setting(),
       {"Statement",
        {"If the weights are a continuous function of the target and every target in W(r, m) is approximated up to "
         "epsilon, then N >= M, where M is the number of bumps of height rho > epsilon that fit side by side:",
         "  N >= max { M(grid) : 1 / B(grid) > epsilon }.",
         "B(grid) is the Sobolev norm of one bump of height 1 in the grid, so that rho = 1 / B is the height at "
         "which a bump, and with it every sum of non-overlapping bumps of either sign, just fits into the ball."}},
       {"What it assumes",
        {"The weights are a continuous function of the target; nothing about the activation, the depth or the "
         "architecture."}},
       {"Why",
        {"The argument is that of DHM89 (hyperwidth explain dhm), with every constant computed: M bumps span M "
         "dimensions, and with fewer than M parameters Borsuk-Ulam gives two opposite sums that the method cannot tell "
         "apart. The maximum is taken over grids that are differently fine in x and in I, over several shapes of bump, "
         "and over several ways to arrange them; any choice is valid, so the best one is printed with its grid."}},
       {"What it means for choosing an architecture",
        {"A parameter count below which no stable training procedure can promise epsilon on all smooth targets, for "
         "any activation and any depth. No other lower bound on parameters here is larger unless weights are bounded: "
         "its assumption is the strongest."}},
       {"What it does not say",
        {"Nothing about methods whose weights jump as the target moves, nothing about easy targets. Compare "
         "certified.standard, which assumes nothing about the choice but needs piecewise-linear activations, and read "
         "there what the norm of W(r, m) does in many dimensions."}}}};
}

}  // namespace

std::vector<Explanation> WidthTexts() { return {DeVoreHowardMicchelli(), ContinuousSelection()}; }

}  // namespace hyperwidth::internal
