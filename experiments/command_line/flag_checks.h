// SPDX-License-Identifier: Apache-2.0
//
// Checks for flag values, whose messages say what was found and what is accepted. CLI11 takes them as they are:
//
//   app.add_option("--epochs", epochs, "...")->check(IntegerAtLeast(1));
//
// They look at the text, before CLI11 converts it, so that `--epochs=ten` is answered in the same words as
// `--epochs=0`.

#ifndef HYPERWIDTH_EXPERIMENTS_COMMAND_LINE_FLAG_CHECKS_H_
#define HYPERWIDTH_EXPERIMENTS_COMMAND_LINE_FLAG_CHECKS_H_

#include <cstdint>
#include <functional>
#include <limits>
#include <string>
#include <vector>

namespace hyperwidth {

// What is wrong with a text; empty: nothing. An empty function accepts everything.
using FlagCheck = std::function<std::string(const std::string& text)>;

// An integer in [minimum, maximum].
FlagCheck IntegerAtLeast(std::int64_t minimum, std::int64_t maximum = std::numeric_limits<std::int64_t>::max());

// A finite real number in (0, high].
FlagCheck PositiveReal(double high = std::numeric_limits<double>::infinity());

// A finite real number in [low, high).
FlagCheck RealFrom(double low, double high = std::numeric_limits<double>::infinity());

// A real number in [low, high].
FlagCheck RealBetween(double low, double high);

// A real number in the open interval (low, high).
FlagCheck RealStrictlyBetween(double low, double high);

// One of the given words.
FlagCheck OneOf(std::vector<std::string> words);

}  // namespace hyperwidth

#endif  // HYPERWIDTH_EXPERIMENTS_COMMAND_LINE_FLAG_CHECKS_H_
