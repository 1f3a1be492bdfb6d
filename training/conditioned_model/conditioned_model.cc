// SPDX-License-Identifier: Apache-2.0
#include "training/conditioned_model/conditioned_model.h"

#include <algorithm>
#include <cmath>
#include <numeric>
#include <set>
#include <stdexcept>

#include "models/require_size.h"
#include "training/conditioned_model/number_text.h"

namespace hyperwidth {
namespace {

Index Length(const std::vector<double>& numbers) { return static_cast<Index>(numbers.size()); }

void RequireNumbers(const std::string& what, const std::vector<double>& numbers, bool above_zero) {
  for (const double number : numbers) {
    if (std::isfinite(number) && (!above_zero || number > 0)) continue;
    throw std::invalid_argument(what + ": found " + NumbersText<double>({number}) +
                                ", accepted: " + (above_zero ? "finite numbers above 0" : "finite numbers"));
  }
}

void RequireScaling(const std::string& what, const ColumnScaling& scaling, Index columns) {
  RequireSize("numbers of " + what + ".mean", Length(scaling.mean), columns);
  RequireSize("numbers of " + what + ".scale", Length(scaling.scale), columns);
  RequireNumbers(what + ".mean", scaling.mean, false);
  RequireNumbers(what + ".scale", scaling.scale, true);
}

}  // namespace

Model ConditionedModel::MakeModel() const { return NamedScheme(scheme, sizes); }

void Validate(const ConditionedModel& model) { Validate(model, model.MakeModel()); }

void Validate(const ConditionedModel& model, const Model& network) {
  RequireSize("parameters", model.theta.size(), network.parameters.size());
  RequireScaling("standardisation.x", model.standardisation.x, model.sizes.x_size);
  RequireScaling("standardisation.condition", model.standardisation.condition, model.sizes.condition_size);
  const ColumnScaling& y = model.standardisation.y;
  RequireScaling("standardisation.y", y, model.classes.empty() ? model.sizes.outputs : Length(y.mean));
  if (!model.classes.empty()) {
    RequireSize("classes", Length(model.classes), model.sizes.outputs);
    RequireNumbers("classes", model.classes, false);
    const std::set<double> distinct(model.classes.begin(), model.classes.end());
    RequireSize("distinct classes", static_cast<Index>(distinct.size()), Length(model.classes));
  }
  const Index known = network.graph.condition_count();
  RequireSize("numbers of known_conditions", Length(model.known_conditions), known * model.sizes.condition_size);
  RequireNumbers("known_conditions", model.known_conditions, false);
}

KnownConditions::KnownConditions(const ConditionedModel& model) : model_(model) {
  const Index columns = model.sizes.condition_size;
  sorted_.resize(static_cast<std::size_t>(Length(model.known_conditions) / columns));
  std::iota(sorted_.begin(), sorted_.end(), Index{0});
  std::stable_sort(sorted_.begin(), sorted_.end(), [this](Index a, Index b) {
    return std::ranges::lexicographical_compare(Row(a), Row(b));
  });
}

std::span<const double> KnownConditions::Row(Index id) const {
  const auto columns = static_cast<std::size_t>(model_.sizes.condition_size);
  return {model_.known_conditions.data() + static_cast<std::size_t>(id) * columns, columns};
}

Index KnownConditions::IdOf(std::span<const double> condition) const {
  const auto found =
      std::lower_bound(sorted_.begin(), sorted_.end(), condition, [this](Index id, std::span<const double> wanted) {
        return std::ranges::lexicographical_compare(Row(id), wanted);
      });
  if (found != sorted_.end() && std::ranges::equal(Row(*found), condition)) return *found;
  throw std::invalid_argument("found a condition that the table has no column for, accepted: one of the " +
                              std::to_string(sorted_.size()) + " that it was trained with");
}

}  // namespace hyperwidth
