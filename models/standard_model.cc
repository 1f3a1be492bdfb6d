// SPDX-License-Identifier: Apache-2.0
#include "models/standard_model.h"

#include <stdexcept>
#include <utility>

#include "models/batch/standard_pass.h"

namespace hyperwidth {
namespace {

template <typename Scalar>
struct StandardWorkspace final : ConditionalModel<Scalar>::Workspace {
  Matrix<Scalar> stacked;  // [x; I]
  MlpWorkspace<Scalar> network;
};

}  // namespace

template <typename Scalar>
StandardModel<Scalar>::StandardModel(Mlp network, Index primary_input_size)
    : network_(std::move(network)), primary_input_size_(primary_input_size) {
  if (primary_input_size < 1 || primary_input_size >= network_.input_size()) {
    throw std::invalid_argument("standard model: size of the primary input x is " + std::to_string(primary_input_size) +
                                ", accepted: at least 1 and below the network's " +
                                std::to_string(network_.input_size()) + " inputs");
  }
}

template <typename Scalar>
ModelCost StandardModel<Scalar>::cost() const {
  const Index condition_products = condition_size() * network_.outputs_of(0);
  return {.primary_parameters = network_.parameter_count(),
          .generator_parameters = 0,
          .trainable_parameters = network_.parameter_count(),
          .generated_parameters = 0,
          .multiply_adds = network_.multiply_adds(),
          .multiply_adds_reusing = network_.multiply_adds() - condition_products};
}

template <typename Scalar>
std::unique_ptr<typename ConditionalModel<Scalar>::Workspace> StandardModel<Scalar>::MakeWorkspace() const {
  return std::make_unique<StandardWorkspace<Scalar>>();
}

template <typename Scalar>
std::unique_ptr<BatchPass<Scalar>> StandardModel<Scalar>::MakeBatchPass(const Executor& executor) const {
  return MakeStandardPass<Scalar>(network_, primary_input_size_, executor);
}

template <typename Scalar>
void StandardModel<Scalar>::Initialize(std::uint64_t seed, VectorRef<Scalar> parameters) const {
  RandomStream random(seed);
  network_.Initialize<Scalar>(random, parameters);
}

template <typename Scalar>
const Matrix<Scalar>& StandardModel<Scalar>::DoForward(const ConstVectorRef<Scalar>& parameters,
                                                       const ConstMatrixRef<Scalar>& x,
                                                       const ConstMatrixRef<Scalar>& condition,
                                                       Workspace& workspace) const {
  auto& buffers = static_cast<StandardWorkspace<Scalar>&>(workspace);
  buffers.stacked.resize(network_.input_size(), x.cols());
  buffers.stacked.topRows(primary_input_size_) = x;
  buffers.stacked.bottomRows(condition_size()) = condition;
  network_.Forward<Scalar>(parameters, buffers.stacked, buffers.network);
  return buffers.network.outputs();
}

template <typename Scalar>
void StandardModel<Scalar>::DoBackward(const ConstVectorRef<Scalar>& parameters,
                                       const ConstMatrixRef<Scalar>& /*x*/,
                                       const ConstMatrixRef<Scalar>& /*condition*/,
                                       const ConstMatrixRef<Scalar>& output_gradient,
                                       Workspace& workspace,
                                       VectorRef<Scalar> parameter_gradient) const {
  auto& buffers = static_cast<StandardWorkspace<Scalar>&>(workspace);
  network_.Backward<Scalar>(parameters, buffers.stacked, output_gradient, buffers.network, parameter_gradient);
}

template class StandardModel<float>;
template class StandardModel<double>;

}  // namespace hyperwidth
