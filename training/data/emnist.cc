// SPDX-License-Identifier: Apache-2.0
#include "training/data/emnist.h"

#include <cstddef>
#include <cstdint>
#include <stdexcept>
#include <string_view>
#include <utility>

namespace hyperwidth {
namespace {

constexpr std::string_view kPrefix = "emnist-";
constexpr int kLetters = 26;

IdxNames NamesOf(const std::string& subset) {
  const std::string name = std::string(kPrefix) + subset;
  return {.train = name + "-train", .test = name + "-test"};
}

void Transpose(ImageSet& images) {
  const auto height = static_cast<std::size_t>(images.height);
  const auto width = static_cast<std::size_t>(images.width);
  std::vector<std::uint8_t> upright;
  upright.reserve(images.pixels.size());
  for (std::int64_t i = 0; i < images.count; ++i) {
    const auto image = images.image(i);
    for (std::size_t column = 0; column < width; ++column) {
      for (std::size_t row = 0; row < height; ++row) upright.push_back(image[row * width + column]);
    }
  }
  images.pixels = std::move(upright);
  std::swap(images.height, images.width);
  images.source += ", transposed to be upright";
}

void CountFromZero(std::vector<std::uint8_t>& letters, const std::filesystem::path& directory) {
  for (std::uint8_t& letter : letters) {
    if (letter < 1 || letter > kLetters) {
      throw std::runtime_error(directory.string() + ": EMNIST's letters have label " + std::to_string(letter) +
                               "; accepted: 1 to " + std::to_string(kLetters));
    }
    --letter;
  }
}

}  // namespace

std::string EmnistSubsetOf(const std::string& file_name) {
  if (!file_name.starts_with(kPrefix)) return "";
  for (const char* const split : {"-train-images", "-test-images"}) {
    const std::size_t end = file_name.find(split, kPrefix.size());
    if (end != std::string::npos) return file_name.substr(kPrefix.size(), end - kPrefix.size());
  }
  return "";
}

TrainTestImages LoadEmnist(const std::filesystem::path& directory, const std::string& subset) {
  TrainTestImages images = LoadMnist(directory, NamesOf(subset));
  Transpose(images.train);
  Transpose(images.test);
  return images;
}

TrainTestLabels LoadEmnistLabels(const std::filesystem::path& directory, const std::string& subset) {
  TrainTestLabels labels = LoadMnistLabels(directory, NamesOf(subset));
  if (subset == "letters") {
    CountFromZero(labels.train, directory);
    CountFromZero(labels.test, directory);
  }
  return labels;
}

}  // namespace hyperwidth
