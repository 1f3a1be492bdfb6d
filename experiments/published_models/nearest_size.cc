// SPDX-License-Identifier: Apache-2.0
#include "experiments/published_models/nearest_size.h"

namespace hyperwidth {

Index NearestSize(Index wanted, const std::function<Index(Index)>& count) {
  Index above = 1;
  while (count(above) < wanted) above *= 2;
  Index below = above / 2;  // whose count is below `wanted`, or 0
  while (above - below > 1) {
    const Index middle = below + (above - below) / 2;
    (count(middle) < wanted ? below : above) = middle;
  }
  return below > 0 && wanted - count(below) <= count(above) - wanted ? below : above;
}

}  // namespace hyperwidth
