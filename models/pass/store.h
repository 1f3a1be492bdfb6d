// SPDX-License-Identifier: Apache-2.0
//
// Where the values of a graph lie while a batch is computed, and their gradients.
//
// A value lies panel by panel: the rows of a panel are its samples (or conditions), so that a column holds one unit of
// all of them and every loop over samples is a vector operation. A slice is a view; functions and sums overwrite an
// operand that nobody else reads. What a condition generates and its samples use as a matrix lies condition by
// condition instead, each matrix in one piece. Where gradients are kept for each sample, so does every value, sample by
// sample.

#ifndef HYPERWIDTH_MODELS_PASS_STORE_H_
#define HYPERWIDTH_MODELS_PASS_STORE_H_

#include <vector>

#include "models/graph/graph.h"
#include "models/pass/batch.h"
#include "models/pass/batch_cut.h"

namespace hyperwidth {

// Rows of a value: unit u of row r at data[r * row_stride + u * unit_stride]. A row stride of 0 is one row for all.
template <typename Scalar>
struct Rows {
  Scalar* data = nullptr;
  Index row_stride = 0;
  Index unit_stride = 1;

  Scalar& operator()(Index row, Index unit) const { return data[row * row_stride + unit * unit_stride]; }
  Scalar* Unit(Index unit) const { return data + unit * unit_stride; }
  Rows From(Index unit) const { return {.data = Unit(unit), .row_stride = row_stride, .unit_stride = unit_stride}; }
};

// One operand of a node that is needed and trained: where its gradient goes.
struct Use {
  Index node = 0;
  std::size_t input = 0;
  Index first = 0;  // of the entries of the root that it reads
  Index count = 0;
};

template <typename Scalar>
class Store {
 public:
  // Whether gradients with respect to theta are summed over the batch, or kept for each sample alone, as which every
  // computed value then counts, whatever it varies with.
  enum class Gradients { kSummed, kForEachSample };

  Store(const Model& model, Gradients gradients);

  // Cuts the batch and makes room. Throws: std::invalid_argument if theta or the batch do not fit the model.
  void SetBatch(const ConstVectorRef<Scalar>& theta, const Batch<Scalar>& batch);
  void SetTheta(const Scalar* theta) { theta_ = theta; }
  // Makes room for gradients, and zeroes those that are added up; without those of samples if they are `local`.
  void StartGradients(bool local);
  // For gradients of one panel of samples in memory of the caller's: [LocalUnits(), rows of the panel].
  Index LocalUnits() const { return local_units_; }
  void StartLocalGradients(const Piece& whole, Scalar* local);
  // For each sample: [entries of theta, samples], all zero.
  void SetGradientsForEachSample(Scalar* gradients) { for_each_sample_ = gradients; }

  const Graph& graph() const { return graph_; }
  const BatchCut& cut() const { return cut_; }
  // What a value varies with in this batch: where every condition has one sample, the two are the same.
  Axis AxisOf(Index node) const;
  Axis AxisOf(Value value) const { return AxisOf(value.index); }
  bool IsNeeded(Index node) const { return needed_[At(node)]; }
  bool IsTrained(Value value) const { return trained_[At(value.index)]; }
  // Nodes that are neither leaves of theta nor views.
  bool IsComputed(Index node) const;
  // Whether rows of several conditions have to be told apart.
  bool NeedsPieces(Index node) const;
  bool IsSampleBySample() const { return mode_ == Gradients::kForEachSample; }

  // Whether the gradient with respect to an operand is another than the node's own, which a sum shares with the operand
  // in whose place it is.
  bool PassesOn(Index node, std::size_t input) const;

  // The value of which `value` is a part (or in whose place it is), and the part's first entry.
  Index RootOf(Value value) const { return roots_[At(value.index)]; }
  Index FirstOf(Value value) const { return firsts_[At(value.index)]; }
  // All uses of a root.
  const std::vector<Use>& UsesOf(Index root) const { return uses_[At(root)]; }
  // Whether the gradient of this operand is added to what is there.
  bool Accumulates(Index node, std::size_t input) const;
  bool HasOverlappingUses(Index root) const { return overlaps_[At(root)]; }
  bool IsFullyUsed(Index root) const { return is_covered_[At(root)]; }

  // A value as rows of a piece of `axis`, and its gradient.
  Rows<const Scalar> ValueOf(Value value, Axis axis, const Piece& piece) const;
  Rows<Scalar> MutableValueOf(Index node, const Piece& piece);
  Rows<Scalar> GradientOf(Value value, Axis axis, const Piece& piece, Scalar* local);
  Vector<Scalar>& gradient(Index root) { return gradients_[At(root)]; }

  // Of the batch, whose matrices must stay where they are until the end of Forward.
  const Batch<Scalar>& batch() const { return *batch_; }
  // The condition of a row of a panel of `axis`, for leaves.
  Index ConditionOf(Axis axis, const Piece& piece, Index row) const;
  Index IdOf(Index condition) const { return ids_[At(condition)]; }

 private:
  static std::size_t At(Index index) { return static_cast<std::size_t>(index); }
  void FindOperationsInPlace(Value output);
  void FindRoots();
  void FindUses(Value output);
  void FindMatricesByCondition();
  void LayOutLocalGradients();
  void CheckBatch(const ConstVectorRef<Scalar>& theta, const Batch<Scalar>& batch) const;
  // Entry `first` of the rows of a piece, in a buffer of a root.
  template <typename Entry>
  Rows<Entry> Locate(Entry* buffer, Index root, Index first, Axis axis, const Piece& piece) const;

  const Model& model_;
  const Graph& graph_;
  Gradients mode_;
  std::vector<bool> needed_, trained_, by_condition_, overlaps_, is_covered_;
  std::vector<int> in_place_;  // the operand that a node overwrites, or -1
  std::vector<Index> roots_, firsts_;
  std::vector<Index> local_firsts_;  // of roots: the first unit
  Index local_units_ = 0;
  std::vector<std::vector<Use>> uses_;
  BatchCut cut_;
  const Scalar* theta_ = nullptr;
  Scalar* for_each_sample_ = nullptr;
  const Batch<Scalar>* batch_ = nullptr;
  std::vector<Index> ids_;           // of the batch
  std::vector<Index> condition_of_;  // [sample], where each counts alone
  std::vector<Vector<Scalar>> values_;
  std::vector<Vector<Scalar>> gradients_;
};

extern template class Store<float>;
extern template class Store<double>;

}  // namespace hyperwidth

#endif  // HYPERWIDTH_MODELS_PASS_STORE_H_
