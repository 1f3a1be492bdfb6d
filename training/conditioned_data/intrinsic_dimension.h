// SPDX-License-Identifier: Apache-2.0
//
// How many numbers it takes to say which point of a data set one means: the dimension of the set on which the points
// lie, however many coordinates they have.

#ifndef HYPERWIDTH_TRAINING_CONDITIONED_DATA_INTRINSIC_DIMENSION_H_
#define HYPERWIDTH_TRAINING_CONDITIONED_DATA_INTRINSIC_DIMENSION_H_

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "models/types.h"
#include "training/conditioned_data/common_grid.h"
#include "training/conditioned_data/conditioned_data.h"

namespace hyperwidth {

// An estimate with an interval that covers 95 % if the points are independent draws from a smooth set whose curvature,
// ends and noise do not show at the distance of neighbours; none of these is in the interval. In many dimensions the
// neighbours of so few points are far away, and estimates are too low.
struct DimensionEstimate {
  double value = 0;
  double low = 0, high = 0;
};

struct IntrinsicDimension {
  // Levina and Bickel 2005: for each point, distances T_j to its j-th neighbour give
  // 1 / (1/(k-2) sum over j < k of log(T_k / T_j)), averaged over points and over k from K/2 to K. K is the 25th part
  // of the number of points, between 10 and 20, which is theirs. The interval is that of a mean of independent points;
  // since they share neighbours its width should be 0.8 to 1.1 times that, on tori of 1 to 5 dimensions.
  std::optional<DimensionEstimate> levina_bickel = {};
  // Facco, d'Errico, Rodriguez and Laio 2017: log(T_2 / T_1) is exponential with rate d. As they do, the largest tenth
  // is left out; here by maximum likelihood (type II censoring) instead of their straight line. The interval is sqrt(2)
  // times that of independent ratios, as if all points were pairs of nearest neighbours, which have T_1 in common; on
  // tori the factor should be 1.2 to 1.35.
  std::optional<DimensionEstimate> two_nn = {};
  std::int64_t points = 0;      // that were used, no two of them equal
  std::int64_t duplicates = 0;  // that equal another one and were left out
};

inline constexpr std::int64_t kLeastPoints = 50;   // distinct ones; with fewer there is no estimate
inline constexpr std::int64_t kMostPoints = 2000;  // more are thinned out, since all distances are looked at

// Of the columns of points [coordinates, n]. Equal points are counted once: repetitions say nothing about the set, and
// distance 0 has no logarithm. Nothing for fewer than kLeastPoints distinct points, or if a coordinate is not finite;
// no estimate from distances of which more than a tenth are equal, as on a lattice, since such points are no draws from
// a density. Of more than kMostPoints, that many are drawn from the seed. Cost: O(coordinates points^2), a second for
// 2,000 points of 1,000 coordinates; twice that if some differ by less than squares can tell.
std::optional<IntrinsicDimension> EstimateIntrinsicDimension(const ConstMatrixRef<double>& points, std::uint64_t seed);

// Columns to estimate from, at most kMostPoints drawn from the seed: the conditions, coordinates as they are, or, on a
// common grid, the functions y(., I), each scaled by the square root of its share of the grid, so that distances are
// root mean squares.
Matrix<double> ConditionPoints(const ConditionedData& data, std::uint64_t seed);
Matrix<double> FunctionPoints(const ConditionedData& data, const CommonGrid& grid, std::uint64_t seed);

// Both estimates of a data set; of its functions only where there is a common grid.
struct DataDimensions {
  std::optional<IntrinsicDimension> of_conditions = {};
  std::optional<IntrinsicDimension> of_functions = {};  // y(., I)
};
DataDimensions EstimateDimensions(const ConditionedData& data,
                                  const std::optional<CommonGrid>& grid,
                                  std::uint64_t seed);

}  // namespace hyperwidth

#endif  // HYPERWIDTH_TRAINING_CONDITIONED_DATA_INTRINSIC_DIMENSION_H_
