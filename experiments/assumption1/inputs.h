// SPDX-License-Identifier: Apache-2.0
//
// What networks are shown: images as they lie in files, or noise.

#ifndef HYPERWIDTH_EXPERIMENTS_ASSUMPTION1_INPUTS_H_
#define HYPERWIDTH_EXPERIMENTS_ASSUMPTION1_INPUTS_H_

#include <cstdint>
#include <memory>
#include <span>
#include <string>

#include "experiments/rotation/rotation_source.h"
#include "models/graph/graph.h"
#include "models/types.h"
#include "training/batch.h"
#include "training/data/image_set.h"

namespace hyperwidth {

struct ImageShape {
  Index channels = 1;
  Index height = 1;
  Index width = 1;

  Index size() const { return channels * height * width; }
};

// Inputs to train on and others to test on, all of one shape. What Fill gives depends on its arguments alone.
class Inputs {
 public:
  virtual ~Inputs() = default;

  virtual ImageShape shape() const = 0;
  virtual Index count(Split split) const = 0;  // kTrain or kTest
  // x [shape().size(), items], an input for each item, channel by channel, in each row by row.
  virtual void Fill(Split split, std::span<const Index> items, Matrix<float>& x) const = 0;
};

// Grey values g as (g / 255 - mean) / deviation, with the mean and deviation of the training images.
class ImageInputs final : public Inputs {
 public:
  explicit ImageInputs(TrainTestImages images);

  ImageShape shape() const override;
  Index count(Split split) const override { return static_cast<Index>(Of(split).count); }
  void Fill(Split split, std::span<const Index> items, Matrix<float>& x) const override;

 private:
  const ImageSet& Of(Split split) const { return split == Split::kTrain ? images_.train : images_.test; }

  TrainTestImages images_;
  PixelScale scale_;
};

// Entries uniform on [-1, 1), 28 x 28 of them, drawn from (seed, split, item).
class NoiseInputs final : public Inputs {
 public:
  NoiseInputs(Index train_count, Index test_count, std::uint64_t seed)
      : train_count_(train_count), test_count_(test_count), seed_(seed) {}

  ImageShape shape() const override { return {.channels = 1, .height = 28, .width = 28}; }
  Index count(Split split) const override { return split == Split::kTrain ? train_count_ : test_count_; }
  void Fill(Split split, std::span<const Index> items, Matrix<float>& x) const override;

 private:
  Index train_count_, test_count_;
  std::uint64_t seed_;
};

// Training inputs with what a network is to answer, a column for each. Both must outlive it.
class AnsweredInputs final : public DataSource<float> {
 public:
  // Throws: std::invalid_argument unless there is an answer for each training input.
  AnsweredInputs(const Inputs& inputs, const Matrix<float>& answers);

  Index size() const override { return answers_.cols(); }
  void Fill(Index epoch, std::span<const Index> items, TrainingBatch<float>& batch) const override;

 private:
  const Inputs& inputs_;
  const Matrix<float>& answers_;
};

// A network's outputs on all inputs of the split, [outputs, count], computed by one thread.
Matrix<float> OutputsOn(const Model& network, const ConstVectorRef<float>& theta, const Inputs& inputs, Split split);

// The mean over all entries of (a - b)^2, summed in double. Requires matrices of one size that is not 0.
double MeanSquare(const Matrix<float>& a, const Matrix<float>& b);

}  // namespace hyperwidth

#endif  // HYPERWIDTH_EXPERIMENTS_ASSUMPTION1_INPUTS_H_
