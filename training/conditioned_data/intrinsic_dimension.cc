// SPDX-License-Identifier: Apache-2.0
#include "training/conditioned_data/intrinsic_dimension.h"

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <numeric>
#include <span>

#include "models/random_stream.h"
#include "training/arrays/numeric_array.h"
#include "training/conditioned_data/distinct_rows.h"
#include "training/conditioned_data/nearest_neighbours.h"

namespace hyperwidth {
namespace {

constexpr double kKeptRatios = 0.9;                            // of TwoNN's
constexpr double kNormalQuantile = 1.96;                       // 97.5 %
constexpr Index kFewestNeighbours = 10, kMostNeighbours = 20;  // K
constexpr Index kPointsPerNeighbour = 25;
constexpr double kTie = 1e-9;      // the logarithm of the ratio of distances that are equal but for rounding
constexpr double kMostTies = 0.1;  // of all

// What random numbers are for.
enum Draw : std::uint64_t { kThinningDraw = 0xd1e5 };

using Neighbours = std::vector<std::vector<Neighbour>>;

DimensionEstimate Estimate(double value, double standard_error) {
  const double half_width = kNormalQuantile * standard_error;
  return {.value = value, .low = std::max(0.0, value - half_width), .high = value + half_width};
}

// One point's estimate, averaged over k = K/2 .. K, K being the number of its neighbours.
double LevinaBickelAt(const std::vector<Neighbour>& neighbours) {
  const std::size_t most = neighbours.size();
  double sum = 0;
  for (std::size_t k = most / 2; k <= most; ++k) {
    double logarithms = 0;
    for (std::size_t j = 0; j + 1 < k; ++j) logarithms += std::log(neighbours[k - 1].distance / neighbours[j].distance);
    sum += static_cast<double>(k - 2) / std::max(logarithms, kTie);
  }
  return sum / static_cast<double>(most - most / 2 + 1);
}

DimensionEstimate LevinaBickel(const Neighbours& neighbours) {
  std::vector<double> estimates;
  for (const std::vector<Neighbour>& nearest : neighbours) estimates.push_back(LevinaBickelAt(nearest));
  const auto count = static_cast<double>(estimates.size());
  const double sum = std::accumulate(estimates.begin(), estimates.end(), 0.0);
  double squares = 0;
  for (const double estimate : estimates) squares += (estimate - sum / count) * (estimate - sum / count);
  return Estimate(sum / count, std::sqrt(squares / (count - 1) / count));
}

// The exponential rate of log(T_2 / T_1) when only the smallest r of n are known, (r - 1) / (their sum + (n - r) times
// the largest of them), which has no bias: it is d (r - 1) over a gamma variable of shape r, with deviation d / sqrt(r
// - 2).
DimensionEstimate TwoNn(const Neighbours& neighbours) {
  std::vector<double> ratios;
  for (const std::vector<Neighbour>& nearest : neighbours) {
    ratios.push_back(std::log(nearest[1].distance / nearest[0].distance));
  }
  std::sort(ratios.begin(), ratios.end());
  const auto kept = static_cast<std::size_t>(kKeptRatios * static_cast<double>(ratios.size()));
  double sum = static_cast<double>(ratios.size() - kept) * ratios[kept - 1];
  for (std::size_t i = 0; i < kept; ++i) sum += ratios[i];
  const double value = static_cast<double>(kept - 1) / sum;
  return Estimate(value, value * std::sqrt(2 / static_cast<double>(kept - 2)));
}

// Whether for more than a tenth of the points the neighbours number a and b, from 0, are equally far.
bool AreTied(const Neighbours& neighbours, std::size_t a, std::size_t b) {
  const auto ties = std::count_if(neighbours.begin(), neighbours.end(), [&](const std::vector<Neighbour>& nearest) {
    return std::log(nearest[b].distance / nearest[a].distance) <= kTie;
  });
  return static_cast<double>(ties) > kMostTies * static_cast<double>(neighbours.size());
}

// The columns that equal no earlier one.
std::vector<Index> DistinctColumns(const ConstMatrixRef<double>& points) {
  const NumericArray rows = NumericArray::Of<double>(
      {points.cols(), points.rows()}, std::span<const double>(points.data(), static_cast<std::size_t>(points.size())));
  const std::vector<std::int64_t> first = FindDistinctRows(rows).first;
  return {first.begin(), first.end()};
}

// `count` things, or kMostPoints of them in their order.
std::vector<std::int64_t> Thinned(std::int64_t count, std::uint64_t seed) {
  if (count <= kMostPoints) {
    std::vector<std::int64_t> all(static_cast<std::size_t>(count));
    std::iota(all.begin(), all.end(), std::int64_t{0});
    return all;
  }
  std::vector<std::int64_t> chosen = RandomStream(seed, {kThinningDraw}).Permutation(count);
  chosen.resize(static_cast<std::size_t>(kMostPoints));
  std::sort(chosen.begin(), chosen.end());
  return chosen;
}

// The points without those whose nearest neighbour is at distance 0 and comes before them: points that differ by less
// than squares can tell are equal, too.
std::vector<Index> WithoutCoinciding(const Neighbours& neighbours) {
  std::vector<Index> kept;
  for (std::size_t i = 0; i < neighbours.size(); ++i) {
    const Neighbour& first = neighbours[i].front();
    if (first.distance > 0 || first.point > static_cast<Index>(i)) kept.push_back(static_cast<Index>(i));
  }
  return kept;
}

// K for so many points.
Index NeighboursOf(Index points) {
  return std::clamp(points / kPointsPerNeighbour, kFewestNeighbours, kMostNeighbours);
}

std::span<double> ColumnOf(Matrix<double>& points, std::size_t i) {
  return {points.col(static_cast<Index>(i)).data(), static_cast<std::size_t>(points.rows())};
}

}  // namespace

std::optional<IntrinsicDimension> EstimateIntrinsicDimension(const ConstMatrixRef<double>& points, std::uint64_t seed) {
  if (!points.allFinite()) return std::nullopt;
  const Matrix<double> contiguous = points;
  const std::vector<Index> distinct = DistinctColumns(contiguous);
  if (static_cast<std::int64_t>(distinct.size()) < kLeastPoints) return std::nullopt;
  std::vector<Index> chosen;
  for (const std::int64_t i : Thinned(static_cast<std::int64_t>(distinct.size()), seed)) {
    chosen.push_back(distinct[static_cast<std::size_t>(i)]);
  }
  Matrix<double> used = contiguous(Eigen::all, chosen);
  used /= used.cwiseAbs().maxCoeff();  // so that squares neither overflow nor vanish
  Neighbours neighbours = NearestNeighbours(used, NeighboursOf(used.cols()));
  const std::vector<Index> kept = WithoutCoinciding(neighbours);
  if (static_cast<std::int64_t>(kept.size()) < kLeastPoints) return std::nullopt;
  if (static_cast<Index>(kept.size()) < used.cols()) {
    used = used(Eigen::all, kept).eval();
    neighbours = NearestNeighbours(used, NeighboursOf(used.cols()));
  }
  IntrinsicDimension result{.points = used.cols(),
                            .duplicates = points.cols() - static_cast<Index>(distinct.size()) +
                                          static_cast<Index>(chosen.size()) - used.cols()};
  if (!AreTied(neighbours, 0, neighbours.front().size() / 2 - 1)) result.levina_bickel = LevinaBickel(neighbours);
  if (!AreTied(neighbours, 0, 1)) result.two_nn = TwoNn(neighbours);
  return result;
}

Matrix<double> ConditionPoints(const ConditionedData& data, std::uint64_t seed) {
  const std::vector<std::int64_t> chosen = Thinned(data.conditions(), seed);
  Matrix<double> points(data.condition_size(), static_cast<Index>(chosen.size()));
  for (std::size_t i = 0; i < chosen.size(); ++i) data.CopyCondition<double>(chosen[i], ColumnOf(points, i));
  return points;
}

Matrix<double> FunctionPoints(const ConditionedData& data, const CommonGrid& grid, std::uint64_t seed) {
  const std::vector<std::int64_t> chosen = Thinned(data.conditions(), seed);
  Matrix<double> points(grid.points * data.y_size(), static_cast<Index>(chosen.size()));
  for (std::size_t i = 0; i < chosen.size(); ++i) grid.CopyFunction(data, chosen[i], ColumnOf(points, i));
  return points / std::sqrt(static_cast<double>(grid.points));
}

DataDimensions EstimateDimensions(const ConditionedData& data,
                                  const std::optional<CommonGrid>& grid,
                                  std::uint64_t seed) {
  DataDimensions dimensions{.of_conditions = EstimateIntrinsicDimension(ConditionPoints(data, seed), seed)};
  if (grid) dimensions.of_functions = EstimateIntrinsicDimension(FunctionPoints(data, *grid, seed), seed);
  return dimensions;
}

}  // namespace hyperwidth
