// SPDX-License-Identifier: Apache-2.0
//
// How the types that settings may have are typed and kept: for settings.h.

#ifndef HYPERWIDTH_EXPERIMENTS_PROGRAM_SETTING_VALUE_H_
#define HYPERWIDTH_EXPERIMENTS_PROGRAM_SETTING_VALUE_H_

#include <charconv>
#include <concepts>
#include <stdexcept>
#include <string>
#include <type_traits>
#include <vector>

#include "experiments/command_line/value_list.h"
#include "experiments/result/result.h"

namespace hyperwidth {

// The word for a list without items.
inline constexpr const char* kEmptyList = "none";

template <typename Value>
struct SettingValue;

template <typename Value>
requires std::is_arithmetic_v<Value> &&(!std::same_as<Value, bool>)struct SettingValue<Value> {
  static constexpr bool kIsList = false;
  static constexpr const char* kPlaceholder = std::is_integral_v<Value> ? "N" : "REAL";
  using FieldType = std::conditional_t<std::is_same_v<Value, int>, std::int64_t, Value>;

  static FieldValue ToField(Value value) { return static_cast<FieldType>(value); }

  // Of the last word. Throws std::invalid_argument if it is no number of this type.
  static Value Parse(const std::vector<std::string>& words) {
    const std::string& word = words.back();
    Value value{};
    const auto [end, error] = std::from_chars(word.data(), word.data() + word.size(), value);
    if (error == std::errc() && end == word.data() + word.size()) return value;
    throw std::invalid_argument("found '" + word + "', accepted: a number that fits");
  }
};

template <>
struct SettingValue<std::string> {
  static constexpr bool kIsList = false;
  static constexpr const char* kPlaceholder = "NAME";
  using FieldType = std::string;

  static FieldValue ToField(const std::string& value) { return value; }
  static std::string Parse(const std::vector<std::string>& words) { return words.back(); }
};

template <typename Item>
struct SettingValue<std::vector<Item>> {
  static constexpr bool kIsList = true;
  static constexpr const char* kPlaceholder = std::is_integral_v<Item>         ? "N,N,..."
                                              : std::is_floating_point_v<Item> ? "REAL,REAL,..."
                                                                               : "NAME,NAME,...";

  static FieldValue ToField(const std::vector<Item>& items) {
    return std::vector<typename SettingValue<Item>::FieldType>(items.begin(), items.end());
  }

  static std::vector<Item> Parse(const std::vector<std::string>& words) {
    std::vector<Item> items;
    for (const std::string& word : words) {
      if (word != kEmptyList) items.push_back(SettingValue<Item>::Parse({word}));
    }
    SortAndDropRepeated(items);
    return items;
  }
};

}  // namespace hyperwidth

#endif  // HYPERWIDTH_EXPERIMENTS_PROGRAM_SETTING_VALUE_H_
