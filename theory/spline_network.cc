// SPDX-License-Identifier: Apache-2.0

#include "theory/spline_network.h"

#include <algorithm>
#include <bit>
#include <cmath>
#include <stdexcept>

#include "theory/domain_check.h"
#include "theory/problem.h"
#include "theory/wide_real.h"

namespace hyperwidth {
namespace {

using internal::CountAbove;
using Real = internal::WideReal;

int TreeLevels(int dim) { return std::bit_width(static_cast<unsigned>(dim) - 1); }

// A tree of maxima over `dim` values, each the sum of as many units as it has parts. `Pair` and `Single` are called for
// each max(p, q) and each value carried to the next level.
struct TreeCost {
  int weights = 0;
  int final_parts = 1;
};

TreeCost CostOfMaxTree(int dim) {
  TreeCost cost;
  std::vector<int> parts(dim, 1);
  while (parts.size() > 1) {
    std::vector<int> next;
    for (std::size_t i = 0; i + 1 < parts.size(); i += 2) {
      cost.weights += parts[i] + 2 * parts[i + 1];  // relu(p - q), relu(q)
      next.push_back(2);
    }
    if (parts.size() % 2 == 1) {
      cost.weights += parts.back();  // relu(q)
      next.push_back(1);
    }
    parts = next;
  }
  cost.final_parts = parts[0];
  return cost;
}

// The error is at most this over n or, with two derivatives, over n^2.
double ErrorConstant(int smoothness, int dim, BallNorm norm) {
  if (smoothness == 1) return norm == BallNorm::kSum ? 1 : dim;
  if (norm == BallNorm::kSum) return dim == 1 ? 0.5 : 1;
  return 0.5 * dim * dim;
}

}  // namespace

double SplineErrorBound(int smoothness, int dim, double cells, BallNorm norm) {
  RequireInteger("smoothness", smoothness, 1, kMaxSmoothness);
  RequireInteger("dim", dim, 1, 2 * kMaxDimension);
  const double constant = ErrorConstant(smoothness, dim, norm);
  return smoothness == 1 ? constant / cells : constant / (cells * cells);
}

double SplineCells(int smoothness, int dim, double epsilon, BallNorm norm) {
  RequireFrom("epsilon", epsilon, kMinEpsilonShare, 1.0);
  const double quotient = ErrorConstant(smoothness, dim, norm) / epsilon;
  const double exact = smoothness == 1 ? quotient : std::sqrt(quotient);
  double cells = std::max(1.0, std::floor(exact * (1 - 1e-12)));
  while (SplineErrorBound(smoothness, dim, cells, norm) > epsilon)
    cells = std::max(cells + 1, std::nextafter(cells, 2 * cells));
  return cells;
}

NetworkSize SizeOfSplineNetwork(int dim, double cells) {
  RequireInteger("dim", dim, 1, 2 * kMaxDimension);
  const Real n = cells;
  if (dim == 1) {
    return {.total = CountAbove(3 * n + 1), .nodal = CountAbove(n + 1), .per_output = CountAbove(n + 1), .depth = 2};
  }
  const TreeCost tree = CostOfMaxTree(dim);
  const Real nodes = pow(Real(n + 1), dim);
  // First layer: two units per axis and node coordinate, weight and bias each. Per node: two trees, the hat with its
  // bias, and the output weight.
  const Real total = 4 * dim * (n + 1) + nodes * (2 * (tree.weights + tree.final_parts) + 2);
  return {.total = CountAbove(total),
          .nodal = CountAbove(nodes),
          .per_output = CountAbove(nodes),
          .depth = 3 + TreeLevels(dim)};
}

SplineNetwork::SplineNetwork(int dim, int cells, const std::function<double(const std::vector<double>&)>& target) {
  RequireInteger("dim", dim, 1, 16);
  RequireInteger("cells", cells, 1, 999'999);
  const double nodes = std::pow(cells + 1.0, dim);
  if (nodes > 1e6) {
    throw std::domain_error("(cells + 1)^dim = " + ShortestDecimal(nodes) +
                            " nodes are too many to build: at most 10^6");
  }
  dim == 1 ? BuildInterval(cells, target) : BuildCube(dim, cells, target);
}

void SplineNetwork::BuildInterval(int cells, const std::function<double(const std::vector<double>&)>& target) {
  const auto node = [&](int i) { return -1 + 2.0 * i / cells; };
  const auto slope = [&](int i) { return (target({node(i + 1)}) - target({node(i)})) * cells / 2; };
  Layer hidden;
  Unit output{.entries = {}, .bias = target({-1.0}), .has_bias = true};
  for (int i = 0; i < cells; ++i) {
    hidden.push_back({.entries = {{0, 1.0}}, .bias = -node(i), .has_bias = true});
    output.entries.push_back({i, i == 0 ? slope(0) : slope(i) - slope(i - 1)});
  }
  AddLayer(hidden);
  AddLayer({output});
}

void SplineNetwork::BuildCube(int dim, int cells, const std::function<double(const std::vector<double>&)>& target) {
  // First layer: units 2 (axis (n+1) + c) and the next are relu(u) and relu(-u), u = n/2 (x + 1) - c.
  Layer first;
  for (int axis = 0; axis < dim; ++axis) {
    for (int c = 0; c <= cells; ++c) {
      for (const double sign : {1.0, -1.0}) {
        first.push_back({.entries = {{axis, sign * cells / 2.0}}, .bias = sign * (cells / 2.0 - c), .has_bias = true});
      }
    }
  }
  std::vector<Layer> tree_layers(TreeLevels(dim));
  Layer hats;
  Unit output;
  using Value = std::vector<Entry>;  // a sum of units of the layer before
  const auto negated = [](Value value) {
    for (Entry& entry : value) entry.weight = -entry.weight;
    return value;
  };
  const auto add_unit = [](Layer& layer, const Value& inputs) {
    layer.push_back({.entries = inputs});
    return Entry{static_cast<int>(layer.size()) - 1, 1.0};
  };
  const auto maximum = [&](std::vector<Value> values) {
    for (Layer& layer : tree_layers) {
      std::vector<Value> next;
      for (std::size_t i = 0; i + 1 < values.size(); i += 2) {
        Value difference = values[i];
        for (const Entry& entry : negated(values[i + 1])) difference.push_back(entry);
        const Entry excess = add_unit(layer, difference);
        next.push_back({excess, add_unit(layer, values[i + 1])});
      }
      if (values.size() % 2 == 1) next.push_back({add_unit(layer, values.back())});
      values = next;
    }
    return values[0];
  };

  std::vector<int> corner(dim, 0);
  for (;;) {
    Unit hat{.entries = {}, .bias = 1, .has_bias = true};
    for (const int side : {0, 1}) {
      std::vector<Value> values;
      for (int axis = 0; axis < dim; ++axis) values.push_back({{2 * (axis * (cells + 1) + corner[axis]) + side, 1.0}});
      for (const Entry& entry : negated(maximum(values))) hat.entries.push_back(entry);
    }
    hats.push_back(hat);
    std::vector<double> node(dim);
    for (int axis = 0; axis < dim; ++axis) node[axis] = -1 + 2.0 * corner[axis] / cells;
    output.entries.push_back({static_cast<int>(hats.size()) - 1, target(node)});
    int axis = 0;
    while (axis < dim && ++corner[axis] > cells) corner[axis++] = 0;
    if (axis == dim) break;
  }
  AddLayer(first);
  for (const Layer& layer : tree_layers) AddLayer(layer);
  AddLayer(hats);
  AddLayer({output});
}

}  // namespace hyperwidth
