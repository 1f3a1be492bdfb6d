// SPDX-License-Identifier: Apache-2.0
#ifndef HYPERWIDTH_TRAINING_THREAD_BUDGET_H_
#define HYPERWIDTH_TRAINING_THREAD_BUDGET_H_

#include <filesystem>

namespace hyperwidth {

// How many threads this process can run at once: the smaller of the processors it may be scheduled on and the share
// that its control group (a container's CPU limit, version 1 or 2) grants, rounded up; at least 1. oneTBB knows the
// first of the two only, and starts too many threads in a container.
int AvailableThreads();

// The control group's share in processors, or 0 if there is no limit. The folders are arguments for tests.
double CpuQuota(const std::filesystem::path& control_groups = "/sys/fs/cgroup",
                const std::filesystem::path& membership = "/proc/self/cgroup");

}  // namespace hyperwidth

#endif  // HYPERWIDTH_TRAINING_THREAD_BUDGET_H_
