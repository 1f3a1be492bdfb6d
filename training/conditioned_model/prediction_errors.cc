// SPDX-License-Identifier: Apache-2.0
#include "training/conditioned_model/prediction_errors.h"

#include <span>
#include <stdexcept>
#include <string>

#include "models/require_size.h"
#include "training/conditioned_data/condition_errors.h"
#include "training/conditioned_model/predict.h"

namespace hyperwidth {
namespace {

void RequireY(const ConditionedModel& model, const ConditionedData& data, const Matrix<double>& outputs) {
  RequireSize("samples of the outputs", outputs.cols(), data.samples());
  const Index accepted = model.classes.empty() ? outputs.rows() : 1;
  if (data.y_size() == accepted) return;
  throw std::runtime_error(data.origin() + ": y: found " + std::to_string(data.y_size()) +
                           " columns; accepted: " + std::to_string(accepted) + ", as the model was trained with");
}

double ErrorRate(const ConditionedModel& model, const ConditionedData& data, const Matrix<double>& outputs) {
  const Vector<double> labels = LargestClass(model, outputs);
  std::int64_t wrong = 0;
  for (std::int64_t position = 0; position < data.samples(); ++position) {
    double y = 0;
    data.CopyY<double>(position, {&y, 1});
    wrong += labels[data.file_row(position)] == y ? 0 : 1;
  }
  return static_cast<double>(wrong) / static_cast<double>(data.samples());
}

}  // namespace

PredictionErrors ErrorsOf(const ConditionedModel& model, const ConditionedData& data, const Matrix<double>& outputs) {
  RequireY(model, data, outputs);
  PredictionErrors errors;
  if (!model.classes.empty()) {
    errors.error_rate = ErrorRate(model, data, outputs);
    return errors;
  }
  Vector<double> y(data.y_size());
  ConditionError all;
  for (std::int64_t g = 0; g < data.conditions(); ++g) {
    if (data.start(g) == data.start(g + 1)) continue;
    ConditionError error;
    for (std::int64_t position = data.start(g); position < data.start(g + 1); ++position) {
      data.CopyY<double>(position, {y.data(), static_cast<std::size_t>(y.size())});
      error.squared_error_in_units += (outputs.col(data.file_row(position)) - y).squaredNorm();
      error.squared_target_in_units += y.squaredNorm();
    }
    all += error;
    if (error.squared_target_in_units == 0) {
      ++errors.zero_conditions;
    } else {
      errors.relative_l2.push_back(error.RelativeL2());
    }
  }
  errors.mean_squared_error = all.squared_error_in_units / static_cast<double>(outputs.size());
  return errors;
}

}  // namespace hyperwidth
