// SPDX-License-Identifier: Apache-2.0
#ifndef HYPERWIDTH_EXPERIMENTS_COMPARE_COMPARE_FLOORS_H_
#define HYPERWIDTH_EXPERIMENTS_COMPARE_COMPARE_FLOORS_H_

#include <cstdint>
#include <optional>

#include "experiments/compare/compare_data.h"
#include "theory/sampled/linear_decoder_floor.h"
#include "training/conditioned_data/intrinsic_dimension.h"
#include "training/trials/fields.h"

namespace hyperwidth {

// What these data themselves say, before anything is trained.
struct CompareFloors {
  // Of the standardised targets of all unseen conditions of the test; nothing without a common grid and real targets.
  std::optional<LinearDecoderFloor> linear_decoder = {};
  DataDimensions dimensions = {};

  // The mean squared error of the test that no scheme with so many functions and a bias gets below, in the units of
  // CompareMetric::kMse.
  std::optional<double> LinearDecoderError(std::int64_t functions) const;
};

// `known`: what EstimateDimensions says of the data, if somebody has asked before. `seed` draws the points from which
// dimensions are estimated. Cost: seconds for the largest matrices.
CompareFloors FloorsOf(const CompareData& data, std::uint64_t seed, const std::optional<DataDimensions>& known = {});

// As result.json has them: `functions` and `linear_decoder_error` as lists, dimensions with their intervals.
Fields FieldsOf(const CompareFloors& floors);

}  // namespace hyperwidth

#endif  // HYPERWIDTH_EXPERIMENTS_COMPARE_COMPARE_FLOORS_H_
