// SPDX-License-Identifier: Apache-2.0
//
// A graph computed for a whole batch, forward and backward: each value once for all that it varies with. What varies
// with theta alone is computed once, what varies with the condition once per condition, the rest once per sample.
//
// A pass is a list of stages. In most, a task takes a panel of samples (or conditions) through all operations of the
// stage while their values are in cache; an operation with a large matrix has a stage of its own, whose tasks each take
// some of its units for all samples, so that a part of the matrix is read once. Gradients with respect to what is
// shared are sums over samples, and computed last: tasks take blocks of a matrix, add up in order and hand them on.
// Cuts depend on graph and batch alone, no sum is shared by two tasks: the same bits for any number of threads.

#ifndef HYPERWIDTH_MODELS_PASS_PASS_H_
#define HYPERWIDTH_MODELS_PASS_PASS_H_

#include <span>
#include <vector>

#include "models/graph/graph.h"
#include "models/pass/batch.h"
#include "models/pass/executor.h"
#include "models/pass/gradient_target.h"
#include "models/pass/node_kernels.h"
#include "models/pass/schedule.h"
#include "models/pass/scratch.h"
#include "models/pass/store.h"

namespace hyperwidth {

// Buffers grow and are reused: after a first step on a batch of some shape (samples of each condition), later ones on
// that shape ask for no memory, but for that of the outputs if the number of samples has changed in between. The model
// and the executor must outlive the pass. Not for use from two threads at once.
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
  const Node& NodeAt(Index node) const { return model_.graph.nodes()[static_cast<std::size_t>(node)]; }
  Range AllOf(const Node& node, std::size_t input) const {
    return {.begin = 0, .end = model_.graph.shape(node.inputs[input]).size()};
  }
  std::span<const Piece> PiecesOf(Index node, const Piece& whole) const;

  // Runs work(task, scratch) for each task; on this thread if all of it is little.
  template <typename Work>
  void Run(Index count, Index multiply_adds, const Work& work) {
    // Below so many multiplications, handing tasks to other threads takes longer than the tasks.
    constexpr Index kSerialBelow = 50'000;
    if (count == 1 || multiply_adds < kSerialBelow) {
      for (Index task = 0; task < count; ++task) work(task, scratch_[0]);
      return;
    }
    executor_.Run(count,
                  [this, &work](Index task, Index slot) { work(task, scratch_[static_cast<std::size_t>(slot)]); });
  }
  void ShareRoom();
  Index LeastUnitsOfTask(const Node& node) const;
  void RunStage(const Stage& stage);
  void SetOutputGradient(const ConstMatrixRef<Scalar>& output_gradient, const Piece& whole, Scalar* local);
  // `local`: where the gradients of a panel of samples are, if they are forgotten with it.
  void PassOn(Index node, Axis axis, const Piece& whole, Scratch<Scalar>& scratch, Scalar* local);
  void PassOnTo(std::size_t input,
                const Range& entries,
                Index node,
                Axis axis,
                const Piece& whole,
                Scratch<Scalar>& scratch,
                Scalar* local);
  // Whether an operand's gradient has to be computed, and has a row for each of the node's own.
  bool HasRowsOfItsOwn(Index node, std::size_t input, Axis axis) const;
  void RunStageBackward(const Stage& stage);

  bool CutIntoRuns();
  void RunSamplesBackward(const Stage& stage, const ConstMatrixRef<Scalar>& output_gradient);
  void SumInPanel(const Piece& whole, bool is_first, Scratch<Scalar>& scratch, Scalar* local, Scalar* sums);
  void AddRuns(const Reduction& reduction, const MatrixBlock<Scalar>& block);
  void ReduceToCondition(const Reduction& reduction,
                         Index condition,
                         std::span<const Piece> pieces,
                         bool accumulate,
                         Scratch<Scalar>& scratch,
                         Scalar* local);
  void ReduceOverSamples();
  void ReduceToTheta(GradientTarget<Scalar>& target);
  void ReduceInTheta(GradientTarget<Scalar>& target);
  bool IsDirectOperand(const Node& node, std::size_t input) const;
  void PassProductOn(Index node, GradientTarget<Scalar>& target);
  template <typename Compute>
  void Write(const Reduction& reduction, GradientTarget<Scalar>& target, const Compute& compute);
  void Reduce(const Reduction& reduction, Scratch<Scalar>& scratch, GradientTarget<Scalar>& target);

  const Model& model_;
  const Executor& executor_;
  Store<Scalar> store_;
  Schedule<Scalar> schedule_;
  std::vector<Scratch<Scalar>> scratch_;  // [slot]
  bool is_aligned_ = false;               // of the batch for which the schedule was built
  bool sums_in_panels_ = false;           // of the last Backward
  std::vector<Range> runs_;               // of panels
  Vector<Scalar> sums_;                   // of each run
  Matrix<Scalar> outputs_;
};

extern template class Pass<float>;
extern template class Pass<double>;

}  // namespace hyperwidth

#endif  // HYPERWIDTH_MODELS_PASS_PASS_H_
