// SPDX-License-Identifier: Apache-2.0
//
// For tests: something that both models learn.

#ifndef HYPERWIDTH_EXPERIMENTS_PUBLISHED_MODELS_PRODUCTS_H_
#define HYPERWIDTH_EXPERIMENTS_PUBLISHED_MODELS_PRODUCTS_H_

#include <cmath>
#include <span>

#include "models/types.h"
#include "training/batch.h"

namespace hyperwidth {

// y = x_1 I_1, with 3 entries of x and 2 of a condition; samples of another shift have other conditions.
class Products final : public DataSource<float> {
 public:
  Products(Index items, float shift) : items_(items), shift_(shift) {}
  Index size() const override { return items_; }
  void Fill(Index /*epoch*/, std::span<const Index> items, TrainingBatch<float>& batch) const override {
    const auto count = static_cast<Index>(items.size());
    batch.x.setZero(3, count);
    batch.condition.setZero(2, count);
    batch.group_starts = EqualGroups(count);
    for (Index i = 0; i < count; ++i) {
      const auto item = static_cast<float>(items[static_cast<std::size_t>(i)]);
      batch.x(0, i) = std::sin(item);
      batch.condition(0, i) = std::sin(2 * item + shift_);
    }
    batch.targets = batch.x.row(0).cwiseProduct(batch.condition.row(0));
  }

 private:
  Index items_;
  float shift_;
};

}  // namespace hyperwidth

#endif  // HYPERWIDTH_EXPERIMENTS_PUBLISHED_MODELS_PRODUCTS_H_
