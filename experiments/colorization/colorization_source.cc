// SPDX-License-Identifier: Apache-2.0
#include "experiments/colorization/colorization_source.h"

#include <stdexcept>
#include <string>

#include "experiments/colorization/color_images.h"
#include "models/random_stream.h"

namespace hyperwidth {
namespace {

constexpr std::uint64_t kHeldOutStream = 91;

std::vector<Index> DrawHeldOut(Index pixels, Index image, const HeldOutPixels& held_out) {
  RandomStream random(held_out.seed, {kHeldOutStream, static_cast<std::uint64_t>(image)});
  const auto always = static_cast<Index>(random.Below(static_cast<std::uint64_t>(pixels)));
  std::vector<Index> drawn;
  for (Index pixel = 0; pixel < pixels; ++pixel) {
    const bool is_drawn = random.Uniform() < held_out.share;
    if (is_drawn || pixel == always) drawn.push_back(pixel);
  }
  return drawn;
}

}  // namespace

ColorizationSource::ColorizationSource(const ImageSet& images,
                                       Index count,
                                       PixelChoice choice,
                                       const HeldOutPixels& held_out)
    : images_(images), count_(count), choice_(choice), features_(PixelFeatures(images.height, images.width)) {
  if (images.channels != kColors) {
    throw std::invalid_argument("images to colour: found " + std::to_string(images.channels) +
                                " channels, accepted: 3, as in CIFAR");
  }
  if (count < 0 || count > images.count) {
    throw std::invalid_argument("images to colour: found " + std::to_string(count) + ", accepted: some of " +
                                std::to_string(images.count));
  }
  if (choice == PixelChoice::kHeldOut && !(held_out.share > 0)) {
    throw std::invalid_argument("held out pixels: found a share of 0, accepted: above 0");
  }
  if (choice == PixelChoice::kAll || !(held_out.share > 0)) return;
  for (Index image = 0; image < count; ++image) {
    held_out_.push_back(DrawHeldOut(static_cast<Index>(images.plane_size()), image, held_out));
  }
}

std::vector<Index> ColorizationSource::Pixels(Index image) const {
  if (choice_ == PixelChoice::kHeldOut) return held_out_[static_cast<std::size_t>(image)];
  std::vector<Index> chosen;
  chosen.reserve(images_.plane_size());
  Index next = 0;
  const auto add_up_to = [&](Index end) {
    for (; next < end; ++next) chosen.push_back(next);
  };
  if (!held_out_.empty()) {
    for (const Index pixel : held_out_[static_cast<std::size_t>(image)]) {
      add_up_to(pixel);
      ++next;
    }
  }
  add_up_to(static_cast<Index>(images_.plane_size()));
  return chosen;
}

Eigen::Vector3d ColorizationSource::ColorOf(Index image, Index pixel) const {
  const std::span<const std::uint8_t> bytes = images_.image(image);
  Eigen::Vector3d color;
  for (int channel = 0; channel < kColors; ++channel) {
    color[channel] =
        Scaled(bytes[static_cast<std::size_t>(channel) * images_.plane_size() + static_cast<std::size_t>(pixel)]);
  }
  return color;
}

void ColorizationSource::Fill(Index /*epoch*/, std::span<const Index> items, TrainingBatch<float>& batch) const {
  const auto count = static_cast<Index>(items.size()), pixels = static_cast<Index>(images_.plane_size());
  std::vector<std::vector<Index>> chosen;
  batch.group_starts = {0};
  for (const Index item : items) {
    chosen.push_back(Pixels(item));
    batch.group_starts.push_back(batch.group_starts.back() + std::ssize(chosen.back()));
  }
  const Index samples = batch.group_starts.back();
  batch.condition.resize(pixels, count);
  batch.x.resize(kPixelFeatures, samples);
  batch.targets.resize(kColors, samples);
  Index column = 0;
  for (Index i = 0; i < count; ++i) {
    const Index image = items[static_cast<std::size_t>(i)];
    const std::span<const std::uint8_t> bytes = images_.image(image);
    for (Index pixel = 0; pixel < pixels; ++pixel) {
      const auto at = static_cast<std::size_t>(pixel);
      batch.condition(pixel, i) =
          Scaled(Grey(bytes[at], bytes[at + images_.plane_size()], bytes[at + 2 * images_.plane_size()]));
    }
    for (const Index pixel : chosen[static_cast<std::size_t>(i)]) {
      batch.x.col(column) = features_.col(pixel);
      for (std::size_t channel = 0; channel < kColors; ++channel) {
        const auto at = channel * images_.plane_size() + static_cast<std::size_t>(pixel);
        batch.targets(static_cast<Index>(channel), column) = Scaled(bytes[at]);
      }
      ++column;
    }
  }
}

Eigen::Vector3d ColorizationSource::MeanColor() const {
  Eigen::Vector3d sum = Eigen::Vector3d::Zero();
  Index samples = 0;
  for (Index image = 0; image < count_; ++image) {
    for (const Index pixel : Pixels(image)) sum += ColorOf(image, pixel), ++samples;
  }
  return sum / static_cast<double>(samples);
}

double ColorizationSource::ErrorOfConstant(const Eigen::Vector3d& color) const {
  double sum = 0;
  Index samples = 0;
  for (Index image = 0; image < count_; ++image) {
    for (const Index pixel : Pixels(image)) sum += (ColorOf(image, pixel) - color).squaredNorm(), ++samples;
  }
  return sum / static_cast<double>(samples * kColors);
}

}  // namespace hyperwidth
