// SPDX-License-Identifier: Apache-2.0
#ifndef HYPERWIDTH_EXPERIMENTS_OPERATORS_OPERATOR_VERDICTS_H_
#define HYPERWIDTH_EXPERIMENTS_OPERATORS_OPERATOR_VERDICTS_H_

#include <vector>

#include "experiments/operators/operator_cells.h"
#include "experiments/result/result.h"

namespace hyperwidth {

// The bottleneck of the published target network, 1-20-20-10-1, and that of the outputs' space, twenty polynomials.
inline constexpr int kNarrow = 10, kWide = 20;

// A training whose floor is below this share of y's root mean square does not count: it could not have refuted
// anything, since single precision's rounding is of the size of such a floor, or there is none.
inline constexpr double kLeastFloor = 1e-4;

// A scheme whose root mean square error at kNarrow is more than this factor above that of the best linear decoder of as
// many functions has not met its bottleneck: training sets its error, and what a wider one does is no answer.
inline constexpr double kLargestShortfall = 1.25;

// "operators.deeponet_never_below_floor": over all trainings of DeepONets, none has a root mean square error below what
// is proved for so many functions and these test samples.
Check JudgeFloor(const std::vector<OperatorCell>& cells);

// "operators.TASK.kappa10.hypernetwork_below_deeponet": from the errors (mean relative L2) of the same seeds, as a
// factor.
Check JudgeHypernetwork(const OperatorCell& hypernetwork, const OperatorCell& deeponet, int kappa);

// "operators.TASK.SCHEME.wider_beats_other_scheme": the error of the scheme at kWide over the smallest one that any
// other scheme has at kNarrow with the same seed. Below 1, a wider bottleneck lowers the error by more than any change
// of the scheme does. The smallest is taken seed by seed, which favours the change. Withheld if the scheme's own error
// at kNarrow, in `narrow`, shows that training sets it: kLargestShortfall.
Check JudgeWidening(const OperatorCell& narrow,
                    const OperatorCell& wide,
                    const std::vector<const OperatorCell*>& others_narrow);

// All of these for which there are cells, operator by operator.
std::vector<Check> JudgeOperators(const std::vector<OperatorCell>& cells, const OperatorsOptions& options);

}  // namespace hyperwidth

#endif  // HYPERWIDTH_EXPERIMENTS_OPERATORS_OPERATOR_VERDICTS_H_
