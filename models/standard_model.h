// SPDX-License-Identifier: Apache-2.0
#ifndef HYPERWIDTH_MODELS_STANDARD_MODEL_H_
#define HYPERWIDTH_MODELS_STANDARD_MODEL_H_

#include <memory>
#include <string>

#include "models/conditional_model.h"
#include "models/mlp.h"

namespace hyperwidth {

// h([x; I]; theta): one network that sees the primary input and the condition stacked on top of each other.
template <typename Scalar>
class StandardModel final : public ConditionalModel<Scalar> {
 public:
  using typename ConditionalModel<Scalar>::Workspace;

  // The network's inputs are the `primary_input_size` entries of x, then those of I. Throws std::invalid_argument
  // unless both have at least one.
  StandardModel(Mlp network, Index primary_input_size);

  std::string name() const override { return "standard"; }
  Index primary_input_size() const override { return primary_input_size_; }
  Index condition_size() const override { return network_.input_size() - primary_input_size_; }
  Index output_size() const override { return network_.output_size(); }
  ModelCost cost() const override;
  std::unique_ptr<Workspace> MakeWorkspace() const override;
  std::unique_ptr<BatchPass<Scalar>> MakeBatchPass(const Executor& executor) const override;
  void Initialize(std::uint64_t seed, VectorRef<Scalar> parameters) const override;

  const Mlp& network() const { return network_; }

 private:
  const Matrix<Scalar>& DoForward(const ConstVectorRef<Scalar>& parameters,
                                  const ConstMatrixRef<Scalar>& x,
                                  const ConstMatrixRef<Scalar>& condition,
                                  Workspace& workspace) const override;
  void DoBackward(const ConstVectorRef<Scalar>& parameters,
                  const ConstMatrixRef<Scalar>& x,
                  const ConstMatrixRef<Scalar>& condition,
                  const ConstMatrixRef<Scalar>& output_gradient,
                  Workspace& workspace,
                  VectorRef<Scalar> parameter_gradient) const override;

  Mlp network_;
  Index primary_input_size_;
};

}  // namespace hyperwidth

#endif  // HYPERWIDTH_MODELS_STANDARD_MODEL_H_
