// SPDX-License-Identifier: Apache-2.0
#include "training/conditioned_data/condition_errors.h"

#include <algorithm>
#include <cmath>
#include <limits>
#include <numeric>
#include <optional>
#include <utility>

#include "training/conditioned_data/sample_quantile.h"
#include "training/planned_pass.h"

namespace hyperwidth {
namespace {

// Samples that are looked at together: so many fit into cache with the values of a network.
constexpr Index kBatchSamples = 2048;

// Consecutive samples of some consecutive conditions.
struct Portion {
  Index condition;  // of the samples' conditions
  Index first;
  Index count;
};

template <typename Scalar>
std::vector<std::vector<Portion>> Batches(const SubsetSamples<Scalar>& samples) {
  std::vector<std::vector<Portion>> batches(1);
  Index room = kBatchSamples;
  for (Index g = 0; g < samples.conditions(); ++g) {
    const Index size = samples.start(g + 1) - samples.start(g);
    for (Index first = 0; first < size;) {
      const Index count = std::min(room, size - first);
      batches.back().push_back({.condition = g, .first = first, .count = count});
      first += count;
      room -= count;
      if (room > 0) continue;
      batches.emplace_back();
      room = kBatchSamples;
    }
  }
  if (batches.back().empty()) batches.pop_back();
  return batches;
}

template <typename Scalar>
void Fill(const SubsetSamples<Scalar>& samples, const std::vector<Portion>& portions, TrainingBatch<Scalar>& batch) {
  Index count = 0;
  for (const Portion& portion : portions) count += portion.count;
  samples.Resize(static_cast<Index>(portions.size()), count, batch);
  Index first = 0, place = 0;
  std::vector<Index> chosen;
  for (const Portion& portion : portions) {
    chosen.resize(static_cast<std::size_t>(portion.count));
    for (std::size_t i = 0; i < chosen.size(); ++i) chosen[i] = portion.first + static_cast<Index>(i);
    samples.CopySamples(portion.condition, chosen, place++, first, batch);
    first += portion.count;
  }
}

template <typename Scalar>
void AddTarget(const Matrix<Scalar>& outputs,
               const Matrix<Scalar>& targets,
               Index sample,
               const ColumnScaling& y,
               ConditionError& error) {
  for (Index c = 0; c < targets.rows(); ++c) {
    const auto column = static_cast<std::size_t>(c);
    const double target = targets(c, sample);
    const double difference = static_cast<double>(outputs(c, sample)) - target;
    error.squared_error += difference * difference;
    error.squared_error_in_units += std::pow(difference * y.scale[column], 2);
    error.squared_target_in_units += std::pow(target * y.scale[column] + y.mean[column], 2);
  }
}

template <typename Scalar>
void AddLabel(const Matrix<Scalar>& outputs, int label, Index sample, ConditionError& error) {
  const auto column = outputs.col(sample).template cast<double>();
  const double largest = column.maxCoeff();
  error.cross_entropy += largest + std::log((column.array() - largest).exp().sum()) - column[label];
  Index winner = 0;
  column.maxCoeff(&winner);
  // Written so that outputs that are no numbers are wrong.
  if (winner != label || !(column[label] == largest)) ++error.wrong;
}

// The samples of one condition, where x is one number.
class Line {
 public:
  template <typename Scalar>
  void Add(const TrainingBatch<Scalar>& batch, const Matrix<Scalar>& outputs, Index sample, const ColumnScaling& y) {
    x_.push_back(static_cast<double>(batch.x(0, sample)));
    for (Index c = 0; c < batch.targets.rows(); ++c) {
      const double scale = y.scale[static_cast<std::size_t>(c)], target = batch.targets(c, sample);
      error_.push_back((static_cast<double>(outputs(c, sample)) - target) * scale);
      target_.push_back(target * scale);
    }
  }

  // Adds the slopes between neighbours, of all samples that there are, and forgets the samples.
  void AddSlopes(ConditionError& error) {
    order_.resize(x_.size());
    std::iota(order_.begin(), order_.end(), std::size_t{0});
    std::stable_sort(order_.begin(), order_.end(), [&](std::size_t a, std::size_t b) { return x_[a] < x_[b]; });
    const std::size_t outputs = x_.empty() ? 0 : error_.size() / x_.size();
    for (std::size_t i = 1; i < order_.size(); ++i) {
      const std::size_t here = order_[i], before = order_[i - 1];
      const double step = x_[here] - x_[before];
      if (!(step > 0)) continue;
      ++error.intervals;
      for (std::size_t c = 0; c < outputs; ++c) {
        const std::size_t to = here * outputs + c, from = before * outputs + c;
        error.squared_slope_error += std::pow(error_[to] - error_[from], 2) / step;
        error.squared_slope += std::pow(target_[to] - target_[from], 2) / step;
      }
    }
    x_.clear();
    error_.clear();
    target_.clear();
  }

 private:
  std::vector<double> x_;
  std::vector<double> error_, target_;  // [sample, output], in y's own units, up to a constant
  std::vector<std::size_t> order_;
};

// ||error|| / ||what it is of||; infinite for a 0 of which there is an error, 0 if both are.
double Relative(double squared_error, double squared) {
  return squared_error == 0 ? 0 : std::sqrt(squared_error / squared);
}

}  // namespace

double ConditionError::RelativeL2() const { return Relative(squared_error_in_units, squared_target_in_units); }

double ConditionError::RelativeSlope() const {
  if (intervals == 0) return std::numeric_limits<double>::quiet_NaN();
  return Relative(squared_slope_error, squared_slope);
}

ConditionError& ConditionError::operator+=(const ConditionError& other) {
  samples += other.samples;
  squared_error += other.squared_error;
  squared_error_in_units += other.squared_error_in_units;
  squared_target_in_units += other.squared_target_in_units;
  squared_slope_error += other.squared_slope_error;
  squared_slope += other.squared_slope;
  intervals += other.intervals;
  cross_entropy += other.cross_entropy;
  wrong += other.wrong;
  return *this;
}

template <typename Scalar>
std::vector<ConditionError> ErrorsByCondition(const Model& model,
                                              const SubsetSamples<Scalar>& samples,
                                              const ColumnScaling& y,
                                              const ConstVectorRef<Scalar>& theta,
                                              int threads) {
  std::vector<ConditionError> errors(static_cast<std::size_t>(samples.conditions()));
  for (std::size_t g = 0; g < errors.size(); ++g) errors[g].condition_id = samples.condition_ids()[g];
  std::optional<PlannedPass<Scalar>> planned;
  TrainingBatch<Scalar> batch;
  Line line;
  for (const std::vector<Portion>& portions : Batches(samples)) {
    Fill(samples, portions, batch);
    if (!planned) planned.emplace(model, batch, threads);
    const Matrix<Scalar>& outputs = planned->pass().Forward(theta, batch);
    Index sample = 0;
    for (const Portion& portion : portions) {
      ConditionError& error = errors[static_cast<std::size_t>(portion.condition)];
      error.samples += portion.count;
      const bool has_slopes = samples.labels().size() == 0 && batch.x.rows() == 1;
      for (const Index end = sample + portion.count; sample < end; ++sample) {
        if (samples.labels().size() == 0) {
          AddTarget(outputs, batch.targets, sample, y, error);
          if (has_slopes) line.Add(batch, outputs, sample, y);
        } else {
          AddLabel(outputs, batch.labels[sample], sample, error);
        }
      }
      const Index all = samples.start(portion.condition + 1) - samples.start(portion.condition);
      if (portion.first + portion.count == all) line.AddSlopes(error);
    }
  }
  return errors;
}

ErrorSummary Summarise(const std::vector<ConditionError>& errors, Index outputs, bool has_labels) {
  constexpr double kNone = std::numeric_limits<double>::quiet_NaN();
  ErrorSummary summary{.mean_squared = kNone,
                       .root_mean_squared = kNone,
                       .relative_l2_mean = kNone,
                       .relative_l2_quantile = kNone,
                       .relative_slope_mean = kNone,
                       .cross_entropy = kNone,
                       .error_rate = kNone};
  ConditionError all;
  std::vector<double> relative, slopes;
  for (const ConditionError& error : errors) {
    all += error;
    relative.push_back(error.RelativeL2());
    if (error.intervals > 0) slopes.push_back(error.RelativeSlope());
  }
  if (all.samples == 0) return summary;
  const auto samples = static_cast<double>(all.samples);
  if (has_labels) {
    summary.cross_entropy = all.cross_entropy / samples;
    summary.error_rate = static_cast<double>(all.wrong) / samples;
    return summary;
  }
  const double entries = samples * static_cast<double>(outputs);
  summary.mean_squared = all.squared_error / entries;
  summary.root_mean_squared = std::sqrt(all.squared_error_in_units / entries);
  if (!slopes.empty()) summary.relative_slope_mean = MeanOf(slopes);
  summary.relative_l2_mean = MeanOf(relative);
  summary.relative_l2_quantile = QuantileOf(std::move(relative), 0.95, QuantileMethod::kInvertedCdf);
  return summary;
}

template std::vector<ConditionError> ErrorsByCondition(
    const Model&, const SubsetSamples<float>&, const ColumnScaling&, const ConstVectorRef<float>&, int);
template std::vector<ConditionError> ErrorsByCondition(
    const Model&, const SubsetSamples<double>&, const ColumnScaling&, const ConstVectorRef<double>&, int);

}  // namespace hyperwidth
