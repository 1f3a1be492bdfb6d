// SPDX-License-Identifier: Apache-2.0
#include "training/conditioned_data/nearest_neighbours.h"

#include <algorithm>
#include <cmath>
#include <cstddef>

namespace hyperwidth {
namespace {

constexpr Index kBlock = 16;  // columns that stay in the second cache while all others pass by

}  // namespace

std::vector<std::vector<Neighbour>> NearestNeighbours(const ConstMatrixRef<double>& points, Index count) {
  const Index n = points.cols();
  Matrix<double> squares(n, n);  // each pair once, so that both ends see the same distance
  for (Index block = 0; block < n; block += kBlock) {
    for (Index i = 0; i < n; ++i) {
      for (Index j = std::max(block, i + 1); j < std::min(n, block + kBlock); ++j) {
        squares(i, j) = squares(j, i) = (points.col(i) - points.col(j)).squaredNorm();
      }
    }
  }
  std::vector<std::vector<Neighbour>> neighbours(static_cast<std::size_t>(n));
  std::vector<Neighbour> all;
  const auto nearer = [](const Neighbour& a, const Neighbour& b) {
    return a.distance != b.distance ? a.distance < b.distance : a.point < b.point;
  };
  for (Index i = 0; i < n; ++i) {
    all.clear();
    for (Index j = 0; j < n; ++j) {
      if (j != i) all.push_back({.point = j, .distance = std::sqrt(squares(j, i))});
    }
    std::partial_sort(all.begin(), all.begin() + count, all.end(), nearer);
    neighbours[static_cast<std::size_t>(i)].assign(all.begin(), all.begin() + count);
  }
  return neighbours;
}

}  // namespace hyperwidth
