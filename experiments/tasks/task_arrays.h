// SPDX-License-Identifier: Apache-2.0
//
// What the tasks share.

#ifndef HYPERWIDTH_EXPERIMENTS_TASKS_TASK_ARRAYS_H_
#define HYPERWIDTH_EXPERIMENTS_TASKS_TASK_ARRAYS_H_

#include <cstdint>
#include <functional>
#include <span>
#include <vector>

#include "experiments/tasks/task.h"
#include "models/random_stream.h"
#include "training/arrays/numeric_array.h"

namespace hyperwidth {

// `count` equispaced numbers from `first` to `last`, both included. Requires count >= 2.
std::vector<double> Equispaced(double first, double last, std::int64_t count);

// A grid of conditions that are drawn one by one.
struct GridTask {
  std::uint64_t stream = 0;  // names the task's random numbers
  std::int64_t x_size = 1;
  std::vector<double> x = {};  // [P x_size]
  std::int64_t condition_size = 1;
  // Fills I [condition_size] and y [P] of one condition from its own random numbers.
  std::function<void(RandomStream& random, std::span<double> condition, std::span<double> y)> draw = {};
};

// The arrays x, I, y [G, P] and split [G]: those to train on, then those to test.
// Throws: std::invalid_argument if there would be more than 10^9 numbers.
NamedArrays MakeGrid(const GridTask& task, const TaskOptions& options);

// 0 for the first `train` of `train` + `test` conditions of so many samples each, 2 for the others.
NumericArray SplitArray(std::int64_t train, std::int64_t test, std::int64_t samples_each = 1);

// The random numbers of condition g of all: named by whether it is to train or to test, and by its number among these.
// `stream` names what they are for.
RandomStream ConditionStream(const TaskOptions& options, std::uint64_t stream, std::int64_t g);

// Throws: std::invalid_argument for more than 10^9 numbers.
void RequireSize(std::int64_t conditions, std::int64_t numbers_each);

}  // namespace hyperwidth

#endif  // HYPERWIDTH_EXPERIMENTS_TASKS_TASK_ARRAYS_H_
