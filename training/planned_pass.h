// SPDX-License-Identifier: Apache-2.0
#ifndef HYPERWIDTH_TRAINING_PLANNED_PASS_H_
#define HYPERWIDTH_TRAINING_PLANNED_PASS_H_

#include "models/graph/graph.h"
#include "models/pass/batch.h"
#include "models/pass/pass.h"
#include "training/arena_executor.h"

namespace hyperwidth {

// Everything that batches of one shape are evaluated with: the model in its cheapest order, the threads, and the pass,
// whose buffers are kept. Batches of other shapes are fine too, in an order that is the cheapest for the first.
template <typename Scalar>
class PlannedPass {
 public:
  // `threads` as in TrainerOptions; a step too small to be shared runs on the calling thread. `model` need not outlive
  // this. Throws: std::invalid_argument as Plan and Pass, and for a batch without samples.
  PlannedPass(const Model& model, const Batch<Scalar>& first, int threads);
  PlannedPass(const PlannedPass&) = delete;
  PlannedPass& operator=(const PlannedPass&) = delete;

  const Model& model() const { return model_; }
  const ArenaExecutor& executor() const { return executor_; }
  Pass<Scalar>& pass() { return pass_; }

 private:
  // Each refers to those before it.
  Model model_;
  ArenaExecutor executor_;
  Pass<Scalar> pass_;
};

extern template class PlannedPass<float>;
extern template class PlannedPass<double>;

}  // namespace hyperwidth

#endif  // HYPERWIDTH_TRAINING_PLANNED_PASS_H_
