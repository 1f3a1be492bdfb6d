// SPDX-License-Identifier: Apache-2.0
//
// Models for tests, as if they had been trained.

#ifndef HYPERWIDTH_TRAINING_CONDITIONED_MODEL_TEST_MODEL_H_
#define HYPERWIDTH_TRAINING_CONDITIONED_MODEL_TEST_MODEL_H_

#include <cstdint>
#include <string>
#include <vector>

#include "models/random_stream.h"
#include "training/conditioned_model/conditioned_model.h"
#include "training/named_scheme.h"

namespace hyperwidth {

// Widths that are no multiples of anything, and no two alike.
inline SchemeSizes TestSizes() {
  return {.x_size = 3,
          .condition_size = 5,
          .outputs = 2,
          .condition_hidden = {7, 11},
          .primary_hidden = {13, 9},
          .scalars = 6,
          .known_conditions = 4,
          .chunk = 29,
          .chunk_name = 3};
}

inline std::vector<double> TestNumbers(Index count, double least, double most, RandomStream& random) {
  std::vector<double> numbers;
  for (Index i = 0; i < count; ++i) numbers.push_back(random.Uniform(least, most));
  return numbers;
}

// A start of the scheme, and a standardisation with means up to 2 from 0.
inline ConditionedModel TestModel(const std::string& scheme, const SchemeSizes& sizes, std::uint64_t seed = 1) {
  RandomStream random(seed);
  ConditionedModel model{.scheme = scheme, .sizes = sizes};
  const Model network = model.MakeModel();
  const auto scaling = [&random](Index columns) {
    return ColumnScaling{.mean = TestNumbers(columns, -2, 2, random), .scale = TestNumbers(columns, 0.3, 3, random)};
  };
  model.standardisation = {
      .x = scaling(sizes.x_size), .condition = scaling(sizes.condition_size), .y = scaling(sizes.outputs)};
  const Index known = network.graph.condition_count();
  model.known_conditions = TestNumbers(known * sizes.condition_size, -3, 3, random);
  model.theta.resize(network.parameters.size());
  network.parameters.Initialize<float>(seed, model.theta);
  return model;
}

inline ConditionedModel TestModel(const std::string& scheme) { return TestModel(scheme, TestSizes()); }

}  // namespace hyperwidth

#endif  // HYPERWIDTH_TRAINING_CONDITIONED_MODEL_TEST_MODEL_H_
