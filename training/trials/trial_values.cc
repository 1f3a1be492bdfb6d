// SPDX-License-Identifier: Apache-2.0
#include "training/trials/trial_values.h"

#include <algorithm>
#include <cmath>
#include <stdexcept>

namespace hyperwidth {
namespace {

bool IsLetter(char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z'); }

std::string Quoted(const std::string& text) {
  std::string quoted = "\"";
  for (const char c : text) {
    if (c == '"' || c == '\\') quoted += '\\';
    quoted += c;
  }
  return quoted + "\"";
}

// The text of a value in a key; empty for a value that a trial cannot have.
struct TextInKey {
  std::string operator()(std::int64_t value) const { return std::to_string(value); }
  std::string operator()(std::uint64_t value) const { return std::to_string(value); }
  std::string operator()(double value) const {
    if (!std::isfinite(value)) return "";
    const std::string text = FieldText(value);
    return text.find_first_of(".e") == std::string::npos ? text + ".0" : text;
  }
  std::string operator()(const std::string& value) const {
    if (HasControlCharacter(value)) return "";
    return IsWord(value) ? value : Quoted(value);
  }
  template <typename Other>
  std::string operator()(const Other&) const {
    return "";
  }
};

}  // namespace

bool IsWord(std::string_view text) {
  return !text.empty() && IsLetter(text.front()) && std::all_of(text.begin(), text.end(), [](char c) {
    return IsLetter(c) || (c >= '0' && c <= '9') || c == '_' || c == '.' || c == '-';
  });
}

bool HasControlCharacter(std::string_view text) {
  return std::any_of(text.begin(), text.end(), [](unsigned char c) { return c < 0x20 || c == 0x7f; });
}

void RequireTrialValues(const Fields& values) {
  if (values.empty()) throw std::invalid_argument("trial: has no values; accepted: one or more");
  for (std::size_t i = 0; i < values.size(); ++i) {
    const std::string& name = values[i].name;
    if (!IsWord(name)) {
      throw std::invalid_argument("trial: the name of value " + std::to_string(i + 1) + " is " + Quoted(name) +
                                  "; accepted: letters, digits, _, . and -, the first a letter");
    }
    if (name == "state" || name == "message") {
      throw std::invalid_argument("trial: a value is named " + name + ", as a column of every table; accepted: others");
    }
    if (Find(values, name) != &values[i].value) {
      throw std::invalid_argument("trial: " + name + " is there twice; accepted: once");
    }
    if (!std::visit(TextInKey{}, values[i].value).empty()) continue;
    const std::string text = FieldText(values[i].value);
    throw std::invalid_argument("trial: " + name + " is " +
                                (HasControlCharacter(text) ? "text with control characters" : Quoted(text)) +
                                "; accepted: a text of one line, a whole number or a finite real number");
  }
}

std::string TrialKey(const Fields& values) {
  std::string key;
  for (const Field& field : values) {
    key += (key.empty() ? "" : " ") + field.name + "=" + std::visit(TextInKey{}, field.value);
  }
  return key;
}

}  // namespace hyperwidth
