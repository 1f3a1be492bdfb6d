// SPDX-License-Identifier: Apache-2.0
//
// All sizes of one scheme between which a request may choose, by two numbers.

#ifndef HYPERWIDTH_TRAINING_SIZED_SCHEME_WIDTH_FAMILY_H_
#define HYPERWIDTH_TRAINING_SIZED_SCHEME_WIDTH_FAMILY_H_

#include "training/sized_scheme/scheme_counts.h"
#include "training/sized_scheme/sized_scheme.h"

namespace hyperwidth {

// Units of the hidden layers of what sees x, of all together, and of what sees the condition.
struct Units {
  Index primary = 0;
  Index condition = 0;
};

double MeasureOf(SizeMeasure measure, const SchemeCounts& counts);

// Every count grows with each of the two numbers, or does not depend on it.
class WidthFamily {
 public:
  // Throws: std::invalid_argument as SolveWidths for fields out of range and for a kappa that there is not.
  explicit WidthFamily(const SizeRequest& request);

  // The least of both; 0 where there is nothing to choose, because there is no such layer.
  Units least() const { return least_; }
  // Whether a count of the measure grows with the condition's units.
  bool CountsCondition() const { return counts_condition_; }

  SchemeSizes At(Units units) const;
  // Of the measure; of kKappa trainable parameters.
  double Count(Units units) const;

  // What the condition's units would be for the wanted ratio of widths.
  double WantedCondition(Index primary) const;

 private:
  void RequireValid() const;
  // Sets what kappa fixes and the least units at which nothing is narrower.
  void FixKappa();
  bool HasKappa(Units units) const;
  // The least number >= `from` at which kappa is as requested, if kappa does not fall as units_at(number) grow.
  template <typename UnitsAt>
  Index LeastWithKappa(Index from, const UnitsAt& units_at) const;

  SizeRequest request_;
  SchemeCounter counter_;
  Units least_;
  Index bottleneck_ = 0;        // units of the last hidden layer of what sees I, if fixed
  Index condition_layers_ = 0;  // those whose width is to be chosen
  bool counts_condition_ = false;
};

}  // namespace hyperwidth

#endif  // HYPERWIDTH_TRAINING_SIZED_SCHEME_WIDTH_FAMILY_H_
