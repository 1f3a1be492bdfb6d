// SPDX-License-Identifier: Apache-2.0
//
// How fast errors fall with size, beside what the worst target of a smoothness allows.

#ifndef HYPERWIDTH_EXPERIMENTS_COMPARE_SIZE_GROWTH_H_
#define HYPERWIDTH_EXPERIMENTS_COMPARE_SIZE_GROWTH_H_

#include <optional>
#include <string>
#include <vector>

#include "experiments/compare/compare_data.h"
#include "experiments/compare/scheme_errors.h"
#include "experiments/result/estimate.h"
#include "experiments/result/result.h"

namespace hyperwidth {

// A scheme's exponents: the error is proportional to a size to this power. Each is the mean, with Student's interval,
// over the repetitions of the slope of a straight line through one repetition's logarithms at all sizes; a repetition
// has searched, trained and been tested by itself. Those that failed at a size, or whose sizes are equal, do not count.
struct SchemeGrowth {
  std::string scheme;
  Estimate total = {};    // against all trained parameters
  Estimate primary = {};  // against the weights and biases of the network that sees x
};

// One for each scheme of `tested` that has two sizes or more, in their order. `power`: errors are taken to it first,
// 1/2 for a mean square.
std::vector<SchemeGrowth> GrowthOf(const std::vector<TestedContender>& tested, double power);

// The exponents that theory has for the worst target with one bounded derivative (smoothness r has r times these).
// Nothing: no such statement.
struct WorstCaseGrowth {
  // No method with continuously chosen weights falls faster in its trained parameters [DeVore, Howard and Micchelli
  // 1989]: -1 / (m1 + m2).
  double total = 0;
  // Primary networks: -1 / m1 is reached by a hypernetwork's [Galanti and Wolf 2020, theorem 4], and -1 / (m1 + m2) is
  // what that of an embedding method with few scalars cannot pass [theorem 2, under its assumptions].
  std::optional<double> primary = {};
};

// Domain: dimensions 1 to kMaxDimension. Throws: std::domain_error outside.
WorstCaseGrowth WorstCaseGrowthOf(const std::string& scheme, int primary_dim, int condition_dim);

// The two beside each other, a row for each scheme. condition_dim: in how many dimensions y(., I) varies. Nothing if no
// scheme has two sizes, for error rates, and for dimensions that theory does not go to.
std::optional<ResultTable> GrowthTable(const std::vector<TestedContender>& tested,
                                       const CompareData& data,
                                       Index condition_dim);

}  // namespace hyperwidth

#endif  // HYPERWIDTH_EXPERIMENTS_COMPARE_SIZE_GROWTH_H_
