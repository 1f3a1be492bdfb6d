// SPDX-License-Identifier: Apache-2.0
#include "models/hypernetwork_model.h"

#include <stdexcept>
#include <utility>

#include "models/batch/hypernetwork_pass.h"

namespace hyperwidth {
namespace {

template <typename Scalar>
struct HypernetworkWorkspace final : ConditionalModel<Scalar>::Workspace {
  MlpWorkspace<Scalar> hypernetwork;
  MlpWorkspace<Scalar> primary;
  Matrix<Scalar> generated_gradient;  // with respect to each sample's generated parameters
};

}  // namespace

template <typename Scalar>
HypernetworkModel<Scalar>::HypernetworkModel(Mlp hypernetwork, Mlp primary)
    : hypernetwork_(std::move(hypernetwork)), primary_(std::move(primary)) {
  if (hypernetwork_.output_size() != primary_.parameter_count()) {
    throw std::invalid_argument("hypernetwork model: the hypernetwork has " +
                                std::to_string(hypernetwork_.output_size()) +
                                " outputs, accepted: as many as the primary network has parameters, " +
                                std::to_string(primary_.parameter_count()));
  }
}

template <typename Scalar>
ModelCost HypernetworkModel<Scalar>::cost() const {
  return {.primary_parameters = primary_.parameter_count(),
          .generator_parameters = hypernetwork_.parameter_count(),
          .trainable_parameters = hypernetwork_.parameter_count(),
          .generated_parameters = primary_.parameter_count(),
          .multiply_adds = hypernetwork_.multiply_adds() + primary_.multiply_adds(),
          .multiply_adds_reusing = primary_.multiply_adds()};
}

template <typename Scalar>
std::unique_ptr<typename ConditionalModel<Scalar>::Workspace> HypernetworkModel<Scalar>::MakeWorkspace() const {
  return std::make_unique<HypernetworkWorkspace<Scalar>>();
}

template <typename Scalar>
std::unique_ptr<BatchPass<Scalar>> HypernetworkModel<Scalar>::MakeBatchPass(const Executor& executor) const {
  return MakeHypernetworkPass<Scalar>(hypernetwork_, primary_, executor);
}

template <typename Scalar>
void HypernetworkModel<Scalar>::Initialize(std::uint64_t seed, VectorRef<Scalar> parameters) const {
  RandomStream random(seed);
  hypernetwork_.Initialize<Scalar>(random, parameters);
}

template <typename Scalar>
const Matrix<Scalar>& HypernetworkModel<Scalar>::DoForward(const ConstVectorRef<Scalar>& parameters,
                                                           const ConstMatrixRef<Scalar>& x,
                                                           const ConstMatrixRef<Scalar>& condition,
                                                           Workspace& workspace) const {
  auto& buffers = static_cast<HypernetworkWorkspace<Scalar>&>(workspace);
  hypernetwork_.Forward<Scalar>(parameters, condition, buffers.hypernetwork);
  primary_.ForwardPerSample<Scalar>(buffers.hypernetwork.outputs(), x, buffers.primary);
  return buffers.primary.outputs();
}

template <typename Scalar>
void HypernetworkModel<Scalar>::DoBackward(const ConstVectorRef<Scalar>& parameters,
                                           const ConstMatrixRef<Scalar>& x,
                                           const ConstMatrixRef<Scalar>& condition,
                                           const ConstMatrixRef<Scalar>& output_gradient,
                                           Workspace& workspace,
                                           VectorRef<Scalar> parameter_gradient) const {
  auto& buffers = static_cast<HypernetworkWorkspace<Scalar>&>(workspace);
  primary_.BackwardPerSample<Scalar>(
      buffers.hypernetwork.outputs(), x, output_gradient, buffers.primary, buffers.generated_gradient);
  hypernetwork_.Backward<Scalar>(
      parameters, condition, buffers.generated_gradient, buffers.hypernetwork, parameter_gradient);
}

template class HypernetworkModel<float>;
template class HypernetworkModel<double>;

}  // namespace hyperwidth
