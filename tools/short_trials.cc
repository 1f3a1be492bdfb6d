// SPDX-License-Identifier: Apache-2.0

#include "tools/run_short_trials.h"

int main(int argc, char** argv) { return hyperwidth::RunShortTrials(argc, argv); }
