// SPDX-License-Identifier: Apache-2.0
#include "training/evaluator.h"

#include <functional>
#include <numeric>
#include <optional>

#include "training/batch_queue.h"
#include "training/floating_point_mode.h"
#include "training/planned_pass.h"

namespace hyperwidth {
namespace {

// Items that are handled at once.
constexpr Index kBatchSize = 256;

}  // namespace

template <typename Scalar>
class Evaluator<Scalar>::Plan {
 public:
  Plan(const Model& model, const DataSource<Scalar>& data, const Batch<Scalar>& first, int threads)
      : planned(model, first, threads), batches(data, {.batch_size = kBatchSize}, planned.executor()) {}

  PlannedPass<Scalar> planned;
  BatchQueue<Scalar> batches;
};

template <typename Scalar>
Evaluator<Scalar>::Evaluator(const Model& model,
                             const DataSource<Scalar>& data,
                             const Objective<Scalar>& objective,
                             int threads)
    : model_(model),
      data_(data),
      objective_(objective),
      threads_(threads),
      items_(static_cast<std::size_t>(data.size())) {
  std::iota(items_.begin(), items_.end(), Index{0});
}

template <typename Scalar>
Evaluator<Scalar>::~Evaluator() = default;

template <typename Scalar>
LossSum Evaluator<Scalar>::Evaluate(const ConstVectorRef<Scalar>& theta, Index epoch) {
  LossSum sum;
  if (items_.empty()) return sum;
  const FlushSubnormals flush;
  std::optional<TrainingBatch<Scalar>> first;
  if (plan_ == nullptr) {
    FillFrom<Scalar>(0, kBatchSize, epoch, items_, data_, first.emplace());
    plan_ = std::make_unique<Plan>(model_, data_, *first, threads_);
  }
  BatchQueue<Scalar>& batches = plan_->batches;
  const auto evaluate = [&] {
    batches.Start(epoch, items_, 0, first ? &*first : nullptr);
    try {
      while (batches.HasNext()) {
        const TrainingBatch<Scalar>& batch = batches.Next();
        sum += objective_.Evaluate(plan_->planned.pass().Forward(theta, batch), batch);
      }
    } catch (...) {
      batches.Stop();
      throw;
    }
    batches.Stop();
  };
  plan_->planned.executor().Enter(std::ref(evaluate));  // a reference asks for no memory
  return sum;
}

template <typename Scalar>
LossSum Evaluate(const Model& model,
                 const DataSource<Scalar>& data,
                 const Objective<Scalar>& objective,
                 const ConstVectorRef<Scalar>& theta,
                 Index epoch,
                 int threads) {
  return Evaluator<Scalar>(model, data, objective, threads).Evaluate(theta, epoch);
}

#define HYPERWIDTH_INSTANTIATE_EVALUATOR(Scalar) \
  template class Evaluator<Scalar>;              \
  template LossSum Evaluate<Scalar>(             \
      const Model&, const DataSource<Scalar>&, const Objective<Scalar>&, const ConstVectorRef<Scalar>&, Index, int);
HYPERWIDTH_INSTANTIATE_EVALUATOR(float)
HYPERWIDTH_INSTANTIATE_EVALUATOR(double)
#undef HYPERWIDTH_INSTANTIATE_EVALUATOR

}  // namespace hyperwidth
