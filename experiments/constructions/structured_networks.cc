// SPDX-License-Identifier: Apache-2.0
#include "experiments/constructions/structured_networks.h"

#include <utility>

#include "experiments/constructions/interpolants.h"
#include "models/constructions/kuhn_triangulation.h"

namespace hyperwidth {
namespace {

// The values of both factors at the nodes, and the splines through them.
struct Factors {
  KuhnTriangulation primary;
  KuhnTriangulation condition;
  Matrix<double> b;  // lambda_l b_l, [nodes of x, w]
  Matrix<double> a;  // [nodes of I, w]

  Factors(const KuhnSpline& x, const KuhnSpline& conditions, const StructuredBumps& target)
      : primary(x.dim(), x.cells()),
        condition(conditions.dim(), conditions.cells()),
        b(target.PrimaryValues(Nodes(primary))),
        a(target.ConditionValues(Nodes(condition))) {}

  // sum over l of product(lambda_l b_l(x), a_l(I)), with the splines for b_l and a_l.
  template <typename Product>
  Vector<double> SumOfProducts(const ConstMatrixRef<double>& points, const Product& product) const {
    Vector<double> result(points.cols());
    for (Index i = 0; i < points.cols(); ++i) {
      const KuhnTriangulation::Position at_x = primary.Locate(points.col(i).head(primary.dim()));
      const KuhnTriangulation::Position at_condition = condition.Locate(points.col(i).tail(condition.dim()));
      double sum = 0;
      for (Index l = 0; l < b.cols(); ++l) {
        sum += product(At(b, l, at_x, primary.dim()), At(a, l, at_condition, condition.dim()));
      }
      result[i] = sum;
    }
    return result;
  }

 private:
  static double At(const Matrix<double>& values, Index column, const KuhnTriangulation::Position& position, int dim) {
    double sum = 0;
    for (std::size_t corner = 0; corner <= static_cast<std::size_t>(dim); ++corner) {
      sum += position.weights[corner] * values(position.nodes[corner], column);
    }
    return sum;
  }
};

std::vector<int> CellsOf(const Factors& factors) {
  return CellsPerAxis(factors.primary.dim(),
                      static_cast<int>(factors.primary.cells()),
                      factors.condition.dim(),
                      static_cast<int>(factors.condition.cells()));
}

// The network as a function of points (x, I).
template <typename Network>
PointFunction NetworkFunction(std::shared_ptr<const Network> network, Vector<double> parameters) {
  return [network = std::move(network), parameters = std::make_shared<const Vector<double>>(std::move(parameters))](
             const ConstMatrixRef<double>& points) {
    const Index m1 = network->primary().dim(), m2 = network->condition().dim();
    return network->Forward(*parameters, points.topRows(m1), points.bottomRows(m2));
  };
}

}  // namespace

PointFunction TargetFunction(std::shared_ptr<const StructuredBumps> target) {
  return [target = std::move(target)](const ConstMatrixRef<double>& points) {
    const Index m1 = target->primary_factors()[0].dim(), m2 = target->condition_factors()[0].dim();
    return target->Values(points.topRows(m1), points.bottomRows(m2));
  };
}

BuiltNetwork BuildFactorised(std::shared_ptr<const SplineHypernetwork> network, const StructuredBumps& target) {
  const auto factors = std::make_shared<const Factors>(network->primary(), network->condition(), target);
  BuiltNetwork built{.cells = CellsOf(*factors)};
  built.work = static_cast<double>(network->total_parameter_count());
  built.formula = [factors](const ConstMatrixRef<double>& points) {
    return factors->SumOfProducts(points, [](double b, double a) { return b * a; });
  };
  Vector<double> parameters = network->FactorisedParameters(factors->b, factors->a);
  built.network = NetworkFunction(std::move(network), std::move(parameters));
  return built;
}

BuiltNetwork BuildEmbedding(std::shared_ptr<const SplineEmbedding> network, const StructuredBumps& target) {
  const auto factors = std::make_shared<const Factors>(network->primary(), network->condition(), target);
  BuiltNetwork built{.cells = CellsOf(*factors)};
  built.work = static_cast<double>(network->total_parameter_count());
  // The network takes the mean over l, so that w lambda_l b_l is what it multiplies: between -1 and 1 again.
  const auto rank = static_cast<double>(network->rank());
  built.formula = [factors, rank, teeth = network->teeth()](const ConstMatrixRef<double>& points) {
    return factors->SumOfProducts(
        points, [&](double b, double a) { return SplineEmbedding::Product(teeth, rank * b, a) / rank; });
  };
  Vector<double> parameters = network->Parameters(rank * factors->b, factors->a);
  built.network = NetworkFunction(std::move(network), std::move(parameters));
  return built;
}

}  // namespace hyperwidth
