// SPDX-License-Identifier: Apache-2.0
#include "experiments/rotation/rotation_record.h"

#include <array>
#include <cmath>
#include <stdexcept>
#include <utility>
#include <vector>

#include "training/trials/trial_outcome.h"

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

constexpr std::array<std::pair<const char*, double RotationEpoch::*>, 6> kMeasurements = {{
    {"train_loss", &RotationEpoch::train_loss},
    {"validation_loss", &RotationEpoch::validation_loss},
    {"test_loss", &RotationEpoch::test_loss},
    {"test_error", &RotationEpoch::test_error},
    {"seen_error", &RotationEpoch::seen_error},
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

// What is not as published, by name.
Fields VariantValues(const RotationRunOptions& options) {
  const RotationArchitecture published;
  const RotationArchitecture& found = options.architecture;
  Fields values;
  const auto add = [&values](const char* name, Index value, Index usual) {
    if (value != usual) values.emplace_back(name, std::int64_t{value});
  };
  add("width", found.width, published.width);
  add("last_width", found.last_width, published.last_width);
  add("primary_width", found.primary_width, published.primary_width);
  add("embedding_dim", found.embedding_dim, published.embedding_dim);
  add("biases", found.generated_has_bias ? 1 : 0, 0);
  if (options.train_images > 0) values.emplace_back("conditions", options.train_images);
  if (options.is_named_by_learning_rate) values.emplace_back("lr", options.trainer.optimizer.learning_rate);
  return values;
}

}  // namespace

std::string RotationModelName(RotationModel model) {
  return model == RotationModel::kHypernetwork ? "hypernetwork" : "embedding";
}

Model MakeRotationModel(const RotationRunOptions& options) {
  return options.model == RotationModel::kHypernetwork ? MakeRotationHypernetwork(options.architecture)
                                                       : MakeRotationEmbedding(options.architecture);
}

std::string RotationModelName(RotationModel model, Index depth) {
  return RotationModelName(model) + "-depth" + std::to_string(depth);
}

const RotationEpoch& RotationRun::chosen() const {
  const RotationEpoch* best = nullptr;
  for (const RotationEpoch& epoch : epochs) {
    // Not a number is never better, nor worse than nothing.
    if (std::isfinite(epoch.validation_loss) && (!best || epoch.validation_loss < best->validation_loss)) best = &epoch;
  }
  return best ? *best : epochs.back();
}

std::string RotationVariant(const RotationRunOptions& options) {
  std::string text;
  for (const Field& field : VariantValues(options)) text += "-" + field.name + FieldText(field.value);
  return text;
}

std::string RotationModelName(const RotationRunOptions& options) {
  return RotationModelName(options.model, options.architecture.depth) + RotationVariant(options);
}

Fields RotationTrialValues(const RotationRunOptions& options) {
  Fields values = {{"model", RotationModelName(options.model)}, {"depth", std::int64_t{options.architecture.depth}}};
  for (Field& field : VariantValues(options)) values.push_back(std::move(field));
  values.emplace_back("seed", std::uint64_t{options.trainer.seed});
  return values;
}

std::string RotationFileName(const RotationRunOptions& options) {
  return RotationModelName(options) + "-seed" + std::to_string(options.trainer.seed);
}

RotationRun NewRotationRun(const RotationRunOptions& options) {
  return {.model = RotationModelName(options.model),
          .depth = options.architecture.depth,
          .seed = options.trainer.seed,
          .cost = {},
          .epochs = {},
          .variant = RotationVariant(options)};
}

Fields RotationOutcome(const RotationRun& run) {
  Fields outcome;
  for (const auto& [name, member] : kCosts) outcome.emplace_back(name, static_cast<std::int64_t>(run.cost.*member));
  AddLists<Integers>(run.epochs, kCounts, outcome);
  AddLists<Reals>(run.epochs, kMeasurements, outcome);
  return outcome;
}

RotationRun RotationRunOf(const RotationRunOptions& options, const Fields& outcome) {
  RotationRun run = NewRotationRun(options);
  for (const auto& [name, member] : kCosts) run.cost.*member = OutcomeValue<std::int64_t>(outcome, name);
  ReadLists<Integers>(outcome, kCounts, run.epochs);
  ReadLists<Reals>(outcome, kMeasurements, run.epochs);
  return run;
}

}  // namespace hyperwidth
