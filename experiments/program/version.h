// SPDX-License-Identifier: Apache-2.0
#ifndef HYPERWIDTH_EXPERIMENTS_PROGRAM_VERSION_H_
#define HYPERWIDTH_EXPERIMENTS_PROGRAM_VERSION_H_

namespace hyperwidth {

// The version that results carry in their provenance. CHANGELOG.md says what changed.
inline constexpr const char* kVersion = "0.1.0";

}  // namespace hyperwidth

#endif  // HYPERWIDTH_EXPERIMENTS_PROGRAM_VERSION_H_
