// SPDX-License-Identifier: Apache-2.0

#include "models/pass/pass.h"

#include <algorithm>
#include <stdexcept>
#include <string>

#include "models/pass/product.h"

namespace hyperwidth {
namespace {

// Multiplications below which handing tasks to other threads takes longer than the tasks.
constexpr Index kSerialBelow = 50'000;
// Entries of a matrix that a task reads: with a panel of rows, less than a core's second cache.
constexpr Index kEntriesOfTask = 32 * 1024;
// A matrix above this has a stage of its own.
constexpr Index kLargeMatrix = 32 * 1024;
// Panels that a task with part of a large matrix takes.
constexpr Index kPanelsOfTask = 8;
// Samples whose gradients a task adds up, at least, if conditions have fewer.
constexpr Index kSamplesOfTask = 64;
// Of a block of a matrix whose gradient a task adds up.
constexpr Index kBlockRows = 320, kBlockEntries = 32 * 1024;
constexpr Index kEntriesOfHandOver = 64 * 1024;

Index Divided(Index a, Index b) { return (a + b - 1) / b; }

// Part `i` of `parts` of 0 .. size - 1, cut at multiples of `atom`.
Range PartOf(Index size, Index i, Index parts, Index atom) {
  const Index atoms = Divided(size, atom);
  return {.begin = std::min(size, atoms * i / parts * atom), .end = std::min(size, atoms * (i + 1) / parts * atom)};
}

// Whole vectors of floats, where there are some.
Index AtomOf(Index size) { return size >= 64 ? 16 : 1; }

// No text is put together unless there is something to say: steps ask for no memory.
void Require(const char* what, Index found, Index accepted) {
  if (found == accepted) return;
  throw std::invalid_argument(std::string(what) + ": found " + std::to_string(found) +
                              ", accepted: " + std::to_string(accepted));
}

// How a large operation is cut: units of the result, or entries of the vector that its matrix meets.
struct Cut {
  Index size = 0;
  Index atom = 1;
  Index entries_of_atom = 1;  // of the matrix

  Index Parts() const {
    return std::clamp<Index>(Divided(size / atom * entries_of_atom, kEntriesOfTask), 1, size / atom);
  }
  Range Part(Index i) const { return PartOf(size, i, Parts(), atom); }
};

Cut CutOfUnits(const Graph& graph, const Node& node) {
  const Index size = node.shape.size();
  const Index inner = graph.shape(node.inputs[0]).cols;
  if (node.operation == Operation::kAffine)
    return {.size = size, .atom = AtomOf(size), .entries_of_atom = AtomOf(size) * inner};
  if (node.operation == Operation::kProduct) return {.size = size, .atom = node.shape.rows, .entries_of_atom = inner};
  return {.size = size, .atom = node.shape.rows, .entries_of_atom = graph.shape(node.inputs[0]).rows};
}

Cut CutOfVector(const Graph& graph, const Node& node) {
  const Index size = graph.shape(node.inputs[1]).rows;
  const Index atom = AtomOf(size);
  return {.size = size, .atom = atom, .entries_of_atom = atom * node.shape.size()};
}

}  // namespace

template <typename Scalar>
Pass<Scalar>::Pass(const Model& model, const Executor& executor)
    : model_(model),
      executor_(executor),
      store_(model, Store<Scalar>::Gradients::kSummed),
      scratch_(static_cast<std::size_t>(executor.slot_count())) {
  const Axis axis = model.graph.axis(model.output);
  if (axis != Axis::kSample) {
    throw std::invalid_argument("output of model '" + model.name + "': found one that varies with the " + Name(axis) +
                                ", accepted: with the sample");
  }
}

template <typename Scalar>
Index Pass<Scalar>::WorkOf(const Node& node) const {
  const Graph& graph = model_.graph;
  const Index size = node.shape.size();
  if (node.inputs.empty()) return size;
  const Index matrix = graph.shape(node.inputs[0]).size();
  switch (node.operation) {
    case Operation::kAffine:
    case Operation::kContract:
      return matrix;
    case Operation::kProduct:
      return matrix * node.shape.cols;
    case Operation::kConvolve:
      return matrix * node.convolution.OutputHeight() * node.convolution.OutputWidth();
    case Operation::kApply:
      return 8 * size;  // exponential functions take that long
    default:
      return size;
  }
}

// Its operands can be cut, and its matrix is too large to be read again for every panel.
template <typename Scalar>
bool Pass<Scalar>::IsLarge(const Node& node) const {
  const Graph& graph = model_.graph;
  const bool can_be_cut = node.operation == Operation::kAffine || node.operation == Operation::kContract ||
                          (node.operation == Operation::kProduct && node.axis == Axis::kTheta);
  if (!can_be_cut || graph.axis(node.inputs[0]) != Axis::kTheta) return false;
  return graph.shape(node.inputs[0]).size() * (node.operation == Operation::kProduct ? node.shape.cols : 1) >=
         kLargeMatrix;
}

template <typename Scalar>
void Pass<Scalar>::BuildStages() {
  stages_.clear();
  for (const Axis axis : {Axis::kTheta, Axis::kCondition, Axis::kSample}) {
    bool is_open = false;
    for (Index i = 0; i < static_cast<Index>(model_.graph.nodes().size()); ++i) {
      if (!store_.IsNeeded(i) || !store_.IsComputed(i) || store_.AxisOf(i) != axis) continue;
      const Node& node = NodeAt(i);
      const bool is_large = IsLarge(node);
      if (is_large || !is_open) stages_.push_back({.axis = axis, .nodes = {}, .has_large_matrix = is_large});
      is_open = !is_large;
      stages_.back().nodes.push_back(i);
      stages_.back().work_of_row += WorkOf(node);
    }
  }
}

// A tensor whose gradient can be written where it belongs by those that compute it: every entry is used once, by an
// operation that can, and nobody reads it afterwards. Operations on theta alone come last and read theta; of two
// factors the larger may be written after the smaller has been computed from it.
template <typename Scalar>
bool Pass<Scalar>::IsDirect(Index root) const {
  const Graph& graph = model_.graph;
  if (store_.HasOverlappingUses(root) || !store_.IsFullyUsed(root)) return false;
  for (const Use& use : store_.UsesOf(root)) {
    const Node& node = NodeAt(use.node);
    if (node.axis == Axis::kTheta) {
      if (node.operation != Operation::kProduct || store_.UsesOf(root).size() > 1) return false;
      const Value other = node.inputs[1 - use.input];
      const Index other_size = graph.shape(other).size();
      const bool is_larger = use.count > other_size || (use.count == other_size && use.input == 0);
      if (!is_larger) return false;
      continue;
    }
    const bool is_matrix = HasMatrix(node.operation) && use.input == 0;
    const bool is_bias = node.operation != Operation::kContract && HasMatrix(node.operation) && use.input == 2;
    if (!is_matrix && !is_bias) return false;
  }
  return true;
}

template <typename Scalar>
bool Pass<Scalar>::IsDirectOperand(const Node& node, std::size_t input) const {
  const Index root = store_.RootOf(node.inputs[input]);
  return store_.IsTrained(node.inputs[input]) && NodeAt(root).operation == Operation::kParameter && IsDirect(root);
}

template <typename Scalar>
void Pass<Scalar>::AddReductions(const Reduction& whole, std::size_t round) {
  if (to_theta_.size() <= round) to_theta_.resize(round + 1);
  const bool is_cut = whole.is_matrix || whole.is_direct;
  if (!is_cut) {
    to_theta_[round].push_back(whole);
    return;
  }
  const bool is_convolution = NodeAt(whole.node).operation == Operation::kConvolve;
  const bool takes_all_rows = whole.rows.count() <= kBlockRows || NodeAt(whole.node).operation == Operation::kContract;
  const Index row_parts = takes_all_rows || is_convolution ? 1 : Divided(whole.rows.count(), kBlockRows);
  const Index rows = Divided(whole.rows.count(), row_parts);
  Index col_parts = std::clamp<Index>(Divided(rows * whole.cols.count(), kBlockEntries), 1, whole.cols.count());
  if (is_convolution) col_parts = 1;
  for (Index i = 0; i < row_parts; ++i) {
    for (Index j = 0; j < col_parts; ++j) {
      Reduction part = whole;
      part.rows = PartOf(whole.rows.count(), i, row_parts, AtomOf(whole.rows.count()));
      part.cols = PartOf(whole.cols.count(), j, col_parts, 1);
      if (part.rows.count() > 0 && part.cols.count() > 0) to_theta_[round].push_back(part);
    }
  }
}

template <typename Scalar>
void Pass<Scalar>::BuildReductions() {
  const Graph& graph = model_.graph;
  over_samples_.clear();
  to_theta_.clear();
  hand_overs_.clear();
  for (Index root = 0; root < static_cast<Index>(graph.nodes().size()); ++root) {
    if (store_.UsesOf(root).empty()) continue;
    const bool is_parameter = NodeAt(root).operation == Operation::kParameter;
    const bool is_direct = is_parameter && IsDirect(root);
    std::size_t round = 0;
    for (const Use& use : store_.UsesOf(root)) {
      const Node& node = NodeAt(use.node);
      const Shape shape = graph.shape(node.inputs[use.input]);
      const Reduction reduction{.node = use.node,
                                .input = use.input,
                                .rows = {.begin = 0, .end = shape.rows},
                                .cols = {.begin = 0, .end = shape.cols},
                                .is_matrix = use.input == 0 && HasMatrix(node.operation),
                                .is_direct = is_direct};
      const Axis axis = store_.AxisOf(root);
      if (axis == store_.AxisOf(use.node)) continue;
      if (axis == Axis::kCondition) {
        over_samples_.push_back(reduction);
      } else {
        AddReductions(reduction, store_.HasOverlappingUses(root) ? round++ : 0);
      }
    }
    if (!is_parameter || is_direct) continue;
    const Index size = NodeAt(root).shape.size();
    for (Index first = 0; first < size; first += kEntriesOfHandOver) {
      hand_overs_.push_back(
          {.root = root, .entries = {.begin = first, .end = std::min(size, first + kEntriesOfHandOver)}});
    }
  }
}

template <typename Scalar>
std::span<const Piece> Pass<Scalar>::PiecesOf(Index node, const Piece& whole) const {
  return store_.NeedsPieces(node) ? store_.cut().PiecesOfPanel(whole.panel) : std::span<const Piece>(&whole, 1);
}

template <typename Scalar>
template <typename Work>
void Pass<Scalar>::Run(Index count, Index multiply_adds, const Work& work) {
  if (count == 1 || multiply_adds < kSerialBelow) {
    for (Index task = 0; task < count; ++task) work(task, scratch_[0]);
    return;
  }
  executor_.Run(count, [this, &work](Index task, Index slot) { work(task, scratch_[static_cast<std::size_t>(slot)]); });
}

template <typename Scalar>
const Matrix<Scalar>& Pass<Scalar>::Forward(const ConstVectorRef<Scalar>& theta, const Batch<Scalar>& batch) {
  store_.SetBatch(theta, batch);
  if (!is_built_ || is_aligned_ != store_.cut().IsAligned()) {
    is_built_ = true;
    is_aligned_ = store_.cut().IsAligned();
    BuildStages();
    BuildReductions();
  }
  for (const Stage& stage : stages_) RunStage(stage);
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
void Pass<Scalar>::SetOutputGradient(const ConstMatrixRef<Scalar>& output_gradient) {
  const bool adds_up = store_.HasOverlappingUses(store_.RootOf(model_.output));
  for (const Piece& whole : store_.cut().Wholes(Axis::kSample)) {
    const Rows<Scalar> to = store_.GradientOf(model_.output, Axis::kSample, whole);
    const Index first = store_.cut().Panels(Axis::kSample)[static_cast<std::size_t>(whole.panel)].first;
    for (Index unit = 0; unit < output_gradient.rows(); ++unit) {
      WriteColumn(to, unit, whole.count, adds_up, [&](Index row) { return output_gradient(unit, first + row); });
    }
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
  store_.StartGradients();
  SetOutputGradient(output_gradient);
  bool is_reduced = false;
  for (std::size_t i = stages_.size(); i-- > 0;) {
    if (stages_[i].axis == Axis::kTheta) break;
    if (stages_[i].axis == Axis::kCondition && !is_reduced) {
      ReduceOverSamples();
      is_reduced = true;
    }
    RunStageBackward(stages_[i]);
  }
  if (!is_reduced) ReduceOverSamples();
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
                              store_.GradientOf(value, stage.axis, piece));
    }
  };
  const auto has_row_of_its_own = [&](const Node& node, std::size_t input) {
    const Value value = node.inputs[input];
    return store_.IsTrained(value) && store_.AxisOf(value) == stage.axis;
  };
  const auto all_of = [&](const Node& node, std::size_t input) {
    return Range{.begin = 0, .end = model_.graph.shape(node.inputs[input]).size()};
  };
  if (!stage.has_large_matrix) {
    Run(panels, work_of_stage, [&](Index task, Scratch<Scalar>& scratch) {
      for (std::size_t i = stage.nodes.size(); i-- > 0;) {
        const Node& node = NodeAt(stage.nodes[i]);
        if (!store_.IsTrained(Value{stage.nodes[i]})) continue;
        for (std::size_t input = 0; input < node.inputs.size(); ++input) {
          if (has_row_of_its_own(node, input)) pass_on(stage.nodes[i], input, all_of(node, input), task, scratch);
        }
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
      if (passes_bias_on && entries.begin == 0) pass_on(index, 2, all_of(node, 2), panel, scratch);
    }
  });
}

// Each task takes some conditions, and for each of them everything that its samples have to say.
template <typename Scalar>
void Pass<Scalar>::ReduceOverSamples() {
  if (over_samples_.empty()) return;
  const BatchCut& cut = store_.cut();
  const Index conditions = cut.Rows(Axis::kCondition);
  const Index samples = cut.Rows(Axis::kSample);
  const Index of_task = std::clamp<Index>(Divided(kSamplesOfTask * conditions, samples), 1, conditions);
  Index work = 0;
  for (const Reduction& reduction : over_samples_) {
    work += samples * WorkOf(NodeAt(reduction.node));
  }
  Run(Divided(conditions, of_task), work, [&](Index task, Scratch<Scalar>& scratch) {
    const Index end = std::min(conditions, (task + 1) * of_task);
    for (Index condition = task * of_task; condition < end; ++condition) {
      const Piece row{.panel = cut.PanelOf(condition), .first = cut.RowOf(condition), .count = 1};
      const std::span<const Piece> pieces = cut.PiecesOfCondition(condition);
      for (const Reduction& reduction : over_samples_) {
        const Node& node = NodeAt(reduction.node);
        const Value operand = node.inputs[reduction.input];
        const Index size = model_.graph.shape(operand).size();
        Rows<Scalar> to = store_.GradientOf(operand, Axis::kCondition, row);
        to.row_stride = 0;  // all samples add to this row
        bool accumulate = store_.Accumulates(reduction.node, reduction.input);
        if (reduction.is_matrix) {
          const bool is_together = to.unit_stride == 1;
          Scalar* const matrix = is_together ? to.data : scratch.Get(Scratch<Scalar>::kMatrix, size);
          SumMatrixGradient(store_,
                            scratch,
                            reduction.node,
                            pieces,
                            MatrixBlock<Scalar>{.rows = reduction.rows,
                                                .cols = reduction.cols,
                                                .data = matrix,
                                                .stride = reduction.rows.count(),
                                                .accumulate = is_together && accumulate});
          for (Index entry = 0; !is_together && entry < size; ++entry) {
            *to.Unit(entry) = accumulate ? *to.Unit(entry) + matrix[entry] : matrix[entry];
          }
          continue;
        }
        const Range all{.begin = 0, .end = size};
        for (const Piece& piece : pieces) {
          ComputeBackward<Scalar>({store_, scratch, reduction.node, piece}, reduction.input, all, accumulate, to);
          accumulate = true;
        }
        for (Index entry = 0; !accumulate && entry < size; ++entry) *to.Unit(entry) = 0;
      }
    }
  });
}

template <typename Scalar>
void Pass<Scalar>::ReduceToTheta(GradientTarget<Scalar>& target) {
  for (const std::vector<Reduction>& round : to_theta_) {
    Index work = 0;
    for (const Reduction& reduction : round) {
      const Index samples = store_.cut().Rows(store_.AxisOf(reduction.node));
      work += samples * reduction.rows.count() * reduction.cols.count();
    }
    Run(static_cast<Index>(round.size()), work, [&](Index task, Scratch<Scalar>& scratch) {
      Reduce(round[static_cast<std::size_t>(task)], scratch, target);
    });
  }
}

// Calls compute(block) with where this part of a gradient belongs: the target, or a buffer.
template <typename Scalar>
template <typename Compute>
void Pass<Scalar>::Write(const Reduction& reduction, GradientTarget<Scalar>& target, const Compute& compute) {
  const Value operand = NodeAt(reduction.node).inputs[reduction.input];
  const Index stride = model_.graph.shape(operand).rows;
  const Index root = store_.RootOf(operand);
  const Index first = store_.FirstOf(operand) + reduction.rows.begin + reduction.cols.begin * stride;
  MatrixBlock<Scalar> block{.rows = reduction.rows, .cols = reduction.cols};
  if (!reduction.is_direct) {
    block.data = store_.gradient(root).data() + first;
    block.stride = stride;
    block.accumulate = store_.Accumulates(reduction.node, reduction.input);
    return compute(block);
  }
  const ParameterBlock of_target{.first = NodeAt(root).tensor.first + first,
                                 .rows = reduction.rows.count(),
                                 .cols = reduction.cols.count(),
                                 .stride = stride};
  const auto destination = target.Begin(of_target);
  block.data = destination.data;
  block.stride = destination.stride;
  block.accumulate = destination.accumulate;
  block.scale = target.scale();
  compute(block);
  target.End(of_target);
}

template <typename Scalar>
void Pass<Scalar>::Reduce(const Reduction& reduction, Scratch<Scalar>& scratch, GradientTarget<Scalar>& target) {
  const std::span<const Piece> pieces = store_.NeedsPieces(reduction.node)
                                            ? store_.cut().AllPieces()
                                            : store_.cut().Wholes(store_.AxisOf(reduction.node));
  Write(reduction, target, [&](const MatrixBlock<Scalar>& block) {
    if (reduction.is_matrix) return SumMatrixGradient(store_, scratch, reduction.node, pieces, block);
    // What goes to the target is added up apart, for its scale.
    const Range entries{.begin = reduction.rows.begin, .end = reduction.rows.end * reduction.cols.count()};
    Rows<Scalar> to{.data = block.data - entries.begin};
    bool accumulate = block.accumulate;
    if (reduction.is_direct) {
      to.data = scratch.Get(Scratch<Scalar>::kMatrix, entries.end);
      accumulate = false;
    }
    for (const Piece& piece : pieces) {
      ComputeBackward<Scalar>({store_, scratch, reduction.node, piece}, reduction.input, entries, accumulate, to);
      accumulate = true;
    }
    for (Index entry = entries.begin; reduction.is_direct && entry < entries.end; ++entry) {
      Scalar& out = block.data[entry - entries.begin];
      out = (block.accumulate ? out : Scalar(0)) + block.scale * to.data[entry];
    }
  });
}

// What is computed from theta alone comes last; then tensors with several uses, whose gradients have been gathered.
template <typename Scalar>
void Pass<Scalar>::ReduceInTheta(GradientTarget<Scalar>& target) {
  for (std::size_t i = stages_.size(); i-- > 0;) {
    if (stages_[i].axis != Axis::kTheta) continue;
    for (std::size_t j = stages_[i].nodes.size(); j-- > 0;) {
      const Index index = stages_[i].nodes[j];
      const Node& node = NodeAt(index);
      if (!store_.IsTrained(Value{index})) continue;
      if (node.operation == Operation::kProduct) {
        PassProductOn(index, target);
        continue;
      }
      const Piece one = store_.cut().Wholes(Axis::kTheta).front();
      for (std::size_t input = 0; input < node.inputs.size(); ++input) {
        const Value value = node.inputs[input];
        if (!store_.IsTrained(value)) continue;
        ComputeBackward<Scalar>({store_, scratch_[0], index, one},
                                input,
                                {.begin = 0, .end = model_.graph.shape(value).size()},
                                store_.Accumulates(index, input),
                                store_.GradientOf(value, Axis::kTheta, one));
      }
    }
  }
  Run(static_cast<Index>(hand_overs_.size()), model_.parameters.size(), [&](Index task, Scratch<Scalar>&) {
    const HandOver& part = hand_overs_[static_cast<std::size_t>(task)];
    const Tensor& tensor = NodeAt(part.root).tensor;
    const Index count = part.entries.count();
    const ParameterBlock block{.first = tensor.first + part.entries.begin, .rows = count, .cols = 1, .stride = count};
    const auto destination = target.Begin(block);
    Eigen::Map<Vector<Scalar>> to(destination.data, count);
    const auto gradient = store_.gradient(part.root).segment(part.entries.begin, count);
    if (destination.accumulate) {
      to += target.scale() * gradient;
    } else {
      to = target.scale() * gradient;
    }
    target.End(block);
  });
}

// Both factors' gradients, part by part of the dimension over which the product adds up: a part of the larger factor is
// read once. One that goes straight to the target is written last, since the other's gradient needs it as it was.
template <typename Scalar>
void Pass<Scalar>::PassProductOn(Index index, GradientTarget<Scalar>& target) {
  const Node& node = NodeAt(index);
  const Index inner = model_.graph.shape(node.inputs[0]).cols;
  // The parts of one tensor's two gradients could overlap.
  const bool is_square = store_.RootOf(node.inputs[0]) == store_.RootOf(node.inputs[1]);
  const Index parts = is_square ? 1 : std::clamp<Index>(Divided(inner, kBlockRows), 1, inner);
  const std::size_t last = IsDirectOperand(node, 0) ? 0 : 1;
  const Index work = inner * node.shape.size() * 2;
  Run(parts, work, [&](Index task, Scratch<Scalar>& scratch) {
    const Range part = PartOf(inner, task, parts, 1);
    for (const std::size_t input : {1 - last, last}) {
      if (!store_.IsTrained(node.inputs[input])) continue;
      const Shape shape = model_.graph.shape(node.inputs[input]);
      const Reduction reduction{.node = index,
                                .input = input,
                                .rows = input == 0 ? Range{.begin = 0, .end = shape.rows} : part,
                                .cols = input == 0 ? part : Range{.begin = 0, .end = shape.cols},
                                .is_matrix = true,
                                .is_direct = IsDirectOperand(node, input)};
      Write(reduction, target, [&](const MatrixBlock<Scalar>& block) {
        ProductGradient(store_, scratch, index, input, block);
      });
    }
  });
}

template class Pass<float>;
template class Pass<double>;

}  // namespace hyperwidth
