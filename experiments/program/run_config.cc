// SPDX-License-Identifier: Apache-2.0
#include "experiments/program/run_config.h"

#include <fstream>
#include <iterator>
#include <nlohmann/json.hpp>
#include <stdexcept>
#include <string>

#include "experiments/result/result_file.h"

namespace hyperwidth {
namespace {

using Json = nlohmann::ordered_json;

// Results have the same bits for any number of them.
constexpr const char* kThreads = "threads";

constexpr const char* kAccepted = "; accepted: the flags of the earlier run, or another --out";

Json ReadConfig(const std::filesystem::path& path) {
  std::ifstream file(path, std::ios::binary);
  Json config = Json::parse(file, /*callback=*/nullptr, /*allow_exceptions=*/false);
  if (!config.is_object()) throw std::runtime_error(path.string() + ": is no list of settings" + kAccepted);
  return config;
}

std::string Text(const Json& config, const std::string& name) {
  const auto member = config.find(name);
  return member == config.end() ? "not set" : member->dump(-1, ' ', false, Json::error_handler_t::replace);
}

void CheckConfig(const std::filesystem::path& path, const Fields& settings) {
  const Json there = ReadConfig(path);
  const Json here = Json::parse(ToJson(settings));
  const auto check = [&](const std::string& name) {
    if (name == kThreads || Text(there, name) == Text(here, name)) return;
    throw std::runtime_error(path.string() + ": " + name + " is " + Text(there, name) + " there and " +
                             Text(here, name) + " here" + kAccepted);
  };
  for (const auto& [name, value] : here.items()) check(name);
  for (const auto& [name, value] : there.items()) check(name);
}

}  // namespace

void WriteOrCheckConfig(const RunFolder& folder, const Fields& settings) {
  if (folder.resumes()) {
    CheckConfig(folder.path() / "config.json", settings);
  } else {
    folder.Write("config.json", ToJson(settings));
  }
}

Fields StudyOf(const std::string& experiment, const Fields& settings) {
  Fields study = {{"experiment", experiment}};
  for (const Field& setting : settings) {
    if (setting.name != kThreads) study.push_back(setting);
  }
  return study;
}

}  // namespace hyperwidth
