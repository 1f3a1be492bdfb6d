// SPDX-License-Identifier: Apache-2.0
//
// Values of hyper-parameters, by name.

#ifndef HYPERWIDTH_TRAINING_SEARCH_ASSIGNMENT_H_
#define HYPERWIDTH_TRAINING_SEARCH_ASSIGNMENT_H_

#include <cstdint>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

namespace hyperwidth {

// An integer, a real number or a category.
using ParameterValue = std::variant<std::int64_t, double, std::string>;

struct NamedValue {
  std::string name;
  ParameterValue value;

  bool operator==(const NamedValue&) const = default;
};

// One value for each parameter that is active, in the order in which the space declares them.
using Assignment = std::vector<NamedValue>;

// The value as one would type it: "0.01", "64", "sgd". Real numbers have as many digits as it takes to read them back.
std::string ParameterText(const ParameterValue& value);

// "optimizer=sgd lr=0.01 momentum=0.9".
std::string AssignmentText(const Assignment& values);

// The value of that name, or nullptr: a parameter whose condition does not hold has none.
const ParameterValue* FindValue(const Assignment& values, std::string_view name);

// The value of that name and type. Throw std::invalid_argument naming it if it is missing or of another type.
double RealValue(const Assignment& values, std::string_view name);
std::int64_t IntegerValue(const Assignment& values, std::string_view name);
const std::string& CategoryValue(const Assignment& values, std::string_view name);

}  // namespace hyperwidth

#endif  // HYPERWIDTH_TRAINING_SEARCH_ASSIGNMENT_H_
