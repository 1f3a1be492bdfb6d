// SPDX-License-Identifier: Apache-2.0
#include "experiments/rotation/rotation_source.h"

#include <array>
#include <cmath>
#include <stdexcept>
#include <string>
#include <vector>

#include "models/random_stream.h"
#include "training/data/rotate.h"

namespace hyperwidth {
namespace {

constexpr double kClassWidth = 360.0 / kRotationClasses;
constexpr std::uint64_t kAngleStream = 2;

// Asks for an image's memory, so that it is there when it is read.
void Fetch(std::span<const std::uint8_t> image) {
  constexpr std::size_t kLine = 64;
  for (std::size_t at = 0; at < image.size(); at += kLine) __builtin_prefetch(image.data() + at);
}

}  // namespace

std::string RotationLabelsName(RotationLabels labels) {
  return labels == RotationLabels::kCircular ? "circular" : "published";
}

int RotationClass(double degrees, RotationLabels labels) {
  // Half-way angles go to the lower class, as a search for the smallest difference finds it first.
  const int nearest = static_cast<int>(std::ceil(degrees / kClassWidth - 0.5));
  if (nearest < kRotationClasses) return nearest;
  return labels == RotationLabels::kCircular ? 0 : kRotationClasses - 1;
}

PixelScale MeasurePixelScale(const ImageSet& images) {
  std::array<std::int64_t, 256> counts{};
  for (const std::uint8_t pixel : images.pixels) ++counts[pixel];
  const auto total = static_cast<double>(images.pixels.size());
  double mean = 0, variance = 0;
  for (std::size_t grey = 0; grey < 256; ++grey) {
    mean += static_cast<double>(grey) * static_cast<double>(counts[grey]) / total;
  }
  for (std::size_t grey = 0; grey < 256; ++grey) {
    const double difference = static_cast<double>(grey) - mean;
    variance += difference * difference * static_cast<double>(counts[grey]) / total;
  }
  // Images without any contrast cannot be scaled to deviation 1; they are shown as zeros.
  return {.mean = mean / 255, .deviation = variance > 0 ? std::sqrt(variance) / 255 : 1.0};
}

template <typename Scalar>
RotationSource<Scalar>::RotationSource(
    const ImageSet& images, RotationLabels labels, PixelScale scale, std::uint64_t seed, ImageRange range)
    : images_(images), labels_(labels), scale_(scale), seed_(seed), range_(range) {
  const auto images_in_all = static_cast<Index>(images.count);
  if (range_.count == -1) range_.count = images_in_all - range_.first;
  if (range_.first >= 0 && range_.count >= 0 && range_.count <= images_in_all - range_.first) return;
  throw std::invalid_argument("range of images: found " + std::to_string(range_.count) + " from " +
                              std::to_string(range_.first) + ", accepted: some of " + std::to_string(images_in_all));
}

template <typename Scalar>
double RotationSource<Scalar>::Angle(Index epoch, Index image) const {
  RandomStream random(seed_, {kAngleStream, static_cast<std::uint64_t>(epoch), static_cast<std::uint64_t>(image)});
  return random.Uniform(0, 360);
}

template <typename Scalar>
void RotationSource<Scalar>::Fill(Index epoch, std::span<const Index> samples, TrainingBatch<Scalar>& batch) const {
  std::array<Scalar, 256> scaled;
  for (std::size_t grey = 0; grey < scaled.size(); ++grey) {
    scaled[grey] = static_cast<Scalar>((static_cast<double>(grey) / 255 - scale_.mean) / scale_.deviation);
  }
  const auto count = static_cast<Index>(samples.size());
  const auto size = static_cast<Index>(images_.image_size());
  batch.x.resize(size, count);
  batch.condition.resize(size, count);
  batch.labels.resize(count);
  batch.group_starts = EqualGroups(count);
  const auto index_of = [&](Index column) { return range_.first + samples[static_cast<std::size_t>(column)]; };
  std::vector<std::uint8_t> rotated(images_.image_size());
  for (Index column = 0; column < count; ++column) {
    const Index index = index_of(column);
    const std::span<const std::uint8_t> image = images_.image(index);
    if (column + 1 < count) Fetch(images_.image(index_of(column + 1)));
    const double degrees = Angle(epoch, index);
    for (std::size_t plane = 0; plane < image.size(); plane += images_.plane_size()) {
      RotateNearest(image.subspan(plane, images_.plane_size()),
                    images_.height,
                    images_.width,
                    degrees,
                    std::span(rotated).subspan(plane, images_.plane_size()));
    }
    for (Index pixel = 0; pixel < size; ++pixel) {
      batch.condition(pixel, column) = scaled[image[static_cast<std::size_t>(pixel)]];
      batch.x(pixel, column) = scaled[rotated[static_cast<std::size_t>(pixel)]];
    }
    batch.labels[column] = RotationClass(degrees, labels_);
  }
}

template class RotationSource<float>;
template class RotationSource<double>;

}  // namespace hyperwidth
