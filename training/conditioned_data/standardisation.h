// SPDX-License-Identifier: Apache-2.0
//
// The shift and scale that give every column of the training data mean 0 and deviation 1.

#ifndef HYPERWIDTH_TRAINING_CONDITIONED_DATA_STANDARDISATION_H_
#define HYPERWIDTH_TRAINING_CONDITIONED_DATA_STANDARDISATION_H_

#include <cstddef>
#include <span>
#include <vector>

#include "training/conditioned_data/conditioned_data.h"
#include "training/conditioned_data/data_split.h"

namespace hyperwidth {

// Per column, z = (v - mean) / scale. Values, so that they can be stored with a model.
struct ColumnScaling {
  std::vector<double> mean = {};
  std::vector<double> scale = {};  // above 0

  // One row [columns] in place; computed in double. Scalar: float, double.
  template <typename Scalar>
  void Apply(std::span<Scalar> row) const {
    for (std::size_t c = 0; c < row.size(); ++c) {
      row[c] = static_cast<Scalar>((static_cast<double>(row[c]) - mean[c]) / scale[c]);
    }
  }

  // Back again, up to rounding.
  template <typename Scalar>
  void Invert(std::span<Scalar> row) const {
    for (std::size_t c = 0; c < row.size(); ++c) {
      row[c] = static_cast<Scalar>(static_cast<double>(row[c]) * scale[c] + mean[c]);
    }
  }

  friend bool operator==(const ColumnScaling&, const ColumnScaling&) = default;
};

struct Standardisation {
  ColumnScaling x = {}, condition = {}, y = {};

  friend bool operator==(const Standardisation&, const Standardisation&) = default;
};

// Fitted on the samples that are for training and nothing else: x and y over samples, I over conditions, each counted
// once. A column that is constant there, but for rounding, is shifted and keeps scale 1.
// Throws: std::runtime_error "<origin>: .." if there is no training sample or one has an entry that is nan or infinite.
Standardisation FitStandardisation(const ConditionedData& data, const DataSplit& split);

}  // namespace hyperwidth

#endif  // HYPERWIDTH_TRAINING_CONDITIONED_DATA_STANDARDISATION_H_
