// SPDX-License-Identifier: Apache-2.0
#include "experiments/rotation/rotation_trials.h"

#include <array>
#include <stdexcept>
#include <utility>
#include <vector>

#include "experiments/program/trials.h"

namespace hyperwidth {
namespace {

using Integers = std::vector<std::int64_t>;
using Reals = std::vector<double>;

constexpr std::array<std::pair<const char*, Index RotationCost::*>, 6> kCosts = {{
    {"primary_parameters", &RotationCost::primary_parameters},
    {"generator_parameters", &RotationCost::generator_parameters},
    {"trainable_parameters", &RotationCost::trainable_parameters},
    {"generated_parameters", &RotationCost::generated_parameters},
    {"multiply_adds", &RotationCost::multiply_adds},
    {"multiply_adds_reusing", &RotationCost::multiply_adds_reusing},
}};

constexpr std::array<std::pair<const char*, Index RotationEpoch::*>, 2> kCounts = {{
    {"epoch", &RotationEpoch::epoch},
    {"step", &RotationEpoch::step},
}};

constexpr std::array<std::pair<const char*, double RotationEpoch::*>, 4> kMeasurements = {{
    {"train_loss", &RotationEpoch::train_loss},
    {"test_loss", &RotationEpoch::test_loss},
    {"test_error", &RotationEpoch::test_error},
    {"seconds", &RotationEpoch::seconds},
}};

template <typename List, typename Members>
void AddLists(const std::vector<RotationEpoch>& epochs, const Members& members, Fields& outcome) {
  for (const auto& [name, member] : members) {
    List list;
    for (const RotationEpoch& epoch : epochs) list.push_back(epoch.*member);
    outcome.emplace_back(name, FieldValue(std::move(list)));
  }
}

template <typename List, typename Members>
void ReadLists(const Fields& outcome, const Members& members, std::vector<RotationEpoch>& epochs) {
  for (const auto& [name, member] : members) {
    const List& list = OutcomeValue<List>(outcome, name);
    if (epochs.empty()) epochs.resize(list.size());
    if (list.empty() || list.size() != epochs.size()) {
      throw std::runtime_error(std::string("trial outcome: ") + name + " has " + std::to_string(list.size()) +
                               " items; accepted: one for each epoch");
    }
    for (std::size_t i = 0; i < epochs.size(); ++i) epochs[i].*member = list[i];
  }
}

}  // namespace

std::string RotationTrialKey(const RotationRunOptions& options) {
  return RotationModelName(options.model) + " depth=" + std::to_string(options.architecture.depth) +
         " seed=" + std::to_string(options.trainer.seed);
}

Fields RotationOutcome(const RotationRun& run) {
  Fields outcome;
  for (const auto& [name, member] : kCosts) outcome.emplace_back(name, static_cast<std::int64_t>(run.cost.*member));
  AddLists<Integers>(run.epochs, kCounts, outcome);
  AddLists<Reals>(run.epochs, kMeasurements, outcome);
  return outcome;
}

RotationRun RotationRunOf(const RotationRunOptions& options, const Fields& outcome) {
  RotationRun run{.model = RotationModelName(options.model),
                  .depth = options.architecture.depth,
                  .seed = options.trainer.seed,
                  .cost = {},
                  .epochs = {}};
  for (const auto& [name, member] : kCosts) run.cost.*member = OutcomeValue<std::int64_t>(outcome, name);
  ReadLists<Integers>(outcome, kCounts, run.epochs);
  ReadLists<Reals>(outcome, kMeasurements, run.epochs);
  return run;
}

}  // namespace hyperwidth
