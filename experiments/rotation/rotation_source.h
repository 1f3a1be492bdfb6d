// SPDX-License-Identifier: Apache-2.0
//
// The task of the rotation experiment: given an image and a rotated copy of it, by how much was it rotated?

#ifndef HYPERWIDTH_EXPERIMENTS_ROTATION_ROTATION_SOURCE_H_
#define HYPERWIDTH_EXPERIMENTS_ROTATION_ROTATION_SOURCE_H_

#include <cstdint>
#include <span>
#include <string>

#include "training/batch.h"
#include "training/data/image_set.h"

namespace hyperwidth {

inline constexpr int kRotationClasses = 12;  // 0, 30, ..., 330 degrees

// How an angle becomes a class.
enum class RotationLabels {
  kCircular,   // the nearest of 0, 30, ..., 330 on the circle: 350 degrees is class 0
  kPublished,  // the nearest by absolute difference, as in the published code: 350 degrees is class 11
};

// "circular" or "published".
std::string RotationLabelsName(RotationLabels labels);

// The class, 0 .. 11, of an angle in [0, 360) degrees. The two rules differ on [345, 360): 1/24 of all angles.
int RotationClass(double degrees, RotationLabels labels);

// Grey values g are shown to the networks as (g / 255 - mean) / deviation.
struct PixelScale {
  double mean = 0;
  double deviation = 1;
};

// MNIST's customary scale, and the scale that gives these images mean 0 and deviation 1.
inline constexpr PixelScale kMnistPixelScale = {.mean = 0.1307, .deviation = 0.3081};
PixelScale MeasurePixelScale(const ImageSet& images);

// Some images of a set, one after the other.
struct ImageRange {
  Index first = 0;
  Index count = -1;  // -1: all that follow
};

// One sample for each image and epoch: the condition I is the image, the primary input x the same image rotated by an
// angle uniform on [0, 360), the label its class. Both inputs have image_size() entries.
template <typename Scalar>
class RotationSource final : public DataSource<Scalar> {
 public:
  // Angles are drawn from (seed, epoch, image), so that every epoch sees other ones. Items are counted within `range`,
  // images within the set. `images` must outlive the source. Throws: std::invalid_argument for a range that leaves the
  // set.
  RotationSource(
      const ImageSet& images, RotationLabels labels, PixelScale scale, std::uint64_t seed, ImageRange range = {});

  Index size() const override { return range_.count; }
  void Fill(Index epoch, std::span<const Index> samples, TrainingBatch<Scalar>& batch) const override;

  // The angle of an image in an epoch, in degrees.
  double Angle(Index epoch, Index image) const;

 private:
  const ImageSet& images_;
  RotationLabels labels_;
  PixelScale scale_;
  std::uint64_t seed_;
  ImageRange range_;  // its count is known
};

extern template class RotationSource<float>;
extern template class RotationSource<double>;

}  // namespace hyperwidth

#endif  // HYPERWIDTH_EXPERIMENTS_ROTATION_ROTATION_SOURCE_H_
