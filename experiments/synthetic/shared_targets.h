// SPDX-License-Identifier: Apache-2.0
//
// Targets that trainings share: to compute those of a softmax over a thousand numbers takes a tenth of a training.

#ifndef HYPERWIDTH_EXPERIMENTS_SYNTHETIC_SHARED_TARGETS_H_
#define HYPERWIDTH_EXPERIMENTS_SYNTHETIC_SHARED_TARGETS_H_

#include <compare>
#include <cstdint>
#include <functional>
#include <map>
#include <memory>
#include <mutex>

#include "models/types.h"

namespace hyperwidth {

// All that the targets of some samples follow from.
struct TargetsKey {
  int type = 1;
  Index size = 1;  // of x and of a condition
  std::uint64_t seed = 0;
  std::uint64_t part = 0;  // what the samples are for
  Index samples = 1, conditions = 1;

  auto operator<=>(const TargetsKey&) const = default;
};

class SharedTargets {
 public:
  // What `compute` returns, which is asked once for each key. Any number of threads may ask, and wait only for who
  // computes the same. If it throws, so does this, and the next one tries again.
  std::shared_ptr<const Vector<float>> Get(const TargetsKey& key, const std::function<Vector<float>()>& compute);

 private:
  struct Kept {
    std::once_flag once;
    std::shared_ptr<const Vector<float>> targets;
  };

  std::mutex mutex_;
  std::map<TargetsKey, std::shared_ptr<Kept>> kept_;
};

}  // namespace hyperwidth

#endif  // HYPERWIDTH_EXPERIMENTS_SYNTHETIC_SHARED_TARGETS_H_
