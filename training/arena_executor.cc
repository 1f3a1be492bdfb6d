// SPDX-License-Identifier: Apache-2.0
#include "training/arena_executor.h"

#include <oneapi/tbb/parallel_for.h>
#include <oneapi/tbb/task_arena.h>
#include <oneapi/tbb/task_group.h>

#include <utility>

#include "training/floating_point_mode.h"

// Of ThreadSanitizer's interface; null in a program without it.
extern "C" {
[[gnu::weak]] void __tsan_acquire(void* address);
[[gnu::weak]] void __tsan_release(void* address);
}

namespace hyperwidth {
namespace {

// Tells ThreadSanitizer what oneTBB guarantees and what it cannot see, since neither the library nor this file, into
// which oneTBB's headers are compiled, is built with it: a task begins after it was handed over and ends before it has
// been waited for. Between tasks it is told nothing.
class TaskOrder {
 public:
  void HandOver() { Release(&handed_over_); }
  void Begin() { Acquire(&handed_over_); }
  void End() { Release(&ended_); }
  void Waited() { Acquire(&ended_); }

 private:
  static void Acquire(void* address) {
    if (__tsan_acquire != nullptr) __tsan_acquire(address);
  }
  static void Release(void* address) {
    if (__tsan_release != nullptr) __tsan_release(address);
  }

  char handed_over_ = 0;
  char ended_ = 0;
};

}  // namespace

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
  TaskOrder order;
  order.HandOver();
  const FloatingPointMode mode = FloatingPointMode::Current();
  Enter([&] {
    oneapi::tbb::parallel_for(
        Index{0},
        count,
        [&](Index i) {
          order.Begin();
          const ScopedFloatingPointMode as_caller(mode);
          task(i, oneapi::tbb::this_task_arena::current_thread_index());
          order.End();
        },
        oneapi::tbb::simple_partitioner());
  });
  order.Waited();
}

void ArenaExecutor::Enter(const std::function<void()>& work) const {
  // An arena has the mode of the thread that has made it.
  const auto as_here = [&work, mode = FloatingPointMode::Current()] {
    const ScopedFloatingPointMode as_caller(mode);
    work();
  };
  if (arena_ != nullptr) {
    arena_->Execute(as_here);
  } else if (!serial_ && oneapi::tbb::this_task_arena::max_concurrency() > slot_count_) {
    Arena(static_cast<int>(slot_count_)).Execute(as_here);  // here, threads would have numbers that are no slots
  } else {
    work();
  }
}

class ArenaExecutor::Background::Group {
 public:
  oneapi::tbb::task_group tasks;
  TaskOrder order;
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
    group_->order.HandOver();
    group_->tasks.run([this, mode = FloatingPointMode::Current(), work = std::move(task)] {
      group_->order.Begin();
      const ScopedFloatingPointMode as_caller(mode);
      work();
      group_->order.End();
    });
  } else {
    task();
  }
}

void ArenaExecutor::Background::Wait() {
  if (group_ == nullptr) return;
  group_->tasks.wait();
  group_->order.Waited();
}

}  // namespace hyperwidth
