// SPDX-License-Identifier: Apache-2.0
//
// What a statement claims, written down a second time: the inequality that a certificate must satisfy follows from the
// statement and its depths alone, so that a certificate cannot prove something else under its name.

#ifndef HYPERWIDTH_THEORY_CHECKER_CLAIM_H_
#define HYPERWIDTH_THEORY_CHECKER_CLAIM_H_

#include <string>
#include <vector>

#include "theory/checker/certificate_text.h"

namespace hyperwidth::checker {

enum class Inequality {
  kFewerThanPoints,  // fewer parameters, or bits, than points
  kSignPatterns,
  kRoundedWeights,
  kContinuousEncoder,  // scalars per condition, not parameters
  kRank,               // functions of x
  kLinearPieces,       // the alternative to sign patterns, along an axis of x
};

struct Claim {
  Inequality inequality = Inequality::kSignPatterns;
  std::vector<LayerLine> layers = {};
  std::string scalars = "0";  // kappa: a whole number, or "sqrt(N)"
  std::string in_words;       // "N_q >= .. at depth 2, k = 1"
};

// The claim of the certificate's statement. `ignores_condition`: the grid has no axes of I.
// Throws: std::runtime_error for an unknown statement, or one whose grid must ignore I and does not.
Claim ClaimOf(const CertificateText& certificate, bool ignores_condition);

// Throws: Failure unless the inequality that is written out, with its layers and scalars, is that of the claim.
void CheckForm(const CertificateText& certificate, const Claim& claim);

}  // namespace hyperwidth::checker

#endif  // HYPERWIDTH_THEORY_CHECKER_CLAIM_H_
