// SPDX-License-Identifier: Apache-2.0
//
// Checks for flag values, whose messages say what was found and what is accepted. Used as CLI11 validators:
//
//   app.add_option("--epochs", epochs, "...")->check(IntegerAtLeast(1));
//
// They look at the text, before CLI11 converts it, so that `--epochs=ten` is answered in the same words as
// `--epochs=0`.

#ifndef HYPERWIDTH_EXPERIMENTS_COMMAND_LINE_FLAG_CHECKS_H_
#define HYPERWIDTH_EXPERIMENTS_COMMAND_LINE_FLAG_CHECKS_H_

#include <CLI/CLI.hpp>
#include <cstdint>
#include <limits>
#include <string>
#include <vector>

namespace hyperwidth {

// An integer in [minimum, maximum].
CLI::Validator IntegerAtLeast(std::int64_t minimum, std::int64_t maximum = std::numeric_limits<std::int64_t>::max());

// A finite real number above zero.
CLI::Validator PositiveReal();

// A finite real number in [low, high).
CLI::Validator RealFrom(double low, double high = std::numeric_limits<double>::infinity());

// A real number in [low, high].
CLI::Validator RealBetween(double low, double high);

// A real number in the open interval (low, high).
CLI::Validator RealStrictlyBetween(double low, double high);

// One of the given words.
CLI::Validator OneOf(std::vector<std::string> words);

}  // namespace hyperwidth

#endif  // HYPERWIDTH_EXPERIMENTS_COMMAND_LINE_FLAG_CHECKS_H_
