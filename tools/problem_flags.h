// SPDX-License-Identifier: Apache-2.0
//
// The flags that describe a problem of theory/problem.h, the same for every subcommand that answers one.

#ifndef HYPERWIDTH_TOOLS_PROBLEM_FLAGS_H_
#define HYPERWIDTH_TOOLS_PROBLEM_FLAGS_H_

#include "theory/problem.h"

namespace CLI {
class App;
}

namespace hyperwidth {

// Adds --smoothness, --primary-dim, --condition-dim, --epsilon, --radius, --depth, --embedding-dim, --generator-depth
// and --rank to `command`, writing to `problem`, which must outlive the parse. With `required`, the first four must be
// given.
void AddProblemFlags(CLI::App& command, Problem& problem, bool required = true);

}  // namespace hyperwidth

#endif  // HYPERWIDTH_TOOLS_PROBLEM_FLAGS_H_
