// SPDX-License-Identifier: Apache-2.0

#ifndef HYPERWIDTH_THEORY_CHECKER_FAILURE_H_
#define HYPERWIDTH_THEORY_CHECKER_FAILURE_H_

#include <string>

namespace hyperwidth::checker {

// Thrown for a certificate that can be read but does not hold: why.
struct Failure {
  std::string why;
};

}  // namespace hyperwidth::checker

#endif  // HYPERWIDTH_THEORY_CHECKER_FAILURE_H_
