// SPDX-License-Identifier: Apache-2.0
#include "models/embedding_model.h"

#include <stdexcept>
#include <utility>

#include "models/batch/embedding_pass.h"

namespace hyperwidth {
namespace {

template <typename Scalar>
struct EmbeddingWorkspace final : ConditionalModel<Scalar>::Workspace {
  MlpWorkspace<Scalar> embedding;
  MlpWorkspace<Scalar> primary;
  Matrix<Scalar> stacked;             // [x; e(I)]
  Matrix<Scalar> embedding_gradient;  // with respect to e(I)
};

}  // namespace

template <typename Scalar>
EmbeddingModel<Scalar>::EmbeddingModel(Mlp embedding, Mlp primary)
    : embedding_(std::move(embedding)), primary_(std::move(primary)) {
  if (primary_input_size() < 1) {
    throw std::invalid_argument("embedding model: the primary network has " + std::to_string(primary_.input_size()) +
                                " inputs, accepted: more than the embedding's " +
                                std::to_string(embedding_.output_size()) + " outputs, to leave room for x");
  }
}

template <typename Scalar>
ModelCost EmbeddingModel<Scalar>::cost() const {
  const Index multiply_adds = embedding_.multiply_adds() + primary_.multiply_adds();
  const Index embedding_products = embedding_.output_size() * primary_.outputs_of(0);
  return {.primary_parameters = primary_.parameter_count(),
          .generator_parameters = embedding_.parameter_count(),
          .trainable_parameters = primary_.parameter_count() + embedding_.parameter_count(),
          .generated_parameters = 0,
          .multiply_adds = multiply_adds,
          .multiply_adds_reusing = primary_.multiply_adds() - embedding_products};
}

template <typename Scalar>
std::unique_ptr<typename ConditionalModel<Scalar>::Workspace> EmbeddingModel<Scalar>::MakeWorkspace() const {
  return std::make_unique<EmbeddingWorkspace<Scalar>>();
}

template <typename Scalar>
std::unique_ptr<BatchPass<Scalar>> EmbeddingModel<Scalar>::MakeBatchPass(const Executor& executor) const {
  return MakeEmbeddingPass<Scalar>(embedding_, primary_, executor);
}

template <typename Scalar>
void EmbeddingModel<Scalar>::Initialize(std::uint64_t seed, VectorRef<Scalar> parameters) const {
  RandomStream random(seed);
  embedding_.Initialize<Scalar>(random, parameters.head(embedding_.parameter_count()));
  primary_.Initialize<Scalar>(random, parameters.tail(primary_.parameter_count()));
}

template <typename Scalar>
const Matrix<Scalar>& EmbeddingModel<Scalar>::DoForward(const ConstVectorRef<Scalar>& parameters,
                                                        const ConstMatrixRef<Scalar>& x,
                                                        const ConstMatrixRef<Scalar>& condition,
                                                        Workspace& workspace) const {
  auto& buffers = static_cast<EmbeddingWorkspace<Scalar>&>(workspace);
  embedding_.Forward<Scalar>(parameters.head(embedding_.parameter_count()), condition, buffers.embedding);
  buffers.stacked.resize(primary_.input_size(), x.cols());
  buffers.stacked.topRows(x.rows()) = x;
  buffers.stacked.bottomRows(embedding_.output_size()) = buffers.embedding.outputs();
  primary_.Forward<Scalar>(parameters.tail(primary_.parameter_count()), buffers.stacked, buffers.primary);
  return buffers.primary.outputs();
}

template <typename Scalar>
void EmbeddingModel<Scalar>::DoBackward(const ConstVectorRef<Scalar>& parameters,
                                        const ConstMatrixRef<Scalar>& x,
                                        const ConstMatrixRef<Scalar>& condition,
                                        const ConstMatrixRef<Scalar>& output_gradient,
                                        Workspace& workspace,
                                        VectorRef<Scalar> parameter_gradient) const {
  auto& buffers = static_cast<EmbeddingWorkspace<Scalar>&>(workspace);
  primary_.Backward<Scalar>(parameters.tail(primary_.parameter_count()),
                            buffers.stacked,
                            output_gradient,
                            buffers.primary,
                            parameter_gradient.tail(primary_.parameter_count()),
                            &buffers.embedding_gradient,
                            /*first_input=*/x.rows());
  embedding_.Backward<Scalar>(parameters.head(embedding_.parameter_count()),
                              condition,
                              buffers.embedding_gradient,
                              buffers.embedding,
                              parameter_gradient.head(embedding_.parameter_count()));
}

template class EmbeddingModel<float>;
template class EmbeddingModel<double>;

}  // namespace hyperwidth
