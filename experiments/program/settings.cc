// SPDX-License-Identifier: Apache-2.0
#include "experiments/program/settings.h"

#include <CLI/CLI.hpp>
#include <algorithm>
#include <sstream>
#include <stdexcept>

namespace hyperwidth {
namespace {

// What is wrong with a word that was typed for the setting; empty: nothing.
std::string Complaint(const SettingDeclaration& declaration, const std::string& word) {
  if (declaration.may_be_empty && word == kEmptyList) return "";
  return declaration.accepted ? declaration.accepted(word) : std::string();
}

std::string FlagOf(const SettingDeclaration& declaration) {
  std::string flag = "--" + declaration.name;
  std::replace(flag.begin(), flag.end(), '_', '-');
  return flag;
}

// What one would type for the value, or for each item of a list.
std::vector<std::string> Words(const FieldValue& value, bool is_list) {
  const std::string text = FieldText(value);
  if (!is_list) return {text};
  std::vector<std::string> words;
  std::istringstream items(text);
  for (std::string word; std::getline(items, word, ',');) words.push_back(word);
  return words;
}

}  // namespace

void SettingTable::AddSetting(Setting setting) { settings_.push_back(std::move(setting)); }

void SettingTable::AddFlags(CLI::App& app) {
  for (std::size_t i = 0; i < settings_.size(); ++i) {
    const SettingDeclaration& declaration = settings_[i].declaration;
    const auto set = [this, i](const std::vector<std::string>& words) {
      settings_[i].set(words);
      settings_[i].is_given = true;
    };
    CLI::Option* const option =
        settings_[i].is_list
            ? app.add_option_function<std::vector<std::string>>(FlagOf(declaration), set, declaration.help)
                  ->delimiter(',')
            : app.add_option_function<std::string>(
                  FlagOf(declaration), [set](const std::string& word) { set({word}); }, declaration.help);
    option->check([declaration](const std::string& word) { return Complaint(declaration, word); })
        ->type_name(declaration.placeholder)
        ->default_str(FieldText(settings_[i].get()));
    // CLI11 shows and gives the same word to a flag without a value.
    if (!declaration.flag_alone.empty()) option->expected(0, 1)->default_str(declaration.flag_alone);
  }
}

void SettingTable::UseQuickValues() {
  for (Setting& setting : settings_) {
    if (!setting.is_given && setting.use_quick) setting.use_quick();
  }
}

Fields SettingTable::Values() const {
  Fields values;
  for (const Setting& setting : settings_) {
    values.emplace_back(setting.declaration.name, setting.get());
    for (const std::string& word : Words(values.back().value, setting.is_list)) {
      const std::string complaint = Complaint(setting.declaration, word);
      if (!complaint.empty()) throw std::invalid_argument(setting.declaration.name + ": " + complaint);
    }
  }
  return values;
}

}  // namespace hyperwidth
