// SPDX-License-Identifier: Apache-2.0
#ifndef HYPERWIDTH_MODELS_HYPERNETWORK_MODEL_H_
#define HYPERWIDTH_MODELS_HYPERNETWORK_MODEL_H_

#include <memory>
#include <string>

#include "models/conditional_model.h"
#include "models/mlp.h"

namespace hyperwidth {

// g(x; f(I; theta)): the hypernetwork f turns the condition into all parameters of the primary network g, which alone
// sees x. Each sample of a batch has its own I and hence its own primary network.
//
// Parameters: those of f. The primary network's are generated and never stored beyond a batch.
template <typename Scalar>
class HypernetworkModel final : public ConditionalModel<Scalar> {
 public:
  using typename ConditionalModel<Scalar>::Workspace;

  // Throws std::invalid_argument unless the hypernetwork has one output for each parameter of the primary network.
  HypernetworkModel(Mlp hypernetwork, Mlp primary);

  std::string name() const override { return "hypernetwork"; }
  Index primary_input_size() const override { return primary_.input_size(); }
  Index condition_size() const override { return hypernetwork_.input_size(); }
  Index output_size() const override { return primary_.output_size(); }
  ModelCost cost() const override;
  std::unique_ptr<Workspace> MakeWorkspace() const override;
  std::unique_ptr<BatchPass<Scalar>> MakeBatchPass(const Executor& executor) const override;
  void Initialize(std::uint64_t seed, VectorRef<Scalar> parameters) const override;

  const Mlp& hypernetwork() const { return hypernetwork_; }
  const Mlp& primary() const { return primary_; }

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

  Mlp hypernetwork_;
  Mlp primary_;
};

}  // namespace hyperwidth

#endif  // HYPERWIDTH_MODELS_HYPERNETWORK_MODEL_H_
