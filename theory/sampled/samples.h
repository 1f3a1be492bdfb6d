// SPDX-License-Identifier: Apache-2.0
#ifndef HYPERWIDTH_THEORY_SAMPLED_SAMPLES_H_
#define HYPERWIDTH_THEORY_SAMPLED_SAMPLES_H_

#include <span>

namespace hyperwidth::internal {

// Throws: std::domain_error, with what was found and what is accepted, unless (x_i, y_i) are samples of a function of
// one variable: equally many finite numbers, x increasing.
void RequireSamples(std::span<const double> x, std::span<const double> y);

}  // namespace hyperwidth::internal

#endif  // HYPERWIDTH_THEORY_SAMPLED_SAMPLES_H_
