// SPDX-License-Identifier: Apache-2.0

#include "models/pass/per_sample_pass.h"

#include <stdexcept>
#include <string>

#include "models/pass/node_kernels.h"

namespace hyperwidth {

template <typename Scalar>
PerSamplePass<Scalar>::PerSamplePass(const Model& model)
    : model_(model), store_(model, Store<Scalar>::Gradients::kForEachSample) {
  for (Index i = 0; i < static_cast<Index>(model.graph.nodes().size()); ++i) {
    if (!store_.IsNeeded(i)) continue;
    if (store_.IsComputed(i)) nodes_.push_back(i);
    if (store_.RootOf(Value{i}) != i || !store_.IsTrained(Value{i})) continue;
    has_gradients_that_add_up_ = has_gradients_that_add_up_ || store_.HasOverlappingUses(i) || !store_.IsFullyUsed(i);
  }
}

template <typename Scalar>
void PerSamplePass<Scalar>::Compute(const Piece& panel) {
  for (const Index node : nodes_) {
    const Range all{.begin = 0, .end = model_.graph.nodes()[static_cast<std::size_t>(node)].shape.size()};
    ComputeForward<Scalar>({store_, scratch_, node, panel}, all);
  }
}

template <typename Scalar>
const Matrix<Scalar>& PerSamplePass<Scalar>::Forward(const ConstVectorRef<Scalar>& theta, const Batch<Scalar>& batch) {
  store_.SetBatch(theta, batch);
  outputs_.resize(model_.graph.shape(model_.output).rows, batch.samples());
  for (const Piece& panel : store_.cut().Wholes(Axis::kSample)) {
    Compute(panel);
    const Rows<const Scalar> rows = store_.ValueOf(model_.output, Axis::kSample, panel);
    const Index first = store_.cut().Panels(Axis::kSample)[static_cast<std::size_t>(panel.panel)].first;
    for (Index row = 0; row < panel.count; ++row) {
      for (Index unit = 0; unit < outputs_.rows(); ++unit) outputs_(unit, first + row) = rows(row, unit);
    }
  }
  return outputs_;
}

template <typename Scalar>
void PerSamplePass<Scalar>::PassOn(Index node, const Piece& panel) {
  const std::vector<Value>& inputs = model_.graph.nodes()[static_cast<std::size_t>(node)].inputs;
  for (std::size_t input = 0; input < inputs.size(); ++input) {
    if (!store_.PassesOn(node, input)) continue;
    ComputeBackward<Scalar>({store_, scratch_, node, panel},
                            input,
                            {.begin = 0, .end = model_.graph.shape(inputs[input]).size()},
                            store_.Accumulates(node, input),
                            store_.GradientOf(inputs[input], Axis::kSample, panel, nullptr));
  }
}

template <typename Scalar>
void PerSamplePass<Scalar>::OutputGradients(const ConstVectorRef<Scalar>& theta,
                                            const Batch<Scalar>& batch,
                                            Matrix<Scalar>& gradients) {
  const Index outputs = model_.graph.shape(model_.output).rows;
  if (outputs != 1) {
    throw std::invalid_argument("outputs of model '" + model_.name + "': found " + std::to_string(outputs) +
                                ", accepted: one");
  }
  store_.SetBatch(theta, batch);
  gradients.resize(theta.size(), batch.samples());
  if (has_gradients_that_add_up_) gradients.setZero();
  store_.SetGradientsForEachSample(gradients.data());
  store_.StartGradients(/*local=*/false);
  const bool adds_up = store_.HasOverlappingUses(store_.RootOf(model_.output));
  for (const Piece& panel : store_.cut().Wholes(Axis::kSample)) {
    Compute(panel);
    WriteColumn(store_.GradientOf(model_.output, Axis::kSample, panel, nullptr), 0, panel.count, adds_up, [](Index) {
      return Scalar(1);
    });
    for (std::size_t i = nodes_.size(); i-- > 0;) {
      if (store_.IsTrained(Value{nodes_[i]})) PassOn(nodes_[i], panel);
    }
  }
}

template class PerSamplePass<float>;
template class PerSamplePass<double>;

}  // namespace hyperwidth
