// SPDX-License-Identifier: Apache-2.0
#include "models/constructions/kuhn_spline.h"

#include <algorithm>
#include <cmath>
#include <stdexcept>
#include <string>
#include <vector>

#include "models/constructions/kuhn_triangulation.h"
#include "models/constructions/linear_spline.h"

namespace hyperwidth {
namespace {

using Unit = SparseNetwork::Unit;
using WeightedSum = std::vector<std::pair<Index, double>>;  // of units of the layer before

Index AddUnit(std::vector<Unit>& layer, WeightedSum inputs) {
  layer.push_back({.inputs = std::move(inputs)});
  return static_cast<Index>(layer.size()) - 1;
}

// One level of a tree of maxima of nonnegative values.
std::vector<WeightedSum> HalfAsMany(const std::vector<WeightedSum>& values, std::vector<Unit>& layer) {
  std::vector<WeightedSum> maxima;
  for (std::size_t i = 0; i + 1 < values.size(); i += 2) {
    WeightedSum difference = values[i];
    for (const auto& [unit, weight] : values[i + 1]) difference.emplace_back(unit, -weight);
    const Index excess = AddUnit(layer, std::move(difference));
    maxima.push_back({{excess, 1.0}, {AddUnit(layer, values[i + 1]), 1.0}});
  }
  if (values.size() % 2 == 1) maxima.push_back({{AddUnit(layer, values.back()), 1.0}});
  return maxima;
}

// relu(u) and relu(-u) for each axis and each of its nodes.
std::vector<Unit> SignedDistances(int dim, Index cells) {
  std::vector<Unit> layer;
  const double scale = static_cast<double>(cells) / 2;
  for (Index axis = 0; axis < dim; ++axis) {
    for (Index node = 0; node <= cells; ++node) {
      for (const double sign : {1.0, -1.0}) {
        layer.push_back(
            {.inputs = {{axis, sign * scale}}, .has_bias = true, .bias = sign * (scale - static_cast<double>(node))});
      }
    }
  }
  return layer;
}

void AddHats(int dim, Index cells, Index node_count, SparseNetwork& network, std::vector<double>& parameters) {
  network.AddLayer(SignedDistances(dim, cells), parameters);
  // For each node the largest positive and the largest negative distance, as far as the trees have got.
  std::vector<std::vector<WeightedSum>> trees;
  for (Index node = 0; node < node_count; ++node) {
    for (const Index side : {0, 1}) {
      std::vector<WeightedSum> values;
      Index rest = node;
      for (Index axis = 0; axis < dim; ++axis) {
        values.push_back({{2 * (axis * (cells + 1) + rest % (cells + 1)) + side, 1.0}});
        rest /= cells + 1;
      }
      trees.push_back(std::move(values));
    }
  }
  while (trees[0].size() > 1) {
    std::vector<Unit> layer;
    for (std::vector<WeightedSum>& tree : trees) tree = HalfAsMany(tree, layer);
    network.AddLayer(layer, parameters);
  }
  std::vector<Unit> hats;
  for (std::size_t node = 0; node < trees.size() / 2; ++node) {
    Unit hat{.inputs = {}, .has_bias = true, .bias = 1};
    for (const std::size_t side : {0, 1}) {
      for (const auto& [unit, weight] : trees[2 * node + side][0]) hat.inputs.emplace_back(unit, -weight);
    }
    hats.push_back(std::move(hat));
  }
  network.AddLayer(hats, parameters);
}

Index NodeCount(int dim, Index cells) {
  if (dim < 1 || dim > 8 || cells < 1 || std::pow(static_cast<double>(cells) + 1, dim) > 1e7) {
    throw std::invalid_argument("Kuhn spline: dimension " + std::to_string(dim) + " with " + std::to_string(cells) +
                                " cells per axis, accepted: dimension 1 to 8, at least 1 cell, at most 10^7 nodes");
  }
  Index count = 1;
  for (int axis = 0; axis < dim; ++axis) count *= cells + 1;
  return count;
}

}  // namespace

KuhnSpline::KuhnSpline(int dim, Index cells)
    : dim_(dim), cells_(cells), node_count_(NodeCount(dim, cells)), hidden_(dim) {
  std::vector<double> parameters;
  if (dim == 1) {
    const LinearSpline spline(cells);
    std::vector<Unit> layer;
    for (Index i = 0; i < cells; ++i)
      layer.push_back({.inputs = {{0, 1.0}}, .has_bias = true, .bias = -spline.Node(i)});
    hidden_.AddLayer(layer, parameters);
  } else {
    AddHats(dim, cells, node_count_, hidden_, parameters);
  }
  hidden_parameters_ = Eigen::Map<const Vector<double>>(parameters.data(), static_cast<Index>(parameters.size()));
}

Vector<double> KuhnSpline::Node(Index i) const { return KuhnTriangulation(dim_, cells_).Node(i); }

Matrix<double> KuhnSpline::Features(const ConstMatrixRef<double>& x) const {
  Matrix<double> features = hidden_.Forward(hidden_parameters_, x);
  if (dim_ == 1) {
    features.conservativeResize(node_count_, Eigen::NoChange);
    features.bottomRows(1).setOnes();
  }
  return features;
}

Matrix<double> KuhnSpline::Forward(const ConstMatrixRef<double>& output_weights,
                                   const ConstMatrixRef<double>& x) const {
  if (output_weights.rows() != output_weight_count()) {
    throw std::invalid_argument("Kuhn spline: number of output weights is " + std::to_string(output_weights.rows()) +
                                ", accepted: " + std::to_string(output_weight_count()));
  }
  Matrix<double> outputs(output_weights.cols(), x.cols());
  constexpr Index kSamples = 64;
  for (Index first = 0; first < x.cols(); first += kSamples) {
    const Index count = std::min(kSamples, x.cols() - first);
    outputs.middleCols(first, count).noalias() = output_weights.transpose() * Features(x.middleCols(first, count));
  }
  return outputs;
}

Matrix<double> KuhnSpline::OutputWeights(const ConstMatrixRef<double>& nodal_values) const {
  if (nodal_values.rows() != node_count_) {
    throw std::invalid_argument("Kuhn spline: number of nodal values is " + std::to_string(nodal_values.rows()) +
                                ", accepted: " + std::to_string(node_count_));
  }
  if (dim_ > 1) return nodal_values;
  const LinearSpline spline(cells_);
  Matrix<double> weights(node_count_, nodal_values.cols());
  for (Index output = 0; output < nodal_values.cols(); ++output) {
    // The last layer's parameters: n weights and the bias.
    weights.col(output) = spline.Parameters(nodal_values.col(output)).tail(node_count_);
  }
  return weights;
}

}  // namespace hyperwidth
