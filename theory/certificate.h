// SPDX-License-Identifier: Apache-2.0
//
// Certificates: a certified lower bound written out so that somebody else can check it without this program. A
// certificate is a text file of "name: value" lines that states the problem, the grid, the bump with its seminorms, the
// claimed number of parameters, and the inequality layer by layer with both sides evaluated; or the linear pieces that
// a target needs; or the functions of x that continuous scalars cannot tell apart. checker/ verifies every line with
// exact arithmetic and shares no code with the search that found it.

#ifndef HYPERWIDTH_THEORY_CERTIFICATE_H_
#define HYPERWIDTH_THEORY_CERTIFICATE_H_

#include <string>
#include <vector>

#include "theory/lower_bounds.h"

namespace hyperwidth {

// The statements that have certificates: certified.continuous_selection, certified.standard, certified.primary,
// certified.embedding, certified.embedding_any_dimension, certified.hypernetwork_total, certified.bits,
// certified.bounded_weights, certified.continuous_encoder, certified.linear_decoder; certified.bottleneck if the
// problem has one.
std::vector<std::string> CertifiableStatements(const Problem& problem = {});

// The certificate of one statement, with a final newline.
// Throws: std::domain_error for a statement without certificates, which certified.bottleneck is without one, where the
// count or the number of bumps has more than 4000 digits, and for bounded weights where the depth exceeds 1000.
std::string CertificateFor(const LowerBounds& bounds, const std::string& statement_id);

}  // namespace hyperwidth

#endif  // HYPERWIDTH_THEORY_CERTIFICATE_H_
