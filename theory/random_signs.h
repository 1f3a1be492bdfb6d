// SPDX-License-Identifier: Apache-2.0
//
// The certified bounds speak of the worst target. For bump sums whose signs are drawn at random nearly every target is
// as bad: networks with N parameters realise at most 2^R sign patterns, R the right-hand side of (*) in
// sign_patterns.h, so a fraction of at most 2^(R - M) of all 2^M targets is within reach.

#ifndef HYPERWIDTH_THEORY_RANDOM_SIGNS_H_
#define HYPERWIDTH_THEORY_RANDOM_SIGNS_H_

#include <cstdint>

#include "theory/sign_patterns.h"

namespace hyperwidth {

// The least number of parameters with which a network of the class can come closer than the bumps' height to a target
// with M random signs, except with probability at most 2^-bits: below it, R < M - bits. At least 1, which says nothing.
// Certified, like the bounds for the worst target, which are those with bits = 0. R is evaluated in doubles and raised
// by one part in 10^11, far more than their rounding. Domain: 0 <= bits < 10^15, 1 <= M < 2^50. Throws:
// std::domain_error outside.
std::int64_t LeastParametersForRandomSigns(const NetworkClass& network_class, const PointCounts& points, double bits);

}  // namespace hyperwidth

#endif  // HYPERWIDTH_THEORY_RANDOM_SIGNS_H_
