// SPDX-License-Identifier: Apache-2.0
#include "experiments/modularity_gap/least_size.h"

#include <algorithm>
#include <span>
#include <stdexcept>
#include <string>

#include "theory/sampled/fewest_pieces.h"

namespace hyperwidth {

LeastSize LeastHypernetworkPrimary(const ConditionedTarget& target, double tolerance, const StopRequest& stop) {
  if (target.primary_dim() != 1) {
    throw std::invalid_argument("least size: found primary_dim = " + std::to_string(target.primary_dim()) +
                                ", accepted: 1");
  }
  const Matrix<double> x = target.Points(2);  // the ends and centres of all cells: the target is linear between
  const auto points = static_cast<std::size_t>(x.cols());
  LeastSize least;
  for (Index condition = 0; condition < target.conditions(); ++condition) {
    stop.Check();
    const Matrix<double> values = target.Values(x, condition, 1);
    const PiecewiseLinear function =
        FewestPieces(std::span(x.data(), points), std::span(values.data(), points), tolerance, Nearness::kEverywhere);
    least.pieces = std::max<Index>(least.pieces, function.pieces());
  }
  return least;
}

}  // namespace hyperwidth
