// SPDX-License-Identifier: Apache-2.0
#ifndef HYPERWIDTH_EXPERIMENTS_COMMAND_LINE_VALUE_LIST_H_
#define HYPERWIDTH_EXPERIMENTS_COMMAND_LINE_VALUE_LIST_H_

#include <algorithm>
#include <vector>

namespace hyperwidth {

// For flags like --cells=4,8,8,2, where neither order nor repetition means anything.
template <typename Value>
void SortAndDropRepeated(std::vector<Value>& values) {
  std::sort(values.begin(), values.end());
  values.erase(std::unique(values.begin(), values.end()), values.end());
}

}  // namespace hyperwidth

#endif  // HYPERWIDTH_EXPERIMENTS_COMMAND_LINE_VALUE_LIST_H_
