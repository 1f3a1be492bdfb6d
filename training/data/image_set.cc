// SPDX-License-Identifier: Apache-2.0
#include "training/data/image_set.h"

#include <algorithm>

namespace hyperwidth {
namespace {

bool IsConstant(std::span<const std::uint8_t> plane) {
  return std::all_of(plane.begin(), plane.end(), [&](std::uint8_t pixel) { return pixel == plane.front(); });
}

}  // namespace

std::int64_t CountConstantImages(const ImageSet& images) {
  std::int64_t count = 0;
  for (std::int64_t i = 0; i < images.count; ++i) {
    bool is_constant = true;
    for (std::size_t first = 0; first < images.image_size() && is_constant; first += images.plane_size()) {
      is_constant = IsConstant(images.image(i).subspan(first, images.plane_size()));
    }
    count += is_constant ? 1 : 0;
  }
  return count;
}

}  // namespace hyperwidth
