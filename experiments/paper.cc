// SPDX-License-Identifier: Apache-2.0
//
// bazel run //experiments:paper -- --data=DIR

#include "experiments/run_paper.h"

int main(int argc, char** argv) { return hyperwidth::RunPaper(argc, argv); }
