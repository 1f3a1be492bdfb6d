// SPDX-License-Identifier: Apache-2.0
#include <cmath>
#include <stdexcept>
#include <string>

#include "training/objectives.h"

namespace hyperwidth {
namespace {

// Of one sample, in memory that need not be asked for: where the numbers lie together, exp is a vector operation. One
// by one, calls of the C library's cost more than the products of a small model.
constexpr Index kMostOnStack = 256;
using Logits = Eigen::Array<double, Eigen::Dynamic, 1, Eigen::ColMajor, kMostOnStack, 1>;

}  // namespace

template <typename Scalar>
LossSum CrossEntropy<Scalar>::Compute(const ConstMatrixRef<Scalar>& outputs,
                                      const TrainingBatch<Scalar>& batch,
                                      MatrixRef<Scalar>* gradient) const {
  const Index samples = outputs.cols();
  if (batch.labels.size() != samples) {
    throw std::invalid_argument("cross-entropy: the batch has " + std::to_string(batch.labels.size()) +
                                " labels, accepted: one for each of its " + std::to_string(samples) + " samples");
  }
  LossSum sum{.loss = 0, .terms = samples, .wrong = 0, .samples = samples};
  for (Index sample = 0; sample < samples; ++sample) {
    const Index label = batch.labels[sample];
    if (label < 0 || label >= outputs.rows()) {
      throw std::invalid_argument("cross-entropy: label " + std::to_string(label) + ", accepted: 0 to " +
                                  std::to_string(outputs.rows() - 1));
    }
    const auto compare = [&](const auto& logits) {
      Index largest = 0;
      const double highest = logits.maxCoeff(&largest);
      const double log_normaliser = highest + std::log((logits - highest).exp().sum());
      sum.loss += log_normaliser - logits[label];
      sum.wrong += largest != label ? 1 : 0;
      if (gradient == nullptr) return;
      gradient->col(sample) =
          ((logits - log_normaliser).exp() / static_cast<double>(samples)).matrix().template cast<Scalar>();
      (*gradient)(label, sample) -= Scalar(1) / static_cast<Scalar>(samples);
    };
    const auto widened = outputs.col(sample).template cast<double>().array();
    if (outputs.rows() <= kMostOnStack) {
      compare(Logits(widened));
    } else {
      compare(widened);
    }
  }
  return sum;
}

template class CrossEntropy<float>;
template class CrossEntropy<double>;

}  // namespace hyperwidth
