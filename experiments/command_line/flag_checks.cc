// SPDX-License-Identifier: Apache-2.0
#include "experiments/command_line/flag_checks.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <cmath>
#include <functional>
#include <optional>
#include <utility>

namespace hyperwidth {
namespace {

template <typename Number>
std::optional<Number> Parse(const std::string& text) {
  Number number{};
  const char* const end = text.data() + text.size();
  const auto [stop, error] = std::from_chars(text.data(), end, number);
  if (error != std::errc() || stop != end || text.empty()) return std::nullopt;
  return number;
}

// The shortest decimal that reads back as `number`.
std::string Trimmed(double number) {
  std::array<char, 32> text;
  return {text.data(), std::to_chars(text.data(), text.data() + text.size(), number).ptr};
}

FlagCheck Check(std::string accepted, std::function<bool(const std::string&)> accepts) {
  return [accepted = std::move(accepted), accepts = std::move(accepts)](const std::string& text) {
    return accepts(text) ? std::string() : "found '" + text + "', accepted: " + accepted;
  };
}

FlagCheck CheckReal(std::string accepted, std::function<bool(double)> accepts) {
  return Check(std::move(accepted), [accepts = std::move(accepts)](const std::string& text) {
    const std::optional<double> number = Parse<double>(text);
    return number && std::isfinite(*number) && accepts(*number);
  });
}

}  // namespace

FlagCheck IntegerAtLeast(std::int64_t minimum, std::int64_t maximum) {
  std::string accepted = "an integer of at least " + std::to_string(minimum);
  if (maximum != std::numeric_limits<std::int64_t>::max()) accepted += " and at most " + std::to_string(maximum);
  return Check(std::move(accepted), [minimum, maximum](const std::string& text) {
    const std::optional<std::int64_t> number = Parse<std::int64_t>(text);
    return number && *number >= minimum && *number <= maximum;
  });
}

FlagCheck PositiveReal(double high) {
  std::string accepted = "a real number above 0";
  if (std::isfinite(high)) accepted += " and at most " + Trimmed(high);
  return CheckReal(std::move(accepted), [high](double number) { return number > 0 && number <= high; });
}

FlagCheck RealFrom(double low, double high) {
  std::string accepted = "a real number of at least " + Trimmed(low);
  if (std::isfinite(high)) accepted += " and below " + Trimmed(high);
  return CheckReal(std::move(accepted), [low, high](double number) { return number >= low && number < high; });
}

FlagCheck RealBetween(double low, double high) {
  return CheckReal("a real number from " + Trimmed(low) + " to " + Trimmed(high),
                   [low, high](double number) { return number >= low && number <= high; });
}

FlagCheck RealStrictlyBetween(double low, double high) {
  return CheckReal("a real number strictly between " + Trimmed(low) + " and " + Trimmed(high),
                   [low, high](double number) { return number > low && number < high; });
}

FlagCheck OneOf(std::vector<std::string> words) {
  std::string accepted;
  for (const std::string& word : words) accepted += (accepted.empty() ? "" : ", ") + word;
  return Check(accepted, [words = std::move(words)](const std::string& text) {
    return std::find(words.begin(), words.end(), text) != words.end();
  });
}

}  // namespace hyperwidth
