// SPDX-License-Identifier: Apache-2.0
#include "training/trials/fields.h"

#include <charconv>
#include <type_traits>

namespace hyperwidth {
namespace {

std::string Shortest(double value) {
  char text[32];
  return std::string(text, std::to_chars(text, text + sizeof text, value).ptr);
}

struct TextOfField {
  std::string operator()(std::monostate) const { return ""; }
  std::string operator()(bool value) const { return value ? "true" : "false"; }
  std::string operator()(std::int64_t value) const { return std::to_string(value); }
  std::string operator()(std::uint64_t value) const { return std::to_string(value); }
  std::string operator()(double value) const { return Shortest(value); }
  std::string operator()(const std::string& value) const { return value; }
  template <typename Item>
  std::string operator()(const std::vector<Item>& items) const {
    if (items.empty()) return "none";
    std::string text;
    for (const Item& item : items) text += (text.empty() ? "" : ",") + (*this)(item);
    return text;
  }
};

}  // namespace

std::string FieldText(const FieldValue& value) { return std::visit(TextOfField{}, value); }

std::optional<std::size_t> ListLength(const FieldValue& value) {
  return std::visit(
      [](const auto& held) -> std::optional<std::size_t> {
        using Held = std::decay_t<decltype(held)>;
        if constexpr (std::is_same_v<Held, std::vector<std::int64_t>> || std::is_same_v<Held, std::vector<double>> ||
                      std::is_same_v<Held, std::vector<std::string>>) {
          return held.size();
        }
        return {};
      },
      value);
}

const FieldValue* Find(const Fields& fields, std::string_view name) {
  for (const Field& field : fields) {
    if (field.name == name) return &field.value;
  }
  return nullptr;
}

}  // namespace hyperwidth
