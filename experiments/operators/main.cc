// SPDX-License-Identifier: Apache-2.0
//
// bazel run //experiments/operators -- [--tasks=identity,..] [--schemes=deeponet,..] [--kappas=5,10,..] [--seeds=5] ...

#include "experiments/operators/operators_program.h"

int main(int argc, char** argv) { return hyperwidth::RunOperatorsProgram(argc, argv); }
