// SPDX-License-Identifier: Apache-2.0
#ifndef HYPERWIDTH_TRAINING_TRIALS_ARENA_TRIAL_EXECUTOR_H_
#define HYPERWIDTH_TRAINING_TRIALS_ARENA_TRIAL_EXECUTOR_H_

#include <atomic>
#include <cstddef>
#include <functional>
#include <optional>
#include <vector>

#include "training/trials/trial_executor.h"

namespace hyperwidth {

// Measures trials in a oneTBB arena of this process. A trial that waits for oneTBB work of its own does not start
// another one meanwhile; threads that find no trial any more help the last ones with their work.
class ArenaTrialExecutor final : public TrialExecutor {
 public:
  // Throws std::invalid_argument if threads < 1.
  explicit ArenaTrialExecutor(int threads);

  void Run(const std::vector<std::size_t>& order,
           const Measure& measure,
           const Keep& keep,
           std::atomic<bool>& stop) override;

  // The same for trials that become known as the run goes on. `next` gives another trial, or none when there are no
  // more; it is called from any of the threads, and may wait.
  void Run(const std::function<std::optional<std::size_t>()>& next,
           const Measure& measure,
           const Keep& keep,
           std::atomic<bool>& stop) const;

 private:
  int threads_;
};

}  // namespace hyperwidth

#endif  // HYPERWIDTH_TRAINING_TRIALS_ARENA_TRIAL_EXECUTOR_H_
