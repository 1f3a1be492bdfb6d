// SPDX-License-Identifier: Apache-2.0
#include "training/search/search_space.h"

#include <fmt/format.h>

#include <algorithm>
#include <stdexcept>
#include <utility>

#include "training/trials/trial_values.h"

namespace hyperwidth {
namespace {

[[noreturn]] void Refuse(const std::string& parameter, const std::string& found, const std::string& accepted) {
  throw std::invalid_argument(fmt::format("parameter {}: found {}, accepted: {}", parameter, found, accepted));
}

}  // namespace

void SearchSpace::AddFloat(const std::string& name, double low, double high, const ParameterOptions& options) {
  Add({.name = name, .range = FloatRange{.low = low, .high = high, .log = options.log}, .when = options.when});
}

void SearchSpace::AddInt(const std::string& name,
                         std::int64_t low,
                         std::int64_t high,
                         const ParameterOptions& options) {
  Add({.name = name, .range = IntRange{.low = low, .high = high, .log = options.log}, .when = options.when});
}

void SearchSpace::AddCategorical(const std::string& name,
                                 const std::vector<std::string>& choices,
                                 const std::optional<ParameterCondition>& when) {
  Add({.name = name, .range = Categories{.choices = choices}, .when = when});
}

void SearchSpace::Add(Parameter parameter) {
  if (!IsWord(parameter.name)) {  // of which the columns of tables and flags can be made
    throw std::invalid_argument(fmt::format("parameter {} of a search space: found the name '{}', accepted: {}",
                                            parameters_.size() + 1,
                                            parameter.name,
                                            "letters, digits and '_', '.' or '-', the first a letter"));
  }
  if (Find(parameter.name) != nullptr) Refuse(parameter.name, "the name twice", "different names");
  Validate(parameter.name, parameter.range);
  if (parameter.when) CheckCondition(parameter.name, *parameter.when);
  parameters_.push_back(std::move(parameter));
}

void SearchSpace::CheckCondition(const std::string& name, const ParameterCondition& condition) const {
  const Parameter* const parent = Find(condition.parent);
  if (parent == nullptr) {
    Refuse(name, fmt::format("a condition on '{}'", condition.parent), "a parameter that is declared before");
  }
  if (std::holds_alternative<FloatRange>(parent->range)) {
    Refuse(name, fmt::format("a condition on the real number {}", condition.parent), "an integer or a category");
  }
  if (condition.values.empty()) {
    Refuse(name, fmt::format("a condition on {} without values", condition.parent), "at least one value");
  }
  for (const ParameterValue& value : condition.values) {
    if (Contains(parent->range, value)) continue;
    Refuse(name,
           fmt::format("a condition {}={}", condition.parent, ParameterText(value)),
           fmt::format("for {}, {}", condition.parent, Accepted(parent->range)));
  }
}

const Parameter* SearchSpace::Find(const std::string& name) const {
  for (const Parameter& parameter : parameters_) {
    if (parameter.name == name) return &parameter;
  }
  return nullptr;
}

bool SearchSpace::IsActive(const Parameter& parameter, const Assignment& values) const {
  if (!parameter.when) return true;
  // A parent that is not active has no value.
  const ParameterValue* const parent = FindValue(values, parameter.when->parent);
  const std::vector<ParameterValue>& accepted = parameter.when->values;
  return parent != nullptr && std::find(accepted.begin(), accepted.end(), *parent) != accepted.end();
}

Assignment SearchSpace::At(std::span<const double> point) const {
  if (point.size() != dimensions()) {
    throw std::invalid_argument(
        fmt::format("point of a search space: found {} coordinates, accepted: {}", point.size(), dimensions()));
  }
  Assignment values;
  for (std::size_t i = 0; i < point.size(); ++i) {
    const Parameter& parameter = parameters_[i];
    if (!(point[i] >= 0 && point[i] < 1)) {
      Refuse(parameter.name, fmt::format("coordinate {}", point[i]), "a number of [0, 1)");
    }
    if (IsActive(parameter, values)) values.push_back({parameter.name, ValueAt(parameter.range, point[i])});
  }
  return values;
}

void SearchSpace::Check(const Assignment& values) const {
  std::size_t next = 0;
  for (const Parameter& parameter : parameters_) {
    // Only what has been checked counts: a value that should not be there must not make others active.
    if (!IsActive(parameter, {values.begin(), values.begin() + static_cast<std::ptrdiff_t>(next)})) continue;
    if (next == values.size() || values[next].name != parameter.name) {
      Refuse(parameter.name,
             fmt::format("no value in its place in '{}'", AssignmentText(values)),
             Accepted(parameter.range));
    }
    if (!Contains(parameter.range, values[next].value)) {
      Refuse(parameter.name, ParameterText(values[next].value), Accepted(parameter.range));
    }
    ++next;
  }
  if (next == values.size()) return;
  Refuse(values[next].name,
         fmt::format("a value in '{}'", AssignmentText(values)),
         "values of the active parameters of the search space only");
}

}  // namespace hyperwidth
