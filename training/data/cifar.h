// SPDX-License-Identifier: Apache-2.0
//
// CIFAR-10's binary batches, gzip-compressed or not.
//
// Format (Krizhevsky, "Learning multiple layers of features from tiny images", 2009, binary version): records of one
// label byte and 3,072 pixel bytes, the 32 x 32 red values first, then green, then blue.

#ifndef HYPERWIDTH_TRAINING_DATA_CIFAR_H_
#define HYPERWIDTH_TRAINING_DATA_CIFAR_H_

#include <cstdint>
#include <filesystem>
#include <vector>

#include "training/data/image_set.h"

namespace hyperwidth {

inline constexpr int kCifarSide = 32;
inline constexpr int kCifarChannels = 3;
inline constexpr int kCifarClasses = 10;

// Images with their classes, 0 to kCifarClasses - 1.
struct LabelledImages {
  ImageSet images = {};
  std::vector<std::uint8_t> labels = {};
};

// One batch file. Throws: std::runtime_error "<path>: <found>; <accepted>" if it is missing, empty, corrupt, not a
// whole number of records, or has a label above 9.
LabelledImages ReadCifarBatch(const std::filesystem::path& path);

struct CifarImages {
  LabelledImages train = {};
  LabelledImages test = {};
};

// All batches of a folder: `data_batch_1.bin` to `data_batch_5.bin`, of which any one or more may be there, in this
// order, and `test_batch.bin`; each also with `.gz` added. The sources say which batches were found.
// Throws: std::runtime_error as ReadCifarBatch; also if no training batch or no test batch is there.
CifarImages LoadCifar10(const std::filesystem::path& directory);

}  // namespace hyperwidth

#endif  // HYPERWIDTH_TRAINING_DATA_CIFAR_H_
