// SPDX-License-Identifier: Apache-2.0
#include "models/constructions/spline_embedding.h"

#include <algorithm>
#include <cmath>
#include <stdexcept>
#include <string>
#include <utility>

namespace hyperwidth {
namespace {

using ConstMatrixMap = Eigen::Map<const Matrix<double>>;
using Unit = SparseNetwork::Unit;

// b + e and b - e, halved, as differences of nonnegative units. Inputs: b_l + 1 at l, e_l + 1 at w + l.
std::vector<Unit> SumsAndDifferences(Index rank) {
  std::vector<Unit> layer;
  for (Index l = 0; l < rank; ++l) {
    layer.push_back({.inputs = {{l, 0.5}, {rank + l, 0.5}}, .has_bias = true, .bias = -1});
    layer.push_back({.inputs = {{l, -0.5}, {rank + l, -0.5}}, .has_bias = true, .bias = 1});
    layer.push_back({.inputs = {{l, 0.5}, {rank + l, -0.5}}});
    layer.push_back({.inputs = {{l, -0.5}, {rank + l, 0.5}}});
  }
  return layer;
}

using WeightedSum = std::vector<std::pair<Index, double>>;  // of units of the layer before

// Five units for each product: relu(z) and relu(z - 1/2) for the saw-tooth z of the sum, the same for that of the
// difference, and the product so far plus 1, which is never negative.
std::vector<Unit> Teeth(Index rank, int tooth) {
  std::vector<Unit> layer;
  for (Index l = 0; l < rank; ++l) {
    WeightedSum sum, difference, product;
    Index first = 4 * l;
    if (tooth == 1) {
      sum = {{first, 1.0}, {first + 1, 1.0}};
      difference = {{first + 2, 1.0}, {first + 3, 1.0}};
      product = {{first, 1.0}, {first + 1, 1.0}, {first + 2, -1.0}, {first + 3, -1.0}};
    } else {
      first = 5 * l;
      const double scale = std::pow(0.25, tooth - 1);
      sum = {{first, 2.0}, {first + 1, -4.0}};
      difference = {{first + 2, 2.0}, {first + 3, -4.0}};
      product = {{first, -2 * scale},
                 {first + 1, 4 * scale},
                 {first + 2, 2 * scale},
                 {first + 3, -4 * scale},
                 {first + 4, 1.0}};
    }
    for (const WeightedSum& value : {sum, difference}) {
      layer.push_back({.inputs = value});
      layer.push_back({.inputs = value, .has_bias = true, .bias = -0.5});
    }
    layer.push_back({.inputs = product, .has_bias = tooth == 1, .bias = tooth == 1 ? 1.0 : 0.0});
  }
  return layer;
}

// f_s(z), z in [0, 1]: z^2 at the multiples of 2^-s and linear between them.
double InterpolatedSquare(int teeth, double z) {
  const double pieces = std::ldexp(1.0, teeth);
  const double left = std::min(std::floor(z * pieces), pieces - 1) / pieces;
  const double right = left + 1 / pieces;
  return z * (left + right) - left * right;
}

}  // namespace

SplineEmbedding::SplineEmbedding(KuhnSpline primary, KuhnSpline condition, Index rank, int teeth)
    : primary_(std::move(primary)),
      condition_(std::move(condition)),
      rank_(rank),
      teeth_(teeth),
      products_(2 * std::max<Index>(rank, 1)) {
  Require(rank >= 1, "rank");
  Require(teeth >= 1 && teeth <= 25, "number of teeth");
  std::vector<double> parameters;
  products_.AddLayer(SumsAndDifferences(rank), parameters);
  for (int tooth = 1; tooth <= teeth; ++tooth) products_.AddLayer(Teeth(rank, tooth), parameters);
  product_parameters_ = ConstMatrixMap(parameters.data(), static_cast<Index>(parameters.size()), 1);
  // The last tooth is subtracted, and the mean taken, by the output layer; its bias takes off the mean of the ones.
  const double scale = std::pow(0.25, teeth);
  output_weights_.resize(5 * rank);
  for (Index l = 0; l < rank; ++l) {
    output_weights_.segment<5>(5 * l) << -2 * scale, 4 * scale, 2 * scale, -4 * scale, 1;
  }
  output_weights_ /= static_cast<double>(rank);
}

void SplineEmbedding::Require(bool fits, const char* what) const {
  if (!fits) throw std::invalid_argument(std::string("spline embedding: ") + what + " does not fit");
}

Index SplineEmbedding::parameter_count() const {
  return rank_ * (condition_.output_weight_count() + primary_.output_weight_count());
}

Index SplineEmbedding::primary_parameter_count() const {
  // Each b_l needs a bias to become b_l + 1, which the splines of one variable have already. e_l + 1 is carried by a
  // weight per hidden layer of the b_l and one for the layer of the b_l, and a bias in the first.
  const Index biases = primary_.dim() == 1 ? 0 : rank_;
  const Index carried = rank_ * (primary_.depth() + 1);
  return primary_.hidden_parameter_count() + rank_ * primary_.output_weight_count() + biases + carried +
         products_.parameter_count() + output_weights_.size() + 1;
}

Index SplineEmbedding::embedding_parameter_count() const {
  return condition_.hidden_parameter_count() + rank_ * condition_.output_weight_count();
}

Vector<double> SplineEmbedding::Parameters(const ConstMatrixRef<double>& b, const ConstMatrixRef<double>& a) const {
  Require(b.cols() == rank_ && a.cols() == rank_, "the number of factors");
  const Matrix<double> embedding = condition_.OutputWeights(a);
  const Matrix<double> factors = primary_.OutputWeights(b);
  Vector<double> parameters(parameter_count());
  parameters.head(embedding.size()) = Eigen::Map<const Vector<double>>(embedding.data(), embedding.size());
  parameters.tail(factors.size()) = Eigen::Map<const Vector<double>>(factors.data(), factors.size());
  return parameters;
}

Vector<double> SplineEmbedding::Forward(const ConstVectorRef<double>& parameters,
                                        const ConstMatrixRef<double>& x,
                                        const ConstMatrixRef<double>& condition) const {
  Require(parameters.size() == parameter_count(), "the number of parameters");
  Require(x.cols() == condition.cols(), "the number of samples");
  const Index features = condition_.output_weight_count();
  const ConstMatrixMap embedding(parameters.data(), features, rank_);
  const ConstMatrixMap factors(parameters.data() + features * rank_, primary_.output_weight_count(), rank_);
  Matrix<double> inputs(2 * rank_, x.cols());
  // The units b_l + 1 and e_l + 1 with their ReLU: for |b_l|, |e_l| <= 1 it changes nothing.
  inputs.topRows(rank_) = (primary_.Forward(factors, x).array() + 1).cwiseMax(0.0);
  inputs.bottomRows(rank_) = (condition_.Forward(embedding, condition).array() + 1).cwiseMax(0.0);
  const Matrix<double> units = products_.Forward(product_parameters_, inputs);
  return (units.transpose() * output_weights_).array() - 1;
}

double SplineEmbedding::Product(int teeth, double b, double e) {
  return InterpolatedSquare(teeth, std::abs(b + e) / 2) - InterpolatedSquare(teeth, std::abs(b - e) / 2);
}

}  // namespace hyperwidth
