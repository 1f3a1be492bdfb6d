// SPDX-License-Identifier: Apache-2.0

#include "models/pass/pass.h"

#include <algorithm>
#include <stdexcept>
#include <string>

#include "models/pass/product.h"
#include "models/require_size.h"

namespace hyperwidth {
namespace {

// Panels that a task with part of a large matrix takes.
constexpr Index kPanelsOfTask = 8;

}  // namespace

template <typename Scalar>
Pass<Scalar>::Pass(const Model& model, const Executor& executor)
    : model_(model),
      executor_(executor),
      store_(model, Store<Scalar>::Gradients::kSummed),
      schedule_(model.graph, store_),
      scratch_(static_cast<std::size_t>(executor.slot_count())) {
  const Axis axis = model.graph.axis(model.output);
  if (axis != Axis::kSample) {
    throw std::invalid_argument("output of model '" + model.name + "': found one that varies with the " + Name(axis) +
                                ", accepted: with the sample");
  }
}

template <typename Scalar>
std::span<const Piece> Pass<Scalar>::PiecesOf(Index node, const Piece& whole) const {
  return store_.NeedsPieces(node) ? store_.cut().PiecesOfPanel(whole.panel) : std::span<const Piece>(&whole, 1);
}

template <typename Scalar>
const Matrix<Scalar>& Pass<Scalar>::Forward(const ConstVectorRef<Scalar>& theta, const Batch<Scalar>& batch) {
  store_.SetBatch(theta, batch);
  if (schedule_.stages().empty() || is_aligned_ != store_.cut().IsAligned()) {
    is_aligned_ = store_.cut().IsAligned();
    schedule_.Build();
  }
  for (const Stage& stage : schedule_.stages()) RunStage(stage);
  outputs_.resize(model_.graph.shape(model_.output).rows, batch.samples());
  for (const Piece& whole : store_.cut().Wholes(Axis::kSample)) {
    const Rows<const Scalar> rows = store_.ValueOf(model_.output, Axis::kSample, whole);
    const Index first = store_.cut().Panels(Axis::kSample)[static_cast<std::size_t>(whole.panel)].first;
    Transpose(whole.count, outputs_.rows(), rows.data, rows.unit_stride, outputs_.col(first).data(), outputs_.rows());
  }
  ShareRoom();
  return outputs_;
}

// Of dot products, whose bits do not depend on the cut: no more parts than threads. A vector's is too little to be cut.
template <typename Scalar>
Index Pass<Scalar>::LeastUnitsOfTask(const Node& node) const {
  const Shape& matrix = model_.graph.shape(node.inputs[0]);
  const bool is_product = node.operation == Operation::kProduct;
  if (!is_product && (node.operation != Operation::kAffine || node.axis != Axis::kTheta)) return 1;
  const Index cols = node.shape.cols;
  if (!IsOfDots<Scalar>({.rows = matrix.rows, .cols = cols, .inner = matrix.cols})) return 1;
  return matrix.rows * std::min(cols, std::max(kFewestDotColumns, Divided(cols, executor_.slot_count())));
}

template <typename Scalar>
void Pass<Scalar>::RunStage(const Stage& stage) {
  const std::span<const Piece> wholes = store_.cut().Wholes(stage.axis);
  const Index work_of_stage = stage.work_of_row * store_.cut().Rows(stage.axis);
  const auto panels = static_cast<Index>(wholes.size());
  if (!stage.has_large_matrix) {
    Run(panels, work_of_stage, [&](Index task, Scratch<Scalar>& scratch) {
      for (const Index node : stage.nodes) {
        const Range all{.begin = 0, .end = NodeAt(node).shape.size()};
        for (const Piece& piece : PiecesOf(node, wholes[static_cast<std::size_t>(task)])) {
          ComputeForward<Scalar>({store_, scratch, node, piece}, all);
        }
      }
    });
    return;
  }
  const Index node = stage.nodes.front();
  const Cut cut = CutOfUnits(model_.graph, NodeAt(node), LeastUnitsOfTask(NodeAt(node)));
  const Index chunks = Divided(panels, kPanelsOfTask);
  Run(cut.Parts() * chunks, work_of_stage, [&](Index task, Scratch<Scalar>& scratch) {
    const Range units = cut.Part(task / chunks);
    const Range part = PartOf(panels, task % chunks, chunks, 1);
    for (Index panel = part.begin; panel < part.end; ++panel) {
      for (const Piece& piece : PiecesOf(node, wholes[static_cast<std::size_t>(panel)])) {
        ComputeForward<Scalar>({store_, scratch, node, piece}, units);
      }
    }
  });
}

template <typename Scalar>
void Pass<Scalar>::SetOutputGradient(const ConstMatrixRef<Scalar>& output_gradient, const Piece& whole, Scalar* local) {
  const bool adds_up = store_.HasOverlappingUses(store_.RootOf(model_.output));
  const Rows<Scalar> to = store_.GradientOf(model_.output, Axis::kSample, whole, local);
  const Index first = store_.cut().Panels(Axis::kSample)[static_cast<std::size_t>(whole.panel)].first;
  for (Index unit = 0; unit < output_gradient.rows(); ++unit) {
    WriteColumn(to, unit, whole.count, adds_up, [&](Index row) { return output_gradient(unit, first + row); });
  }
}

template <typename Scalar>
void Pass<Scalar>::Backward(const ConstVectorRef<Scalar>& theta,
                            const ConstMatrixRef<Scalar>& output_gradient,
                            GradientTarget<Scalar>& target) {
  RequireSize("entries of theta", theta.size(), model_.parameters.size());
  RequireSize("rows of the output gradient", output_gradient.rows(), model_.graph.shape(model_.output).rows);
  RequireSize("columns of the output gradient", output_gradient.cols(), outputs_.cols());
  store_.SetTheta(theta.data());
  sums_in_panels_ = CutIntoRuns();
  store_.StartGradients(sums_in_panels_);
  const auto& stages = schedule_.stages();
  std::size_t i = stages.size();
  if (sums_in_panels_) {
    RunSamplesBackward(stages[--i], output_gradient);
  } else {
    for (const Piece& whole : store_.cut().Wholes(Axis::kSample)) SetOutputGradient(output_gradient, whole, nullptr);
    while (i > 0 && stages[i - 1].axis == Axis::kSample) RunStageBackward(stages[--i]);
    ReduceOverSamples();
  }
  while (i > 0 && stages[i - 1].axis == Axis::kCondition) RunStageBackward(stages[--i]);
  ReduceToTheta(target);
  ReduceInTheta(target);
  ShareRoom();
}

// Whichever slot gets a task next, it has room.
template <typename Scalar>
void Pass<Scalar>::ShareRoom() {
  for (Scratch<Scalar>& scratch : scratch_) scratch_[0].MakeRoomLike(scratch);
  for (Scratch<Scalar>& scratch : scratch_) scratch.MakeRoomLike(scratch_[0]);
}

template <typename Scalar>
bool Pass<Scalar>::HasRowsOfItsOwn(Index node, std::size_t input, Axis axis) const {
  const std::vector<Value>& inputs = NodeAt(node).inputs;
  return input < inputs.size() && store_.PassesOn(node, input) && store_.AxisOf(inputs[input]) == axis;
}

template <typename Scalar>
void Pass<Scalar>::PassOnTo(std::size_t input,
                            const Range& entries,
                            Index node,
                            Axis axis,
                            const Piece& whole,
                            Scratch<Scalar>& scratch,
                            Scalar* local) {
  for (const Piece& piece : PiecesOf(node, whole)) {
    ComputeBackward<Scalar>({store_, scratch, node, piece, local},
                            input,
                            entries,
                            store_.Accumulates(node, input),
                            store_.GradientOf(NodeAt(node).inputs[input], axis, piece, local));
  }
}

// Passes a node's gradient on to the operands that have a row for each of its own.
template <typename Scalar>
void Pass<Scalar>::PassOn(Index node, Axis axis, const Piece& whole, Scratch<Scalar>& scratch, Scalar* local) {
  if (!store_.IsTrained(Value{node})) return;
  for (std::size_t input = 0; input < NodeAt(node).inputs.size(); ++input) {
    if (!HasRowsOfItsOwn(node, input, axis)) continue;
    PassOnTo(input, AllOf(NodeAt(node), input), node, axis, whole, scratch, local);
  }
}

template <typename Scalar>
void Pass<Scalar>::RunStageBackward(const Stage& stage) {
  const std::span<const Piece> wholes = store_.cut().Wholes(stage.axis);
  const auto panels = static_cast<Index>(wholes.size());
  const Index work_of_stage = stage.work_of_row * store_.cut().Rows(stage.axis);
  if (!stage.has_large_matrix) {
    Run(panels, work_of_stage, [&](Index task, Scratch<Scalar>& scratch) {
      for (std::size_t i = stage.nodes.size(); i-- > 0;) {
        PassOn(stage.nodes[i], stage.axis, wholes[static_cast<std::size_t>(task)], scratch, nullptr);
      }
    });
    return;
  }
  const Index node = stage.nodes.front();
  const bool passes_vector_on = HasRowsOfItsOwn(node, 1, stage.axis);
  const bool passes_bias_on = HasRowsOfItsOwn(node, 2, stage.axis);
  if (!passes_vector_on && !passes_bias_on) return;
  const Cut cut = CutOfVector(model_.graph, NodeAt(node));
  const Index chunks = Divided(panels, kPanelsOfTask);
  Run(cut.Parts() * chunks, work_of_stage, [&](Index task, Scratch<Scalar>& scratch) {
    const Range entries = cut.Part(task / chunks);
    const Range part = PartOf(panels, task % chunks, chunks, 1);
    for (Index panel = part.begin; panel < part.end; ++panel) {
      const Piece& whole = wholes[static_cast<std::size_t>(panel)];
      if (passes_vector_on) PassOnTo(1, entries, node, stage.axis, whole, scratch, nullptr);
      if (passes_bias_on && entries.begin == 0) {
        PassOnTo(2, AllOf(NodeAt(node), 2), node, stage.axis, whole, scratch, nullptr);
      }
    }
  });
}

template class Pass<float>;
template class Pass<double>;

}  // namespace hyperwidth
