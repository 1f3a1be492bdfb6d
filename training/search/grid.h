// SPDX-License-Identifier: Apache-2.0
#ifndef HYPERWIDTH_TRAINING_SEARCH_GRID_H_
#define HYPERWIDTH_TRAINING_SEARCH_GRID_H_

#include <cstdint>
#include <vector>

#include "training/search/assignment.h"
#include "training/search/parameter_range.h"
#include "training/search/search_space.h"

namespace hyperwidth {

// So many values at equal distances on the range's scale, both ends among them; the middle for one. Integers are
// rounded and those that coincide are taken once; of categories, all are taken. count >= 1.
std::vector<ParameterValue> GridValues(const ParameterRange& range, std::int64_t count);

// All combinations of GridValues, the last parameter changing first; each once, however many parameters are not active
// in it. Throws std::invalid_argument with what was found and what is accepted for count < 1 and for more than `most`.
std::vector<Assignment> GridOf(const SearchSpace& space, std::int64_t count, std::int64_t most);

}  // namespace hyperwidth

#endif  // HYPERWIDTH_TRAINING_SEARCH_GRID_H_
