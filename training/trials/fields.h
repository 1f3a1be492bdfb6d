// SPDX-License-Identifier: Apache-2.0
//
// Named values: the settings of a run, the values of a trial, what was measured.

#ifndef HYPERWIDTH_TRAINING_TRIALS_FIELDS_H_
#define HYPERWIDTH_TRAINING_TRIALS_FIELDS_H_

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <variant>
#include <vector>

namespace hyperwidth {

// Enough for any setting and any measurement. std::monostate is "not set".
using FieldValue = std::variant<std::monostate,
                                bool,
                                std::int64_t,
                                std::uint64_t,
                                double,
                                std::string,
                                std::vector<std::int64_t>,
                                std::vector<double>,
                                std::vector<std::string>>;

// One named value. {"lr", 0.01}, {"seed", seed} and {"depths", std::vector<int>{2, 4}} all do what they look like.
struct Field {
  Field(std::string field_name, FieldValue field_value) : name(std::move(field_name)), value(std::move(field_value)) {}
  Field(std::string field_name, const std::vector<int>& values)
      : name(std::move(field_name)), value(std::vector<std::int64_t>(values.begin(), values.end())) {}

  bool operator==(const Field&) const = default;

  std::string name;
  FieldValue value;
};

// In the order in which they are written. Names must differ.
using Fields = std::vector<Field>;

// The value as one would type it after a flag: "0.01", "true", "2,4", "none" for an empty list; empty for "not set".
std::string FieldText(const FieldValue& value);

// How many values a list has; nothing for a single value.
std::optional<std::size_t> ListLength(const FieldValue& value);

// The value of that name, or nullptr.
const FieldValue* Find(const Fields& fields, std::string_view name);

}  // namespace hyperwidth

#endif  // HYPERWIDTH_TRAINING_TRIALS_FIELDS_H_
