// SPDX-License-Identifier: Apache-2.0
#include "experiments/program/parsed_options.h"

#include <CLI/CLI.hpp>

namespace hyperwidth {

bool Parse(const std::vector<std::string>& flags, Form form, SettingTable& table) {
  CLI::App app;
  table.AddFlags(app);
  try {
    app.parse(std::vector<std::string>(flags.rbegin(), flags.rend()));  // CLI11 takes them last first
  } catch (const CLI::ParseError&) {
    return false;
  }
  if (form == Form::kQuick) table.UseQuickValues();
  return true;
}

}  // namespace hyperwidth
