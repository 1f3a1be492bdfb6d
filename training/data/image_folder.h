// SPDX-License-Identifier: Apache-2.0
//
// A folder of images, whichever of the known formats it holds.

#ifndef HYPERWIDTH_TRAINING_DATA_IMAGE_FOLDER_H_
#define HYPERWIDTH_TRAINING_DATA_IMAGE_FOLDER_H_

#include <filesystem>

#include "training/data/image_set.h"

namespace hyperwidth {

// MNIST's IDX files, or those of a data set with its names; one subset of EMNIST's, QMNIST's; the binary files of
// CIFAR-10 or CIFAR-100: recognised by the names of the files, and loaded without the labels. They may lie in the
// folder itself or where archives and torchvision put them below it: raw, MNIST/raw (FashionMNIST/raw, KMNIST/raw,
// EMNIST/raw, QMNIST/raw), cifar-10-batches-bin, cifar-100-binary. Throws: std::runtime_error, with what was found and
// what is accepted, if there is none of these or more than one, or as LoadMnist, LoadEmnist, LoadCifar10 and
// LoadCifar100.
TrainTestImages LoadImageFolder(const std::filesystem::path& directory);

// Where these files lie: the folder itself, or the one place below it. Throws: std::runtime_error as above, but not for
// several data sets in one place.
std::filesystem::path FindImages(const std::filesystem::path& directory);

}  // namespace hyperwidth

#endif  // HYPERWIDTH_TRAINING_DATA_IMAGE_FOLDER_H_
