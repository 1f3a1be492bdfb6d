// SPDX-License-Identifier: Apache-2.0

#include "models/pass/output_gradients.h"

#include <stdexcept>
#include <string>

#include "models/pass/node_kernels.h"

namespace hyperwidth {

template <typename Scalar>
OutputGradients<Scalar>::OutputGradients(const Model& model)
    : model_(model), store_(model, Store<Scalar>::Gradients::kForEachSample) {
  const Index outputs = model.graph.shape(model.output).rows;
  if (outputs != 1) {
    throw std::invalid_argument("outputs of model '" + model.name + "': found " + std::to_string(outputs) +
                                ", accepted: one");
  }
  for (Index i = 0; i < static_cast<Index>(model.graph.nodes().size()); ++i) {
    if (!store_.IsNeeded(i)) continue;
    if (store_.IsComputed(i)) nodes_.push_back(i);
    if (store_.RootOf(Value{i}) != i) continue;
    has_gradients_that_add_up_ = has_gradients_that_add_up_ || store_.HasOverlappingUses(i) || !store_.IsFullyUsed(i);
  }
}

template <typename Scalar>
void OutputGradients<Scalar>::PassOn(Index node, const Piece& panel) {
  const std::vector<Value>& inputs = model_.graph.nodes()[static_cast<std::size_t>(node)].inputs;
  for (std::size_t input = 0; input < inputs.size(); ++input) {
    if (!store_.IsTrained(inputs[input])) continue;
    ComputeBackward<Scalar>({store_, scratch_, node, panel},
                            input,
                            {.begin = 0, .end = model_.graph.shape(inputs[input]).size()},
                            store_.Accumulates(node, input),
                            store_.GradientOf(inputs[input], Axis::kSample, panel));
  }
}

template <typename Scalar>
void OutputGradients<Scalar>::Evaluate(const ConstVectorRef<Scalar>& theta,
                                       const Batch<Scalar>& batch,
                                       Matrix<Scalar>& gradients) {
  store_.SetBatch(theta, batch);
  gradients.resize(theta.size(), batch.samples());
  if (has_gradients_that_add_up_) gradients.setZero();
  store_.SetGradientsForEachSample(gradients.data());
  store_.StartGradients();
  for (const Piece& panel : store_.cut().Wholes(Axis::kSample)) {
    for (const Index node : nodes_) {
      const Range all{.begin = 0, .end = model_.graph.nodes()[static_cast<std::size_t>(node)].shape.size()};
      ComputeForward<Scalar>({store_, scratch_, node, panel}, all);
    }
    const bool adds_up = store_.HasOverlappingUses(store_.RootOf(model_.output));
    WriteColumn(store_.GradientOf(model_.output, Axis::kSample, panel), 0, panel.count, adds_up, [](Index) {
      return Scalar(1);
    });
    for (std::size_t i = nodes_.size(); i-- > 0;) {
      if (store_.IsTrained(Value{nodes_[i]})) PassOn(nodes_[i], panel);
    }
  }
}

template class OutputGradients<float>;
template class OutputGradients<double>;

}  // namespace hyperwidth
