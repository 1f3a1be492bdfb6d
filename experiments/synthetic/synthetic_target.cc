// SPDX-License-Identifier: Apache-2.0
#include "experiments/synthetic/synthetic_target.h"

#include <cmath>
#include <stdexcept>
#include <string>

#include "models/random_stream.h"

namespace hyperwidth {
namespace {

constexpr std::uint64_t kWeightStream = 71;

std::vector<Index> SizesOfTarget(int type, Index size) {
  switch (type) {
    case 1:
      return {size, 300, 300, size};
    case 2:
      return {2 * size, 100, 50, 50, 1};
    case 3:
      return {size, 100, 100, 50, 1};
    default:
      throw std::invalid_argument("type of a target: found " + std::to_string(type) + ", accepted: 1, 2 or 3");
  }
}

// Of each column.
Matrix<float> Softmax(const Matrix<float>& values) {
  Matrix<float> result = (values.rowwise() - values.colwise().maxCoeff()).array().exp();
  result.array().rowwise() /= result.colwise().sum().array().eval();
  return result;
}

}  // namespace

RandomNetwork::RandomNetwork(const std::vector<Index>& sizes, Function function, std::uint64_t seed)
    : function_(function) {
  if (sizes.size() < 2) throw std::invalid_argument("sizes of a target: found fewer than 2, accepted: 2 or more");
  for (const Index size : sizes) {
    if (size < 1) {
      throw std::invalid_argument("sizes of a target: found " + std::to_string(size) + ", accepted: 1 or more");
    }
  }
  for (std::size_t layer = 0; layer + 1 < sizes.size(); ++layer) {
    RandomStream random(seed, {kWeightStream, layer});
    const double scale = std::sqrt(6.0 / static_cast<double>(sizes[layer]));
    weights_.emplace_back(sizes[layer + 1], sizes[layer]);
    for (float& weight : weights_.back().reshaped()) weight = static_cast<float>(random.Uniform(-scale, scale));
  }
}

Matrix<float> RandomNetwork::operator()(const ConstMatrixRef<float>& inputs) const {
  Matrix<float> values = weights_.front() * inputs;
  for (std::size_t layer = 1; layer < weights_.size(); ++layer) {
    values = weights_[layer] *
             values.unaryExpr([this](float t) { return static_cast<float>(ValueOf(function_, t)); }).eval();
  }
  return values;
}

SyntheticTarget::SyntheticTarget(int type, Index size, std::uint64_t seed)
    : type_(type), network_(SizesOfTarget(type, size), type == 1 ? Function::kSigmoid : Function::kElu, seed) {}

Vector<float> SyntheticTarget::operator()(const ConstMatrixRef<float>& x,
                                          const ConstMatrixRef<float>& condition) const {
  switch (type_) {
    case 1:
      return x.cwiseProduct(Softmax(network_(condition))).colwise().sum().transpose();
    case 2: {
      Matrix<float> both(x.rows() + condition.rows(), x.cols());
      both << x, condition;
      return network_(both).transpose();
    }
    default:
      return network_(x.cwiseProduct(condition)).transpose();
  }
}

}  // namespace hyperwidth
