// SPDX-License-Identifier: Apache-2.0

#include "models/pass/schedule.h"

#include <algorithm>
#include <numeric>

namespace hyperwidth {
namespace {

// Entries of a matrix that a task reads: with a panel of rows, less than a core's second cache.
constexpr Index kEntriesOfTask = 32 * 1024;
// A matrix above this has a stage of its own.
constexpr Index kLargeMatrix = 32 * 1024;
// Of a block of a matrix whose gradient a task adds up.
constexpr Index kBlockRows = 320, kBlockEntries = 32 * 1024, kBlockInputs = 128;
constexpr Index kEntriesOfHandOver = 64 * 1024;

// Whole vectors of floats, where there are some.
Index AtomOf(Index size) { return size >= 64 ? 16 : 1; }

}  // namespace

Index Divided(Index a, Index b) { return (a + b - 1) / b; }

// Part `i` of `parts` of 0 .. size - 1, cut at multiples of `atom`.
Range PartOf(Index size, Index i, Index parts, Index atom) {
  const Index atoms = Divided(size, atom);
  return {.begin = std::min(size, atoms * i / parts * atom), .end = std::min(size, atoms * (i + 1) / parts * atom)};
}

Index Cut::Parts() const {
  return std::clamp<Index>(Divided(size / atom * entries_of_atom, kEntriesOfTask), 1, size / atom);
}

Range Cut::Part(Index i) const { return PartOf(size, i, Parts(), atom); }

Cut CutOfUnits(const Graph& graph, const Node& node, Index least) {
  const Index size = node.shape.size();
  const Index inner = graph.shape(node.inputs[0]).cols;
  if (node.operation == Operation::kAffine) {
    const Index atom = std::max(AtomOf(size), least);
    return {.size = size, .atom = atom, .entries_of_atom = atom * inner};
  }
  const Index rows = node.shape.rows;
  if (node.operation == Operation::kProduct) {
    const Index columns = std::max(AtomOf(node.shape.cols), least / rows);
    return {.size = size, .atom = rows * columns, .entries_of_atom = columns * inner};
  }
  return {.size = size, .atom = rows, .entries_of_atom = graph.shape(node.inputs[0]).rows};
}

Cut CutOfVector(const Graph& graph, const Node& node) {
  const Index size = graph.shape(node.inputs[1]).rows;
  const Index atom = AtomOf(size);
  return {.size = size, .atom = atom, .entries_of_atom = atom * node.shape.size()};
}

Index WorkOf(const Graph& graph, const Node& node) {
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
bool Schedule<Scalar>::IsLarge(const Node& node) const {
  const bool can_be_cut = node.operation == Operation::kAffine || node.operation == Operation::kContract ||
                          (node.operation == Operation::kProduct && node.axis == Axis::kTheta);
  if (!can_be_cut || graph_.axis(node.inputs[0]) != Axis::kTheta) return false;
  return graph_.shape(node.inputs[0]).size() * (node.operation == Operation::kProduct ? node.shape.cols : 1) >=
         kLargeMatrix;
}

template <typename Scalar>
void Schedule<Scalar>::Build() {
  BuildStages();
  BuildReductions();
}

template <typename Scalar>
void Schedule<Scalar>::BuildStages() {
  stages_.clear();
  for (const Axis axis : {Axis::kTheta, Axis::kCondition, Axis::kSample}) {
    bool is_open = false;
    for (Index i = 0; i < static_cast<Index>(graph_.nodes().size()); ++i) {
      if (!store_.IsNeeded(i) || !store_.IsComputed(i) || store_.AxisOf(i) != axis) continue;
      const Node& node = NodeAt(i);
      const bool is_large = IsLarge(node);
      if (is_large || !is_open) stages_.push_back({.axis = axis, .nodes = {}, .has_large_matrix = is_large});
      is_open = !is_large;
      stages_.back().nodes.push_back(i);
      stages_.back().work_of_row += WorkOf(graph_, node);
    }
  }
}

// A tensor whose gradient can be written where it belongs by those that compute it: every entry is used once, by an
// operation that can, and nobody reads it afterwards. Operations on theta alone come last and read theta; of two
// factors the larger may be written after the smaller has been computed from it.
template <typename Scalar>
bool Schedule<Scalar>::IsDirect(Index root) const {
  if (store_.HasOverlappingUses(root) || !store_.IsFullyUsed(root)) return false;
  for (const Use& use : store_.UsesOf(root)) {
    const Node& node = NodeAt(use.node);
    if (node.axis == Axis::kTheta) {
      if (node.operation != Operation::kProduct || store_.UsesOf(root).size() > 1) return false;
      const Value other = node.inputs[1 - use.input];
      const Index other_size = graph_.shape(other).size();
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
void Schedule<Scalar>::AddBlocks(const Reduction& whole, std::size_t round) {
  if (rounds_.size() <= round) rounds_.resize(round + 1);
  const bool is_cut = whole.is_matrix || whole.is_direct;
  if (!is_cut) {
    rounds_[round].push_back(whole);
    return;
  }
  const Node& node = NodeAt(whole.node);
  Index row_atom = AtomOf(whole.rows.count());
  Index row_parts = Divided(whole.rows.count(), kBlockRows);
  Index col_atom = 1, col_parts = 1;
  if (node.operation == Operation::kContract) {
    // Of a generator: inputs of the matrices that it generates, and columns that together make a tall product.
    row_atom = node.shape.rows;
    row_parts = Divided(whole.rows.count(), row_atom * kBlockInputs);
    col_parts = Divided(whole.cols.count(), std::max<Index>(1, kBlockRows / row_atom));
    col_atom = kWholeVectors / std::gcd(row_atom, kWholeVectors);
  } else if (node.operation == Operation::kConvolve) {
    row_parts = 1;
  } else {
    const Index rows = Divided(whole.rows.count(), row_parts);
    col_parts = std::clamp<Index>(Divided(rows * whole.cols.count(), kBlockEntries), 1, whole.cols.count());
  }
  for (Index i = 0; i < row_parts; ++i) {
    for (Index j = 0; j < col_parts; ++j) {
      Reduction part = whole;
      part.rows = PartOf(whole.rows.count(), i, row_parts, row_atom);
      part.cols = PartOf(whole.cols.count(), j, col_parts, col_atom);
      if (part.rows.count() > 0 && part.cols.count() > 0) rounds_[round].push_back(part);
    }
  }
}

template <typename Scalar>
void Schedule<Scalar>::BuildReductions() {
  over_samples_.clear();
  to_theta_.clear();
  rounds_.clear();
  sums_ = 0;
  hand_overs_.clear();
  for (Index root = 0; root < static_cast<Index>(graph_.nodes().size()); ++root) {
    if (store_.UsesOf(root).empty()) continue;
    const bool is_parameter = NodeAt(root).operation == Operation::kParameter;
    const bool is_direct = is_parameter && IsDirect(root);
    std::size_t round = 0;
    for (const Use& use : store_.UsesOf(root)) {
      const Node& node = NodeAt(use.node);
      const Shape shape = graph_.shape(node.inputs[use.input]);
      Reduction reduction{.node = use.node,
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
        reduction.first_sum = sums_;
        if (store_.AxisOf(use.node) == Axis::kSample) sums_ += shape.size();
        to_theta_.push_back(reduction);
        AddBlocks(reduction, store_.HasOverlappingUses(root) ? round++ : 0);
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

template class Schedule<float>;
template class Schedule<double>;

}  // namespace hyperwidth
