// SPDX-License-Identifier: Apache-2.0
//
// A folder of images, whichever of the known formats it holds.

#ifndef HYPERWIDTH_TRAINING_DATA_IMAGE_FOLDER_H_
#define HYPERWIDTH_TRAINING_DATA_IMAGE_FOLDER_H_

#include <filesystem>

#include "training/data/image_set.h"

namespace hyperwidth {

// MNIST's IDX files or CIFAR-10's binary batches, recognised by the names of the files; without the labels.
// Throws: std::runtime_error if the folder holds neither or both, or as LoadMnist and LoadCifar10.
TrainTestImages LoadImageFolder(const std::filesystem::path& directory);

}  // namespace hyperwidth

#endif  // HYPERWIDTH_TRAINING_DATA_IMAGE_FOLDER_H_
