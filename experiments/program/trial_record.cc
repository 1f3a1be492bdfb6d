// SPDX-License-Identifier: Apache-2.0
#include "experiments/program/trial_record.h"

#include <bit>
#include <charconv>
#include <cmath>
#include <limits>
#include <nlohmann/json.hpp>
#include <stdexcept>

namespace hyperwidth {
namespace {

using Json = nlohmann::ordered_json;

constexpr const char* kNotFinite = "\"inf\", \"-inf\" or \"nan\" and 16 hexadecimal digits";

std::string Hexadecimal(std::uint64_t bits) {
  std::string digits(16, '0');
  for (auto digit = digits.rbegin(); digit != digits.rend(); ++digit, bits >>= 4)
    *digit = "0123456789abcdef"[bits & 15];
  return digits;
}

Json Number(double value) {
  if (std::isfinite(value)) return value;
  if (std::isinf(value)) return {{"real", value > 0 ? "inf" : "-inf"}};
  return {{"real", "nan " + Hexadecimal(std::bit_cast<std::uint64_t>(value))}};
}

struct ToJsonValue {
  Json operator()(std::monostate) const { return nullptr; }
  Json operator()(std::uint64_t value) const { return {{"unsigned", value}}; }
  Json operator()(double value) const { return Number(value); }
  Json operator()(const std::vector<std::int64_t>& values) const {
    return values.empty() ? Json{{"integers", Json::array()}} : Json(values);
  }
  Json operator()(const std::vector<double>& values) const {
    Json array = Json::array();
    for (const double value : values) array.push_back(Number(value));
    return values.empty() ? Json{{"reals", array}} : array;
  }
  template <typename Value>
  Json operator()(const Value& value) const {
    return value;
  }
};

[[noreturn]] void Fail(const std::string& what, const Json& found, const std::string& accepted) {
  std::string text = found.dump(-1, ' ', false, Json::error_handler_t::replace);
  constexpr std::size_t kLongest = 60;
  if (text.size() > kLongest) text = text.substr(0, kLongest) + "...";
  throw std::runtime_error(what + " is " + text + "; accepted: " + accepted);
}

double ParseNotFinite(const std::string& name, const Json& text) {
  if (text == "inf") return std::numeric_limits<double>::infinity();
  if (text == "-inf") return -std::numeric_limits<double>::infinity();
  if (!text.is_string()) Fail(name, text, kNotFinite);
  const std::string word = text.get<std::string>();
  std::uint64_t bits = 0;
  const auto [end, error] = std::from_chars(word.data() + std::min<std::size_t>(4, word.size()),
                                            word.data() + word.size(),
                                            bits,
                                            /*base=*/16);
  const double value = std::bit_cast<double>(bits);
  const bool is_whole = word.size() == 20 && error == std::errc() && end == word.data() + word.size();
  if (!word.starts_with("nan ") || !is_whole || !std::isnan(value)) Fail(name, text, kNotFinite);
  return value;
}

// The only member of an object of that name, or nullptr.
const Json* Marked(const Json& value, const char* mark) {
  return value.is_object() && value.size() == 1 && value.contains(mark) ? &value.at(mark) : nullptr;
}

double ParseReal(const std::string& name, const Json& value) {
  if (value.is_number_float()) return value.get<double>();
  if (const Json* const text = Marked(value, "real")) return ParseNotFinite(name, *text);
  Fail(name, value, "a number with a decimal point, as in the items before");
}

bool IsInteger(const Json& value) {
  if (value.is_number_unsigned()) return value.get<std::uint64_t>() <= std::numeric_limits<std::int64_t>::max();
  return value.is_number_integer();
}

FieldValue ParseArray(const std::string& name, const Json& array) {
  if (array.empty()) return std::vector<std::string>();
  if (!array.front().is_string() && !IsInteger(array.front())) {
    std::vector<double> reals;
    for (const Json& item : array) reals.push_back(ParseReal(name, item));
    return reals;
  }
  for (const Json& item : array) {
    if (item.is_string() != array.front().is_string() || IsInteger(item) != IsInteger(array.front())) {
      Fail(name, item, "items of one type");
    }
  }
  if (array.front().is_string()) return array.get<std::vector<std::string>>();
  return array.get<std::vector<std::int64_t>>();
}

FieldValue ParseValue(const std::string& name, const Json& value) {
  if (value.is_null()) return std::monostate{};
  if (value.is_boolean()) return value.get<bool>();
  if (value.is_string()) return value.get<std::string>();
  if (value.is_array()) return ParseArray(name, value);
  if (IsInteger(value)) return value.get<std::int64_t>();
  if (value.is_number_float() || Marked(value, "real") != nullptr) return ParseReal(name, value);
  const Json* const number = Marked(value, "unsigned");
  if (number != nullptr && number->is_number_unsigned()) return number->get<std::uint64_t>();
  if (value == Json{{"integers", Json::array()}}) return std::vector<std::int64_t>();
  if (value == Json{{"reals", Json::array()}}) return std::vector<double>();
  Fail(name, value, "a value of an outcome");
}

// Throws what a parser would hide: that a name occurs twice.
Json ParseStrictly(std::string_view line) {
  std::vector<std::vector<std::string>> names;
  return Json::parse(line, [&names](int, Json::parse_event_t event, Json& parsed) {
    if (event == Json::parse_event_t::object_start) names.emplace_back();
    if (event == Json::parse_event_t::object_end) names.pop_back();
    if (event == Json::parse_event_t::key) {
      for (const std::string& name : names.back()) {
        if (name == parsed.get<std::string>())
          throw std::runtime_error("\"" + name + "\" is there twice; accepted: once");
      }
      names.back().push_back(parsed.get<std::string>());
    }
    return true;
  });
}

}  // namespace

std::string ToJsonLine(const TrialRecord& record) {
  Json outcome = Json::object();
  for (const Field& field : record.outcome) {
    if (outcome.contains(field.name)) {
      throw std::invalid_argument("trial " + record.key + ": its outcome names " + field.name +
                                  " twice; accepted: once");
    }
    outcome[field.name] = std::visit(ToJsonValue{}, field.value);
  }
  Json object = Json::object();
  object["key"] = record.key;
  object["outcome"] = std::move(outcome);
  try {
    return object.dump();
  } catch (const Json::type_error&) {
    throw std::invalid_argument("trial " + record.key + ": its outcome holds text that is not UTF-8; accepted: UTF-8");
  }
}

TrialRecord ParseTrialRecord(std::string_view line) {
  constexpr const char* kAccepted = "{\"key\": \"...\", \"outcome\": {...}}";
  Json object;
  try {
    object = ParseStrictly(line);
  } catch (const Json::parse_error& error) {
    throw std::runtime_error("not valid JSON near byte " + std::to_string(error.byte) + "; accepted: " + kAccepted);
  }
  if (!object.is_object() || object.size() != 2 || !object.contains("key") || !object.contains("outcome") ||
      !object["key"].is_string() || !object["outcome"].is_object()) {
    Fail("the line", object, kAccepted);
  }
  TrialRecord record{.key = object["key"].get<std::string>(), .outcome = {}};
  for (const auto& [name, value] : object["outcome"].items())
    record.outcome.emplace_back(name, ParseValue(name, value));
  return record;
}

}  // namespace hyperwidth
