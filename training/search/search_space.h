// SPDX-License-Identifier: Apache-2.0
//
// What a search is over:
//
//   SearchSpace space;
//   space.AddCategorical("optimizer", {"sgd", "adam"});
//   space.AddFloat("lr", 1e-4, 1, {.log = true});
//   space.AddFloat("momentum", 0, 0.99, {.when = ParameterCondition{"optimizer", {"sgd"}}});
//   space.AddInt("width", 8, 256, {.log = true});

#ifndef HYPERWIDTH_TRAINING_SEARCH_SEARCH_SPACE_H_
#define HYPERWIDTH_TRAINING_SEARCH_SEARCH_SPACE_H_

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "training/search/assignment.h"
#include "training/search/parameter_range.h"

namespace hyperwidth {

// Holds where the parent, which was declared before, is active itself and has one of these values.
struct ParameterCondition {
  std::string parent;
  std::vector<ParameterValue> values;
};

struct Parameter {
  std::string name;
  ParameterRange range;
  std::optional<ParameterCondition> when = {};  // none: always active
};

// Of a number.
struct ParameterOptions {
  bool log = false;  // the logarithm is uniform, rather than the value
  std::optional<ParameterCondition> when = {};
};

class SearchSpace {
 public:
  // Each adds a parameter after those there are. Throw std::invalid_argument with the parameter, what was found and
  // what is accepted, and leave the space as it is: for a name that is repeated or not letters, digits and "_", "." or
  // "-", the first a letter; a range that Validate refuses; and a condition whose parent is not declared before, or is
  // a real number, whose equality means nothing, or that lists no value, or one that the parent never has.
  void AddFloat(const std::string& name, double low, double high, const ParameterOptions& options = {});
  void AddInt(const std::string& name, std::int64_t low, std::int64_t high, const ParameterOptions& options = {});
  void AddCategorical(const std::string& name,
                      const std::vector<std::string>& choices,
                      const std::optional<ParameterCondition>& when = {});

  const std::vector<Parameter>& parameters() const { return parameters_; }
  // Of the unit cube: one for each parameter, active or not.
  std::size_t dimensions() const { return parameters_.size(); }

  // Whether the parameter's condition holds, given the values of those before it.
  bool IsActive(const Parameter& parameter, const Assignment& values) const;

  // The values at a point of [0, 1)^dimensions(); what belongs to parameters that are not active has no effect. Throws
  // std::invalid_argument for another number of coordinates and naming one that is outside of [0, 1) or no number.
  Assignment At(std::span<const double> point) const;

  // Throws std::invalid_argument naming the parameter, with what was found and what is accepted, unless these are
  // values of this space: one in its range for each active parameter, in order, and nothing else.
  void Check(const Assignment& values) const;

 private:
  void Add(Parameter parameter);
  void CheckCondition(const std::string& name, const ParameterCondition& condition) const;
  const Parameter* Find(const std::string& name) const;

  std::vector<Parameter> parameters_;
};

}  // namespace hyperwidth

#endif  // HYPERWIDTH_TRAINING_SEARCH_SEARCH_SPACE_H_
