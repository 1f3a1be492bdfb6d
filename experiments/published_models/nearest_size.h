// SPDX-License-Identifier: Apache-2.0
#ifndef HYPERWIDTH_EXPERIMENTS_PUBLISHED_MODELS_NEAREST_SIZE_H_
#define HYPERWIDTH_EXPERIMENTS_PUBLISHED_MODELS_NEAREST_SIZE_H_

#include <functional>

#include "models/types.h"

namespace hyperwidth {

// The size, 1 or more, at which `count` is nearest to `wanted`; the smaller of two as near. The count has to rise with
// the size, which is found by bisection.
Index NearestSize(Index wanted, const std::function<Index(Index)>& count);

}  // namespace hyperwidth

#endif  // HYPERWIDTH_EXPERIMENTS_PUBLISHED_MODELS_NEAREST_SIZE_H_
