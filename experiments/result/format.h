// SPDX-License-Identifier: Apache-2.0
//
// Numbers and words for people to read.

#ifndef HYPERWIDTH_EXPERIMENTS_RESULT_FORMAT_H_
#define HYPERWIDTH_EXPERIMENTS_RESULT_FORMAT_H_

#include <string>

#include "experiments/result/result.h"

namespace hyperwidth {

// With a capital letter if it begins with a small one.
std::string Capitalised(std::string text);

// Four significant digits, without an exponent for numbers of everyday size: "0.0891", "3001", "1.2e-09"; "none" for
// NaN.
std::string FormatNumber(double value);

// "[0.08, 0.12]"; "none" if nothing is known.
std::string FormatInterval(const Interval& interval);

// A prediction: "0.08 to 0.12", "below 0", "above 2", "-1" for a single number, "none".
std::string FormatRange(const Interval& interval);

// Whether there is an interval whose ends can be told apart when they are written out: not so for exact values.
bool HasVisibleInterval(const Check& check);

// The measured number with its unit: "-0.0707", "0 of 60 runs".
std::string FormatQuantity(const Check& check);

// The same with the interval, if it is visible: "-0.0707 [-0.075, -0.066]".
std::string FormatMeasured(const Check& check);

}  // namespace hyperwidth

#endif  // HYPERWIDTH_EXPERIMENTS_RESULT_FORMAT_H_
