// SPDX-License-Identifier: Apache-2.0
//
// The hyperwidth command: a program of subcommands, each in a file of its own.

#include "tools/run_hyperwidth.h"

int main(int argc, char** argv) { return hyperwidth::RunHyperwidth(argc, argv); }
