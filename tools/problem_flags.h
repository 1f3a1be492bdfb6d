// SPDX-License-Identifier: Apache-2.0
//
// The flags that describe a problem of theory/problem.h, the same for every subcommand that answers one.

#ifndef HYPERWIDTH_TOOLS_PROBLEM_FLAGS_H_
#define HYPERWIDTH_TOOLS_PROBLEM_FLAGS_H_

#include <string>

#include "theory/ball_norm.h"
#include "theory/problem.h"

namespace CLI {
class App;
}

namespace hyperwidth {

// Adds --radius and --norm, of the ball of targets, to `command`; what they write to must outlive the parse.
void AddBallFlags(CLI::App& command, double& radius, BallNorm& norm, const std::string& group);

// Adds --smoothness, --primary-dim, --condition-dim, --epsilon, --radius, --norm, --depth, --embedding-dim,
// --generator-depth, --bottleneck, --outputs, --rank and the others to `command`, writing to `problem`, which must
// outlive the parse. With `required`, the first four must be given.
void AddProblemFlags(CLI::App& command, Problem& problem, bool required = true);

}  // namespace hyperwidth

#endif  // HYPERWIDTH_TOOLS_PROBLEM_FLAGS_H_
