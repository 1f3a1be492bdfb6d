// SPDX-License-Identifier: Apache-2.0
#include "training/trials/trial_record.h"

#include <bit>
#include <charconv>
#include <cmath>
#include <limits>
#include <nlohmann/json.hpp>
#include <stdexcept>

#include "training/run/strict_json.h"
#include "training/trials/trial_values.h"

namespace hyperwidth {
namespace {

using Json = nlohmann::ordered_json;

constexpr const char* kAcceptedRecord = "{\"trial\": {...}, \"state\": \"...\", \"outcome\": {...}}";
constexpr const char* kAcceptedStudy = "{\"study\": {...}}";
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
  Fail(name, value, "a value as this program writes it");
}

Json ToJson(const Fields& fields, const std::string& where) {
  Json object = Json::object();
  for (const Field& field : fields) {
    if (object.contains(field.name)) {
      throw std::invalid_argument(where + " names " + field.name + " twice; accepted: once");
    }
    object[field.name] = std::visit(ToJsonValue{}, field.value);
  }
  return object;
}

Fields ParseFields(const Json& object) {
  Fields fields;
  for (const auto& [name, value] : object.items()) fields.emplace_back(name, ParseValue(name, value));
  return fields;
}

std::string Dump(const Json& object, const std::string& where) {
  try {
    return object.dump();
  } catch (const Json::type_error&) {
    throw std::invalid_argument(where + " holds text that is not UTF-8; accepted: UTF-8");
  }
}

// Trials were texts once.
void RefuseFormerForm(const Json& line) {
  if (!line.is_object() || !line.contains("key") || !line.contains("outcome")) return;
  throw std::runtime_error("is of an earlier version, in which trials were texts, and cannot be continued; accepted: " +
                           std::string(kAcceptedRecord));
}

TrialState ParseState(const Json& value) {
  for (const TrialState state : {TrialState::kComplete, TrialState::kPruned, TrialState::kFailed}) {
    if (value == std::string(ToString(state))) return state;
  }
  Fail("state", value, "\"complete\", \"pruned\" or \"failed\"");
}

}  // namespace

std::string ToJsonLine(const TrialRecord& record) {
  const std::string where = "trial " + TrialKey(record.values) + ": its outcome";
  for (const Field& measured : record.outcome.values) {
    if (measured.name == "state" || measured.name == "message" || Find(record.values, measured.name) != nullptr) {
      throw std::invalid_argument(where + " names " + measured.name +
                                  ", as a column of every table or a value of the trial; accepted: other names");
    }
  }
  Json object = Json::object();
  object["trial"] = ToJson(record.values, "trial " + TrialKey(record.values) + ":");
  object["state"] = std::string(ToString(record.outcome.state));
  if (!record.outcome.message.empty()) object["message"] = record.outcome.message;
  object["outcome"] = ToJson(record.outcome.values, where);
  return Dump(object, where);
}

TrialRecord ParseTrialRecord(std::string_view line) {
  const Json object = ParseStrictJson(line, kAcceptedRecord);
  RefuseFormerForm(object);
  const bool has_message = object.is_object() && object.contains("message");
  if (!object.is_object() || object.size() != (has_message ? 4 : 3) || !object.contains("trial") ||
      !object.contains("state") || !object.contains("outcome") || !object["trial"].is_object() ||
      !object["outcome"].is_object() || (has_message && !object["message"].is_string())) {
    Fail("the line", object, kAcceptedRecord);
  }
  TrialRecord record{.values = ParseFields(object["trial"]), .outcome = ParseFields(object["outcome"])};
  record.outcome.state = ParseState(object["state"]);
  if (has_message) record.outcome.message = object["message"].get<std::string>();
  return record;
}

std::string StudyToJsonLine(const Fields& study) {
  const std::string where = "study: it";
  return Dump({{"study", ToJson(study, where)}}, where);
}

Fields ParseStudy(std::string_view line) {
  const Json object = ParseStrictJson(line, kAcceptedStudy);
  RefuseFormerForm(object);
  if (!object.is_object() || object.size() != 1 || !object.contains("study") || !object["study"].is_object()) {
    Fail("the line", object, kAcceptedStudy);
  }
  return ParseFields(object["study"]);
}

}  // namespace hyperwidth
