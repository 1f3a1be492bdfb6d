// SPDX-License-Identifier: Apache-2.0
//
// The task of the colorization experiment: given a grey image and the position of a pixel, which colour has it?

#ifndef HYPERWIDTH_EXPERIMENTS_COLORIZATION_COLORIZATION_SOURCE_H_
#define HYPERWIDTH_EXPERIMENTS_COLORIZATION_COLORIZATION_SOURCE_H_

#include <cstdint>
#include <span>
#include <vector>

#include "models/types.h"
#include "training/batch.h"
#include "training/data/image_set.h"

namespace hyperwidth {

// Which pixels of each image are samples.
enum class PixelChoice { kAll, kKept, kHeldOut };

// Of each image a share of the pixels is held out, drawn one by one from (seed, image), one pixel at least unless the
// share is 0. So images have different numbers of samples.
struct HeldOutPixels {
  double share = 0;  // 0 .. 0.5
  std::uint64_t seed = 1;
};

// An item is an image: its condition the grey values, -1 .. 1; its samples the pixels that are chosen, x the
// PixelFeatures and the target red, green and blue, -1 .. 1.
class ColorizationSource final : public DataSource<float> {
 public:
  // The first `count` images, which must outlive it. Throws: std::invalid_argument unless they have three channels and
  // there are so many; and for held out pixels of a share of 0.
  ColorizationSource(const ImageSet& images, Index count, PixelChoice choice, const HeldOutPixels& held_out = {});

  Index size() const override { return count_; }
  void Fill(Index epoch, std::span<const Index> items, TrainingBatch<float>& batch) const override;

  // The numbers of an image's pixels that are samples, rising.
  std::vector<Index> Pixels(Index image) const;

  // Mean target of all samples, channel by channel.
  Eigen::Vector3d MeanColor() const;
  // The mean squared error, over samples and channels, of this colour.
  double ErrorOfConstant(const Eigen::Vector3d& color) const;

 private:
  Eigen::Vector3d ColorOf(Index image, Index pixel) const;

  const ImageSet& images_;
  Index count_;
  PixelChoice choice_;
  std::vector<std::vector<Index>> held_out_;  // pixels of each image, rising; no image if all pixels are chosen
  Matrix<float> features_;                    // [42, pixels]
};

}  // namespace hyperwidth

#endif  // HYPERWIDTH_EXPERIMENTS_COLORIZATION_COLORIZATION_SOURCE_H_
