// SPDX-License-Identifier: Apache-2.0
#include "experiments/constructions/interpolants.h"

#include <utility>

namespace hyperwidth {
namespace {

std::vector<int> SameCells(const KuhnTriangulation& triangulation) {
  return std::vector<int>(static_cast<std::size_t>(triangulation.dim()), static_cast<int>(triangulation.cells()));
}

// Interpolation from the target itself, dim + 1 of its values for each point.
Vector<double> InterpolateOnDemand(const KuhnTriangulation& triangulation,
                                   const PointFunction& target,
                                   const ConstMatrixRef<double>& points) {
  const Index corners = triangulation.dim() + 1;
  Matrix<double> nodes(triangulation.dim(), corners * points.cols());
  Matrix<double> weights(corners, points.cols());
  for (Index i = 0; i < points.cols(); ++i) {
    const KuhnTriangulation::Position position = triangulation.Locate(points.col(i));
    for (Index corner = 0; corner < corners; ++corner) {
      nodes.col(i * corners + corner) = triangulation.Node(position.nodes[static_cast<std::size_t>(corner)]);
      weights(corner, i) = position.weights[static_cast<std::size_t>(corner)];
    }
  }
  const Vector<double> values = target(nodes);
  return Eigen::Map<const Matrix<double>>(values.data(), corners, points.cols())
      .cwiseProduct(weights)
      .colwise()
      .sum()
      .transpose();
}

// The target at all pairs of nodes, [nodes of x, nodes of I].
Matrix<double> ValuesAtPairs(const Matrix<double>& x, const Matrix<double>& condition, const PointFunction& target) {
  Matrix<double> values(x.cols(), condition.cols());
  Matrix<double> points(x.rows() + condition.rows(), x.cols());
  points.topRows(x.rows()) = x;
  for (Index j = 0; j < condition.cols(); ++j) {
    points.bottomRows(condition.rows()).colwise() = condition.col(j);
    values.col(j) = target(points);
  }
  return values;
}

Vector<double> InterpolateInBoth(const KuhnTriangulation& primary,
                                 const KuhnTriangulation& condition,
                                 const Matrix<double>& values,
                                 const ConstMatrixRef<double>& points) {
  Vector<double> result(points.cols());
  for (Index i = 0; i < points.cols(); ++i) {
    const KuhnTriangulation::Position at_x = primary.Locate(points.col(i).head(primary.dim()));
    const KuhnTriangulation::Position at_condition = condition.Locate(points.col(i).tail(condition.dim()));
    double sum = 0;
    for (std::size_t c = 0; c <= static_cast<std::size_t>(condition.dim()); ++c) {
      double inner = 0;
      for (std::size_t p = 0; p <= static_cast<std::size_t>(primary.dim()); ++p) {
        inner += at_x.weights[p] * values(at_x.nodes[p], at_condition.nodes[c]);
      }
      sum += at_condition.weights[c] * inner;
    }
    result[i] = sum;
  }
  return result;
}

}  // namespace

Matrix<double> Nodes(const KuhnTriangulation& triangulation) {
  Matrix<double> nodes(triangulation.dim(), triangulation.node_count());
  for (Index i = 0; i < nodes.cols(); ++i) nodes.col(i) = triangulation.Node(i);
  return nodes;
}

BuiltNetwork BuildSpline(const KuhnTriangulation& triangulation,
                         std::shared_ptr<const KuhnSpline> spline,
                         const PointFunction& target) {
  BuiltNetwork built{.cells = SameCells(triangulation)};
  if (!spline) {
    built.formula = [triangulation, target](const ConstMatrixRef<double>& points) {
      return InterpolateOnDemand(triangulation, target, points);
    };
    return built;
  }
  const auto values = std::make_shared<const Vector<double>>(target(Nodes(triangulation)));
  const auto weights = std::make_shared<const Matrix<double>>(spline->OutputWeights(*values));
  built.formula = [triangulation, values](const ConstMatrixRef<double>& points) {
    return triangulation.Interpolate(*values, points);
  };
  built.work = static_cast<double>(spline->parameter_count());
  built.network = [spline = std::move(spline), weights](const ConstMatrixRef<double>& points) -> Vector<double> {
    return spline->Forward(*weights, points).transpose();
  };
  return built;
}

BuiltNetwork BuildHypernetwork(std::shared_ptr<const SplineHypernetwork> network, const PointFunction& target) {
  const KuhnTriangulation primary(network->primary().dim(), network->primary().cells());
  const KuhnTriangulation condition(network->condition().dim(), network->condition().cells());
  BuiltNetwork built{.cells = SameCells(primary)};
  const std::vector<int> condition_cells = SameCells(condition);
  built.cells.insert(built.cells.end(), condition_cells.begin(), condition_cells.end());
  const auto values = std::make_shared<const Matrix<double>>(ValuesAtPairs(Nodes(primary), Nodes(condition), target));
  const auto parameters = std::make_shared<const Vector<double>>(network->Parameters(*values));
  built.formula = [primary, condition, values](const ConstMatrixRef<double>& points) {
    return InterpolateInBoth(primary, condition, *values, points);
  };
  built.work = static_cast<double>(network->total_parameter_count());
  built.network = [network = std::move(network), parameters](const ConstMatrixRef<double>& points) {
    const Index m1 = network->primary().dim(), m2 = network->condition().dim();
    return network->Forward(*parameters, points.topRows(m1), points.bottomRows(m2));
  };
  return built;
}

}  // namespace hyperwidth
