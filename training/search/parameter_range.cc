// SPDX-License-Identifier: Apache-2.0
#include "training/search/parameter_range.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <set>
#include <stdexcept>

#include "training/trials/trial_values.h"

namespace hyperwidth {
namespace {

// The largest position below 1 that a sampler draws.
constexpr double kLastPosition = 1 - 0x1p-53;
constexpr std::uint64_t kMostIntegers = std::uint64_t{1} << 53;

[[noreturn]] void Refuse(const std::string& parameter, const std::string& found, const std::string& accepted) {
  throw std::invalid_argument(fmt::format("parameter {}: found {}, accepted: {}", parameter, found, accepted));
}

std::string RangeText(const auto& range) {
  return fmt::format("{} to {}{}", range.low, range.high, range.log ? ", log" : "");
}

// Valid if low <= high. Unsigned, so that it does not overflow; 0 stands for 2^64.
std::uint64_t Count(const IntRange& range) {
  return static_cast<std::uint64_t>(range.high) - static_cast<std::uint64_t>(range.low) + 1;
}

// The logarithms between which the integers of a log range have their shares.
double LogLow(const IntRange& range) { return std::log(static_cast<double>(range.low) - 0.5); }
double LogHigh(const IntRange& range) { return std::log(static_cast<double>(range.high) + 0.5); }

// Which of `count` equal parts of [0, 1) the position is in.
std::uint64_t PartAt(std::uint64_t count, double position) {
  return std::min(static_cast<std::uint64_t>(position * static_cast<double>(count)), count - 1);
}

double MiddleOfPart(std::uint64_t count, std::uint64_t part) {
  return std::min((static_cast<double>(part) + 0.5) / static_cast<double>(count), kLastPosition);
}

void ValidateRange(const std::string& parameter, const FloatRange& range) {
  if (!std::isfinite(range.low) || !std::isfinite(range.high)) Refuse(parameter, RangeText(range), "finite numbers");
  if (!(range.low < range.high)) Refuse(parameter, RangeText(range), "low < high");
  if (range.log && !(range.low > 0)) Refuse(parameter, RangeText(range), "low > 0 for a log range");
}

void ValidateRange(const std::string& parameter, const IntRange& range) {
  if (range.low > range.high) Refuse(parameter, RangeText(range), "low <= high");
  if (range.log && range.low < 1) Refuse(parameter, RangeText(range), "low >= 1 for a log range of integers");
  if (Count(range) - 1 >= kMostIntegers) Refuse(parameter, RangeText(range), "at most 2^53 integers");
}

void ValidateRange(const std::string& parameter, const Categories& categories) {
  if (categories.choices.empty()) Refuse(parameter, "no choices", "at least one");
  std::set<std::string> seen;
  for (const std::string& choice : categories.choices) {
    if (choice.empty()) Refuse(parameter, "an empty choice", "choices that can be typed");
    if (HasControlCharacter(choice)) {
      Refuse(parameter, "a choice with a control character", "choices that can be typed");
    }
    if (!seen.insert(choice).second) Refuse(parameter, fmt::format("choice {} twice", choice), "different choices");
  }
}

ParameterValue ValueIn(const FloatRange& range, double position) {
  if (!range.log) return std::lerp(range.low, range.high, position);
  if (position == 0) return range.low;  // which exp(log(low)) may miss by a rounding
  const double value = std::exp(std::lerp(std::log(range.low), std::log(range.high), position));
  return std::clamp(value, range.low, range.high);
}

ParameterValue ValueIn(const IntRange& range, double position) {
  if (!range.log) {
    return static_cast<std::int64_t>(static_cast<std::uint64_t>(range.low) + PartAt(Count(range), position));
  }
  const double real = std::exp(std::lerp(LogLow(range), LogHigh(range), position));
  return std::clamp(static_cast<std::int64_t>(std::floor(real + 0.5)), range.low, range.high);
}

ParameterValue ValueIn(const Categories& categories, double position) {
  return categories.choices[PartAt(categories.choices.size(), position)];
}

double PositionIn(const FloatRange& range, const ParameterValue& value) {
  const double real = std::get<double>(value);
  // Halves, because the length of a range of finite numbers may be infinite.
  const double position = range.log
                              ? (std::log(real) - std::log(range.low)) / (std::log(range.high) - std::log(range.low))
                              : (real / 2 - range.low / 2) / (range.high / 2 - range.low / 2);
  return std::clamp(position, 0.0, kLastPosition);
}

double PositionIn(const IntRange& range, const ParameterValue& value) {
  const std::int64_t integer = std::get<std::int64_t>(value);
  if (!range.log) {
    return MiddleOfPart(Count(range), static_cast<std::uint64_t>(integer) - static_cast<std::uint64_t>(range.low));
  }
  const double share = LogHigh(range) - LogLow(range);
  const double begin = std::log(static_cast<double>(integer) - 0.5), end = std::log(static_cast<double>(integer) + 0.5);
  return std::clamp(((begin + end) / 2 - LogLow(range)) / share, 0.0, kLastPosition);
}

double PositionIn(const Categories& categories, const ParameterValue& value) {
  const auto& choices = categories.choices;
  const auto found = std::find(choices.begin(), choices.end(), std::get<std::string>(value));
  return MiddleOfPart(choices.size(), static_cast<std::uint64_t>(found - choices.begin()));
}

bool ContainsIn(const FloatRange& range, const ParameterValue& value) {
  const double* const real = std::get_if<double>(&value);
  return real != nullptr && *real >= range.low && *real <= range.high;
}

bool ContainsIn(const IntRange& range, const ParameterValue& value) {
  const std::int64_t* const integer = std::get_if<std::int64_t>(&value);
  return integer != nullptr && *integer >= range.low && *integer <= range.high;
}

bool ContainsIn(const Categories& categories, const ParameterValue& value) {
  const std::string* const choice = std::get_if<std::string>(&value);
  return choice != nullptr &&
         std::find(categories.choices.begin(), categories.choices.end(), *choice) != categories.choices.end();
}

std::string AcceptedIn(const FloatRange& range) {
  return fmt::format("a real number from {} to {}", range.low, range.high);
}
std::string AcceptedIn(const IntRange& range) { return fmt::format("an integer from {} to {}", range.low, range.high); }
std::string AcceptedIn(const Categories& categories) {
  std::string text;
  for (const std::string& choice : categories.choices) text += (text.empty() ? "one of " : ", ") + choice;
  return text;
}

}  // namespace

void Validate(const std::string& parameter, const ParameterRange& range) {
  std::visit([&](const auto& typed) { ValidateRange(parameter, typed); }, range);
}

ParameterValue ValueAt(const ParameterRange& range, double position) {
  return std::visit([&](const auto& typed) { return ValueIn(typed, position); }, range);
}

double PositionOf(const ParameterRange& range, const ParameterValue& value) {
  return std::visit([&](const auto& typed) { return PositionIn(typed, value); }, range);
}

bool Contains(const ParameterRange& range, const ParameterValue& value) {
  return std::visit([&](const auto& typed) { return ContainsIn(typed, value); }, range);
}

std::string Accepted(const ParameterRange& range) {
  return std::visit([](const auto& typed) { return AcceptedIn(typed); }, range);
}

}  // namespace hyperwidth
