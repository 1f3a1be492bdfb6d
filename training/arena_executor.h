// SPDX-License-Identifier: Apache-2.0
#ifndef HYPERWIDTH_TRAINING_ARENA_EXECUTOR_H_
#define HYPERWIDTH_TRAINING_ARENA_EXECUTOR_H_

#include <functional>
#include <memory>

#include "models/pass/executor.h"
#include "models/types.h"

namespace hyperwidth {

// Runs tasks in a oneTBB arena: one of its own with a given number of threads, or the caller's, so that a program that
// has limited its arena keeps that limit. Tasks have the FloatingPointMode of who calls, on whatever thread they run.
class ArenaExecutor final : public Executor {
 public:
  // `threads` >= 1, or 0: the arena of the thread that calls, which may be another one in each call; of one with more
  // threads than that in which the executor was made, only so many are used. If `serial`, everything runs on that
  // thread: for work too small to be shared.
  explicit ArenaExecutor(int threads, bool serial = false);
  ~ArenaExecutor() override;

  Index slot_count() const override { return slot_count_; }
  // Else a background task has to be waited for where it was begun: elsewhere nobody would do it.
  bool has_own_arena() const { return arena_ != nullptr; }
  void Run(Index count, const Task& task) const override;

  // Runs `work` on the calling thread inside the arena. Run is faster there than from outside, since it has nothing to
  // enter.
  void Enter(const std::function<void()>& work) const;

  // One task beside the work of Run, such as filling the next batch.
  class Background {
   public:
    // The executor must outlive it.
    explicit Background(const ArenaExecutor& executor);
    // Waits; an exception of the task is lost if nobody has called Wait.
    ~Background();
    // Runs `task` on some thread of the arena; at once if the executor is serial. Not before the last one was waited
    // for.
    void Start(std::function<void()> task);
    // Returns when the task is done, and rethrows what it threw.
    void Wait();

   private:
    class Group;
    std::unique_ptr<Group> group_;  // none: serial
  };

 private:
  class Arena;

  bool serial_;
  std::unique_ptr<Arena> arena_;  // none: the caller's
  Index slot_count_ = 1;
};

}  // namespace hyperwidth

#endif  // HYPERWIDTH_TRAINING_ARENA_EXECUTOR_H_
