// SPDX-License-Identifier: Apache-2.0
//
// Checks the certificates of theory/certificate.h. Deliberately simple: exact integers and fractions, upper bounds of
// derivatives rounded upwards to 256 binary digits, logarithms by repeated squaring with rounding upwards, bumps
// evaluated from other formulas than those that found their seminorms, inequalities written down anew (claim.h). Shares
// no code with the rest of theory/.

#ifndef HYPERWIDTH_THEORY_CHECKER_CERTIFICATE_CHECKER_H_
#define HYPERWIDTH_THEORY_CHECKER_CERTIFICATE_CHECKER_H_

#include <string>

namespace hyperwidth {

struct CheckResult {
  bool holds = false;
  std::string statement;  // the id in the certificate
  std::string report;     // several lines: what was computed; for a failure, the step that failed
};

// Checks, in this order: each seminorm is at least the sup norm of the bump's derivative; epsilon times the norm B of
// the grid is below the radius of the ball, which is 1 unless a line says otherwise; the inequality is the one that the
// statement needs at its depths and embedding dimension; both its sides are as stated; the number of points exceeds
// that of sign patterns of networks with `insufficient` parameters (or exceeds that number itself). Instead of the
// last: for linear pieces, the target needs more of them than networks with `insufficient` parameters have in every
// output; for
// continuous encoders, there is one function of x more than the `insufficient` scalars, and their target, with its own
// norm instead of B, is higher than epsilon. `holds` is true only if all do. Throws: std::runtime_error for text that
// is not a certificate, naming the line.
CheckResult CheckCertificate(const std::string& text);

}  // namespace hyperwidth

#endif  // HYPERWIDTH_THEORY_CHECKER_CERTIFICATE_CHECKER_H_
