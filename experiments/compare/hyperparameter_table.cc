// SPDX-License-Identifier: Apache-2.0
#include "experiments/compare/hyperparameter_table.h"

#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <string>
#include <variant>

#include "experiments/result/format.h"
#include "training/search/assignment.h"

namespace hyperwidth {
namespace {

struct Share {
  double sum = 0;
  std::int64_t searches = 0;
};

std::string Chosen(const TestedContender& contender, const std::string& parameter) {
  std::string text;
  for (const ContenderResult* repetition : contender.repetitions) {
    if (!repetition->chosen) continue;
    const ParameterValue* const value = FindValue(repetition->chosen->values, parameter);
    if (value == nullptr) continue;
    const auto* const real = std::get_if<double>(value);
    text += (text.empty() ? "" : ", ") + (real == nullptr ? ParameterText(*value) : fmt::format("{:.2g}", *real));
  }
  return text;
}

}  // namespace

std::optional<ResultTable> HyperparameterTable(const std::vector<TestedContender>& tested) {
  std::vector<std::string> schemes, parameters, shares, chosen;
  std::vector<std::string> done;
  for (const TestedContender& contender : tested) {
    const std::string& scheme = contender.contender.scheme;
    if (std::find(done.begin(), done.end(), scheme) != done.end()) continue;
    done.push_back(scheme);
    const TestedContender* largest = nullptr;
    std::map<std::string, Share> explained;
    for (const TestedContender& other : tested) {
      if (other.contender.scheme != scheme) continue;
      largest = &other;
      for (const ContenderResult* repetition : other.repetitions) {
        for (const ParameterSensitivity& parameter : repetition->sensitivity.parameters) {
          if (!parameter.share) continue;
          explained[parameter.name].sum += *parameter.share;
          ++explained[parameter.name].searches;
        }
      }
    }
    for (const ParameterSensitivity& parameter : largest->repetitions.front()->sensitivity.parameters) {
      const Share& share = explained[parameter.name];
      schemes.push_back(scheme);
      parameters.push_back(parameter.name);
      shares.push_back(
          share.searches == 0 ? "" : fmt::format("{:.0f} %", 100 * share.sum / static_cast<double>(share.searches)));
      chosen.push_back(Chosen(*largest, parameter.name));
    }
  }
  if (schemes.empty()) return std::nullopt;
  return ResultTable{
      .title = "What was tuned, what it mattered and what was chosen",
      .caption =
          "Share: of the variance of the ranks of a search's validation scores, what this hyper-parameter explains by "
          "itself, mean over all searches of the scheme. What shares do not add up to is interactions and noise. "
          "Chosen: at the largest size, in each repetition.",
      .columns = {{"scheme", schemes}, {"hyper-parameter", parameters}, {"share", shares}, {"chosen", chosen}}};
}

}  // namespace hyperwidth
