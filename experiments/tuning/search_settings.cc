// SPDX-License-Identifier: Apache-2.0
#include "experiments/tuning/search_settings.h"

#include "experiments/command_line/flag_checks.h"

namespace hyperwidth {
namespace {

constexpr int kModelsOfPair = 2;  // next to each other in a study; their searches go on side by side

}  // namespace

std::string SearchMethodName(SearchMethod method) {
  switch (method) {
    case SearchMethod::kHalving:
      return "halving";
    case SearchMethod::kFull:
      return "full";
    case SearchMethod::kNone:
      break;
  }
  return "none";
}

void AddSearchSettings(const SearchHelp& help, SearchSettings& search, SettingTable& table) {
  table.AddChoice({.name = "search",
                   .help = "Tune both models with the same budget on " + help.validation +
                           ", which then choose optimizer, lr, momentum and weight decay: none (the default), halving "
                           "(the flag alone) or full",
                   .flag_alone = SearchMethodName(SearchMethod::kHalving)},
                  search.method,
                  {SearchMethod::kNone, SearchMethod::kHalving, SearchMethod::kFull},
                  SearchMethodName);
  table.Add({.name = "n_trials",
             .help = "Trials of a search, for each model and " + help.place,
             .accepted = IntegerAtLeast(1, 1'000'000)},
            search.n_trials,
            /*quick=*/9);
  table.Add({.name = "reduction_factor",
             .help = "Of successive halving: one in N trials goes on, N times as long",
             .accepted = IntegerAtLeast(2, 1000)},
            search.reduction_factor);
  table.Add({.name = "min_share",
             .help = "Of successive halving: no trial is trained for a smaller share of its steps",
             .accepted = PositiveReal(1)},
            search.min_share);
}

FairOptions FairOptionsOf(const SearchSettings& search,
                          std::int64_t steps,
                          std::uint64_t seed,
                          std::int64_t repetitions) {
  FairOptions fair{.budget = {.trials = search.n_trials, .steps = steps, .multiply_adds = 0},
                   .halving = {},
                   .seed = seed,
                   .studies_at_once = kModelsOfPair,
                   .repetitions = repetitions};
  if (search.method == SearchMethod::kHalving) {
    fair.halving = FairHalving{.reduction_factor = search.reduction_factor, .min_share = search.min_share};
  }
  return fair;
}

}  // namespace hyperwidth
