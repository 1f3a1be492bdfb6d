// SPDX-License-Identifier: Apache-2.0
//
// certified.continuous_encoder, checked: the targets rho sum over i <= kappa + 1 of I_i phi_i(x) of
// theory/continuous_encoder.h, their number and their norm written down anew.

#ifndef HYPERWIDTH_THEORY_CHECKER_ENCODER_CHECK_H_
#define HYPERWIDTH_THEORY_CHECKER_ENCODER_CHECK_H_

#include <vector>

#include "theory/checker/certificate_text.h"

namespace hyperwidth::checker {

// The functions phi_i: products of bumps, on these numbers of cells along some axes of x, and of (1 - t)/2 or (1 + t)/2
// along the others.
struct EncoderFunctions {
  std::vector<Fraction> seminorms;  // of the bump: at least sup |bump^(j)|, j = 0 .. r
  std::vector<Integer> cells;       // of each axis with bumps; 0 for an axis on which nothing depends
  int affine_axes = 0;
  bool takes_maximum = false;  // in which norm: of the derivatives, or their sum
};

// The norm of the sum over i <= `functions` of I_i phi_i(x): the sum over the derivatives of order |a| <= r in x of the
// sup of sum_i |D^a phi_i|, and for each of the I_i the sum over |a| < r of sup |D^a phi_i|; or the maximum of all
// these.
Fraction NormOfTarget(const EncoderFunctions& basis, const Integer& functions);

}  // namespace hyperwidth::checker

#endif  // HYPERWIDTH_THEORY_CHECKER_ENCODER_CHECK_H_
