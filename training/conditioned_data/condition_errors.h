// SPDX-License-Identifier: Apache-2.0
//
// How far a model is from data, condition by condition.

#ifndef HYPERWIDTH_TRAINING_CONDITIONED_DATA_CONDITION_ERRORS_H_
#define HYPERWIDTH_TRAINING_CONDITIONED_DATA_CONDITION_ERRORS_H_

#include <vector>

#include "models/graph/graph.h"
#include "models/types.h"
#include "training/conditioned_data/conditioned_source.h"
#include "training/conditioned_data/standardisation.h"

namespace hyperwidth {

// Sums over the samples of one condition, or of all, and over outputs.
struct ConditionError {
  Index condition_id = 0;  // its number in the data
  Index samples = 0;
  // Of targets: squares of errors and of the targets, as they were trained on (standardised) and in y's own units.
  double squared_error = 0;
  double squared_error_in_units = 0;
  double squared_target_in_units = 0;
  // Of targets where x is one number: the integrals of the squared slopes of the error and of y, in y's own units and
  // the samples' x, each being a line between neighbouring x of the condition. No intervals: not known.
  double squared_slope_error = 0;
  double squared_slope = 0;
  Index intervals = 0;  // between neighbouring x that differ
  // Of labels: -log softmax at the label, and labels that do not have the largest output.
  double cross_entropy = 0;
  Index wrong = 0;

  // ||error|| / ||y|| in y's own units; infinite for a y that is 0 while the error is not, 0 if both are.
  double RelativeL2() const;
  // The same of dy/dx, as far as the samples know it: ||slope of the error|| / ||slope of y||. NaN without intervals.
  double RelativeSlope() const;
  ConditionError& operator+=(const ConditionError& other);

  friend bool operator==(const ConditionError&, const ConditionError&) = default;
};

// One for each condition of `samples`, in their order. `y` is the scaling of the standardisation that the samples have
// been made with; for labels it is not looked at. `threads` as in TrainerOptions; the same bits for any number. Throws:
// std::invalid_argument if the model does not fit the samples.
template <typename Scalar>
std::vector<ConditionError> ErrorsByCondition(const Model& model,
                                              const SubsetSamples<Scalar>& samples,
                                              const ColumnScaling& y,
                                              const ConstVectorRef<Scalar>& theta,
                                              int threads = 0);

// What is left of all conditions. NaN where there is none, or where it is of the other kind.
struct ErrorSummary {
  double mean_squared = 0;          // standardised: the share of y's variance that is not explained, per output
  double root_mean_squared = 0;     // in y's own units, over samples and outputs
  double relative_l2_mean = 0;      // over conditions
  double relative_l2_quantile = 0;  // 95 %, QuantileMethod::kInvertedCdf
  double relative_slope_mean = 0;   // over the conditions that know it
  double cross_entropy = 0;         // over samples
  double error_rate = 0;
};

// outputs: of the model, for the means over them. has_labels: whether the data name classes.
ErrorSummary Summarise(const std::vector<ConditionError>& errors, Index outputs, bool has_labels);

extern template std::vector<ConditionError> ErrorsByCondition(
    const Model&, const SubsetSamples<float>&, const ColumnScaling&, const ConstVectorRef<float>&, int);
extern template std::vector<ConditionError> ErrorsByCondition(
    const Model&, const SubsetSamples<double>&, const ColumnScaling&, const ConstVectorRef<double>&, int);

}  // namespace hyperwidth

#endif  // HYPERWIDTH_TRAINING_CONDITIONED_DATA_CONDITION_ERRORS_H_
