// SPDX-License-Identifier: Apache-2.0
#include <gtest/gtest.h>

#include <cstdint>
#include <vector>

#include "models/allocation_count.h"
#include "models/graph/random_graph.h"
#include "models/pass/pass.h"
#include "models/random_stream.h"

namespace hyperwidth {
namespace {

constexpr std::uint64_t kModels = 20;

// Slots in turn, on one thread, which counts everything.
class SlotsInTurn final : public Executor {
 public:
  Index slot_count() const override { return 3; }
  void Run(Index count, const Task& task) const override {
    for (Index i = 0; i < count; ++i) task(i, (first_ + i) % 3);
    ++first_;  // each slot gets other tasks than in the step before
  }

 private:
  mutable Index first_ = 0;
};

// For the inputs of RandomModel.
template <typename Scalar>
Batch<Scalar> BatchOf(const std::vector<Index>& group_starts) {
  RandomStream random(1, {static_cast<std::uint64_t>(group_starts.size())});
  const auto conditions = static_cast<Index>(group_starts.size()) - 1;
  Batch<Scalar> batch{.x = Matrix<Scalar>::Random(3, group_starts.back()),
                      .condition = Matrix<Scalar>::Random(4, conditions),
                      .condition_ids = {},
                      .group_starts = group_starts};
  for (Index g = 0; g < conditions; ++g) batch.condition_ids.push_back(static_cast<Index>(random.Below(3)));
  return batch;
}

std::vector<Index> Groups(Index count, Index samples) {
  std::vector<Index> starts = {0};
  for (Index g = 1; g <= count; ++g) starts.push_back(g * samples);
  return starts;
}

template <typename Scalar>
class Steps {
 public:
  explicit Steps(const Model& model) : pass_(model, executor_), theta_(model.parameters.size()) {
    model.parameters.Initialize<Scalar>(1, theta_);
    gradient_.resize(theta_.size());
  }

  // What a step forward and back asks for.
  long Allocations(const Batch<Scalar>& batch, const Matrix<Scalar>& direction) {
    GradientVector<Scalar> target(gradient_);
    const long before = AllocationCount();
    pass_.Forward(theta_, batch);
    pass_.Backward(theta_, direction, target);
    return AllocationCount() - before;
  }

 private:
  SlotsInTurn executor_;
  Pass<Scalar> pass_;
  Vector<Scalar> theta_, gradient_;
};

template <typename Scalar>
class PassMemory : public ::testing::Test {};
using Scalars = ::testing::Types<float, double>;
TYPED_TEST_SUITE(PassMemory, Scalars);

// Every operation, with trained and generated weights: one panel and many, a condition for each sample and for many.
TYPED_TEST(PassMemory, StepsAfterTheFirstAskForNone) {
  const std::vector<std::vector<Index>> shapes = {
      {0, 2, 2, 5, 6}, Groups(40, 1), Groups(1100, 1), Groups(24, 33), Groups(3, 400)};
  for (std::uint64_t seed = 1; seed <= kModels; ++seed) {
    const Model model = RandomModel(seed, 8);
    for (const std::vector<Index>& shape : shapes) {
      const Batch<TypeParam> batch = BatchOf<TypeParam>(shape);
      const Matrix<TypeParam> direction = Matrix<TypeParam>::Ones(2, shape.back());
      Steps<TypeParam> steps(model);
      const long first = steps.Allocations(batch, direction);
      EXPECT_EQ(first > 0, CountsAllocations());
      for (int step = 2; step <= 4; ++step) {
        EXPECT_EQ(steps.Allocations(batch, direction), 0)
            << model.name << ", " << shape.size() - 1 << " conditions, step " << step;
      }
    }
  }
}

TYPED_TEST(PassMemory, AShapeThatWasSeenBeforeAsksForItsOutputsAlone) {
  const Batch<TypeParam> large = BatchOf<TypeParam>(Groups(24, 33)), small = BatchOf<TypeParam>(Groups(10, 33));
  const Matrix<TypeParam> large_ones = Matrix<TypeParam>::Ones(2, 24 * 33);
  const Matrix<TypeParam> small_ones = Matrix<TypeParam>::Ones(2, 10 * 33);
  for (std::uint64_t seed = 1; seed <= kModels; ++seed) {
    const Model model = RandomModel(seed, 8);
    Steps<TypeParam> steps(model);
    steps.Allocations(large, large_ones);
    steps.Allocations(small, small_ones);
    EXPECT_LE(steps.Allocations(large, large_ones), 1) << model.name;
    EXPECT_LE(steps.Allocations(small, small_ones), 1) << model.name;
    EXPECT_EQ(steps.Allocations(small, small_ones), 0) << model.name;
  }
}

}  // namespace
}  // namespace hyperwidth
