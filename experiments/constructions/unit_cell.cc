// SPDX-License-Identifier: Apache-2.0
#include "experiments/constructions/unit_cell.h"

#include <algorithm>
#include <numeric>
#include <stdexcept>
#include <string>
#include <vector>

#include "models/random_stream.h"

namespace hyperwidth {
namespace {

// Coordinates 0, 1/2, 1, at least one of them 1/2.
void AddHalfLattice(int dim, std::vector<Vector<double>>& points) {
  Index count = 1;
  for (int axis = 0; axis < dim; ++axis) count *= 3;
  for (Index i = 0; i < count; ++i) {
    Vector<double> point(dim);
    Index rest = i;
    for (int axis = 0; axis < dim; ++axis) {
      point[axis] = 0.5 * static_cast<double>(rest % 3);
      rest /= 3;
    }
    if ((point.array() == 0.5).any()) points.push_back(point);
  }
}

// The simplex of an order of the axes has the corners 0, e_first, e_first + e_second, ..
void AddCentroids(int dim, std::vector<Vector<double>>& points) {
  std::vector<int> order(static_cast<std::size_t>(dim));
  std::iota(order.begin(), order.end(), 0);
  do {
    Vector<double> point(dim);
    for (int place = 0; place < dim; ++place) {
      point[order[static_cast<std::size_t>(place)]] = static_cast<double>(dim - place) / (dim + 1);
    }
    points.push_back(point);
  } while (std::next_permutation(order.begin(), order.end()));
}

}  // namespace

Matrix<double> AdversarialUnitPoints(int dim, Index random, std::uint64_t seed) {
  if (dim < 1 || dim > 6 || random < 0) {
    throw std::invalid_argument("adversarial points: dimension " + std::to_string(dim) + " and " +
                                std::to_string(random) + " random points, accepted: dimension 1 to 6, at least 0");
  }
  std::vector<Vector<double>> points;
  AddHalfLattice(dim, points);
  AddCentroids(dim, points);
  RandomStream stream(seed, {static_cast<std::uint64_t>(dim)});
  for (Index i = 0; i < random; ++i) {
    Vector<double> point(dim);
    for (double& coordinate : point) coordinate = stream.Uniform();
    points.push_back(point);
  }
  Matrix<double> matrix(dim, static_cast<Index>(points.size()));
  for (std::size_t i = 0; i < points.size(); ++i) matrix.col(static_cast<Index>(i)) = points[i];
  return matrix;
}

}  // namespace hyperwidth
