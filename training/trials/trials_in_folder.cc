// SPDX-License-Identifier: Apache-2.0
#include "training/trials/trials_in_folder.h"

#include <chrono>
#include <set>
#include <string>
#include <utility>

#include "training/trials/trial_table.h"
#include "training/trials/trial_values.h"

namespace hyperwidth {
namespace {

constexpr std::chrono::seconds kWriteEvery{2};

}  // namespace

TrialsInFolder::TrialsInFolder(const RunFolder& folder, const Fields& study, TrialOptions options)
    : folder_(folder), options_(std::move(options)), journal_(folder, study), throttle_(kWriteEvery) {
  if (options_.stop != nullptr) return;
  options_.stop = &stop_;
  interrupts_.emplace(stop_);
}

TrialOutcomes TrialsInFolder::Run(const std::vector<Trial>& trials) {
  TrialOptions options = options_;
  options.on_outcome = [&](const TrialOutcomes& so_far, std::size_t trial) {
    if (throttle_.Due()) WriteTable(trials, so_far);
    if (options_.on_outcome) options_.on_outcome(so_far, trial);
  };
  TrialOutcomes found = RunTrials(trials, journal_, options);
  WriteTable(trials, found);
  std::set<std::string> known;
  for (const Fields& values : earlier_) known.insert(TrialKey(values));
  for (std::size_t i = 0; i < trials.size(); ++i) {
    if (found.outcomes[i] && known.insert(TrialKey(trials[i].values)).second) earlier_.push_back(trials[i].values);
  }
  return found;
}

void TrialsInFolder::WriteTable(const std::vector<Trial>& trials, const TrialOutcomes& outcomes) const {
  if (folder_.is_nowhere()) return;
  std::vector<TrialRow> rows;
  std::set<std::string> known;
  for (const Fields& values : earlier_) {
    rows.push_back({.values = &values, .outcome = journal_.Find(values)});
    known.insert(TrialKey(values));
  }
  for (std::size_t i = 0; i < trials.size(); ++i) {
    if (known.contains(TrialKey(trials[i].values))) continue;
    const auto& outcome = outcomes.outcomes[i];
    rows.push_back({.values = &trials[i].values, .outcome = outcome ? &*outcome : nullptr});
  }
  folder_.Write("metrics.csv", TrialTableText(rows, options_.ends));
}

TrialOutcomes RunTrialsInFolder(const std::vector<Trial>& trials,
                                const RunFolder& folder,
                                const Fields& study,
                                const TrialOptions& options) {
  return TrialsInFolder(folder, study, options).Run(trials);
}

}  // namespace hyperwidth
