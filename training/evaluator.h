// SPDX-License-Identifier: Apache-2.0
#ifndef HYPERWIDTH_TRAINING_EVALUATOR_H_
#define HYPERWIDTH_TRAINING_EVALUATOR_H_

#include <memory>
#include <vector>

#include "models/graph/graph.h"
#include "models/types.h"
#include "training/batch.h"
#include "training/objective.h"

namespace hyperwidth {

// Evaluates a model on a data source again and again: plan, threads and buffers are kept, so that an evaluation after
// the first asks for no memory, but for what a Trainer's step may ask for. The same bits for any number of threads.
//
// Not for use from two threads at once.
template <typename Scalar>
class Evaluator {
 public:
  // `data` and `objective` must outlive it. `threads` as in TrainerOptions.
  Evaluator(const Model& model, const DataSource<Scalar>& data, const Objective<Scalar>& objective, int threads = 0);
  ~Evaluator();

  // The objective summed over epoch `epoch` of the data, in the order of its items; nothing if there are none. Throws
  // std::invalid_argument for shapes, and whatever data and objective throw.
  LossSum Evaluate(const ConstVectorRef<Scalar>& theta, Index epoch = 0);

 private:
  class Plan;

  Model model_;
  const DataSource<Scalar>& data_;
  const Objective<Scalar>& objective_;
  int threads_;
  std::vector<Index> items_;
  std::unique_ptr<Plan> plan_;  // made for the first batch
};

extern template class Evaluator<float>;
extern template class Evaluator<double>;

// The same once.
template <typename Scalar>
LossSum Evaluate(const Model& model,
                 const DataSource<Scalar>& data,
                 const Objective<Scalar>& objective,
                 const ConstVectorRef<Scalar>& theta,
                 Index epoch = 0,
                 int threads = 0);

}  // namespace hyperwidth

#endif  // HYPERWIDTH_TRAINING_EVALUATOR_H_
