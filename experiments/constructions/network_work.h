// SPDX-License-Identifier: Apache-2.0
#ifndef HYPERWIDTH_EXPERIMENTS_CONSTRUCTIONS_NETWORK_WORK_H_
#define HYPERWIDTH_EXPERIMENTS_CONSTRUCTIONS_NETWORK_WORK_H_

#include <cstdint>

#include "experiments/command_line/flag_checks.h"
#include "experiments/program/settings.h"

namespace hyperwidth {

// Declares the setting that becomes ScanOptions::network_work.
inline void AddNetworkWork(std::int64_t& network_work, SettingTable& table) {
  table.Add({.name = "network_work",
             .help = "Multiply-adds for which each network is evaluated, besides its formula",
             .accepted = IntegerAtLeast(1, 1'000'000'000'000)},
            network_work,
            /*quick=*/5'000'000);
}

}  // namespace hyperwidth

#endif  // HYPERWIDTH_EXPERIMENTS_CONSTRUCTIONS_NETWORK_WORK_H_
