// SPDX-License-Identifier: Apache-2.0
//
// Published rates: how the number of parameters grows as epsilon goes to 0, N ~ epsilon^-exponent, with constants that
// the papers do not give. A rate is never a parameter count.

#ifndef HYPERWIDTH_THEORY_RATES_H_
#define HYPERWIDTH_THEORY_RATES_H_

#include <vector>

#include "theory/problem.h"
#include "theory/statement.h"

namespace hyperwidth {

// DHM89, Mhaskar96, Yarotsky17, Yarotsky18, phases and GW20.Thm1 .. GW20.Thm5 for `problem`, in this order. Where a
// theorem does not cover the problem's smoothness, its exponent is absent and its status says so. Throws:
// std::domain_error as Validate.
std::vector<Statement> PublishedRates(const Problem& problem);

}  // namespace hyperwidth

#endif  // HYPERWIDTH_THEORY_RATES_H_
