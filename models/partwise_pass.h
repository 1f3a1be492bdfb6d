// SPDX-License-Identifier: Apache-2.0
#ifndef HYPERWIDTH_MODELS_PARTWISE_PASS_H_
#define HYPERWIDTH_MODELS_PARTWISE_PASS_H_

#include <memory>
#include <vector>

#include "models/batch/batch_pass.h"
#include "models/pass/executor.h"
#include "models/conditional_model.h"

namespace hyperwidth {

// The pass of any model: parts of the batch go through the model's own Forward and Backward, and the parts' gradients,
// each as long as the model, are added up in order. Slower than a pass made for the model, and the reference that those
// are tested against.
template <typename Scalar>
class PartwisePass final : public BatchPass<Scalar> {
 public:
  // The model must outlive the pass.
  PartwisePass(const ConditionalModel<Scalar>& model, const Executor& executor);

 private:
  const Matrix<Scalar>& DoForward(const ConstVectorRef<Scalar>& parameters,
                                  const ConstMatrixRef<Scalar>& x,
                                  const ConstMatrixRef<Scalar>& condition) override;
  void DoBackward(const ConstVectorRef<Scalar>& parameters,
                  const ConstMatrixRef<Scalar>& output_gradient,
                  GradientTarget<Scalar>& target) override;

  struct Part {
    Matrix<Scalar> x;
    Matrix<Scalar> condition;  // one for each sample
    std::unique_ptr<typename ConditionalModel<Scalar>::Workspace> workspace;
    Vector<Scalar> gradient;
  };
  Index part_count() const { return (outputs_.cols() + part_size_ - 1) / part_size_; }

  const ConditionalModel<Scalar>& model_;
  const Executor& executor_;
  Index part_size_ = 0;
  std::vector<Part> parts_;
  Matrix<Scalar> outputs_;
};

extern template class PartwisePass<float>;
extern template class PartwisePass<double>;

}  // namespace hyperwidth

#endif  // HYPERWIDTH_MODELS_PARTWISE_PASS_H_
