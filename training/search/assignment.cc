// SPDX-License-Identifier: Apache-2.0
#include "training/search/assignment.h"

#include <fmt/format.h>

#include <stdexcept>

namespace hyperwidth {
namespace {

template <typename Value>
const Value& TypedValue(const Assignment& values, std::string_view name, const char* type) {
  const ParameterValue* const found = FindValue(values, name);
  if (found == nullptr) {
    throw std::invalid_argument(
        fmt::format("parameter {}: found no value in '{}', accepted: {}", name, AssignmentText(values), type));
  }
  const Value* const typed = std::get_if<Value>(found);
  if (typed == nullptr) {
    throw std::invalid_argument(fmt::format(
        "parameter {}: found {}, which is of another type, accepted: {}", name, ParameterText(*found), type));
  }
  return *typed;
}

}  // namespace

std::string ParameterText(const ParameterValue& value) {
  return std::visit([](const auto& typed) { return fmt::format("{}", typed); }, value);
}

std::string AssignmentText(const Assignment& values) {
  std::string text;
  for (const NamedValue& named : values) {
    if (!text.empty()) text += ' ';
    text += named.name + '=' + ParameterText(named.value);
  }
  return text;
}

const ParameterValue* FindValue(const Assignment& values, std::string_view name) {
  for (const NamedValue& named : values) {
    if (named.name == name) return &named.value;
  }
  return nullptr;
}

double RealValue(const Assignment& values, std::string_view name) {
  return TypedValue<double>(values, name, "a real number");
}

std::int64_t IntegerValue(const Assignment& values, std::string_view name) {
  return TypedValue<std::int64_t>(values, name, "an integer");
}

const std::string& CategoryValue(const Assignment& values, std::string_view name) {
  return TypedValue<std::string>(values, name, "a category");
}

}  // namespace hyperwidth
