// SPDX-License-Identifier: Apache-2.0
#include "experiments/synthetic/shared_targets.h"

#include <gtest/gtest.h>

#include <atomic>
#include <memory>
#include <stdexcept>
#include <thread>
#include <vector>

namespace hyperwidth {
namespace {

constexpr TargetsKey kKey = {.type = 1, .size = 2, .seed = 3, .part = 4, .samples = 5, .conditions = 6};

TEST(SharedTargets, AreComputedOnceForEachKey) {
  SharedTargets targets;
  float computed = 0;
  const auto compute = [&]() -> Vector<float> { return Vector<float>::Constant(3, ++computed); };
  const auto first = targets.Get(kKey, compute);
  EXPECT_EQ(*first, Vector<float>::Constant(3, 1));
  std::vector<TargetsKey> others(6, kKey);
  ++others[0].type, ++others[1].size, ++others[2].seed, ++others[3].part, ++others[4].samples, ++others[5].conditions;
  for (std::size_t i = 0; i < others.size(); ++i) {
    EXPECT_EQ((*targets.Get(others[i], compute))[0], static_cast<float>(i + 2));
  }
  EXPECT_EQ(targets.Get(kKey, compute), first);
  EXPECT_EQ(computed, 7);
}

TEST(SharedTargets, AreTriedAgainAfterAFailure) {
  SharedTargets targets;
  EXPECT_THROW(targets.Get(kKey, []() -> Vector<float> { throw std::runtime_error("once"); }), std::runtime_error);
  EXPECT_EQ((*targets.Get(kKey, []() -> Vector<float> { return Vector<float>::Ones(1); }))[0], 1);
}

TEST(SharedTargets, AreTheSameForAllThreads) {
  SharedTargets targets;
  std::atomic<int> computed = 0;
  std::vector<std::shared_ptr<const Vector<float>>> found(8);
  std::vector<std::thread> threads;
  for (auto& one : found) {
    threads.emplace_back([&] {
      one = targets.Get(kKey, [&]() -> Vector<float> {
        ++computed;
        return Vector<float>::Ones(100);
      });
    });
  }
  for (std::thread& thread : threads) thread.join();
  EXPECT_EQ(computed, 1);
  for (const auto& one : found) EXPECT_EQ(one, found[0]);
}

}  // namespace
}  // namespace hyperwidth
