// SPDX-License-Identifier: Apache-2.0

#include "theory/reference/wide_inequality.h"

#include "boost/math/constants/constants.hpp"
#include "theory/bump.h"

namespace hyperwidth::reference {
namespace {

using Points = LayerGroup::Points;

Wide PointsOnAxis(Layout layout, const Wide& cells) {
  if (layout == Layout::kCells) return cells;
  return layout == Layout::kNodes ? Wide(cells + 1) : Wide(2 * cells + 1);
}

Wide Variables(const ClassWithScalars& networks, const LayerGroup& group, const TwoAxes& axes, const Wide& parameters) {
  if (!group.sees_condition) return parameters;
  const Wide root = networks.network_class.scalars.root ? Wide(sqrt(parameters)) : Wide(0);
  return parameters + (networks.kappa + root) * axes.conditions();
}

}  // namespace

Grid TwoAxes::grid() const {
  return {.layout = layout,
          .bump = AdmissibleBumps(1).front(),
          .x = {.axes = 1, .cells = x},
          .condition = {.axes = 1, .cells = condition}};
}

Wide TwoAxes::all() const {
  const Wide points = primary() * conditions();
  return layout == Layout::kCheckerboard ? Wide((points + 1) / 2) : points;
}

Wide TwoAxes::conditions() const { return PointsOnAxis(layout, condition); }

Wide TwoAxes::primary() const { return PointsOnAxis(layout, x); }

Wide Signs(const ClassWithScalars& networks, const TwoAxes& axes) {
  return axes.all() * networks.network_class.outputs;
}

Wide Bits(const ClassWithScalars& networks, const TwoAxes& axes, const Wide& parameters) {
  Wide bits = 0;
  for (const LayerGroup& group : networks.network_class.groups) {
    const Wide seen = group.points == Points::kAll          ? axes.all()
                      : group.points == Points::kConditions ? axes.conditions()
                                                            : axes.primary();
    const Wide polynomials = seen * (group.hidden ? parameters : Wide(networks.network_class.outputs));
    const Wide all_variables = Variables(networks, group, axes, parameters);
    const Wide variables = all_variables < polynomials ? all_variables : polynomials;
    Wide product = 1;  // over the layers, of what Warren's formula takes to the power of `variables`
    for (int layer = 0; layer < group.layers; ++layer) {
      const int degree = group.degree_factor * (group.first_degree + layer);
      product *= 2 * boost::math::constants::e<Wide>() * polynomials * degree / variables;
    }
    bits += group.layers + variables * log(product) / boost::math::constants::ln_two<Wide>();
  }
  return bits;
}

bool IsTooFew(const ClassWithScalars& networks, const TwoAxes& axes, const Wide& parameters) {
  for (const LayerGroup& group : networks.network_class.groups) {
    if (group.layers > 0 && Variables(networks, group, axes, parameters) > Signs(networks, axes)) return false;
  }
  return Bits(networks, axes, parameters) < Signs(networks, axes);
}

ClassWithScalars DeepOnet(int depth, double kappa) {
  const LayerGroup trunk{.meaning = "trunk", .layers = depth, .points = Points::kPrimary};
  const LayerGroup sum{.meaning = "sum", .hidden = false, .sees_condition = true, .first_degree = depth + 1};
  return {{.groups = {trunk, sum}, .scalars = ConditionScalars::Fixed(kappa)}, kappa};
}

std::vector<ClassWithScalars> ClassesOfDepth(int depth) {
  return {{StandardClass(depth)},
          {EmbeddingClass(depth, 3), 3},
          {DenseEmbeddingClass(depth)},
          DeepOnet(depth, 7),
          {HypernetworkTotalClass(depth, 4)},
          {HypernetworkTotalClass(3, depth)},
          {HypernetworkTotalClass(2, 1)},  // a generator without hidden layers
          {WithOutputs(StandardClass(depth), 40)},
          {WithOutputs(EmbeddingClass(depth, 3), 5), 3},
          {WithOutputs(EmbeddingClass(depth, 90), 1000), 90},  // more scalars than units, where parameters are few
          {WithOutputs(HypernetworkTotalClass(3, depth), 7)}};
}

}  // namespace hyperwidth::reference
