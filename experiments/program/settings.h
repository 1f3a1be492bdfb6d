// SPDX-License-Identifier: Apache-2.0
//
// The settings of an experiment, each declared once. From the declarations come the flags and their help, the checks of
// ranges, what --quick means, and what config.json, result.json and the printed commands hold:
//
//   SettingTable SettingTableOf(MyOptions& options) {
//     SettingTable table;
//     table.Add({.name = "rank_cells", .help = "Cells per axis", .accepted = IntegerAtLeast(8, 16)},
//               options.rank_cells,
//               /*quick=*/8);
//     AddProgramSettings(options.program, table);
//     return table;
//   }
//
// The default of a setting is what the options hold when they are made.

#ifndef HYPERWIDTH_EXPERIMENTS_PROGRAM_SETTINGS_H_
#define HYPERWIDTH_EXPERIMENTS_PROGRAM_SETTINGS_H_

#include <algorithm>
#include <functional>
#include <optional>
#include <string>
#include <type_traits>
#include <utility>
#include <vector>

#include "experiments/command_line/flag_checks.h"
#include "experiments/program/setting_value.h"
#include "experiments/result/result.h"

namespace CLI {
class App;
}

namespace hyperwidth {

struct SettingDeclaration {
  std::string name;              // as in config.json, with underscores: the flag of rank_cells is --rank-cells
  std::string help;              // of the flag
  FlagCheck accepted = {};       // of the value, or of each item of a list; none: any text
  std::string placeholder = {};  // what --help shows for the value; empty: N, REAL or NAME
  bool may_be_empty = false;     // a list only: it is typed as "none"
  std::string flag_alone = {};   // what the flag without a value stands for, of a single value; empty: it needs one
};

// The settings of one options object, which must outlive the table.
class SettingTable {
 public:
  // A number, a text, or a list of them. Lists are sets: what is typed is sorted, and repetitions are dropped. `quick`
  // is the value in the quick form, if it is another one.
  template <typename Value>
  void Add(SettingDeclaration declaration, Value& value, std::optional<std::type_identity_t<Value>> quick = {});

  // One of some values, which are typed as name(value).
  template <typename Value, typename Name>
  void AddChoice(SettingDeclaration declaration,
                 Value& value,
                 const std::vector<std::type_identity_t<Value>>& choices,
                 const Name& name,
                 std::optional<std::type_identity_t<Value>> quick = {});

  // Some of some values. What is typed is brought into the order of `choices`, and repetitions are dropped.
  template <typename Value, typename Name>
  void AddChoices(SettingDeclaration declaration,
                  std::vector<Value>& values,
                  const std::vector<std::type_identity_t<Value>>& choices,
                  const Name& name,
                  std::optional<std::vector<std::type_identity_t<Value>>> quick = {});

  // Declares a flag for each setting. `app` must not be parsed after the table is gone.
  void AddFlags(CLI::App& app);

  // Gives the settings that no flag has set the values of the quick form.
  void UseQuickValues();

  // All settings by name, for config.json and result.json; FieldText makes of each what would be typed. Throws
  // std::invalid_argument naming the setting, what was found and what is accepted if a value could not be typed.
  Fields Values() const;

 private:
  struct Setting {
    SettingDeclaration declaration;
    bool is_list;
    std::function<FieldValue()> get;
    std::function<void(const std::vector<std::string>&)>
        set;                          // from the words that were typed, after they were checked
    std::function<void()> use_quick;  // empty: the quick form has the default, too
    bool is_given = false;
  };

  void AddSetting(Setting setting);

  std::vector<Setting> settings_;
};

template <typename Value>
void SettingTable::Add(SettingDeclaration declaration, Value& value, std::optional<std::type_identity_t<Value>> quick) {
  if (declaration.placeholder.empty()) declaration.placeholder = SettingValue<Value>::kPlaceholder;
  AddSetting({.declaration = std::move(declaration),
              .is_list = SettingValue<Value>::kIsList,
              .get = [&value] { return SettingValue<Value>::ToField(value); },
              .set = [&value](const std::vector<std::string>& words) { value = SettingValue<Value>::Parse(words); },
              .use_quick = quick ? [&value, quick] { value = *quick; } : std::function<void()>()});
}

template <typename Value, typename Name>
void SettingTable::AddChoice(SettingDeclaration declaration,
                             Value& value,
                             const std::vector<std::type_identity_t<Value>>& choices,
                             const Name& name,
                             std::optional<std::type_identity_t<Value>> quick) {
  std::vector<std::string> names;
  for (const Value& choice : choices) names.emplace_back(name(choice));
  declaration.accepted = OneOf(names);
  if (declaration.placeholder.empty()) declaration.placeholder = SettingValue<std::string>::kPlaceholder;
  AddSetting({.declaration = std::move(declaration),
              .is_list = false,
              .get = [&value, name]() -> FieldValue { return std::string(name(value)); },
              .set =
                  [&value, choices, name](const std::vector<std::string>& words) {
                    for (const Value& choice : choices) {
                      if (name(choice) == words.back()) value = choice;
                    }
                  },
              .use_quick = quick ? [&value, quick] { value = *quick; } : std::function<void()>()});
}

template <typename Value, typename Name>
void SettingTable::AddChoices(SettingDeclaration declaration,
                              std::vector<Value>& values,
                              const std::vector<std::type_identity_t<Value>>& choices,
                              const Name& name,
                              std::optional<std::vector<std::type_identity_t<Value>>> quick) {
  std::vector<std::string> names;
  for (const Value& choice : choices) names.emplace_back(name(choice));
  declaration.accepted = OneOf(names);
  if (declaration.placeholder.empty()) declaration.placeholder = SettingValue<std::vector<std::string>>::kPlaceholder;
  AddSetting({.declaration = std::move(declaration),
              .is_list = true,
              .get = [&values, name]() -> FieldValue {
                std::vector<std::string> words;
                for (const Value& value : values) words.emplace_back(name(value));
                return words;
              },
              .set =
                  [&values, choices, name](const std::vector<std::string>& words) {
                    values.clear();
                    for (const Value& choice : choices) {
                      if (std::find(words.begin(), words.end(), name(choice)) != words.end()) values.push_back(choice);
                    }
                  },
              .use_quick = quick ? [&values, quick] { values = *quick; } : std::function<void()>()});
}

// The values of all settings of some options, for which there is a SettingTableOf. Throws as SettingTable::Values.
template <typename Options>
Fields SettingsOf(Options options) {
  return SettingTableOf(options).Values();
}

// What --quick makes of the options' defaults.
template <typename Options>
Options QuickForm() {
  Options options;
  SettingTableOf(options).UseQuickValues();
  return options;
}

}  // namespace hyperwidth

#endif  // HYPERWIDTH_EXPERIMENTS_PROGRAM_SETTINGS_H_
