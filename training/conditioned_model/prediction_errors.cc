// SPDX-License-Identifier: Apache-2.0
#include "training/conditioned_model/prediction_errors.h"

#include <algorithm>
#include <cmath>
#include <limits>
#include <numeric>
#include <span>
#include <stdexcept>
#include <string>

#include "models/require_size.h"
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
  double all = 0;
  for (std::int64_t g = 0; g < data.conditions(); ++g) {
    if (data.start(g) == data.start(g + 1)) continue;
    double square = 0, norm = 0;
    for (std::int64_t position = data.start(g); position < data.start(g + 1); ++position) {
      data.CopyY<double>(position, {y.data(), static_cast<std::size_t>(y.size())});
      square += (outputs.col(data.file_row(position)) - y).squaredNorm();
      norm += y.squaredNorm();
    }
    all += square;
    if (norm == 0) {
      ++errors.zero_conditions;
    } else {
      errors.relative_l2.push_back(std::sqrt(square / norm));
    }
  }
  errors.mean_squared_error = all / static_cast<double>(outputs.size());
  return errors;
}

double MeanOf(const std::vector<double>& numbers) {
  return std::accumulate(numbers.begin(), numbers.end(), 0.0) / static_cast<double>(numbers.size());
}

double QuantileOf(std::vector<double> numbers, double share) {
  if (std::any_of(numbers.begin(), numbers.end(), [](double number) { return std::isnan(number); })) {
    return std::numeric_limits<double>::quiet_NaN();
  }
  std::sort(numbers.begin(), numbers.end());
  const double place = share * static_cast<double>(numbers.size() - 1);
  const auto below = static_cast<std::size_t>(place);
  const double part = place - static_cast<double>(below);
  if (part == 0) return numbers[below];
  return numbers[below] + part * (numbers[below + 1] - numbers[below]);
}

}  // namespace hyperwidth
