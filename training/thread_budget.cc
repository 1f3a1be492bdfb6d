// SPDX-License-Identifier: Apache-2.0
#include "training/thread_budget.h"

#include <sched.h>

#include <algorithm>
#include <cmath>
#include <fstream>
#include <optional>
#include <string>
#include <thread>

namespace hyperwidth {
namespace {

namespace fs = std::filesystem;

// Version 2: one file "<quota> <period>" or "max <period>". Version 1: two files, the quota -1 if there is none.
std::optional<double> LimitOf(const fs::path& folder) {
  double quota = 0, period = 0;
  if (std::ifstream limit(folder / "cpu.max"); limit >> quota >> period && period > 0) return quota / period;
  std::ifstream quota_file(folder / "cpu.cfs_quota_us");
  std::ifstream period_file(folder / "cpu.cfs_period_us");
  if (quota_file >> quota && period_file >> period && quota > 0 && period > 0) return quota / period;
  return std::nullopt;
}

int AllowedProcessors() {
  cpu_set_t allowed;
  CPU_ZERO(&allowed);
  if (::sched_getaffinity(0, sizeof(allowed), &allowed) == 0) return CPU_COUNT(&allowed);
  return static_cast<int>(std::max(1u, std::thread::hardware_concurrency()));
}

}  // namespace

double CpuQuota(const fs::path& control_groups, const fs::path& membership) {
  std::optional<double> quota;
  const auto consider = [&quota](const fs::path& folder) {
    const std::optional<double> limit = LimitOf(folder);
    if (limit) quota = std::min(quota.value_or(*limit), *limit);
  };
  // Each line is "number:controllers:path"; a group is limited by itself and by all groups above it.
  std::ifstream groups(membership);
  for (std::string line; std::getline(groups, line);) {
    const std::size_t controllers = line.find(':');
    const std::size_t path = line.find(':', controllers + 1);
    if (controllers == std::string::npos || path == std::string::npos) continue;
    const std::string names = line.substr(controllers + 1, path - controllers - 1);
    const bool is_version_two = names.empty();
    if (!is_version_two && ("," + names + ",").find(",cpu,") == std::string::npos) continue;
    const fs::path root = is_version_two ? control_groups : control_groups / names;
    fs::path folder = root / fs::path(line.substr(path + 1)).relative_path();
    for (;; folder = folder.parent_path()) {
      consider(folder);
      if (folder == root || folder.string().size() <= root.string().size()) break;
    }
    consider(root);  // inside a container the path may name a group that only the host sees
  }
  consider(control_groups);
  consider(control_groups / "cpu");
  return quota.value_or(0);
}

int AvailableThreads() {
  const int processors = AllowedProcessors();
  const double quota = CpuQuota();
  const int granted = quota > 0 ? static_cast<int>(std::ceil(std::min(quota, 1e6))) : processors;
  return std::max(1, std::min(processors, granted));
}

}  // namespace hyperwidth
