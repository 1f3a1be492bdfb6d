// SPDX-License-Identifier: Apache-2.0
#include "training/run/strict_json.h"

#include <nlohmann/json.hpp>
#include <stdexcept>
#include <unordered_set>
#include <vector>

namespace hyperwidth {
namespace {

using Json = nlohmann::ordered_json;

[[noreturn]] void Refuse(const std::string& found, const std::string& accepted) {
  throw std::runtime_error(found + "; accepted: " + accepted);
}

}  // namespace

nlohmann::ordered_json ParseStrictJson(std::string_view text, const std::string& accepted) {
  std::vector<std::unordered_set<std::string>> names;  // of the open objects
  const auto watch = [&](int depth, Json::parse_event_t event, Json& parsed) {
    if (event == Json::parse_event_t::object_start || event == Json::parse_event_t::array_start) {
      if (depth >= kDeepestJson) Refuse("is nested more than " + std::to_string(kDeepestJson) + " deep", accepted);
    }
    if (event == Json::parse_event_t::object_start) names.emplace_back();
    if (event == Json::parse_event_t::object_end) names.pop_back();
    if (event == Json::parse_event_t::key) {
      const auto& name = parsed.get_ref<const std::string&>();
      if (!names.back().insert(name).second) Refuse("\"" + name + "\" is there twice", "once");
      if (names.back().size() > kMostJsonMembers) {
        Refuse("an object has more than " + std::to_string(kMostJsonMembers) + " members", accepted);
      }
    }
    return true;
  };
  try {
    return Json::parse(text, watch);
  } catch (const Json::parse_error& error) {
    Refuse("not valid JSON near byte " + std::to_string(error.byte), accepted);
  } catch (const Json::out_of_range&) {
    Refuse("has a number beyond those of double precision", accepted);
  }
}

}  // namespace hyperwidth
