// SPDX-License-Identifier: Apache-2.0
#ifndef HYPERWIDTH_TRAINING_OBJECTIVE_H_
#define HYPERWIDTH_TRAINING_OBJECTIVE_H_

#include "models/types.h"
#include "training/batch.h"

namespace hyperwidth {

// What a model's outputs are worth, as sums that add up over batches.
struct LossSum {
  double loss = 0;    // sum over terms
  Index terms = 0;    // what the mean is over, as the objective says: samples, conditions, anchors
  Index wrong = 0;    // terms that were decided wrongly; 0 where that has no meaning
  Index samples = 0;  // that were looked at

  // The mean loss of a term; not a number if there were none.
  double Mean() const { return loss / static_cast<double>(terms); }

  LossSum& operator+=(const LossSum& other) {
    loss += other.loss;
    terms += other.terms;
    wrong += other.wrong;
    samples += other.samples;
    return *this;
  }
  bool operator==(const LossSum&) const = default;
};

// What is minimised: a mean over terms, which may be samples or sets of samples of one batch. Objectives hold settings
// and nothing that changes, so one may serve several threads at once.
//
// To write one, implement `name` and `Compute`. Sums belong into double whatever `Scalar` is, and a NaN among the
// outputs must reach the loss, from which training knows that it has diverged.
template <typename Scalar>
class Objective {
 public:
  virtual ~Objective() = default;

  // As in a flag: "cross-entropy".
  virtual const char* name() const = 0;

  // Compares `outputs` [outputs of the model, samples] with the batch. Throws: std::invalid_argument, with what was
  // found and what is accepted, if the batch lacks what the objective needs or outputs and batch do not fit.
  LossSum Evaluate(const ConstMatrixRef<Scalar>& outputs, const TrainingBatch<Scalar>& batch) const {
    return Compute(outputs, batch, nullptr);
  }

  // The same, and writes the gradient of the batch's mean, loss / terms, with respect to the outputs into `gradient`
  // [as outputs]; zero if there are no terms. Throws: also if the shape of `gradient` does not fit.
  LossSum Evaluate(const ConstMatrixRef<Scalar>& outputs,
                   const TrainingBatch<Scalar>& batch,
                   MatrixRef<Scalar> gradient) const;

 private:
  // `gradient`: null, or of the outputs' shape with any content.
  virtual LossSum Compute(const ConstMatrixRef<Scalar>& outputs,
                          const TrainingBatch<Scalar>& batch,
                          MatrixRef<Scalar>* gradient) const = 0;
};

extern template class Objective<float>;
extern template class Objective<double>;

}  // namespace hyperwidth

#endif  // HYPERWIDTH_TRAINING_OBJECTIVE_H_
