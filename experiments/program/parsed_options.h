// SPDX-License-Identifier: Apache-2.0
//
// For tests of settings: what flags make of an experiment's options.

#ifndef HYPERWIDTH_EXPERIMENTS_PROGRAM_PARSED_OPTIONS_H_
#define HYPERWIDTH_EXPERIMENTS_PROGRAM_PARSED_OPTIONS_H_

#include <stdexcept>
#include <string>
#include <vector>

#include "experiments/program/settings.h"

namespace hyperwidth {

enum class Form { kFull, kQuick };

// Whether the table takes all these flags; those before the first that it does not take are in the options then.
bool Parse(const std::vector<std::string>& flags, Form form, SettingTable& table);

// The options, for which there is a SettingTableOf, with these flags. Throws: std::invalid_argument for one that is not
// taken.
template <typename Options>
Options ParsedOptions(const std::vector<std::string>& flags, Form form = Form::kFull) {
  Options options;
  SettingTable table = SettingTableOf(options);
  if (!Parse(flags, form, table)) throw std::invalid_argument("a flag is not taken");
  return options;
}

// Those of `flags` that are taken, each alone.
template <typename Options>
std::vector<std::string> AcceptedOf(const std::vector<std::string>& flags) {
  std::vector<std::string> accepted;
  for (const std::string& flag : flags) {
    Options options;
    SettingTable table = SettingTableOf(options);
    if (Parse({flag}, Form::kFull, table)) accepted.push_back(flag);
  }
  return accepted;
}

}  // namespace hyperwidth

#endif  // HYPERWIDTH_EXPERIMENTS_PROGRAM_PARSED_OPTIONS_H_
