// SPDX-License-Identifier: Apache-2.0
//
// Images in memory, as every experiment reads them, whatever file or procedure they come from.

#ifndef HYPERWIDTH_TRAINING_DATA_IMAGE_SET_H_
#define HYPERWIDTH_TRAINING_DATA_IMAGE_SET_H_

#include <cstddef>
#include <cstdint>
#include <span>
#include <string>
#include <vector>

namespace hyperwidth {

// Images of one size, 8 bits per channel.
//
// Layout: one image after another; in an image one channel plane after another (red, green, blue); in a plane one
// row after another, from the top left. So pixel (i, channel, row, column) is
// pixels[((i * channels + channel) * height + row) * width + column], PyTorch's order N, C, H, W.
struct ImageSet {
  std::int64_t count = 0;
  int height = 0;
  int width = 0;
  int channels = 1;
  std::vector<std::uint8_t> pixels = {};  // count * channels * height * width values, 0 (black) to 255
  std::string source = {};                // where the images come from, one line for a result's provenance

  // Bytes of one channel plane, and of one image.
  std::size_t plane_size() const { return static_cast<std::size_t>(height) * static_cast<std::size_t>(width); }
  std::size_t image_size() const { return plane_size() * static_cast<std::size_t>(channels); }

  // Image i as image_size() bytes. Requires 0 <= i < count.
  std::span<const std::uint8_t> image(std::int64_t i) const {
    return std::span(pixels).subspan(static_cast<std::size_t>(i) * image_size(), image_size());
  }
};

// How many images are of one colour: they show nothing that could be learnt, and are usually damage.
std::int64_t CountConstantImages(const ImageSet& images);

// The two halves of a data set: images to learn from, and images to be judged on. Of the same size and channels.
struct TrainTestImages {
  ImageSet train;
  ImageSet test;
};

// Only the first so many of each; all, if there are fewer. Throws: std::invalid_argument unless both are at least 1.
TrainTestImages FirstImages(TrainTestImages images, std::int64_t train_count, std::int64_t test_count);

// What a set of generated images is for. Different splits of one seed share no random number.
enum class Split : std::uint64_t { kTrain = 0, kTest = 1, kValidation = 2 };

}  // namespace hyperwidth

#endif  // HYPERWIDTH_TRAINING_DATA_IMAGE_SET_H_
