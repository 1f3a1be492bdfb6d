// SPDX-License-Identifier: Apache-2.0
#include "training/arena_executor.h"

#include <oneapi/tbb/parallel_for.h>
#include <oneapi/tbb/task_arena.h>
#include <oneapi/tbb/task_group.h>

#include <utility>

namespace hyperwidth {

class ArenaExecutor::Arena {
 public:
  explicit Arena(int threads) : arena_(threads) {}
  template <typename Work>
  void Execute(const Work& work) {
    arena_.execute(work);
  }

 private:
  oneapi::tbb::task_arena arena_;
};

ArenaExecutor::ArenaExecutor(int threads, bool serial) : serial_(serial || threads == 1) {
  if (serial_) return;
  if (threads > 1) {
    arena_ = std::make_unique<Arena>(threads);
    slot_count_ = threads;
  } else {
    slot_count_ = oneapi::tbb::this_task_arena::max_concurrency();
  }
}

ArenaExecutor::~ArenaExecutor() = default;

void ArenaExecutor::Run(Index count, const Task& task) const {
  if (serial_ || count == 1) {
    for (Index i = 0; i < count; ++i) task(i, 0);
    return;
  }
  Enter([&] {
    oneapi::tbb::parallel_for(
        Index{0},
        count,
        [&](Index i) { task(i, oneapi::tbb::this_task_arena::current_thread_index()); },
        oneapi::tbb::simple_partitioner());
  });
}

void ArenaExecutor::Enter(const std::function<void()>& work) const {
  if (arena_ != nullptr) {
    arena_->Execute(work);
  } else {
    work();
  }
}

class ArenaExecutor::Background::Group {
 public:
  oneapi::tbb::task_group tasks;
};

ArenaExecutor::Background::Background(const ArenaExecutor& executor)
    : group_(executor.serial_ ? nullptr : std::make_unique<Group>()) {}

ArenaExecutor::Background::~Background() {
  try {
    Wait();
  } catch (...) {
    // Whoever destroys it before waiting is already handling another failure.
  }
}

void ArenaExecutor::Background::Start(std::function<void()> task) {
  if (group_ != nullptr) {
    group_->tasks.run(std::move(task));
  } else {
    task();
  }
}

void ArenaExecutor::Background::Wait() {
  if (group_ != nullptr) group_->tasks.wait();
}

}  // namespace hyperwidth
