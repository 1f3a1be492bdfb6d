// SPDX-License-Identifier: Apache-2.0
#include "models/constructions/spline_hypernetwork.h"

#include <algorithm>
#include <stdexcept>
#include <string>
#include <utility>

namespace hyperwidth {

using ConstMatrixMap = Eigen::Map<const Matrix<double>>;

SplineHypernetwork::SplineHypernetwork(KuhnSpline primary, KuhnSpline condition, Index rank)
    : primary_(std::move(primary)), condition_(std::move(condition)), rank_(rank) {
  Require(rank >= 0, "rank");
}

void SplineHypernetwork::Require(bool fits, const char* what) const {
  if (!fits) throw std::invalid_argument(std::string("spline hypernetwork: ") + what + " does not fit");
}

Index SplineHypernetwork::parameter_count() const {
  const Index features = condition_.output_weight_count();
  const Index generated = primary_.output_weight_count();
  return rank_ == 0 ? features * generated : (features + generated) * rank_;
}

Index SplineHypernetwork::total_parameter_count() const {
  return parameter_count() + condition_.hidden_parameter_count() + primary_.hidden_parameter_count();
}

Vector<double> SplineHypernetwork::Parameters(const ConstMatrixRef<double>& nodal_values) const {
  Require(rank_ == 0 && nodal_values.cols() == condition_.node_count(), "the matrix of nodal values");
  const Matrix<double> generated = primary_.OutputWeights(nodal_values);  // [weights, nodes of I]
  const Matrix<double> output = condition_.OutputWeights(generated.transpose());
  return Eigen::Map<const Vector<double>>(output.data(), output.size());
}

Vector<double> SplineHypernetwork::FactorisedParameters(const ConstMatrixRef<double>& b,
                                                        const ConstMatrixRef<double>& a) const {
  Require(rank_ > 0 && b.cols() == rank_ && a.cols() == rank_, "the number of factors");
  const Matrix<double> selector = condition_.OutputWeights(a);
  const Matrix<double> mixing = primary_.OutputWeights(b);
  Vector<double> parameters(parameter_count());
  parameters.head(selector.size()) = Eigen::Map<const Vector<double>>(selector.data(), selector.size());
  parameters.tail(mixing.size()) = Eigen::Map<const Vector<double>>(mixing.data(), mixing.size());
  return parameters;
}

Vector<double> SplineHypernetwork::Forward(const ConstVectorRef<double>& parameters,
                                           const ConstMatrixRef<double>& x,
                                           const ConstMatrixRef<double>& condition) const {
  Require(parameters.size() == parameter_count(), "the number of parameters");
  Require(x.cols() == condition.cols(), "the number of samples");
  const Index features = condition_.output_weight_count();
  const Index generated = primary_.output_weight_count();
  const ConstMatrixMap output_layer(parameters.data(), features, rank_ == 0 ? generated : rank_);
  Vector<double> values(x.cols());
  // The generated weights of all samples at once might not fit into memory.
  constexpr Index kSamples = 64;
  for (Index first = 0; first < x.cols(); first += kSamples) {
    const Index count = std::min(kSamples, x.cols() - first);
    Matrix<double> weights = condition_.Forward(output_layer, condition.middleCols(first, count));
    if (rank_ > 0) weights = ConstMatrixMap(parameters.data() + features * rank_, generated, rank_) * weights.eval();
    values.segment(first, count) =
        primary_.Features(x.middleCols(first, count)).cwiseProduct(weights).colwise().sum().transpose();
  }
  return values;
}

}  // namespace hyperwidth
