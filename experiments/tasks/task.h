// SPDX-License-Identifier: Apache-2.0
//
// Conditional targets that need no file: data sets in the arrays of //training/conditioned_data, made from a seed.

#ifndef HYPERWIDTH_EXPERIMENTS_TASKS_TASK_H_
#define HYPERWIDTH_EXPERIMENTS_TASKS_TASK_H_

#include <cstdint>
#include <string>
#include <vector>

#include "training/arrays/numeric_array.h"

namespace hyperwidth {

struct TaskOptions {
  std::int64_t train = 0;  // conditions to train on; 0: as many as the task's source has
  std::int64_t test = 0;   // others to be judged by; 0: as many as the task's source has
  std::uint64_t seed = 1;
  // Of `bumps` alone.
  int smoothness = 1;     // 1 or 2
  int primary_dim = 1;    // m1 >= 1
  int condition_dim = 1;  // m2 >= 1
  int cells = 8;          // on each axis, >= 1
};

// Each makes arrays x, I and y, with `group` if samples are no grid, and `split`, 0 (train) or 2 (test) for conditions
// or samples. A condition depends on the seed, on whether it is to train or to test, and on its number alone: larger
// counts append others, and results are the same on every machine up to the last digits of sines.
struct Task {
  std::string name = {};
  std::string what = {};    // x, I and y, in a sentence
  std::string source = {};  // whose protocol it is, and what of it is our own choice
  std::int64_t train = 0;   // default numbers of conditions
  std::int64_t test = 0;
  // Options with counts above 0. Throws: std::invalid_argument for options out of range or more than 10^9 numbers.
  NamedArrays (*make)(const TaskOptions& options) = nullptr;
};

const std::vector<Task>& BuiltInTasks();

// The arrays of the task of that name. Throws: std::invalid_argument for another name, listing all, or a negative
// count; as Task::make.
NamedArrays MakeTask(const std::string& name, TaskOptions options);

}  // namespace hyperwidth

#endif  // HYPERWIDTH_EXPERIMENTS_TASKS_TASK_H_
