// SPDX-License-Identifier: Apache-2.0
#include "training/data/image_folder.h"

#include <stdexcept>
#include <string>
#include <system_error>
#include <utility>

#include "training/data/cifar.h"
#include "training/data/idx.h"

namespace hyperwidth {

TrainTestImages LoadImageFolder(const std::filesystem::path& directory) {
  std::error_code failure;
  bool has_mnist = false, has_cifar = false;
  for (const auto& entry : std::filesystem::directory_iterator(directory, failure)) {
    const std::string name = entry.path().filename().string();
    has_mnist = has_mnist || name.starts_with("train-images") || name.starts_with("t10k-images");
    has_cifar = has_cifar || name.starts_with("data_batch_") || name.starts_with("test_batch");
  }
  if (failure) throw std::runtime_error(directory.string() + ": cannot be read as a folder: " + failure.message());
  if (has_mnist == has_cifar) {
    throw std::runtime_error(directory.string() + ": holds " + (has_mnist ? "both" : "neither") +
                             " MNIST's train-images-idx3-ubyte[.gz] and t10k-images-idx3-ubyte[.gz] " +
                             (has_mnist ? "and" : "nor") +
                             " CIFAR-10's data_batch_1.bin[.gz] .. and test_batch.bin[.gz]; accepted: one of them");
  }
  if (has_mnist) return LoadMnist(directory);
  CifarImages cifar = LoadCifar10(directory);
  return {.train = std::move(cifar.train.images), .test = std::move(cifar.test.images)};
}

}  // namespace hyperwidth
