// SPDX-License-Identifier: Apache-2.0
//
// A graph evaluated for a whole batch, forward and backward: each value once for all that it varies with. What varies
// with theta alone is computed once, what varies with the condition once per condition, the rest once per sample;
// affine maps are matrix products over whatever shares their weights. One thread; the same arguments give the same
// bits.

#ifndef HYPERWIDTH_MODELS_PASS_PASS_H_
#define HYPERWIDTH_MODELS_PASS_PASS_H_

#include <functional>
#include <vector>

#include "models/pass/batch.h"
#include "models/pass/executor.h"
#include "models/pass/gradient_target.h"
#include "models/graph/graph.h"

namespace hyperwidth {

// Buffers grow to the largest batch seen and are reused. The model and the executor must outlive the pass. Not for use
// from two threads at once.
template <typename Scalar>
class Pass {
 public:
  // Throws: std::invalid_argument as Validate, or if the output does not vary with the sample.
  Pass(const Model& model, const Executor& executor);

  // The outputs [rows, samples], valid until the next Forward. Throws: std::invalid_argument, with what was found and
  // what is accepted, if theta or the batch do not fit the model.
  const Matrix<Scalar>& Forward(const ConstVectorRef<Scalar>& theta, const Batch<Scalar>& batch);

  // Given the gradient of a scalar with respect to the outputs of the last Forward, [rows, samples], hands the one with
  // respect to theta, summed over the batch, to `target`, which may change theta on the way. theta must be that of
  // that Forward. Throws: std::invalid_argument if a shape does not fit.
  void Backward(const ConstVectorRef<Scalar>& theta,
                const ConstMatrixRef<Scalar>& output_gradient,
                GradientTarget<Scalar>& target);

 private:
  using Map = Eigen::Map<Matrix<Scalar>>;
  using ConstMap = Eigen::Map<const Matrix<Scalar>>;

  // Consecutive columns of an affine map's or convolution's results that share their weights.
  struct Segment {
    Index first = 0;  // column of the product
    Index count = 1;
    Index weights = 0;  // column of the weights' value
    Index input = 0;    // first column of the input's value
  };

  Index Columns(Axis axis) const;
  // The column of a value that varies with `axis` which belongs to column j of one that varies with `with`.
  Index ColumnOf(Axis axis, Axis with, Index j) const;
  void ForEachSegment(const Node& node, const std::function<void(const Segment&)>& visit) const;
  // What the weights and the input vary with together, without the bias.
  Axis ProductAxis(const Node& node) const;

  ConstMap ValueAt(Value value) const;
  // A value with a column for each of the node's, spread out or as it is.
  ConstMap SpreadTo(const Node& node, Value value, Matrix<Scalar>& buffer) const;
  Map GradientAt(Value value);
  void CheckBatch(const Batch<Scalar>& batch) const;

  void Evaluate(std::size_t index, const Batch<Scalar>& batch);
  void EvaluateAffine(const Node& node, Matrix<Scalar>& value);
  void EvaluateProduct(const Node& node, Matrix<Scalar>& value);
  void EvaluateContract(std::size_t index, Matrix<Scalar>& value);
  void EvaluateEntryByEntry(const Node& node, Matrix<Scalar>& value);
  void EvaluatePool(std::size_t index, Matrix<Scalar>& value);

  void Propagate(std::size_t index);
  void PropagateAffine(const Node& node, const Matrix<Scalar>& gradient);
  void PropagateProduct(const Node& node, const Matrix<Scalar>& gradient);
  void PropagateContract(std::size_t index, const Matrix<Scalar>& gradient);
  void PropagateEntryByEntry(const Node& node, const Matrix<Scalar>& gradient);
  void PropagatePool(std::size_t index, const Matrix<Scalar>& gradient);

  const Model& model_;
  std::vector<bool> needed_;
  std::vector<bool> is_trained_;             // theta is somewhere below
  std::vector<Matrix<Scalar>> values_;       // [node]: [size, columns of its axis]; parameters lie in theta
  std::vector<Matrix<Scalar>> gradients_;    // likewise
  std::vector<std::vector<Index>> largest_;  // [node]: the pixels that a maximum pooling chose, column by column
  std::vector<Index> group_of_;              // [sample]
  std::vector<Index> condition_ids_;
  Index conditions_ = 0;
  const Scalar* theta_ = nullptr;
  Scalar* theta_gradient_ = nullptr;
  Vector<Scalar> gradient_;
  std::vector<Matrix<Scalar>> contracted_;  // [node]: of a contraction, what the input made of the generator
  Matrix<Scalar> product_, patches_, blocks_, features_, input_;  // scratch
};

extern template class Pass<float>;
extern template class Pass<double>;

}  // namespace hyperwidth

#endif  // HYPERWIDTH_MODELS_PASS_PASS_H_
