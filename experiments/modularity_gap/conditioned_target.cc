// SPDX-License-Identifier: Apache-2.0
#include "experiments/modularity_gap/conditioned_target.h"

#include <cmath>
#include <stdexcept>
#include <string>

#include "models/pass/per_sample_pass.h"

namespace hyperwidth {
namespace {

constexpr int kDensePerCell = 8;

Index Power(int base, int exponent) {
  Index power = 1;
  for (int i = 0; i < exponent; ++i) power *= base;
  return power;
}

// steps + 1 equispaced points per axis of the cube, as columns [dim, (steps + 1)^dim].
Matrix<double> CubeGrid(int dim, int steps) {
  Matrix<double> points(dim, Power(steps + 1, dim));
  for (Index i = 0; i < points.cols(); ++i) {
    Index rest = i;
    for (int axis = 0; axis < dim; ++axis) {
      points(axis, i) = -1 + 2 * static_cast<double>(rest % (steps + 1)) / steps;
      rest /= steps + 1;
    }
  }
  return points;
}

BumpTarget Target(int primary_dim, int condition_dim, int cells, std::uint64_t seed) {
  if (primary_dim < 1 || condition_dim < 1 || cells < 1) {
    throw std::invalid_argument("conditioned target: primary_dim = " + std::to_string(primary_dim) +
                                ", condition_dim = " + std::to_string(condition_dim) +
                                ", cells = " + std::to_string(cells) + "; accepted: at least 1 each");
  }
  return BumpTarget(/*smoothness=*/1, CellsPerAxis(primary_dim, cells, condition_dim, cells), seed);
}

}  // namespace

ConditionedTarget::ConditionedTarget(int primary_dim, int condition_dim, int cells, std::uint64_t seed)
    : primary_dim_(primary_dim),
      cells_(cells),
      target_(Target(primary_dim, condition_dim, cells, seed)),
      bumps_per_condition_(Power(cells, primary_dim)),
      conditions_(condition_dim, Power(cells, condition_dim)) {
  // Bumps are numbered with the axes of x fastest.
  for (Index j = 0; j < conditions_.cols(); ++j) {
    conditions_.col(j) = target_.Centre(j * bumps_per_condition_).tail(condition_dim);
  }
  if (primary_dim > 1) dense_ = Points(kDensePerCell);
}

Matrix<double> ConditionedTarget::Values(const ConstMatrixRef<double>& x, Index first, Index count) const {
  Matrix<double> values(x.cols(), count);
  Vector<double> point(target_.dim());
  for (Index j = 0; j < count; ++j) {
    point.tail(conditions_.rows()) = conditions_.col(first + j);
    for (Index i = 0; i < x.cols(); ++i) {
      point.head(primary_dim_) = x.col(i);
      values(i, j) = target_(point) / height();
    }
  }
  return values;
}

Matrix<double> ConditionedTarget::Points(int per_cell) const { return CubeGrid(primary_dim_, per_cell * cells_); }

ConditionedTarget::Worst ConditionedTarget::LargestError(const TableNetwork& network,
                                                         const Vector<double>& parameters,
                                                         Index first) const {
  Worst worst;
  PerSamplePass<double> pass(network.model());
  const auto look = [&](const Matrix<double>& x, Index j) {
    const Matrix<double>& values = pass.Forward(parameters, network.BatchOf(j, x));
    const Vector<double> errors = (values.transpose() - Values(x, first + j, 1)).cwiseAbs();
    Index point = 0;
    const double error = errors.maxCoeff(&point);
    if (error > worst.error) worst = {.error = error, .x = x.col(point)};
  };
  for (Index j = 0; j < network.conditions(); ++j) {
    if (primary_dim_ > 1) {
      look(dense_, j);
      continue;
    }
    std::vector<double> kinks = target_.Breakpoints(0);
    const auto entry =
        parameters.segment(network.primary_parameter_count() + j * network.embedding_dim(), network.embedding_dim());
    for (Index i = 0; i < network.width(); ++i) {
      const TableNetwork::Unit unit = network.GetUnit(parameters, i);
      const double kink = -(unit.bias + unit.weights.tail(entry.size()).dot(entry)) / unit.weights[0];
      if (std::abs(kink) <= 1) kinks.push_back(kink);
    }
    look(Eigen::Map<const Eigen::RowVectorXd>(kinks.data(), static_cast<Index>(kinks.size())), j);
  }
  return worst;
}

}  // namespace hyperwidth
