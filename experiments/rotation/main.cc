// SPDX-License-Identifier: Apache-2.0
//
// bazel run //experiments/rotation -- [--data=DIR] [--labels=circular|published] [--depths=2,4] [--search] ...

#include "experiments/rotation/rotation_program.h"

int main(int argc, char** argv) { return hyperwidth::RunRotationProgram(argc, argv); }
