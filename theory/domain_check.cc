// SPDX-License-Identifier: Apache-2.0

#include "theory/domain_check.h"

#include <array>
#include <charconv>
#include <stdexcept>

namespace hyperwidth {

std::string ShortestDecimal(double value) {
  std::array<char, 32> text;
  const auto end = std::to_chars(text.data(), text.data() + text.size(), value).ptr;
  return std::string(text.data(), end);
}

void RequireInteger(const std::string& name, std::int64_t value, std::int64_t low, std::int64_t high) {
  if (value >= low && value <= high) return;
  throw std::domain_error(name + " = " + std::to_string(value) + " is outside the admissible range: an integer from " +
                          std::to_string(low) + " to " + std::to_string(high));
}

void RequireStrictlyBetween(const std::string& name, double value, double low, double high) {
  if (value > low && value < high) return;
  throw std::domain_error(name + " = " + ShortestDecimal(value) +
                          " is outside the admissible range: a real number with " + ShortestDecimal(low) + " < " +
                          name + " < " + ShortestDecimal(high));
}

void RequireBetween(const std::string& name, double value, double low, double high) {
  if (value >= low && value <= high) return;
  throw std::domain_error(name + " = " + ShortestDecimal(value) +
                          " is outside the admissible range: a real number with " + ShortestDecimal(low) +
                          " <= " + name + " <= " + ShortestDecimal(high));
}

void RequireFrom(const std::string& name, double value, double low, double high) {
  if (value >= low && value < high) return;
  throw std::domain_error(name + " = " + ShortestDecimal(value) +
                          " is outside the admissible range: a real number with " + ShortestDecimal(low) +
                          " <= " + name + " < " + ShortestDecimal(high));
}

void RequirePositive(const std::string& name, double value, double high) {
  if (value > 0 && value <= high) return;
  throw std::domain_error(name + " = " + ShortestDecimal(value) +
                          " is outside the admissible range: a real number with 0 < " + name +
                          " <= " + ShortestDecimal(high));
}

}  // namespace hyperwidth
