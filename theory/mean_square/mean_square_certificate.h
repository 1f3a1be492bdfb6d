// SPDX-License-Identifier: Apache-2.0
//
// Certificates of bounds for the root mean square error: those of certificate.h with a line "error: rms" and, where
// sign patterns are counted, the share of the points at which a network may be wrong and the exponent t of the fraction
// of targets that are left out. The checker is the same.

#ifndef HYPERWIDTH_THEORY_MEAN_SQUARE_MEAN_SQUARE_CERTIFICATE_H_
#define HYPERWIDTH_THEORY_MEAN_SQUARE_MEAN_SQUARE_CERTIFICATE_H_

#include <string>
#include <vector>

#include "theory/mean_square/mean_square_bounds.h"

namespace hyperwidth {

// certified.standard, certified.primary, certified.embedding, certified.embedding_any_dimension,
// certified.hypernetwork_total, certified.bits, certified.linear_decoder.
const std::vector<std::string>& MeanSquareStatementIds();

// The certificate of one statement, with a final newline. Throws: as CertificateFor; std::domain_error for a statement
// that says nothing, of which there is none.
std::string MeanSquareCertificateFor(const MeanSquareBounds& bounds, const std::string& statement_id);

}  // namespace hyperwidth

#endif  // HYPERWIDTH_THEORY_MEAN_SQUARE_MEAN_SQUARE_CERTIFICATE_H_
