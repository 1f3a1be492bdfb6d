// SPDX-License-Identifier: Apache-2.0
#include <cmath>
#include <limits>
#include <stdexcept>
#include <string>

#include "training/objectives.h"

namespace hyperwidth {
namespace {

// A sample and how far it is from an anchor.
struct Neighbour {
  Index sample = -1;  // none
  double distance = 0;
};

// What an anchor is compared with.
struct Hardest {
  Neighbour positive;  // the farthest
  Neighbour negative;  // the nearest

  bool IsTriplet() const { return positive.sample >= 0 && negative.sample >= 0; }
};

template <typename Scalar>
double Distance(const ConstMatrixRef<Scalar>& outputs, Index left, Index right) {
  return (outputs.col(left).template cast<double>() - outputs.col(right).template cast<double>()).norm();
}

template <typename Scalar>
Hardest HardestFor(Index anchor, const ConstMatrixRef<Scalar>& outputs, const Eigen::VectorXi& labels) {
  Hardest found;
  for (Index other = 0; other < outputs.cols(); ++other) {
    if (other == anchor) continue;
    const double distance = Distance(outputs, anchor, other);
    if (labels[other] == labels[anchor]) {
      if (found.positive.sample < 0 || distance > found.positive.distance) found.positive = {other, distance};
    } else {
      if (found.negative.sample < 0 || distance < found.negative.distance) found.negative = {other, distance};
    }
  }
  return found;
}

// Adds what moving `anchor` and `other` does to their distance, times `sign`. Nothing where they coincide: the distance
// has a kink there.
template <typename Scalar>
void AddGradient(Index anchor,
                 const Neighbour& other,
                 Scalar sign,
                 const ConstMatrixRef<Scalar>& outputs,
                 MatrixRef<Scalar>& gradient) {
  if (other.distance == 0) return;
  const auto scale = static_cast<Scalar>(sign / other.distance);
  gradient.col(anchor) += scale * (outputs.col(anchor) - outputs.col(other.sample));
  gradient.col(other.sample) -= scale * (outputs.col(anchor) - outputs.col(other.sample));
}

}  // namespace

template <typename Scalar>
Triplet<Scalar>::Triplet(double margin) : margin_(margin) {
  if (std::isfinite(margin) && margin > 0) return;
  throw std::invalid_argument("triplet: found a margin of " + std::to_string(margin) + ", accepted: above 0");
}

template <typename Scalar>
LossSum Triplet<Scalar>::Compute(const ConstMatrixRef<Scalar>& outputs,
                                 const TrainingBatch<Scalar>& batch,
                                 MatrixRef<Scalar>* gradient) const {
  if (batch.labels.size() != outputs.cols()) {
    throw std::invalid_argument("triplet: the batch has " + std::to_string(batch.labels.size()) +
                                " labels, accepted: one for each of its " + std::to_string(outputs.cols()) +
                                " samples");
  }
  if (gradient != nullptr) gradient->setZero();
  LossSum sum{.loss = 0, .terms = 0, .wrong = 0, .samples = outputs.cols()};
  for (Index anchor = 0; anchor < outputs.cols(); ++anchor) {
    const Hardest hardest = HardestFor<Scalar>(anchor, outputs, batch.labels);
    if (!hardest.IsTriplet()) continue;
    ++sum.terms;
    sum.wrong += hardest.positive.distance >= hardest.negative.distance ? 1 : 0;
    const double loss = hardest.positive.distance - hardest.negative.distance + margin_;
    if (loss <= 0) continue;
    sum.loss += loss;
    if (gradient == nullptr) continue;
    AddGradient<Scalar>(anchor, hardest.positive, 1, outputs, *gradient);
    AddGradient<Scalar>(anchor, hardest.negative, -1, outputs, *gradient);
  }
  if (gradient != nullptr && sum.terms > 0) *gradient /= static_cast<Scalar>(sum.terms);
  // No comparison finds a NaN, so it may have been passed over.
  if (outputs.hasNaN()) sum.loss = std::numeric_limits<double>::quiet_NaN();
  return sum;
}

template class Triplet<float>;
template class Triplet<double>;

}  // namespace hyperwidth
