// SPDX-License-Identifier: Apache-2.0
//
// Bounds from linear pieces, checked with whole numbers: theory/linear_pieces.h has the argument.

#ifndef HYPERWIDTH_THEORY_CHECKER_PIECES_CHECK_H_
#define HYPERWIDTH_THEORY_CHECKER_PIECES_CHECK_H_

#include <string>
#include <vector>

#include "theory/checker/certificate_text.h"

namespace hyperwidth::checker {

// The least number of linear pieces that a function within epsilon of the target needs: one less than `points` for
// "alternating bumps", which must be along a single axis; for the "parabola", at smoothness 2 or more, the smallest P
// with 9 P^2 epsilon >= 1, in the max norm 4 P^2 epsilon >= 1, without bumps, which `stated` must be. Throws: Failure
// if the target is not one of these or does not fit.
Integer LeastPieces(const std::string& target,
                    const std::vector<Integer>& cells,
                    const Integer& points,
                    int smoothness,
                    const Fraction& epsilon,
                    bool takes_maximum,
                    const Integer& stated);

// Whether no network of at most `depth` weight layers with so many parameters has so many pieces: for every number q of
// layers with kinks, from 1 to the smaller of depth - 1 and log2 of the pieces, (N + 2 q + 2)^q < q^q 3 2^(q-1) P, and
// N < 2 q for the next q, if there may be so many layers. Of K outputs one has so few pieces, or is 0, if all this is
// so for N - K + 1 in the place of N, which is left without one parameter of each output but one; or, where q is depth
// - 1, so that nothing but outputs stands behind the last kinks, (N + 2 q + K + 1)^q < q^q (K + 2) 2^(q-1) P instead.
// Throws: Failure for pieces of more than 400 digits.
bool AreTooFewForPieces(const Integer& parameters, const Integer& pieces, int depth, const Integer& outputs = 1);

}  // namespace hyperwidth::checker

#endif  // HYPERWIDTH_THEORY_CHECKER_PIECES_CHECK_H_
