// SPDX-License-Identifier: Apache-2.0
//
// The settings of an experiment that tunes what it compares: --search and what goes with it, declared once.

#ifndef HYPERWIDTH_EXPERIMENTS_TUNING_SEARCH_SETTINGS_H_
#define HYPERWIDTH_EXPERIMENTS_TUNING_SEARCH_SETTINGS_H_

#include <cstdint>
#include <string>

#include "experiments/program/settings.h"
#include "training/search/fair_options.h"

namespace hyperwidth {

// What chooses the hyper-parameters of each model.
enum class SearchMethod {
  kNone,     // the options, the same for all models
  kHalving,  // a search for each model, with successive halving
  kFull,     // the same, with every trial trained to its end
};

// "none", "halving" or "full".
std::string SearchMethodName(SearchMethod method);

struct SearchSettings {
  SearchMethod method = SearchMethod::kNone;
  std::int64_t n_trials = 27;         // for each model, wherever it is compared
  std::int64_t reduction_factor = 3;  // of successive halving: one in so many trials goes on, so many times as long
  double min_share = 0.1;             // of a whole trial, the least that halving trains

  bool is_on() const { return method != SearchMethod::kNone; }
};

// Of images that are there to train on, one in so many is held back to choose by, unless the user says otherwise.
inline constexpr std::int64_t kSearchValidationShare = 6;

// What the help of an experiment says in its own words.
struct SearchHelp {
  std::string validation;  // what the search chooses by: "validation images"
  std::string place;       // what there is a search for, beside each model: "depth"
};

// Adds search, n_trials, reduction_factor and min_share.
void AddSearchSettings(const SearchHelp& help, SearchSettings& search, SettingTable& table);

// The searches for both models of each pair, whose whole trials have so many steps, and so many tests of each choice.
FairOptions FairOptionsOf(const SearchSettings& search,
                          std::int64_t steps,
                          std::uint64_t seed,
                          std::int64_t repetitions);

}  // namespace hyperwidth

#endif  // HYPERWIDTH_EXPERIMENTS_TUNING_SEARCH_SETTINGS_H_
