// SPDX-License-Identifier: Apache-2.0

#include "models/pass/pass.h"

#include <algorithm>
#include <stdexcept>
#include <string>

#include "models/pass/product.h"

namespace hyperwidth {
namespace {

// Panels that a task with part of a large matrix takes.
constexpr Index kPanelsOfTask = 8;

// No text is put together unless there is something to say: steps ask for no memory.
void Require(const char* what, Index found, Index accepted) {
  if (found == accepted) return;
  throw std::invalid_argument(std::string(what) + ": found " + std::to_string(found) +
                              ", accepted: " + std::to_string(accepted));
}

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
  const Cut cut = CutOfUnits(model_.graph, NodeAt(node));
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
  Require("entries of theta", theta.size(), model_.parameters.size());
  Require("rows of the output gradient", output_gradient.rows(), model_.graph.shape(model_.output).rows);
  Require("columns of the output gradient", output_gradient.cols(), outputs_.cols());
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

// Passes a node's gradient on to the operands that have a row for each of its own.
template <typename Scalar>
void Pass<Scalar>::PassOn(Index index, Axis axis, const Piece& whole, Scratch<Scalar>& scratch, Scalar* local) {
  const Node& node = NodeAt(index);
  if (!store_.IsTrained(Value{index})) return;
  for (std::size_t input = 0; input < node.inputs.size(); ++input) {
    const Value value = node.inputs[input];
    if (!store_.PassesOn(index, input) || store_.AxisOf(value) != axis) continue;
    for (const Piece& piece : PiecesOf(index, whole)) {
      ComputeBackward<Scalar>({store_, scratch, index, piece, local},
                              input,
                              AllOf(node, input),
                              store_.Accumulates(index, input),
                              store_.GradientOf(value, axis, piece, local));
    }
  }
}

template <typename Scalar>
void Pass<Scalar>::RunStageBackward(const Stage& stage) {
  const std::span<const Piece> wholes = store_.cut().Wholes(stage.axis);
  const auto panels = static_cast<Index>(wholes.size());
  const Index work_of_stage = stage.work_of_row * store_.cut().Rows(stage.axis);
  const auto pass_on = [&](Index node, std::size_t input, const Range& entries, Index panel, Scratch<Scalar>& scratch) {
    const Value value = NodeAt(node).inputs[input];
    for (const Piece& piece : PiecesOf(node, wholes[static_cast<std::size_t>(panel)])) {
      ComputeBackward<Scalar>({store_, scratch, node, piece},
                              input,
                              entries,
                              store_.Accumulates(node, input),
                              store_.GradientOf(value, stage.axis, piece, nullptr));
    }
  };
  const auto has_row_of_its_own = [&](const Node& node, std::size_t input) {
    const Value value = node.inputs[input];
    return store_.IsTrained(value) && store_.AxisOf(value) == stage.axis;
  };
  if (!stage.has_large_matrix) {
    Run(panels, work_of_stage, [&](Index task, Scratch<Scalar>& scratch) {
      for (std::size_t i = stage.nodes.size(); i-- > 0;) {
        PassOn(stage.nodes[i], stage.axis, wholes[static_cast<std::size_t>(task)], scratch, nullptr);
      }
    });
    return;
  }
  const Index index = stage.nodes.front();
  const Node& node = NodeAt(index);
  const bool passes_vector_on = has_row_of_its_own(node, 1);
  const bool passes_bias_on = node.inputs.size() > 2 && has_row_of_its_own(node, 2);
  if (!passes_vector_on && !passes_bias_on) return;
  const Cut cut = CutOfVector(model_.graph, node);
  const Index chunks = Divided(panels, kPanelsOfTask);
  Run(cut.Parts() * chunks, work_of_stage, [&](Index task, Scratch<Scalar>& scratch) {
    const Range entries = cut.Part(task / chunks);
    const Range part = PartOf(panels, task % chunks, chunks, 1);
    for (Index panel = part.begin; panel < part.end; ++panel) {
      if (passes_vector_on) pass_on(index, 1, entries, panel, scratch);
      if (passes_bias_on && entries.begin == 0) pass_on(index, 2, AllOf(node, 2), panel, scratch);
    }
  });
}

template class Pass<float>;
template class Pass<double>;

}  // namespace hyperwidth
