// SPDX-License-Identifier: Apache-2.0
#include "models/constructions/kuhn_triangulation.h"

#include <algorithm>
#include <cmath>
#include <stdexcept>
#include <string>

namespace hyperwidth {

KuhnTriangulation::KuhnTriangulation(int dim, Index cells) : dim_(dim), cells_(cells) {
  if (dim < 1 || dim > kMaxDim || cells < 1 || std::pow(static_cast<double>(cells) + 1, dim) > 0x1p53) {
    throw std::invalid_argument("Kuhn triangulation: dimension " + std::to_string(dim) + " with " +
                                std::to_string(cells) +
                                " cells per axis, accepted: dimension 1 to 8, at least 1 cell, at most 2^53 nodes");
  }
  for (int axis = 0; axis < dim; ++axis) node_count_ *= cells + 1;
}

Vector<double> KuhnTriangulation::Node(Index i) const {
  Vector<double> node(dim_);
  for (int axis = 0; axis < dim_; ++axis) {
    node[axis] = -1 + 2 * static_cast<double>(i % (cells_ + 1)) / static_cast<double>(cells_);
    i /= cells_ + 1;
  }
  return node;
}

KuhnTriangulation::Position KuhnTriangulation::Locate(const ConstVectorRef<double>& point) const {
  struct Step {
    double share;  // how far into the cell
    Index stride;  // to the next node along the axis
  };
  std::array<Step, kMaxDim> steps;
  Index node = 0;
  Index stride = 1;
  for (int axis = 0; axis < dim_; ++axis) {
    const double position = (std::clamp(point[axis], -1.0, 1.0) + 1) / 2 * static_cast<double>(cells_);
    const Index cell = std::min(static_cast<Index>(position), cells_ - 1);
    const Step step{position - static_cast<double>(cell), stride};
    // The largest share first: insertion, since there are a few axes and no more.
    auto place = static_cast<std::size_t>(axis);
    for (; place > 0 && steps[place - 1].share < step.share; --place) steps[place] = steps[place - 1];
    steps[place] = step;
    node += cell * stride;
    stride *= cells_ + 1;
  }
  Position position;
  double before = 1;
  for (std::size_t corner = 0; corner <= static_cast<std::size_t>(dim_); ++corner) {
    const double share = corner < static_cast<std::size_t>(dim_) ? steps[corner].share : 0;
    position.nodes[corner] = node;
    position.weights[corner] = before - share;
    before = share;
    if (corner < static_cast<std::size_t>(dim_)) node += steps[corner].stride;
  }
  return position;
}

Vector<double> KuhnTriangulation::Interpolate(const ConstVectorRef<double>& nodal_values,
                                              const ConstMatrixRef<double>& x) const {
  if (nodal_values.size() != node_count_ || x.rows() != dim_) {
    throw std::invalid_argument("Kuhn triangulation: " + std::to_string(nodal_values.size()) + " nodal values and " +
                                std::to_string(x.rows()) + " coordinates, accepted: " + std::to_string(node_count_) +
                                " and " + std::to_string(dim_));
  }
  Vector<double> values(x.cols());
  for (Index sample = 0; sample < x.cols(); ++sample) {
    const Position position = Locate(x.col(sample));
    double sum = 0;
    for (std::size_t corner = 0; corner <= static_cast<std::size_t>(dim_); ++corner) {
      sum += position.weights[corner] * nodal_values[position.nodes[corner]];
    }
    values[sample] = sum;
  }
  return values;
}

}  // namespace hyperwidth
