// SPDX-License-Identifier: Apache-2.0
#ifndef HYPERWIDTH_MODELS_PASS_EXECUTOR_H_
#define HYPERWIDTH_MODELS_PASS_EXECUTOR_H_

#include <functional>

#include "models/types.h"

namespace hyperwidth {

// Who runs the tasks into which a batch is split. Models know how to split, and nothing of threads: those belong to
// the caller, who passes an executor (training/ has one on oneTBB).
class Executor {
 public:
  // A task's number, and a slot, 0 .. slot_count() - 1, that no other task has while this one runs: the index of
  // buffers that tasks may reuse.
  using Task = std::function<void(Index task, Index slot)>;

  virtual ~Executor() = default;
  virtual Index slot_count() const = 0;
  // Runs task 0 .. count - 1, each once, in any order, and returns when all are done. Rethrows what a task throws.
  virtual void Run(Index count, const Task& task) const = 0;
};

// Runs everything on the calling thread, in order.
class SerialExecutor final : public Executor {
 public:
  Index slot_count() const override { return 1; }
  void Run(Index count, const Task& task) const override {
    for (Index i = 0; i < count; ++i) task(i, 0);
  }
};

}  // namespace hyperwidth

#endif  // HYPERWIDTH_MODELS_PASS_EXECUTOR_H_
