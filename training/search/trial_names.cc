// SPDX-License-Identifier: Apache-2.0
#include "training/search/trial_names.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <stdexcept>

namespace hyperwidth {
namespace {

constexpr const char* kStudy = "study";
constexpr const char* kTrial = "trial";
constexpr const char* kSteps = "steps";
constexpr const char* kTest = "test";
constexpr const char* kRepetition = "repetition";
constexpr std::array<std::string_view, 5> kReserved = {kStudy, kTrial, kSteps, kTest, kRepetition};

void AddParameters(const Assignment& parameters, Fields& values) {
  for (const NamedValue& named : parameters) {
    std::visit([&](const auto& value) { values.emplace_back(named.name, value); }, named.value);
  }
}

NamedValue ToNamedValue(const Field& field) {
  if (const auto* const integer = std::get_if<std::int64_t>(&field.value)) return {field.name, *integer};
  if (const auto* const real = std::get_if<double>(&field.value)) return {field.name, *real};
  if (const auto* const text = std::get_if<std::string>(&field.value)) return {field.name, *text};
  throw std::invalid_argument(fmt::format(
      "parameter {}: found {}, accepted: an integer, a real number or a category", field.name, FieldText(field.value)));
}

}  // namespace

bool IsReservedName(std::string_view name) {
  return std::find(kReserved.begin(), kReserved.end(), name) != kReserved.end();
}

Fields TrialFields(const std::string& study, std::int64_t trial, std::int64_t steps, const Assignment& parameters) {
  Fields values;
  if (!study.empty()) values.emplace_back(kStudy, study);
  values.emplace_back(kTrial, trial);
  values.emplace_back(kSteps, steps);
  AddParameters(parameters, values);
  return values;
}

Fields TestFields(const std::string& study, std::int64_t trial, std::int64_t repetition, const Assignment& parameters) {
  Fields values = {{kTest, study}, {kTrial, trial}, {kRepetition, repetition}};
  AddParameters(parameters, values);
  return values;
}

std::string StudyIn(const Fields& values) {
  for (const char* const name : {kStudy, kTest}) {
    if (const FieldValue* const found = Find(values, name)) return FieldText(*found);
  }
  return "";
}

std::int64_t TrialNumberIn(const Fields& values) {
  const FieldValue* const trial = Find(values, kTrial);
  const auto* const number = trial != nullptr ? std::get_if<std::int64_t>(trial) : nullptr;
  if (number != nullptr && *number >= 0) return *number;
  throw std::invalid_argument(fmt::format("trial of a study: found number {}, accepted: an integer of at least 0",
                                          trial != nullptr ? FieldText(*trial) : "none"));
}

Assignment ParametersIn(const Fields& values) {
  Assignment parameters;
  for (const Field& field : values) {
    if (!IsReservedName(field.name)) parameters.push_back(ToNamedValue(field));
  }
  return parameters;
}

}  // namespace hyperwidth
