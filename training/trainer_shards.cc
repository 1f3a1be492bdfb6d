// SPDX-License-Identifier: Apache-2.0
//
// What a trainer does where batches are cut into shards.

#include <cstdint>
#include <exception>

#include "training/number_hash.h"
#include "training/trainer.h"

namespace hyperwidth {

template <typename Scalar>
LossSum Trainer<Scalar>::StepOnShards(const TrainingStep& done) {
  const ShardCut cut{.batch_size = options_.batch_size, .shards = options_.shards};
  const ShardRange own = shards_->own();
  shards_->Begin();
  BeginNextEpoch(done);  // where this batch has no items for this process
  for (Index shard = own.first; shard < own.end(); ++shard) {
    if (cut.Count(data_.size(), state_.items_in_epoch, shard) == 0) continue;
    const TrainingBatch<Scalar>& batch = NextBatch(done);
    if (batch.samples() == 0) continue;
    const LossSum sum = Evaluate(batch);
    if (sum.terms > 0) {
      auto gradient = OutputGradient(batch.samples());
      gradient *= static_cast<Scalar>(sum.terms);
      GradientVector<Scalar> target(shards_->gradient());
      planned_.pass().Backward(theta_, gradient, target);
    }
    shards_->Add(shard, sum, planned_.executor());
  }
  const LossSum total = shards_->Exchange(is_compared_ ? 0 : Fingerprint());
  is_compared_ = true;
  RequireFinite(total, done);
  shards_->Apply(total.terms, optimizer_, planned_.executor());
  return total;
}

template <typename Scalar>
std::uint64_t Trainer<Scalar>::Fingerprint() const {
  NumberHash hash;
  hash.Add(Vector<Scalar>(theta_));
  hash.Add(optimizer_.state().first_moment);
  hash.Add(optimizer_.state().second_moment);
  for (const Index number : {optimizer_.state().step,
                             state_.epoch,
                             state_.items_in_epoch,
                             data_.size(),
                             options_.batch_size,
                             options_.shards}) {
    hash.Add(static_cast<std::uint64_t>(number));
  }
  hash.Add(options_.seed);
  return hash.value();
}

template <typename Scalar>
void Trainer<Scalar>::TellOthers() noexcept {
  if (shards_ == nullptr) return;
  try {
    throw;
  } catch (const DivergenceError&) {  // which all of them find
  } catch (const std::exception& error) {
    shards_->Fail(error.what());
  } catch (...) {
    shards_->Fail("what was thrown is no exception");
  }
}

#define HYPERWIDTH_INSTANTIATE_TRAINER_SHARDS(Scalar)                  \
  template LossSum Trainer<Scalar>::StepOnShards(const TrainingStep&); \
  template std::uint64_t Trainer<Scalar>::Fingerprint() const;         \
  template void Trainer<Scalar>::TellOthers() noexcept;
HYPERWIDTH_INSTANTIATE_TRAINER_SHARDS(float)
HYPERWIDTH_INSTANTIATE_TRAINER_SHARDS(double)
#undef HYPERWIDTH_INSTANTIATE_TRAINER_SHARDS

}  // namespace hyperwidth
