// SPDX-License-Identifier: Apache-2.0
//
// What a pass does in which order, and how it is cut into tasks: a matter of the graph, and of whether every condition
// of the batch has one sample.

#ifndef HYPERWIDTH_MODELS_PASS_SCHEDULE_H_
#define HYPERWIDTH_MODELS_PASS_SCHEDULE_H_

#include <vector>

#include "models/pass/node_kernels.h"
#include "models/pass/store.h"

namespace hyperwidth {

// Operations on one axis, one after the other.
struct Stage {
  Axis axis = Axis::kTheta;
  std::vector<Index> nodes;
  bool has_large_matrix = false;
  Index work_of_row = 0;  // about how many multiplications
};

// The gradient of one operand, summed over what the operand does not vary with: all of it, or a block for one task.
struct Reduction {
  Index node = 0;
  std::size_t input = 0;
  Range rows, cols;
  bool is_matrix = false;  // that meets many rows at once: the sum is a product
  bool is_direct = false;  // goes to the target, without a buffer of its own
  Index first_sum = 0;     // where all of it begins among the sums of the samples' stage
};

// Part of a tensor whose gradient is gathered in a buffer before it goes to the target.
struct HandOver {
  Index root = 0;
  Range entries;
};

// How a large operation is cut: units of the result, or entries of the vector that its matrix meets.
struct Cut {
  Index size = 0;
  Index atom = 1;
  Index entries_of_atom = 1;  // of the matrix

  Index Parts() const;
  Range Part(Index i) const;
};
// Parts have at least `least` units, for a product all of some columns.
Cut CutOfUnits(const Graph& graph, const Node& node, Index least);
Cut CutOfVector(const Graph& graph, const Node& node);

// Tall products are cut at multiples: rows that fill no vector take nearly as long one by one.
inline constexpr Index kWholeVectors = 8;
// ceil(a / b).
Index Divided(Index a, Index b);
// Part `i` of `parts` of 0 .. size - 1, cut at multiples of `atom`.
Range PartOf(Index size, Index i, Index parts, Index atom);

// About how many multiplications a node takes for each row.
Index WorkOf(const Graph& graph, const Node& node);

template <typename Scalar>
class Schedule {
 public:
  Schedule(const Graph& graph, const Store<Scalar>& store) : graph_(graph), store_(store) {}

  // For the store's batch. Only whether that is aligned makes a difference.
  void Build();

  const std::vector<Stage>& stages() const { return stages_; }
  // To what varies with the condition, from samples.
  const std::vector<Reduction>& over_samples() const { return over_samples_; }
  // To theta, whole; and cut into tasks, in rounds in each of which no operand has two.
  const std::vector<Reduction>& to_theta() const { return to_theta_; }
  const std::vector<std::vector<Reduction>>& rounds() const { return rounds_; }
  const std::vector<HandOver>& hand_overs() const { return hand_overs_; }
  // Entries of all sums over samples that go to theta.
  Index sums() const { return sums_; }

  // A tensor whose gradient can be written where it belongs by those that compute it.
  bool IsDirect(Index root) const;

 private:
  const Node& NodeAt(Index node) const { return graph_.nodes()[static_cast<std::size_t>(node)]; }
  bool IsLarge(const Node& node) const;
  void BuildStages();
  void BuildReductions();
  void AddBlocks(const Reduction& whole, std::size_t round);

  const Graph& graph_;
  const Store<Scalar>& store_;
  std::vector<Stage> stages_;
  std::vector<Reduction> over_samples_;
  std::vector<Reduction> to_theta_;
  std::vector<std::vector<Reduction>> rounds_;
  std::vector<HandOver> hand_overs_;
  Index sums_ = 0;
};

extern template class Schedule<float>;
extern template class Schedule<double>;

}  // namespace hyperwidth

#endif  // HYPERWIDTH_MODELS_PASS_SCHEDULE_H_
