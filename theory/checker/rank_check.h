// SPDX-License-Identifier: Apache-2.0
//
// certified.linear_decoder, checked: targets with the signs of a Hadamard matrix, whose order is made again from its
// recipe.

#ifndef HYPERWIDTH_THEORY_CHECKER_RANK_CHECK_H_
#define HYPERWIDTH_THEORY_CHECKER_RANK_CHECK_H_

#include <iosfwd>
#include <string>

#include "theory/checker/certificate_text.h"

namespace hyperwidth::checker {

// The order of the matrix: "2^D", "2^D * (P + 1)" with P a prime that leaves 3 when divided by 4, or
// "2^D * 2 * (P + 1)" with P one that leaves 1, which are Sylvester's and Paley's constructions.
// Throws: std::runtime_error for text of another form; Failure if P is not such a prime.
Integer HadamardOrderOf(const std::string& recipe);

// That sums of so few functions as are claimed to be insufficient miss a target by more than epsilon, where
// `points_of_x`, once for each output, and `condition` are the points of the grid and `squared_height` is the square of
// epsilon over the height of the bumps, for the root mean square error over their mean square too. Throws: Failure if
// they do not, or the certificate says something else; std::runtime_error for what cannot be read.
void CheckRank(const CertificateText& certificate,
               const Integer& points_of_x,
               const Integer& condition,
               const Fraction& squared_height,
               std::ostream& report);

}  // namespace hyperwidth::checker

#endif  // HYPERWIDTH_THEORY_CHECKER_RANK_CHECK_H_
