// SPDX-License-Identifier: Apache-2.0
//
// The binary files of CIFAR-10 and CIFAR-100, gzip-compressed or not.
//
// Format (Krizhevsky, "Learning multiple layers of features from tiny images", 2009, binary version): records of one
// label byte (CIFAR-100: two, superclass and class) and 3,072 pixel bytes, the 32 x 32 red values first, then green,
// then blue.

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
inline constexpr int kCifar100Classes = 100;
inline constexpr int kCifar100Superclasses = 20;

// Images with their classes, from 0 on.
struct LabelledImages {
  ImageSet images = {};
  std::vector<std::uint8_t> labels = {};
  std::vector<std::uint8_t> superclasses = {};  // CIFAR-100's; else empty
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

// CIFAR-100's `train.bin` and `test.bin`, each also with `.gz` added: records of 3,074 bytes.
// Throws: std::runtime_error as ReadCifarBatch; also if one of them is not there.
CifarImages LoadCifar100(const std::filesystem::path& directory);

}  // namespace hyperwidth

#endif  // HYPERWIDTH_TRAINING_DATA_CIFAR_H_
