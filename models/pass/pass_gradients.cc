// SPDX-License-Identifier: Apache-2.0
//
// The second half of a backward pass: gradients with respect to what samples share.

#include <algorithm>
#include <array>

#include "models/pass/pass.h"

namespace hyperwidth {
namespace {

// Samples whose gradients a task adds up, at least, if conditions have fewer.
constexpr Index kSamplesOfTask = 64;
// Rows of the larger factor of a product.
constexpr Index kBlockRows = 320;
// From so many panels on, gradients are added up panel by panel, in so many runs of so many at least; the sums of a run
// stay in a core's second cache.
constexpr Index kManyPanels = 16, kRuns = 32, kPanelsOfRun = 2, kFewestRuns = 4;
constexpr Index kEntriesOfSums = 128 * 1024;

}  // namespace

// Whatever samples of a piece have to say to the row of their condition.
template <typename Scalar>
void Pass<Scalar>::ReduceToCondition(const Reduction& reduction,
                                     Index condition,
                                     std::span<const Piece> pieces,
                                     bool accumulate,
                                     Scratch<Scalar>& scratch,
                                     Scalar* local) {
  const BatchCut& cut = store_.cut();
  const Piece row{.panel = cut.PanelOf(condition), .first = cut.RowOf(condition), .count = 1};
  const Node& node = NodeAt(reduction.node);
  const Value operand = node.inputs[reduction.input];
  const Range all = AllOf(node, reduction.input);
  Rows<Scalar> to = store_.GradientOf(operand, Axis::kCondition, row, nullptr);
  to.row_stride = 0;  // all samples add to this row
  if (reduction.is_matrix) {
    const bool is_together = to.unit_stride == 1;
    Scalar* const matrix = is_together ? to.data : scratch.Get(Scratch<Scalar>::kMatrix, all.end);
    SumMatrixGradient(Place<Scalar>{store_, scratch, reduction.node, {}, local},
                      pieces,
                      MatrixBlock<Scalar>{.rows = reduction.rows,
                                          .cols = reduction.cols,
                                          .data = matrix,
                                          .stride = reduction.rows.count(),
                                          .accumulate = is_together && accumulate});
    for (Index entry = 0; !is_together && entry < all.end; ++entry) {
      *to.Unit(entry) = accumulate ? *to.Unit(entry) + matrix[entry] : matrix[entry];
    }
    return;
  }
  for (const Piece& piece : pieces) {
    ComputeBackward<Scalar>({store_, scratch, reduction.node, piece, local}, reduction.input, all, accumulate, to);
    accumulate = true;
  }
  for (Index entry = 0; !accumulate && entry < all.end; ++entry) *to.Unit(entry) = 0;
}

// Each task takes some conditions, and for each of them everything that its samples have to say.
template <typename Scalar>
void Pass<Scalar>::ReduceOverSamples() {
  const std::vector<Reduction>& reductions = schedule_.over_samples();
  if (reductions.empty()) return;
  const Index conditions = store_.cut().Rows(Axis::kCondition);
  const Index samples = store_.cut().Rows(Axis::kSample);
  const Index of_task = std::clamp<Index>(Divided(kSamplesOfTask * conditions, samples), 1, conditions);
  Index work = 0;
  for (const Reduction& reduction : reductions) work += samples * WorkOf(model_.graph, NodeAt(reduction.node));
  Run(Divided(conditions, of_task), work, [&](Index task, Scratch<Scalar>& scratch) {
    const Index end = std::min(conditions, (task + 1) * of_task);
    for (Index condition = task * of_task; condition < end; ++condition) {
      for (const Reduction& reduction : reductions) {
        const bool accumulate = store_.Accumulates(reduction.node, reduction.input);
        ReduceToCondition(
            reduction, condition, store_.cut().PiecesOfCondition(condition), accumulate, scratch, nullptr);
      }
    }
  });
}

// Many panels of samples, one stage that takes them from the inputs to the outputs, and sums that fit into a cache:
// then runs of panels are taken backward one after the other, each panel's gradients are added up while they are in
// cache and forgotten. Runs end where a condition ends, and depend on the batch alone.
template <typename Scalar>
bool Pass<Scalar>::CutIntoRuns() {
  runs_.clear();
  const std::vector<Stage>& stages = schedule_.stages();
  const bool is_one_stage = !stages.back().has_large_matrix && stages.back().axis == Axis::kSample &&
                            (stages.size() < 2 || stages[stages.size() - 2].axis != Axis::kSample);
  const std::span<const Piece> panels = store_.cut().Wholes(Axis::kSample);
  const auto count = static_cast<Index>(panels.size());
  if (!is_one_stage || count < kManyPanels || schedule_.sums() > kEntriesOfSums) return false;
  const auto ends_condition = [&](Index panel) {
    if (schedule_.over_samples().empty() || panel + 1 == count) return true;
    return store_.cut().PiecesOfPanel(panel).back().condition !=
           store_.cut().PiecesOfPanel(panel + 1).front().condition;
  };
  const Index wanted = std::min(kRuns, count / kPanelsOfRun);
  Index begin = 0;
  for (Index panel = 0; panel < count; ++panel) {
    const Index runs = static_cast<Index>(runs_.size());
    const bool is_long_enough = panel + 1 >= count * (runs + 1) / wanted;
    if (!ends_condition(panel) || (!is_long_enough && panel + 1 < count)) continue;
    runs_.push_back({.begin = begin, .end = panel + 1});
    begin = panel + 1;
  }
  return static_cast<Index>(runs_.size()) >= kFewestRuns;
}

template <typename Scalar>
void Pass<Scalar>::RunSamplesBackward(const Stage& stage, const ConstMatrixRef<Scalar>& output_gradient) {
  const std::span<const Piece> panels = store_.cut().Wholes(Axis::kSample);
  const auto runs = static_cast<Index>(runs_.size());
  if (sums_.size() < runs * schedule_.sums()) sums_.resize(runs * schedule_.sums());
  const Index work = stage.work_of_row * store_.cut().Rows(Axis::kSample);
  Run(runs, work, [&](Index task, Scratch<Scalar>& scratch) {
    const Range run = runs_[static_cast<std::size_t>(task)];
    Scalar* const sums = sums_.data() + task * schedule_.sums();
    Scalar* const local = scratch.Get(Scratch<Scalar>::kGradients, store_.LocalUnits() * store_.cut().LargestPanel());
    for (Index panel = run.begin; panel < run.end; ++panel) {
      const Piece& whole = panels[static_cast<std::size_t>(panel)];
      store_.StartLocalGradients(whole, local);
      SetOutputGradient(output_gradient, whole, local);
      for (std::size_t i = stage.nodes.size(); i-- > 0;) PassOn(stage.nodes[i], Axis::kSample, whole, scratch, local);
      SumInPanel(whole, panel == run.begin, scratch, local, sums);
    }
  });
  if (schedule_.over_samples().empty()) return;
  for (Index condition = 0; condition < store_.cut().Rows(Axis::kCondition); ++condition) {
    if (!store_.cut().PiecesOfCondition(condition).empty()) continue;
    for (const Reduction& reduction : schedule_.over_samples()) {
      const bool accumulate = store_.Accumulates(reduction.node, reduction.input);
      ReduceToCondition(reduction, condition, {}, accumulate, scratch_[0], nullptr);
    }
  }
}

// What one panel has to say to theta, into the sums of its run, and to its conditions.
template <typename Scalar>
void Pass<Scalar>::SumInPanel(
    const Piece& whole, bool is_first, Scratch<Scalar>& scratch, Scalar* local, Scalar* sums) {
  for (const Reduction& reduction : schedule_.to_theta()) {
    if (store_.AxisOf(reduction.node) != Axis::kSample) continue;
    Scalar* const sum = sums + reduction.first_sum;
    const std::span<const Piece> pieces = PiecesOf(reduction.node, whole);
    if (reduction.is_matrix) {
      SumMatrixGradient(Place<Scalar>{store_, scratch, reduction.node, {}, local},
                        pieces,
                        MatrixBlock<Scalar>{.rows = reduction.rows,
                                            .cols = reduction.cols,
                                            .data = sum,
                                            .stride = reduction.rows.count(),
                                            .accumulate = !is_first});
      continue;
    }
    bool accumulate = !is_first;
    for (const Piece& piece : pieces) {
      ComputeBackward<Scalar>({store_, scratch, reduction.node, piece, local},
                              reduction.input,
                              AllOf(NodeAt(reduction.node), reduction.input),
                              accumulate,
                              Rows<Scalar>{.data = sum});
      accumulate = true;
    }
  }
  if (schedule_.over_samples().empty()) return;
  for (const Piece& piece : store_.cut().PiecesOfPanel(whole.panel)) {
    const Piece& first = store_.cut().PiecesOfCondition(piece.condition).front();
    const bool is_first_of_condition = first.panel == piece.panel && first.first == piece.first;
    for (const Reduction& reduction : schedule_.over_samples()) {
      const bool accumulate = !is_first_of_condition || store_.Accumulates(reduction.node, reduction.input);
      ReduceToCondition(reduction, piece.condition, std::span(&piece, 1), accumulate, scratch, local);
    }
  }
}

template <typename Scalar>
void Pass<Scalar>::ReduceToTheta(GradientTarget<Scalar>& target) {
  for (const std::vector<Reduction>& round : schedule_.rounds()) {
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

// The sums of all runs, in order.
template <typename Scalar>
void Pass<Scalar>::AddRuns(const Reduction& reduction, const MatrixBlock<Scalar>& block) {
  const Index stride = model_.graph.shape(NodeAt(reduction.node).inputs[reduction.input]).rows;
  const Index first = reduction.first_sum + reduction.rows.begin + reduction.cols.begin * stride;
  using Column = Eigen::Map<Vector<Scalar>>;
  for (Index col = 0; col < reduction.cols.count(); ++col) {
    Column to(block.data + col * block.stride, reduction.rows.count());
    if (!block.accumulate) to.setZero();
    for (Index run = 0; run < static_cast<Index>(runs_.size()); ++run) {
      to += block.scale * Column(sums_.data() + run * schedule_.sums() + first + col * stride, to.size());
    }
  }
}

template <typename Scalar>
void Pass<Scalar>::Reduce(const Reduction& reduction, Scratch<Scalar>& scratch, GradientTarget<Scalar>& target) {
  const std::span<const Piece> pieces = store_.NeedsPieces(reduction.node)
                                            ? store_.cut().AllPieces()
                                            : store_.cut().Wholes(store_.AxisOf(reduction.node));
  const bool is_summed_up = sums_in_panels_ && store_.AxisOf(reduction.node) == Axis::kSample;
  Write(reduction, target, [&](const MatrixBlock<Scalar>& block) {
    if (is_summed_up) return AddRuns(reduction, block);
    if (reduction.is_matrix)
      return SumMatrixGradient(Place<Scalar>{store_, scratch, reduction.node, {}}, pieces, block);
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
  for (std::size_t i = schedule_.stages().size(); i-- > 0;) {
    if (schedule_.stages()[i].axis != Axis::kTheta) continue;
    for (std::size_t j = schedule_.stages()[i].nodes.size(); j-- > 0;) {
      const Index index = schedule_.stages()[i].nodes[j];
      if (NodeAt(index).operation == Operation::kProduct) {
        PassProductOn(index, target);
      } else {
        PassOn(index, Axis::kTheta, store_.cut().Wholes(Axis::kTheta).front(), scratch_[0], nullptr);
      }
    }
  }
  Run(static_cast<Index>(schedule_.hand_overs().size()), model_.parameters.size(), [&](Index task, Scratch<Scalar>&) {
    const HandOver& part = schedule_.hand_overs()[static_cast<std::size_t>(task)];
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

template <typename Scalar>
bool Pass<Scalar>::IsDirectOperand(const Node& node, std::size_t input) const {
  const Index root = store_.RootOf(node.inputs[input]);
  return store_.IsTrained(node.inputs[input]) && NodeAt(root).operation == Operation::kParameter &&
         schedule_.IsDirect(root);
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
  const std::array<bool, 2> is_direct = {IsDirectOperand(node, 0), IsDirectOperand(node, 1)};
  const std::size_t last = is_direct[0] ? 0 : 1;
  const Index work = inner * node.shape.size() * 2;
  Run(parts, work, [&](Index task, Scratch<Scalar>& scratch) {
    const Range part = PartOf(inner, task, parts, kWholeVectors);
    for (const std::size_t input : {1 - last, last}) {
      if (!store_.IsTrained(node.inputs[input])) continue;
      const Shape shape = model_.graph.shape(node.inputs[input]);
      const Reduction reduction{.node = index,
                                .input = input,
                                .rows = input == 0 ? Range{.begin = 0, .end = shape.rows} : part,
                                .cols = input == 0 ? part : Range{.begin = 0, .end = shape.cols},
                                .is_matrix = true,
                                .is_direct = is_direct[input]};
      Write(reduction, target, [&](const MatrixBlock<Scalar>& block) {
        ProductGradient(store_, scratch, index, input, block);
      });
    }
  });
}

template class Pass<float>;
template class Pass<double>;

}  // namespace hyperwidth
