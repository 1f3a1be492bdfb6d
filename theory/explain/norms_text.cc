// SPDX-License-Identifier: Apache-2.0

#include "theory/explain/texts.h"

namespace hyperwidth::internal {

Explanation NormsText() {
  return {
      "norms",
      "Which targets are meant: the two norms of the ball, and its radius",
      {{"Setting",
        {"All statements are about the worst target of a ball: functions on the cube [-1,1]^m whose derivatives of "
         "order 0 to r are bounded. sup |D^k h| is the largest absolute value of the derivative D^k h. Two norms make "
         "one number of these:",
         "  --norm=sum   the sum over all |k| <= r of sup |D^k h| is at most A (as Galanti and Wolf have it)",
         "  --norm=max   each of them is at most A (as most of the literature has it)",
         "A is the radius (--radius), 1 unless you say so. With r = 1 the max norm means: bounded by A, and Lipschitz "
         "in each variable with the constant A."}},
       {"Statement",
        {"  ball(max, A / C(m + r, r))  inside  ball(sum, A)  inside  ball(max, A)",
         "C(m + r, r) is the number of derivatives. So a lower bound for the sum norm holds in the max norm with the "
         "same radius, and what is built for the max norm serves the sum norm. The other way round, divide the radius "
         "by C(m + r, r). A ball of radius A up to epsilon is the unit ball up to epsilon / A: only this quotient "
         "matters, except where weights are bounded."}},
       {"What changes with the norm",
        {"One bump in a grid with n half-widths along half of each axis, of height 1, has at r = 1 the norm 1 + m n in "
         "the sum and n in the maximum. So bumps higher than epsilon are about (1 / (m epsilon))^m, or (1 / "
         "epsilon)^m, many: in many dimensions the sum norm leaves hardly any, since all the slopes share one 1.",
         "For lower bounds the sums over derivatives become maxima, and nothing else: the bump's norm B, the norm of "
         "the targets of certified.continuous_encoder (at r = 1 and few scalars it is 1: then no model does better "
         "than 0), the parabola of linear pieces (x^2 / 2 instead of (4/9) (x^2 - 1/2) / 2: an error of 1 / (4 P^2) "
         "with P pieces instead of 1 / (9 P^2)).",
         "For networks that are built: interpolation on n cells per axis errs by at most d/n instead of 1/n at r = 1, "
         "where d is the number of inputs, and by d^2 / (2 n^2) instead of 1 / n^2 at r >= 2; the first is attained. "
         "Local polynomials are built for the target divided by the number of its derivatives."}},
       {"What it assumes", {"Nothing of networks: it is about the targets of all other statements."}},
       {"What it means for choosing an architecture",
        {"Take the norm that describes your targets. A function with values in [-1,1] that is Lipschitz in each "
         "variable with constant 1 is in the unit ball of the max norm; in the sum norm the radius may have to be m + "
         "1. With the same radius every count in the max norm is at least that in the sum norm."}},
       {"What it does not say",
        {"That your data lie in either ball: a sample shows from below how large derivatives are (LeastDerivatives in "
         "theory/sampled), never from above."}}}};
}

}  // namespace hyperwidth::internal
