// SPDX-License-Identifier: Apache-2.0

#ifndef HYPERWIDTH_THEORY_CHECKER_TRUE_CERTIFICATES_H_
#define HYPERWIDTH_THEORY_CHECKER_TRUE_CERTIFICATES_H_

#include <string>
#include <vector>

namespace hyperwidth::checker {

// Both layouts, both families of bumps, odd and even numbers of layers, finer axes and none, grids over x and I and
// over x alone (the second for both embeddings: k is large).
std::vector<std::string> TrueCertificates();

}  // namespace hyperwidth::checker

#endif  // HYPERWIDTH_THEORY_CHECKER_TRUE_CERTIFICATES_H_
