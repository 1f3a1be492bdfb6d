// SPDX-License-Identifier: Apache-2.0
#include "experiments/tuning/tuning_table.h"

#include <fmt/format.h>

#include <cstdint>
#include <utility>
#include <variant>

#include "training/search/assignment.h"

namespace hyperwidth {
namespace {

// "30 %", of the searches that know it; empty if none does.
std::string MeanShare(const TunedModel& model, const std::string& parameter) {
  double sum = 0;
  std::int64_t searches = 0;
  for (const ContenderResult* search : model.searches) {
    for (const ParameterSensitivity& found : search->sensitivity.parameters) {
      if (found.name != parameter || !found.share) continue;
      sum += *found.share;
      ++searches;
    }
  }
  return searches == 0 ? "" : fmt::format("{:.0f} %", 100 * sum / static_cast<double>(searches));
}

std::string Chosen(const TunedModel& model, const std::string& parameter) {
  std::string text;
  for (const ContenderResult* search : model.chosen) {
    if (!search->chosen) continue;
    const ParameterValue* const value = FindValue(search->chosen->values, parameter);
    if (value == nullptr) continue;
    const auto* const real = std::get_if<double>(value);
    text += (text.empty() ? "" : ", ") + (real == nullptr ? ParameterText(*value) : fmt::format("{:.2g}", *real));
  }
  return text;
}

}  // namespace

std::vector<TunedModel> TunedModels(const FairResult& found, const std::vector<std::string>& models) {
  std::vector<TunedModel> tuned_models;
  for (const std::string& model : models) {
    TunedModel tuned{.name = model};
    for (const ContenderResult& contender : found.contenders) {
      if (contender.name.starts_with(model)) tuned.searches.push_back(&contender);
    }
    tuned.chosen = tuned.searches;
    if (!tuned.searches.empty()) tuned_models.push_back(std::move(tuned));
  }
  return tuned_models;
}

std::optional<ResultTable> TuningTable(const std::vector<TunedModel>& models, const TuningWords& words) {
  std::vector<std::string> names, parameters, shares, chosen;
  for (const TunedModel& model : models) {
    for (const ParameterSensitivity& parameter : model.searches.front()->sensitivity.parameters) {
      names.push_back(model.name);
      parameters.push_back(parameter.name);
      shares.push_back(MeanShare(model, parameter.name));
      chosen.push_back(Chosen(model, parameter.name));
    }
  }
  if (names.empty()) return std::nullopt;
  return ResultTable{
      .title = "What was tuned, what it mattered and what was chosen",
      .caption = fmt::format(
          "Share: of the variance of the ranks of a search's validation scores, what this hyper-parameter explains by "
          "itself, mean over all searches of the {}. What shares do not add up to is interactions and noise. Chosen: "
          "{}.",
          words.model,
          words.chosen),
      .columns = {{words.model, names}, {"hyper-parameter", parameters}, {"share", shares}, {"chosen", chosen}}};
}

}  // namespace hyperwidth
