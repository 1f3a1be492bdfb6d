// SPDX-License-Identifier: Apache-2.0
//
// The functions of one coordinate that local_taylor_network.h is made of, piecewise linear in q = n/2 (x + 1), the
// distance from the left end in cells. All kinks are at q = b - delta (units that look left) and q = b + delta (units
// that look right), b = 1 .. n - 1.

#ifndef HYPERWIDTH_THEORY_AXIS_UNITS_H_
#define HYPERWIDTH_THEORY_AXIS_UNITS_H_

#include "theory/relu_network.h"
#include "theory/sawtooth_product.h"

namespace hyperwidth::internal {

class AxisUnits {
 public:
  // Adds the units to the first layer: 2 cells - 1, two parameters each.
  AxisUnits(int axis, int cells, ReluNetwork::Layer& layer);

  // How far q is from the support of a node, in cells.
  AffineValue Distance(int node) const;

  // 1 + w on the supports of the nodes of one parity, going back from 2 to 0 between them.
  AffineValue Coordinate(int parity) const;

  // tau: 1 at the odd nodes, 0 at the even ones. Needs two cells.
  AffineValue OddNodes() const;

 private:
  int Right(int b) const { return first_ + 2 * b - 1; }
  int Left(int b) const { return first_ + 2 * b; }

  int first_;
  int cells_;
};

}  // namespace hyperwidth::internal

#endif  // HYPERWIDTH_THEORY_AXIS_UNITS_H_
