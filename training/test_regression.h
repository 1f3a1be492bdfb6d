// SPDX-License-Identifier: Apache-2.0
//
// For tests of training in shards: something to learn, and models wide enough for their steps to be shared out.

#ifndef HYPERWIDTH_TRAINING_TEST_REGRESSION_H_
#define HYPERWIDTH_TRAINING_TEST_REGRESSION_H_

#include <cstdint>
#include <functional>
#include <span>
#include <string>
#include <utility>
#include <vector>

#include "models/graph/graph.h"
#include "models/random_stream.h"
#include "training/batch.h"
#include "training/named_scheme.h"

namespace hyperwidth {

// Random numbers to learn, drawn afresh in each epoch; item i is a condition with i % 4 samples, or none.
template <typename Scalar>
class RandomRegression final : public DataSource<Scalar> {
 public:
  static constexpr Index kX = 20, kCondition = 30;

  // `on_fill`, if given, is called with each item that is filled, and may throw.
  explicit RandomRegression(Index items, std::function<void(Index epoch, Index item)> on_fill = nullptr)
      : items_(items), on_fill_(std::move(on_fill)) {}

  Index size() const override { return items_; }
  void Fill(Index epoch, std::span<const Index> items, TrainingBatch<Scalar>& batch) const override {
    batch.group_starts = {0};
    for (const Index item : items) batch.group_starts.push_back(batch.samples() + item % 4);
    batch.x.resize(kX, batch.samples());
    batch.targets.resize(1, batch.samples());
    batch.condition.resize(kCondition, batch.conditions());
    for (std::size_t g = 0; g < items.size(); ++g) {
      if (on_fill_) on_fill_(epoch, items[g]);
      RandomStream random(5, {static_cast<std::uint64_t>(epoch), static_cast<std::uint64_t>(items[g])});
      const auto fill = [&](auto&& numbers) {
        for (auto& number : numbers.reshaped()) number = static_cast<Scalar>(random.Uniform(-1, 1));
      };
      const Index first = batch.group_starts[g], count = batch.group_starts[g + 1] - first;
      fill(batch.condition.col(static_cast<Index>(g)));
      fill(batch.x.middleCols(first, count));
      fill(batch.targets.middleCols(first, count));
    }
  }

 private:
  Index items_;
  std::function<void(Index epoch, Index item)> on_fill_;
};

// tanh, whose vector instructions round otherwise than its scalar ones: work that is cut in another way shows.
inline Model RegressionModel(const std::string& scheme) {
  return NamedScheme(scheme,
                     {.x_size = RandomRegression<float>::kX,
                      .condition_size = RandomRegression<float>::kCondition,
                      .condition_hidden = {100},
                      .primary_hidden = {80, 60},
                      .scalars = 20,
                      .function = Function::kTanh});
}

template <typename Scalar>
Vector<Scalar> InitialTheta(const Model& model) {
  Vector<Scalar> theta(model.parameters.size());
  model.parameters.template Initialize<Scalar>(/*seed=*/3, theta);
  return theta;
}

}  // namespace hyperwidth

#endif  // HYPERWIDTH_TRAINING_TEST_REGRESSION_H_
