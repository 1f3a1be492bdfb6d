// SPDX-License-Identifier: Apache-2.0
#include "training/data/image_folder.h"

#include <functional>
#include <map>
#include <stdexcept>
#include <string>
#include <system_error>
#include <utility>
#include <vector>

#include "training/data/cifar.h"
#include "training/data/emnist.h"
#include "training/data/idx.h"

namespace hyperwidth {
namespace {

namespace fs = std::filesystem;

// Where archives and torchvision put their files, below the folder that they are given.
constexpr const char* kPlaces[] = {"raw",
                                   "MNIST/raw",
                                   "FashionMNIST/raw",
                                   "KMNIST/raw",
                                   "EMNIST/raw",
                                   "QMNIST/raw",
                                   "cifar-10-batches-bin",
                                   "cifar-100-binary"};

constexpr const char* kAccepted =
    "; accepted: the files of one of MNIST (train-images-idx3-ubyte[.gz] and t10k-images-idx3-ubyte[.gz]), EMNIST "
    "(emnist-letters-train-images-idx3-ubyte[.gz] ..), QMNIST (qmnist-train-images-idx3-ubyte[.gz] ..), CIFAR-10 "
    "(data_batch_1.bin[.gz] .. and test_batch.bin[.gz]), CIFAR-100 (train.bin[.gz] and test.bin[.gz])";

TrainTestImages WithoutLabels(CifarImages cifar) {
  return {.train = std::move(cifar.train.images), .test = std::move(cifar.test.images)};
}

// How the images that some file belongs to are loaded, by what to call them.
using Loader = std::function<TrainTestImages(const fs::path&)>;
using Loaders = std::map<std::string, Loader>;

void AddLoader(const std::string& file_name, Loaders& loaders) {
  const auto begins = [&](const char* text) { return file_name.starts_with(text); };
  if (begins("train-images") || begins("t10k-images")) {
    loaders["MNIST"] = [](const fs::path& folder) { return LoadMnist(folder); };
  } else if (begins("qmnist-train-images") || begins("qmnist-test-images")) {
    loaders["QMNIST"] = [](const fs::path& folder) { return LoadMnist(folder, kQmnistNames); };
  } else if (begins("data_batch_") || begins("test_batch")) {
    loaders["CIFAR-10"] = [](const fs::path& folder) { return WithoutLabels(LoadCifar10(folder)); };
  } else if (begins("train.bin") || begins("test.bin")) {
    loaders["CIFAR-100"] = [](const fs::path& folder) { return WithoutLabels(LoadCifar100(folder)); };
  } else if (const std::string subset = EmnistSubsetOf(file_name); !subset.empty()) {
    loaders["EMNIST's " + subset] = [subset](const fs::path& folder) { return LoadEmnist(folder, subset); };
  }
}

// What the files of a folder, not of those below it, are.
Loaders LoadersFor(const fs::path& directory) {
  std::error_code failure;
  Loaders loaders;
  for (const auto& entry : fs::directory_iterator(directory, failure)) {
    AddLoader(entry.path().filename().string(), loaders);
  }
  if (failure) throw std::runtime_error(directory.string() + ": cannot be read as a folder: " + failure.message());
  return loaders;
}

std::string Joined(const std::vector<std::string>& names) {
  std::string text;
  for (const std::string& name : names) text += (text.empty() ? "" : " and ") + name;
  return text;
}

}  // namespace

fs::path FindImages(const fs::path& directory) {
  if (!LoadersFor(directory).empty()) return directory;
  std::vector<std::string> found;
  std::error_code ignored;
  for (const char* const place : kPlaces) {
    if (fs::is_directory(directory / place, ignored) && !LoadersFor(directory / place).empty()) found.push_back(place);
  }
  if (found.size() == 1) return directory / found.front();
  if (!found.empty()) {
    throw std::runtime_error(directory.string() + ": holds images in " + Joined(found) + "; accepted: one of them");
  }
  for (const char* const pickles : {"cifar-10-batches-py", "cifar-100-python"}) {
    if (!fs::exists(directory / pickles, ignored)) continue;
    throw std::runtime_error(directory.string() + ": " + pickles +
                             " holds CIFAR as Python objects; accepted: its binary " +
                             "version, cifar-10-batches-bin or cifar-100-binary");
  }
  throw std::runtime_error(directory.string() + ": holds no known images" + kAccepted);
}

TrainTestImages LoadImageFolder(const fs::path& directory) {
  const fs::path place = FindImages(directory);
  const Loaders loaders = LoadersFor(place);
  if (loaders.size() > 1) {
    std::vector<std::string> names;
    for (const auto& [name, load] : loaders) names.push_back(name);
    throw std::runtime_error(place.string() + ": holds " + Joined(names) + kAccepted);
  }
  return loaders.begin()->second(place);
}

}  // namespace hyperwidth
