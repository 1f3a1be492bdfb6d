// SPDX-License-Identifier: Apache-2.0
#include "training/arrays/csv_field.h"

#include <algorithm>
#include <cctype>
#include <charconv>
#include <cstdint>
#include <stdexcept>

#include "training/arrays/quoted_text.h"

namespace hyperwidth {
namespace {

std::string_view Trimmed(std::string_view text) {
  const auto is_space = [](char c) { return c == ' ' || c == '\t'; };
  while (!text.empty() && is_space(text.front())) text.remove_prefix(1);
  while (!text.empty() && is_space(text.back())) text.remove_suffix(1);
  return text;
}

// Whether a decimal number that no double holds is too small for one, rather than too large: by the place of its first
// digit that is not 0.
bool IsTiny(std::string_view number) {
  std::int64_t exponent = 0;
  const std::size_t e = number.find_first_of("eE");
  if (e != std::string_view::npos) {
    std::string_view digits = number.substr(e + 1);
    if (digits.starts_with('+')) digits.remove_prefix(1);
    const auto [end, failure] = std::from_chars(digits.data(), digits.data() + digits.size(), exponent);
    if (failure != std::errc()) return digits.starts_with('-');  // an exponent beyond any length of digits
  }
  const std::string_view mantissa = number.substr(0, e);
  const auto first = static_cast<std::int64_t>(mantissa.find_first_of("123456789"));
  const std::size_t point = std::min(mantissa.find('.'), mantissa.size());
  return exponent < first - static_cast<std::int64_t>(point);
}

}  // namespace

std::string TakeField(std::string_view& rest, char delimiter, bool& more) {
  const std::size_t start = std::min(rest.find_first_not_of(' '), rest.size());
  std::string field;
  std::size_t end = start;
  if (start < rest.size() && rest[start] == '"') {
    for (end = start + 1;; ++end) {
      const std::size_t quote = rest.find('"', end);
      if (quote == std::string_view::npos) {
        throw std::invalid_argument("found a quote without its end in " + QuotedText(rest) +
                                    "; accepted: fields that end on their line");
      }
      field.append(rest, end, quote - end);
      end = quote + 1;
      if (end == rest.size() || rest[end] != '"') break;
      field += '"';  // two quotes stand for one
    }
    const std::size_t next = std::min(rest.find(delimiter, end), rest.size());
    if (!Trimmed(rest.substr(end, next - end)).empty()) {
      throw std::invalid_argument("found text behind a quoted field in " + QuotedText(rest) +
                                  "; accepted: a delimiter");
    }
    end = next;
  } else {
    end = std::min(rest.find(delimiter), rest.size());
    field = Trimmed(rest.substr(0, end));
  }
  more = end < rest.size();
  rest.remove_prefix(end + (more ? 1 : 0));
  return std::string(Trimmed(field));
}

bool TakePlainNumber(std::string_view& rest, char delimiter, double& number) {
  const char* at = rest.data();
  const char* const end = at + rest.size();
  while (at != end && *at == ' ') ++at;
  const auto [after, failure] = std::from_chars(at, end, number);
  if (failure != std::errc()) return false;
  at = after;
  while (at != end && *at == ' ') ++at;
  if (at != end && *at != delimiter) return false;
  rest.remove_prefix(static_cast<std::size_t>(at - rest.data()));
  return true;
}

double NumberOf(const std::string& text, const std::map<std::string, double>& words) {
  if (const auto word = words.find(text); word != words.end()) return word->second;
  std::string_view digits = text;
  // std::from_chars takes no plus sign.
  if (digits.starts_with('+') && digits.substr(1).find_first_of("+-") != 0) digits.remove_prefix(1);
  double number = 0;
  const auto [end, failure] = std::from_chars(digits.data(), digits.data() + digits.size(), number);
  if (!digits.empty() && end == digits.data() + digits.size()) {
    if (failure == std::errc()) return number;
    if (failure == std::errc::result_out_of_range) {
      if (IsTiny(digits)) return digits.starts_with('-') ? -0.0 : 0.0;
      throw std::invalid_argument("found " + QuotedText(text) + "; accepted: numbers below 1.8e308, or inf");
    }
  }
  std::string accepted = "a number, such as -1.5, 2e-3, nan or inf";
  for (const auto& [word, value] : words) accepted += ", or " + word;
  if (text.empty()) throw std::invalid_argument("found an empty field; accepted: " + accepted);
  std::string with_point = text;
  std::replace(with_point.begin(), with_point.end(), ',', '.');
  double repaired = 0;
  const auto [stop, no_number] = std::from_chars(with_point.data(), with_point.data() + with_point.size(), repaired);
  if (with_point != text && no_number == std::errc() && stop == with_point.data() + with_point.size()) {
    accepted = "a decimal point, as in " + with_point;
  }
  throw std::invalid_argument("found " + QuotedText(text) + "; accepted: " + accepted);
}

}  // namespace hyperwidth
