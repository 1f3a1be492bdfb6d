// SPDX-License-Identifier: Apache-2.0
//
// What all certificates are written with; certificate.h has the format.

#ifndef HYPERWIDTH_THEORY_CERTIFICATE_PARTS_H_
#define HYPERWIDTH_THEORY_CERTIFICATE_PARTS_H_

#include <cstdint>
#include <ostream>
#include <sstream>
#include <string>

#include "theory/count.h"
#include "theory/grid.h"
#include "theory/linear_pieces.h"
#include "theory/problem.h"
#include "theory/rank_bound.h"
#include "theory/sign_patterns.h"

namespace hyperwidth::internal {

// The lines that every certificate begins with: version, statement and problem.
std::ostringstream BegunCertificate(const Problem& problem, const std::string& statement_id);

// Layout, bump and seminorms; besides, the axes of x and of I.
void WriteBump(std::ostream& out, const Grid& grid);
void WriteGrid(std::ostream& out, const Grid& grid);

// The class of networks that a statement counts the sign patterns of, on the grid that proves it: where that has no
// axes of I, an embedding is a shift of biases. No groups for statements that count something else.
NetworkClass ClassOfStatement(const std::string& statement_id, const Problem& problem, const Grid& grid);

// The scalars and layers of an inequality of sign patterns.
void WriteClass(std::ostream& out, const NetworkClass& network_class);

// From the bump on: a target that needs so many pieces, for which so many parameters are claimed to be needed.
void WritePieces(std::ostream& out, const Problem& problem, const LeastPieces& least, const Count& parameters);

// Behind the grid: the matrix whose rank decides, on a grid of so many outputs.
void WriteRank(std::ostream& out, const RankBound& bound, const Grid& grid, std::int64_t outputs);

// In decimal digits: the largest count that is claimed not to suffice, one less than `count`, or, where that is known
// by its logarithm only, less by so much that rounding does not matter; M, for each output, times 2^doublings. Throw:
// std::domain_error where they have more than 4000.
std::string InsufficientInFull(const Count& count);
std::string PointsInFull(const Grid& grid, std::int64_t outputs = 1, int doublings = 0);

}  // namespace hyperwidth::internal

#endif  // HYPERWIDTH_THEORY_CERTIFICATE_PARTS_H_
