// SPDX-License-Identifier: Apache-2.0
//
// bazel run //experiments:crosscheck

#include "experiments/run_crosscheck.h"

int main(int argc, char** argv) { return hyperwidth::RunCrosscheck(argc, argv); }
