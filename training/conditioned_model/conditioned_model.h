// SPDX-License-Identifier: Apache-2.0
//
// A trained model of a named scheme, with whatever it takes to use it on data as the user has them.

#ifndef HYPERWIDTH_TRAINING_CONDITIONED_MODEL_CONDITIONED_MODEL_H_
#define HYPERWIDTH_TRAINING_CONDITIONED_MODEL_CONDITIONED_MODEL_H_

#include <span>
#include <string>
#include <vector>

#include "models/graph/graph.h"
#include "models/types.h"
#include "training/conditioned_data/standardisation.h"
#include "training/named_scheme.h"

namespace hyperwidth {

struct ConditionedModel {
  std::string scheme = {};  // of AllSchemeNames()
  SchemeSizes sizes = {};
  // What the model sees is x and I standardised; what it says is y standardised. Columns: x_size, condition_size and
  // outputs; with classes, y is not used, and may have any number of columns.
  Standardisation standardisation = {};
  // What y is: empty for real numbers; else it is one column of labels, and output c is the logit of label classes[c].
  std::vector<double> classes = {};
  // Of a table: the condition I of each of its columns, as the user has it, [known_conditions, condition_size] row by
  // row. Else empty.
  std::vector<double> known_conditions = {};
  Vector<float> theta = {};

  // Throws: as NamedScheme.
  Model MakeModel() const;
};

// Throws: std::invalid_argument "<what>: found <..>, accepted: <..>" for another scheme, lengths that do not fit the
// sizes (theta's among them), scaling that is not finite or by no positive number, classes that are not finite or there
// twice, and as the scheme.
void Validate(const ConditionedModel& model);
// The same where there is already what MakeModel gives.
void Validate(const ConditionedModel& model, const Model& network);

// The column of a table that belongs to a condition: equal to it number by number, so that 0 is -0, and the first of
// several columns of one condition.
class KnownConditions {
 public:
  // `model` must outlive it.
  explicit KnownConditions(const ConditionedModel& model);

  // Throws: std::invalid_argument for a condition that the table does not know. `condition` [condition_size], as the
  // user has it.
  Index IdOf(std::span<const double> condition) const;

 private:
  std::span<const double> Row(Index id) const;

  const ConditionedModel& model_;
  std::vector<Index> sorted_;  // ids, by their conditions
};

}  // namespace hyperwidth

#endif  // HYPERWIDTH_TRAINING_CONDITIONED_MODEL_CONDITIONED_MODEL_H_
