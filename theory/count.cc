// SPDX-License-Identifier: Apache-2.0

#include "theory/count.h"

#include <array>
#include <cmath>
#include <cstdio>

namespace hyperwidth {

Count Count::Exact(std::int64_t value) { return {.value = value, .log10 = std::log10(static_cast<double>(value))}; }

namespace {

std::string Grouped(std::int64_t value) {
  std::string digits = std::to_string(value);
  for (int position = static_cast<int>(digits.size()) - 3; position > 0; position -= 3) digits.insert(position, 1, ',');
  return digits;
}

std::string PowerOfTen(double thousandths) {
  std::array<char, 48> text;
  std::snprintf(text.data(), text.size(), "10^%.3f", thousandths / 1000);
  return text.data();
}

}  // namespace

std::string Count::Text() const { return value ? Grouped(*value) : PowerOfTen(std::floor(log10 * 1000)); }

std::string Count::TextAbove() const { return value ? Grouped(*value) : PowerOfTen(std::ceil(log10 * 1000)); }

bool operator<(const Count& a, const Count& b) {
  if (a.value && b.value) return *a.value < *b.value;
  return a.log10 < b.log10;
}

}  // namespace hyperwidth
