// SPDX-License-Identifier: Apache-2.0
#ifndef HYPERWIDTH_MODELS_EMBEDDING_MODEL_H_
#define HYPERWIDTH_MODELS_EMBEDDING_MODEL_H_

#include <memory>
#include <string>

#include "models/conditional_model.h"
#include "models/mlp.h"

namespace hyperwidth {

// q([x; e(I)]): the embedding network e turns the condition into k numbers, which the primary network q sees next to x.
//
// Parameters: those of e, then those of q.
template <typename Scalar>
class EmbeddingModel final : public ConditionalModel<Scalar> {
 public:
  using typename ConditionalModel<Scalar>::Workspace;

  // q's inputs are the entries of x, then the outputs of e. Throws std::invalid_argument if e's outputs leave no input
  // for x.
  EmbeddingModel(Mlp embedding, Mlp primary);

  std::string name() const override { return "embedding"; }
  Index primary_input_size() const override { return primary_.input_size() - embedding_.output_size(); }
  Index condition_size() const override { return embedding_.input_size(); }
  Index output_size() const override { return primary_.output_size(); }
  ModelCost cost() const override;
  std::unique_ptr<Workspace> MakeWorkspace() const override;
  std::unique_ptr<BatchPass<Scalar>> MakeBatchPass(const Executor& executor) const override;
  void Initialize(std::uint64_t seed, VectorRef<Scalar> parameters) const override;

  const Mlp& embedding() const { return embedding_; }
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

  Mlp embedding_;
  Mlp primary_;
};

}  // namespace hyperwidth

#endif  // HYPERWIDTH_MODELS_EMBEDDING_MODEL_H_
