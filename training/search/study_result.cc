// SPDX-License-Identifier: Apache-2.0
#include "training/search/study_result.h"

#include <fmt/format.h>

#include <array>
#include <cmath>

#include "training/run/run_folder.h"

namespace hyperwidth {
namespace {

constexpr std::array<const char*, 3> kFailureNames = {"diverged", "out of memory", "threw"};

bool CanBeChosen(const StudyTrial& trial) { return trial.state != TrialState::kFailed && trial.rungs > 0; }

// Whether `trial` is chosen rather than `best`, which comes before it.
bool IsBetter(const StudyTrial& trial, const StudyTrial* best) {
  if (!CanBeChosen(trial)) return false;
  if (best == nullptr || trial.rungs != best->rungs) return best == nullptr || trial.rungs > best->rungs;
  return trial.score < best->score;
}

std::string FailureCounts(const StudyResult& result) {
  std::string text;
  for (std::size_t kind = 0; kind < kFailureNames.size(); ++kind) {
    std::int64_t count = 0;
    for (const StudyTrial& trial : result.trials) {
      count += trial.failure == static_cast<TrialFailure>(kind) ? 1 : 0;
    }
    if (count > 0) text += fmt::format("{}{} {}", text.empty() ? "" : ", ", count, kFailureNames[kind]);
  }
  return text;
}

[[noreturn]] void FailWithoutBest(const StudyResult& result) {
  const std::string study = result.name.empty() ? "study" : "study " + result.name;
  for (const StudyTrial& trial : result.trials) {
    if (trial.state) continue;
    throw std::logic_error(study + ": no trial can be chosen before the first has finished");
  }
  const std::string first =
      result.trials.empty() ? "there are none"
                            : fmt::format("the first, trial {}: {}", result.trials[0].number, result.trials[0].message);
  throw AllTrialsFailed(
      fmt::format("{}: all {} trials failed ({}); {}", study, result.trials.size(), FailureCounts(result), first));
}

}  // namespace

std::string TrialFailureName(TrialFailure failure) { return kFailureNames[static_cast<std::size_t>(failure)]; }

TrialFailure ParseTrialFailure(const std::string& name) {
  for (std::size_t i = 0; i < kFailureNames.size(); ++i) {
    if (name == kFailureNames[i]) return static_cast<TrialFailure>(i);
  }
  throw std::invalid_argument("failure of a trial: found '" + name + "', accepted: diverged, out of memory, threw");
}

const StudyTrial& StudyResult::best() const {
  const StudyTrial* best = nullptr;
  for (const StudyTrial& trial : trials) {
    if (IsBetter(trial, best)) best = &trial;
  }
  if (best == nullptr) FailWithoutBest(*this);
  return *best;
}

std::vector<double> StudyResult::BestSoFar() const {
  std::vector<double> scores;
  const StudyTrial* best = nullptr;
  for (const StudyTrial& trial : trials) {
    if (IsBetter(trial, best)) best = &trial;
    scores.push_back(best != nullptr ? best->score : std::numeric_limits<double>::quiet_NaN());
  }
  return scores;
}

std::int64_t StudyResult::steps() const {
  std::int64_t sum = 0;
  for (const StudyTrial& trial : trials) sum += trial.steps;
  return sum;
}

std::vector<ScoredTrial> StudyResult::Scored() const {
  std::vector<ScoredTrial> scored;
  for (const StudyTrial& trial : trials) {
    if (!trial.state) continue;
    const bool failed = trial.state == TrialState::kFailed;
    scored.push_back({trial.values, failed ? std::numeric_limits<double>::quiet_NaN() : trial.first_score});
  }
  return scored;
}

std::string StudyTable(const SearchSpace& space, const StudyResult& result) {
  std::vector<std::string> headings = {"trial"};
  for (const Parameter& parameter : space.parameters()) headings.push_back(parameter.name);
  for (const char* const name : {"state", "steps", "validation_score", "message"}) headings.emplace_back(name);
  std::string text = CsvLine(headings);
  for (const StudyTrial& trial : result.trials) {
    std::vector<std::string> row = {std::to_string(trial.number)};
    for (const Parameter& parameter : space.parameters()) {
      const ParameterValue* const value = FindValue(trial.values, parameter.name);
      row.push_back(value != nullptr ? ParameterText(*value) : "");
    }
    row.emplace_back(trial.state ? ToString(*trial.state) : "");
    row.push_back(std::to_string(trial.steps));
    row.push_back(std::isfinite(trial.score) ? MetricText(trial.score) : "");
    row.push_back(trial.message);
    text += CsvLine(row);
  }
  return text;
}

}  // namespace hyperwidth
