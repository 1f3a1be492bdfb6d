// SPDX-License-Identifier: Apache-2.0
//
// The values that one hyper-parameter may take, and how they lie on [0, 1): samplers draw positions there, whatever the
// parameter is.

#ifndef HYPERWIDTH_TRAINING_SEARCH_PARAMETER_RANGE_H_
#define HYPERWIDTH_TRAINING_SEARCH_PARAMETER_RANGE_H_

#include <cstdint>
#include <string>
#include <variant>
#include <vector>

#include "training/search/assignment.h"

namespace hyperwidth {

// Finite, low < high; with `log`, low > 0.
//   value(u) = low + u (high - low), or low (high / low)^u with `log`: value(0) = low, and high is approached as u
//   -> 1.
struct FloatRange {
  double low = 0;
  double high = 1;
  bool log = false;
};

// low <= high, at most 2^53 values; with `log`, low >= 1.
//   value(u) = low + floor(u n) of n = high - low + 1 values, each with the same share 1 / n of [0, 1);
//   with `log`, the nearest integer to the real number of a log range from low - 1/2 to high + 1/2, so that k has the
//   share log((k + 1/2) / (k - 1/2)) / log((high + 1/2) / (low - 1/2)).
struct IntRange {
  std::int64_t low = 0;
  std::int64_t high = 1;
  bool log = false;
};

// At least one choice, all different, none empty or with control characters, each with the same share of [0, 1), in
// this order.
struct Categories {
  std::vector<std::string> choices;
};

using ParameterRange = std::variant<FloatRange, IntRange, Categories>;

// Throws std::invalid_argument with the parameter's name, what was found and what is accepted, unless the range is as
// said above.
void Validate(const std::string& parameter, const ParameterRange& range);

// The value at `position`, in [0, 1), which must hold; never decreasing in it, and always in the range. A range as
// above.
ParameterValue ValueAt(const ParameterRange& range, double position);

// A position, in [0, 1), of which it is the value: up to rounding for real numbers, the middle of its share for others.
// For the upper end of a FloatRange, the number before 1. The value must be in the range.
double PositionOf(const ParameterRange& range, const ParameterValue& value);

// Whether the value is of the range's type and in it.
bool Contains(const ParameterRange& range, const ParameterValue& value);

// "a real number from 0.001 to 1", "an integer from 1 to 64", "one of sgd, adam".
std::string Accepted(const ParameterRange& range);

}  // namespace hyperwidth

#endif  // HYPERWIDTH_TRAINING_SEARCH_PARAMETER_RANGE_H_
