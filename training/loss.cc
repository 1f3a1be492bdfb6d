// SPDX-License-Identifier: Apache-2.0
#include "training/loss.h"

#include <stdexcept>
#include <string>

namespace hyperwidth {
namespace {

template <typename Scalar>
LossSum CrossEntropy(const Matrix<Scalar>& outputs,
                     const TrainingBatch<Scalar>& batch,
                     Index samples_in_step,
                     Matrix<Scalar>* gradient) {
  if (batch.labels.size() != outputs.cols()) {
    throw std::invalid_argument("cross-entropy: the batch has " + std::to_string(batch.labels.size()) +
                                " labels, accepted: one for each of its " + std::to_string(outputs.cols()) +
                                " samples");
  }
  if (gradient != nullptr) gradient->resize(outputs.rows(), outputs.cols());
  LossSum sum{.loss = 0, .wrong = 0, .samples = outputs.cols()};
  for (Index sample = 0; sample < outputs.cols(); ++sample) {
    const Index label = batch.labels[sample];
    if (label < 0 || label >= outputs.rows()) {
      throw std::invalid_argument("cross-entropy: label " + std::to_string(label) + ", accepted: 0 to " +
                                  std::to_string(outputs.rows() - 1));
    }
    const auto logits = outputs.col(sample).template cast<double>();
    Index largest = 0;
    const double highest = logits.maxCoeff(&largest);
    const double log_normaliser = highest + std::log((logits.array() - highest).exp().sum());
    sum.loss += log_normaliser - logits[label];
    sum.wrong += largest != label ? 1 : 0;
    if (gradient != nullptr) {
      gradient->col(sample) = ((logits.array() - log_normaliser).exp() / static_cast<double>(samples_in_step))
                                  .matrix()
                                  .template cast<Scalar>();
      (*gradient)(label, sample) -= Scalar(1) / static_cast<Scalar>(samples_in_step);
    }
  }
  return sum;
}

template <typename Scalar>
LossSum MeanSquaredError(const Matrix<Scalar>& outputs,
                         const TrainingBatch<Scalar>& batch,
                         Index samples_in_step,
                         Matrix<Scalar>* gradient) {
  if (batch.targets.rows() != outputs.rows() || batch.targets.cols() != outputs.cols()) {
    throw std::invalid_argument("mean squared error: the targets are [" + std::to_string(batch.targets.rows()) + ", " +
                                std::to_string(batch.targets.cols()) + "], accepted: the outputs' shape [" +
                                std::to_string(outputs.rows()) + ", " + std::to_string(outputs.cols()) + "]");
  }
  const double output_count = static_cast<double>(outputs.rows());
  if (gradient != nullptr) {
    const auto scale = static_cast<Scalar>(2 / (output_count * static_cast<double>(samples_in_step)));
    *gradient = scale * (outputs - batch.targets);
  }
  const double squares = (outputs - batch.targets).template cast<double>().squaredNorm();
  return {.loss = squares / output_count, .wrong = 0, .samples = outputs.cols()};
}

}  // namespace

template <typename Scalar>
LossSum EvaluateLoss(Loss loss,
                     const Matrix<Scalar>& outputs,
                     const TrainingBatch<Scalar>& batch,
                     Index samples_in_step,
                     Matrix<Scalar>* gradient) {
  switch (loss) {
    case Loss::kCrossEntropy:
      return CrossEntropy(outputs, batch, samples_in_step, gradient);
    case Loss::kMeanSquaredError:
      return MeanSquaredError(outputs, batch, samples_in_step, gradient);
  }
  throw std::invalid_argument("loss: not a value of the enumeration");
}

template LossSum EvaluateLoss(Loss, const Matrix<float>&, const TrainingBatch<float>&, Index, Matrix<float>*);
template LossSum EvaluateLoss(Loss, const Matrix<double>&, const TrainingBatch<double>&, Index, Matrix<double>*);

}  // namespace hyperwidth
