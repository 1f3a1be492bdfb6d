// SPDX-License-Identifier: Apache-2.0
#ifndef HYPERWIDTH_TRAINING_CONDITIONED_MODEL_PREDICTION_ERRORS_H_
#define HYPERWIDTH_TRAINING_CONDITIONED_MODEL_PREDICTION_ERRORS_H_

#include <cstdint>
#include <optional>
#include <vector>

#include "models/types.h"
#include "training/conditioned_data/conditioned_data.h"
#include "training/conditioned_model/conditioned_model.h"

namespace hyperwidth {

// How far what was predicted is from the y of the data.
struct PredictionErrors {
  // Of real numbers: the mean of squares over samples and outputs, in the square of y's unit.
  std::optional<double> mean_squared_error = {};
  // Of real numbers: ||prediction - y|| / ||y|| for each condition with samples, over its samples and outputs together,
  // in the order of the data. Conditions whose y is 0 throughout have none, and are counted instead.
  std::vector<double> relative_l2 = {};
  std::int64_t zero_conditions = 0;
  // Of classes: the share of samples whose label is not y. A y that is no class is never met.
  std::optional<double> error_rate = {};
};

// `outputs` as Predict gives them. Throws: std::runtime_error "<origin>: y: .." for data without y, or with another
// number of columns than the model has outputs, 1 for classes; std::invalid_argument for outputs of another shape.
PredictionErrors ErrorsOf(const ConditionedModel& model, const ConditionedData& data, const Matrix<double>& outputs);

}  // namespace hyperwidth

#endif  // HYPERWIDTH_TRAINING_CONDITIONED_MODEL_PREDICTION_ERRORS_H_
