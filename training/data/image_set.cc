// SPDX-License-Identifier: Apache-2.0
#include "training/data/image_set.h"

#include <algorithm>
#include <stdexcept>
#include <string>

namespace hyperwidth {
namespace {

bool IsConstant(std::span<const std::uint8_t> plane) {
  return std::all_of(plane.begin(), plane.end(), [&](std::uint8_t pixel) { return pixel == plane.front(); });
}

void KeepFirst(ImageSet& images, std::int64_t count) {
  if (count < 1) throw std::invalid_argument("images: found " + std::to_string(count) + ", accepted: 1 or more");
  images.count = std::min(images.count, count);
  images.pixels.resize(static_cast<std::size_t>(images.count) * images.image_size());
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

TrainTestImages FirstImages(TrainTestImages images, std::int64_t train_count, std::int64_t test_count) {
  KeepFirst(images.train, train_count);
  KeepFirst(images.test, test_count);
  return images;
}

}  // namespace hyperwidth
