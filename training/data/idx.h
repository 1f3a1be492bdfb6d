// SPDX-License-Identifier: Apache-2.0
//
// The IDX files of MNIST and the data sets that copy its format, gzip-compressed or not.
//
// Format (LeCun, Cortes and Burges, "The MNIST database"): two zero bytes, the element type (0x08: unsigned byte; 0x0c:
// big-endian 32-bit integer), the number of dimensions, each dimension as a big-endian 32-bit integer, then the
// elements in row-major order.

#ifndef HYPERWIDTH_TRAINING_DATA_IDX_H_
#define HYPERWIDTH_TRAINING_DATA_IDX_H_

#include <cstdint>
#include <filesystem>
#include <string>
#include <vector>

#include "training/data/image_set.h"

namespace hyperwidth {

// Limits beyond which a header is taken for damage rather than data.
inline constexpr std::int64_t kMaxImageSide = 4096;                    // pixels
inline constexpr std::int64_t kMaxImageBytes = std::int64_t{8} << 30;  // all images together
inline constexpr std::int64_t kMaxLabels = std::int64_t{1} << 28;

// All images of a three-dimensional IDX file of unsigned bytes (count, height, width); one channel.
// Throws: std::runtime_error "<path>: <found>; <accepted>" if the file is missing, truncated, followed by further
// bytes, corrupt, of another type or number of dimensions, or if a dimension is zero or beyond the limits above.
ImageSet ReadIdxImages(const std::filesystem::path& path);

// All labels of a one-dimensional IDX file of unsigned bytes. Throws: as ReadIdxImages.
std::vector<std::uint8_t> ReadIdxLabels(const std::filesystem::path& path);

inline constexpr int kMnistClasses = 10;

// The digits of a QMNIST file: 32-bit integers [count, 8], of which the first of each row is the digit (the others say
// who wrote it). Throws: as ReadIdxImages; also for a digit above 9.
std::vector<std::uint8_t> ReadQmnistLabels(const std::filesystem::path& path);

// Labels of both splits, in the order of the images.
struct TrainTestLabels {
  std::vector<std::uint8_t> train;
  std::vector<std::uint8_t> test;
};

// What precedes "-images-idx3-ubyte" and "-labels-idx1-ubyte" in the names of the files of the two splits.
struct IdxNames {
  std::string train;
  std::string test;
};
inline const IdxNames kMnistNames = {.train = "train", .test = "t10k"};
inline const IdxNames kQmnistNames = {.train = "qmnist-train", .test = "qmnist-test"};

// MNIST, or a data set in its files, from a folder holding `train-images-idx3-ubyte` and `t10k-images-idx3-ubyte`,
// each also accepted as `...images.idx3-ubyte` and with `.gz` added; with other names, `NAME-images-idx3-ubyte`.
// Throws: std::runtime_error as ReadIdxImages; also if a file is missing (naming the names tried), or if the
// images of the two splits differ in size.
using MnistImages = TrainTestImages;
MnistImages LoadMnist(const std::filesystem::path& directory, const IdxNames& names = kMnistNames);

// The labels beside them (`train-labels-idx1-ubyte`, `t10k-labels-idx1-ubyte`). Throws: as LoadMnist.
TrainTestLabels LoadMnistLabels(const std::filesystem::path& directory, const IdxNames& names = kMnistNames);

// QMNIST's (`qmnist-train-labels-idx2-int`, `qmnist-test-labels-idx2-int`, likewise). Throws: as LoadMnist and
// ReadQmnistLabels.
TrainTestLabels LoadQmnistLabels(const std::filesystem::path& directory);

}  // namespace hyperwidth

#endif  // HYPERWIDTH_TRAINING_DATA_IDX_H_
