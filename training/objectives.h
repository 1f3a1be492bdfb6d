// SPDX-License-Identifier: Apache-2.0
//
// What models are trained for. Outputs of any finite size are handled without overflow where the result has none; a
// NaN gives a NaN.

#ifndef HYPERWIDTH_TRAINING_OBJECTIVES_H_
#define HYPERWIDTH_TRAINING_OBJECTIVES_H_

#include <memory>
#include <string>
#include <vector>

#include "training/objective.h"

namespace hyperwidth {

// "cross-entropy": -log softmax(outputs)[label], mean over samples. Wrong: samples whose largest output is not the
// label's. Throws: for a batch without a label for each sample, and for labels that are not one of the outputs.
template <typename Scalar>
class CrossEntropy final : public Objective<Scalar> {
 public:
  const char* name() const override { return "cross-entropy"; }

 private:
  LossSum Compute(const ConstMatrixRef<Scalar>& outputs,
                  const TrainingBatch<Scalar>& batch,
                  MatrixRef<Scalar>* gradient) const override;
};

// "mse": (output - target)^2, mean over samples and outputs. Throws: for targets of another shape than the outputs.
template <typename Scalar>
class MeanSquaredError final : public Objective<Scalar> {
 public:
  const char* name() const override { return "mse"; }

 private:
  LossSum Compute(const ConstMatrixRef<Scalar>& outputs,
                  const TrainingBatch<Scalar>& batch,
                  MatrixRef<Scalar>* gradient) const override;
};

// "relative-l2": ||outputs - targets|| / ||targets|| in the Euclidean norm over all samples and outputs of a condition,
// mean over the batch's conditions that have samples. Throws: for targets of another shape than the outputs, and for a
// condition whose targets are all 0.
template <typename Scalar>
class RelativeL2 final : public Objective<Scalar> {
 public:
  const char* name() const override { return "relative-l2"; }

 private:
  LossSum Compute(const ConstMatrixRef<Scalar>& outputs,
                  const TrainingBatch<Scalar>& batch,
                  MatrixRef<Scalar>* gradient) const override;
};

// "flow-nll": the negative log-likelihood of a normalising flow, in nats, mean over samples. A model's outputs are z,
// where the flow takes a sample, and as the last row the logarithm of the determinant of that map's Jacobian:
// -log N(z; 0, 1) - log det. Labels and targets are not looked at. Throws: for less than two outputs.
template <typename Scalar>
class FlowLikelihood final : public Objective<Scalar> {
 public:
  const char* name() const override { return "flow-nll"; }

 private:
  LossSum Compute(const ConstMatrixRef<Scalar>& outputs,
                  const TrainingBatch<Scalar>& batch,
                  MatrixRef<Scalar>* gradient) const override;
};

// "triplet": outputs of one label shall be nearer to each other than to others', by a margin. Each sample is an anchor
// and meets the hardest samples of its batch, the farthest of its label and the nearest of another (Hermans, Beyer and
// Leibe 2017, "batch hard", with the Euclidean distance): max(0, margin + farthest - nearest), mean over the anchors
// that have both. Wrong: anchors whose farthest is not nearer than their nearest. Labels may be any integers. Takes
// samples^2 distances. Throws: for a batch without a label for each sample.
template <typename Scalar>
class Triplet final : public Objective<Scalar> {
 public:
  // Throws: std::invalid_argument unless the margin, in units of the outputs, is a number above 0.
  explicit Triplet(double margin = 1);
  const char* name() const override { return "triplet"; }

 private:
  LossSum Compute(const ConstMatrixRef<Scalar>& outputs,
                  const TrainingBatch<Scalar>& batch,
                  MatrixRef<Scalar>* gradient) const override;

  double margin_;
};

// The names of all objectives, as in flags.
const std::vector<std::string>& ObjectiveNames();

// The objective of that name. Throws: std::invalid_argument for another name, listing those accepted, and as Triplet.
template <typename Scalar>
std::unique_ptr<Objective<Scalar>> MakeObjective(const std::string& name, double triplet_margin = 1);

extern template class CrossEntropy<float>;
extern template class CrossEntropy<double>;
extern template class MeanSquaredError<float>;
extern template class MeanSquaredError<double>;
extern template class RelativeL2<float>;
extern template class RelativeL2<double>;
extern template class FlowLikelihood<float>;
extern template class FlowLikelihood<double>;
extern template class Triplet<float>;
extern template class Triplet<double>;
extern template std::unique_ptr<Objective<float>> MakeObjective(const std::string&, double);
extern template std::unique_ptr<Objective<double>> MakeObjective(const std::string&, double);

}  // namespace hyperwidth

#endif  // HYPERWIDTH_TRAINING_OBJECTIVES_H_
