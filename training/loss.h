// SPDX-License-Identifier: Apache-2.0
#ifndef HYPERWIDTH_TRAINING_LOSS_H_
#define HYPERWIDTH_TRAINING_LOSS_H_

#include "models/types.h"
#include "training/batch.h"

namespace hyperwidth {

enum class Loss {
  kCrossEntropy,      // -log softmax(outputs)[label], mean over samples
  kMeanSquaredError,  // (output - target)^2, mean over samples and outputs
};

// What a model's outputs are worth, as sums over the samples of one batch or part of a batch.
struct LossSum {
  double loss = 0;  // sum over samples; divide by their number for the mean
  Index wrong = 0;  // samples whose largest output is not the label's; 0 for mean squared error
  Index samples = 0;

  LossSum& operator+=(const LossSum& other) {
    loss += other.loss;
    wrong += other.wrong;
    samples += other.samples;
    return *this;
  }
};

// Compares `outputs` [output_size, samples] with the batch. If `gradient` is not null it receives the gradient of
// (loss sum / samples_in_step) with respect to the outputs: a step whose samples are split into several parts passes
// the number of all of them, and the parts' parameter gradients add up to the mean's.
//
// Outputs of any finite size are handled without overflow; a NaN gives a NaN. Throws std::invalid_argument if the
// batch lacks what the loss needs, or a label is not one of the outputs.
template <typename Scalar>
LossSum EvaluateLoss(Loss loss,
                     const Matrix<Scalar>& outputs,
                     const TrainingBatch<Scalar>& batch,
                     Index samples_in_step,
                     Matrix<Scalar>* gradient);

}  // namespace hyperwidth

#endif  // HYPERWIDTH_TRAINING_LOSS_H_
