// SPDX-License-Identifier: Apache-2.0

#include "models/pass/store.h"

#include <algorithm>
#include <stdexcept>
#include <string>

#include "models/pass/function_kernels.h"
#include "models/require_size.h"

namespace hyperwidth {

template <typename Scalar>
Store<Scalar>::Store(const Model& model, Gradients gradients)
    : model_(model),
      graph_(model.graph),
      mode_(gradients),
      values_(model.graph.nodes().size()),
      gradients_(model.graph.nodes().size()) {
  Validate(model);
  needed_ = IsNeededFor(graph_, model.output);
  trained_ = hyperwidth::IsTrained(graph_);
  FindOperationsInPlace(model.output);
  FindRoots();
  FindUses(model.output);
  FindMatricesByCondition();
}

// Where nothing else reads the operand, the gradients of neither need it as it was: a function's derivative is told
// from its value, and whoever made the operand passes its gradient on without looking at it.
template <typename Scalar>
void Store<Scalar>::FindOperationsInPlace(Value output) {
  std::vector<int> readers(values_.size(), 0);
  ++readers[At(output.index)];
  for (std::size_t i = 0; i < values_.size(); ++i) {
    for (const Value input : graph_.nodes()[i].inputs) readers[At(input.index)] += needed_[i] ? 1 : 0;
  }
  for (std::size_t i = 0; i < values_.size(); ++i) {
    const Node& node = graph_.nodes()[i];
    in_place_.push_back(-1);
    const bool is_function = node.operation == Operation::kApply && IsDerivativeOfOutput(node.function);
    if (!is_function && node.operation != Operation::kAdd) continue;
    for (std::size_t input = 0; input < node.inputs.size() && in_place_.back() < 0; ++input) {
      const Node& operand = graph_.node(node.inputs[input]);
      const bool is_made =
          !operand.inputs.empty() && operand.operation != Operation::kSlice && operand.operation != Operation::kApply;
      const bool fits = operand.axis == node.axis && operand.shape == node.shape;
      if (is_made && fits && readers[At(node.inputs[input].index)] == 1) in_place_.back() = static_cast<int>(input);
    }
  }
}

template <typename Scalar>
void Store<Scalar>::FindRoots() {
  for (std::size_t i = 0; i < graph_.nodes().size(); ++i) {
    const Node& node = graph_.nodes()[i];
    Index root = static_cast<Index>(i);
    Index first = 0;
    if (node.operation == Operation::kSlice || in_place_[i] >= 0) {
      const Value whole = node.inputs[static_cast<std::size_t>(std::max(0, in_place_[i]))];
      root = RootOf(whole);
      first = FirstOf(whole) + node.first;  // 0 for what is in place
    }
    roots_.push_back(root);
    firsts_.push_back(first);
  }
  // A tensor that several nodes name is one.
  std::vector<Index> first_named;
  for (std::size_t i = 0; i < roots_.size(); ++i) {
    const Node& root = graph_.nodes()[At(roots_[i])];
    if (root.operation != Operation::kParameter) continue;
    for (std::size_t j = 0; j < i; ++j) {
      const Node& other = graph_.nodes()[j];
      if (other.operation == Operation::kParameter && other.tensor.name == root.tensor.name) {
        roots_[i] = static_cast<Index>(j);
        break;
      }
    }
  }
  for (std::size_t i = 0; i < roots_.size(); ++i) {
    if (needed_[i]) needed_[At(roots_[i])] = true;
  }
}

// Uses of one root that do not overlap may each write their part of the gradient; else it starts at zero and they add.
template <typename Scalar>
void Store<Scalar>::FindUses(Value output) {
  uses_.resize(values_.size());
  overlaps_.assign(values_.size(), false);
  is_covered_.assign(values_.size(), true);
  std::vector<std::vector<Use>> all(values_.size());
  const auto add = [&](Index node, std::size_t input, Value value) {
    if (!IsTrained(value)) return;
    all[At(RootOf(value))].push_back(
        {.node = node, .input = input, .first = FirstOf(value), .count = graph_.shape(value).size()});
  };
  for (std::size_t i = 0; i < values_.size(); ++i) {
    const Node& node = graph_.nodes()[i];
    if (!needed_[i] || node.operation == Operation::kSlice) continue;
    for (std::size_t input = 0; input < node.inputs.size(); ++input) {
      if (in_place_[i] == static_cast<int>(input)) continue;
      add(static_cast<Index>(i), input, node.inputs[input]);
    }
  }
  uses_ = all;
  add(-1, 0, output);  // the gradient that comes from outside
  for (std::size_t root = 0; root < all.size(); ++root) {
    std::sort(all[root].begin(), all[root].end(), [](const Use& a, const Use& b) { return a.first < b.first; });
    Index end = 0;
    for (const Use& use : all[root]) {
      overlaps_[root] = overlaps_[root] || use.first < end;
      is_covered_[root] = is_covered_[root] && use.first <= end;
      end = std::max(end, use.first + use.count);
    }
    is_covered_[root] = is_covered_[root] && end == graph_.nodes()[root].shape.size();
  }
}

// What samples use as a matrix and the condition makes by an operation that can write it so.
template <typename Scalar>
void Store<Scalar>::FindMatricesByCondition() {
  by_condition_.assign(values_.size(), false);
  if (mode_ == Gradients::kForEachSample) return;
  for (std::size_t i = 0; i < values_.size(); ++i) {
    const Node& node = graph_.nodes()[i];
    if (!needed_[i] || node.axis != Axis::kSample) continue;
    if (node.operation != Operation::kAffine && node.operation != Operation::kConvolve) continue;
    const Index root = RootOf(node.inputs[0]);
    const Node& made = graph_.nodes()[At(root)];
    if (made.axis != Axis::kCondition || made.shape.size() == 1) continue;
    const bool is_affine = made.operation == Operation::kAffine && graph_.axis(made.inputs[0]) == Axis::kTheta;
    const bool is_entry_by_entry = made.operation == Operation::kAdd || made.operation == Operation::kMultiply ||
                                   made.operation == Operation::kConcatenate;
    by_condition_[At(root)] = is_affine || is_entry_by_entry;
    if (!is_entry_by_entry) continue;
    // theta_0 + delta: delta too, if it has no other use.
    for (const Value input : made.inputs) {
      const Node& operand = graph_.nodes()[At(RootOf(input))];
      const bool fits = operand.operation == Operation::kAffine && operand.axis == Axis::kCondition &&
                        graph_.axis(operand.inputs[0]) == Axis::kTheta && operand.shape.size() > 1;
      if (fits) by_condition_[At(RootOf(input))] = true;
    }
  }
}

template <typename Scalar>
Axis Store<Scalar>::AxisOf(Index node) const {
  const Node& root = graph_.nodes()[At(roots_[At(node)])];
  if (mode_ == Gradients::kForEachSample) {
    const bool is_fixed = root.operation == Operation::kParameter || root.operation == Operation::kConstant;
    return is_fixed ? Axis::kTheta : Axis::kSample;
  }
  return root.axis == Axis::kCondition && cut_.IsAligned() ? Axis::kSample : root.axis;
}

template <typename Scalar>
bool Store<Scalar>::IsComputed(Index node) const {
  const Operation operation = graph_.nodes()[At(node)].operation;
  return operation != Operation::kParameter && operation != Operation::kSlice;
}

template <typename Scalar>
bool Store<Scalar>::NeedsPieces(Index node) const {
  if (AxisOf(node) != Axis::kSample || cut_.IsAligned()) return false;
  for (const Value input : graph_.nodes()[At(node)].inputs) {
    if (AxisOf(input) == Axis::kCondition) return true;
  }
  return false;
}

template <typename Scalar>
bool Store<Scalar>::Accumulates(Index node, std::size_t input) const {
  const bool is_in_place = in_place_[At(node)] == static_cast<int>(input);
  return !is_in_place && overlaps_[At(RootOf(graph_.nodes()[At(node)].inputs[input]))];
}

template <typename Scalar>
bool Store<Scalar>::PassesOn(Index node, std::size_t input) const {
  if (!IsTrained(graph_.nodes()[At(node)].inputs[input])) return false;
  const bool is_in_place = in_place_[At(node)] == static_cast<int>(input);
  return !is_in_place || graph_.nodes()[At(node)].operation != Operation::kAdd;
}

template <typename Scalar>
void Store<Scalar>::CheckBatch(const ConstVectorRef<Scalar>& theta, const Batch<Scalar>& batch) const {
  RequireSize("entries of theta", theta.size(), model_.parameters.size());
  const auto& starts = batch.group_starts;
  if (starts.empty() || starts.front() != 0 || !std::is_sorted(starts.begin(), starts.end())) {
    throw std::invalid_argument(
        "group_starts: found numbers that do not rise from 0, accepted: the first sample of "
        "each condition, then the number of samples");
  }
  if (starts.back() < 1) throw std::invalid_argument("samples of a batch: found 0, accepted: at least 1");
  if (graph_.x_size() > 0) {
    RequireSize("rows of x", batch.x.rows(), graph_.x_size());
    RequireSize("columns of x", batch.x.cols(), batch.samples());
  }
  if (graph_.condition_size() > 0) {
    RequireSize("rows of condition", batch.condition.rows(), graph_.condition_size());
    RequireSize("columns of condition", batch.condition.cols(), batch.conditions());
  }
  if (graph_.condition_count() == 0) return;
  RequireSize("condition_ids", static_cast<Index>(batch.condition_ids.size()), batch.conditions());
  for (const Index id : batch.condition_ids) {
    if (id < 0 || id >= graph_.condition_count()) {
      throw std::invalid_argument("condition id: found " + std::to_string(id) + ", accepted: 0 to " +
                                  std::to_string(graph_.condition_count() - 1));
    }
  }
}

template <typename Scalar>
void Store<Scalar>::SetBatch(const ConstVectorRef<Scalar>& theta, const Batch<Scalar>& batch) {
  CheckBatch(theta, batch);
  theta_ = theta.data();
  batch_ = &batch;
  ids_ = batch.condition_ids;
  const bool keeps_groups = mode_ == Gradients::kSummed;
  keeps_groups ? cut_.SetGroups(batch.group_starts) : cut_.SetSamples(batch.samples());
  condition_of_.clear();
  for (std::size_t g = 0; !keeps_groups && g + 1 < batch.group_starts.size(); ++g) {
    condition_of_.resize(At(batch.group_starts[g + 1]), static_cast<Index>(g));
  }
  for (std::size_t i = 0; i < values_.size(); ++i) {
    const auto node = static_cast<Index>(i);
    if (!needed_[i] || !IsComputed(node) || roots_[i] != node) continue;
    const Index size = graph_.nodes()[i].shape.size() * cut_.Rows(AxisOf(node));
    if (values_[i].size() < size) values_[i].resize(size);
  }
}

template <typename Scalar>
void Store<Scalar>::StartGradients(bool local) {
  if (local) LayOutLocalGradients();
  for (std::size_t i = 0; i < gradients_.size(); ++i) {
    const auto node = static_cast<Index>(i);
    if (!needed_[i] || !trained_[i] || roots_[i] != node) continue;
    if (mode_ == Gradients::kForEachSample && !IsComputed(node)) continue;
    if (local && AxisOf(node) == Axis::kSample) continue;
    const Index size = graph_.nodes()[i].shape.size() * cut_.Rows(AxisOf(node));
    if (gradients_[i].size() < size) gradients_[i].resize(size);
    if (overlaps_[i] || !is_covered_[i]) gradients_[i].head(size).setZero();
  }
}

template <typename Scalar>
void Store<Scalar>::LayOutLocalGradients() {
  local_firsts_.assign(values_.size(), -1);
  local_units_ = 0;
  for (std::size_t i = 0; i < values_.size(); ++i) {
    const auto node = static_cast<Index>(i);
    if (!needed_[i] || !trained_[i] || roots_[i] != node || AxisOf(node) != Axis::kSample) continue;
    local_firsts_[i] = local_units_;
    local_units_ += graph_.nodes()[i].shape.size();
  }
}

template <typename Scalar>
void Store<Scalar>::StartLocalGradients(const Piece& whole, Scalar* local) {
  for (std::size_t i = 0; i < gradients_.size(); ++i) {
    if (local_firsts_[i] < 0 || (!overlaps_[i] && is_covered_[i])) continue;
    std::fill_n(local + local_firsts_[i] * whole.count, graph_.nodes()[i].shape.size() * whole.count, Scalar(0));
  }
}

template <typename Scalar>
template <typename Entry>
Rows<Entry> Store<Scalar>::Locate(Entry* buffer, Index root, Index first, Axis axis, const Piece& piece) const {
  const Axis own = AxisOf(root);
  const Index size = graph_.nodes()[At(root)].shape.size();
  if (own == Axis::kTheta) return {.data = buffer + first};
  // Rows of its own, or the one row of the piece's condition.
  const bool is_own = own == axis;
  const Index panel = is_own ? piece.panel : cut_.PanelOf(piece.condition);
  const Index row = is_own ? piece.first : cut_.RowOf(piece.condition);
  const Panel& rows = cut_.Panels(own)[At(panel)];
  if (mode_ == Gradients::kForEachSample) {
    return {.data = buffer + (rows.first + row) * size + first, .row_stride = size, .unit_stride = 1};
  }
  if (by_condition_[At(root)] && own == Axis::kCondition) {
    return {.data = buffer + (rows.first + row) * size + first, .row_stride = is_own ? size : 0, .unit_stride = 1};
  }
  return {.data = buffer + rows.first * size + first * rows.count + row,
          .row_stride = is_own ? 1 : 0,
          .unit_stride = rows.count};
}

template <typename Scalar>
Rows<const Scalar> Store<Scalar>::ValueOf(Value value, Axis axis, const Piece& piece) const {
  const Index root = RootOf(value);
  const Node& node = graph_.nodes()[At(root)];
  const bool is_parameter = node.operation == Operation::kParameter;
  const Scalar* const buffer = is_parameter ? theta_ + node.tensor.first : values_[At(root)].data();
  return Locate<const Scalar>(buffer, root, FirstOf(value), axis, piece);
}

template <typename Scalar>
Rows<Scalar> Store<Scalar>::MutableValueOf(Index node, const Piece& piece) {
  const Index root = roots_[At(node)];
  return Locate<Scalar>(values_[At(root)].data(), root, firsts_[At(node)], AxisOf(node), piece);
}

template <typename Scalar>
Rows<Scalar> Store<Scalar>::GradientOf(Value value, Axis axis, const Piece& piece, Scalar* local) {
  const Index root = RootOf(value);
  const Node& node = graph_.nodes()[At(root)];
  if (local != nullptr && AxisOf(root) == Axis::kSample) {
    const Index rows = cut_.Panels(Axis::kSample)[At(piece.panel)].count;
    return {.data = local + (local_firsts_[At(root)] + FirstOf(value)) * rows + piece.first,
            .row_stride = 1,
            .unit_stride = rows};
  }
  if (mode_ == Gradients::kForEachSample && node.operation == Operation::kParameter) {
    const Index sample = cut_.Panels(axis)[At(piece.panel)].first + piece.first;
    const Index size = model_.parameters.size();
    return {.data = for_each_sample_ + sample * size + node.tensor.first + FirstOf(value),
            .row_stride = size,
            .unit_stride = 1};
  }
  return Locate<Scalar>(gradients_[At(root)].data(), root, FirstOf(value), axis, piece);
}

template <typename Scalar>
Index Store<Scalar>::ConditionOf(Axis axis, const Piece& piece, Index row) const {
  const Index at = cut_.Panels(axis)[At(piece.panel)].first + piece.first + row;
  return mode_ == Gradients::kForEachSample ? condition_of_[At(at)] : at;
}

template class Store<float>;
template class Store<double>;

}  // namespace hyperwidth
