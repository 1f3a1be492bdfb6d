// SPDX-License-Identifier: Apache-2.0
#include "training/conditioned_model/number_text.h"

#include <array>
#include <charconv>

namespace hyperwidth {

template <typename Number>
std::string NumbersText(const std::vector<Number>& numbers) {
  std::string text;
  for (const Number number : numbers) {
    std::array<char, 32> digits{};
    const char* const end = std::to_chars(digits.data(), digits.data() + digits.size(), number).ptr;
    if (!text.empty()) text += ',';
    text.append(digits.data(), static_cast<std::size_t>(end - digits.data()));
  }
  return text;
}

template <typename Number>
std::optional<std::vector<Number>> NumbersOfText(std::string_view text) {
  std::vector<Number> numbers;
  const char* at = text.data();
  const char* const end = at + text.size();
  while (at != end) {
    Number number{};
    const auto [stop, failure] = std::from_chars(at, end, number);
    if (failure != std::errc()) return std::nullopt;
    numbers.push_back(number);
    if (stop == end) break;
    at = stop + 1;
    if (*stop != ',' || at == end) return std::nullopt;
  }
  return numbers;
}

template std::string NumbersText(const std::vector<double>&);
template std::string NumbersText(const std::vector<std::ptrdiff_t>&);
template std::optional<std::vector<double>> NumbersOfText(std::string_view);
template std::optional<std::vector<std::ptrdiff_t>> NumbersOfText(std::string_view);

}  // namespace hyperwidth
