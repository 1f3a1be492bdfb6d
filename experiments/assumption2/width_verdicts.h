// SPDX-License-Identifier: Apache-2.0
#ifndef HYPERWIDTH_EXPERIMENTS_ASSUMPTION2_WIDTH_VERDICTS_H_
#define HYPERWIDTH_EXPERIMENTS_ASSUMPTION2_WIDTH_VERDICTS_H_

#include <string>
#include <vector>

#include "experiments/assumption2/assumption2.h"
#include "experiments/result/result.h"

namespace hyperwidth {

// What is shown of a step from a width to the next.
enum class StepOutcome { kFalls, kRises, kOpen };

// For each step, from paired t tests over seeds of the logarithms of the errors, with Holm's correction for the number
// of steps at level 0.05: the probability that any step whose errors are equal is called falling or rising is at most
// that. Steps are pairs of trainings of one seed, which sees the same batches.
std::vector<StepOutcome> StepsOf(const WidthCell& cell);

// "assumption2.ACTIVATION.falls_with_each_neuron": the published conclusion. What is measured is the number of steps
// that are shown to fall, of which there are width - 1. Inconsistent if a step is shown to rise, consistent if all are
// shown to fall, else inconclusive; `why` counts them.
Check JudgeSteps(const WidthCell& cell);

// "assumption2.ACTIVATION.widest_below_half": the widest network's error is below that of half its width, as a factor.
// A weaker statement, that the error falls in the long run.
Check JudgeWidest(const WidthCell& cell);

// These checks, those of CornerCases, the curves and what does not follow.
Result SummariseAssumption2(const Assumption2Options& options, const std::vector<WidthCell>& cells);

}  // namespace hyperwidth

#endif  // HYPERWIDTH_EXPERIMENTS_ASSUMPTION2_WIDTH_VERDICTS_H_
