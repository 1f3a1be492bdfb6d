// SPDX-License-Identifier: Apache-2.0
//
// What all certificates are written with; certificate.h has the format.

#ifndef HYPERWIDTH_THEORY_CERTIFICATE_PARTS_H_
#define HYPERWIDTH_THEORY_CERTIFICATE_PARTS_H_

#include <ostream>
#include <sstream>
#include <string>

#include "theory/count.h"
#include "theory/grid.h"
#include "theory/problem.h"
#include "theory/sign_patterns.h"

namespace hyperwidth::internal {

// The lines that every certificate begins with: version, statement and problem.
std::ostringstream BegunCertificate(const Problem& problem, const std::string& statement_id);

// Layout, bump and seminorms; axes of x and of I; the layers of an inequality of sign patterns.
void WriteBumpLines(std::ostream& out, const Grid& grid);
void WriteGridLines(std::ostream& out, const Grid& grid);
void WriteClassLines(std::ostream& out, const NetworkClass& network_class);

// In decimal digits: the largest count that is claimed not to suffice, and the points of a grid. Throw:
// std::domain_error where they have more than 4000.
std::string InsufficientInFull(const Count& count);
std::string PointsInFull(const Grid& grid);

}  // namespace hyperwidth::internal

#endif  // HYPERWIDTH_THEORY_CERTIFICATE_PARTS_H_
