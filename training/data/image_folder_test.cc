// SPDX-License-Identifier: Apache-2.0
#include "training/data/image_folder.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cstddef>
#include <filesystem>
#include <stdexcept>
#include <string>

#include "training/data/write_idx.h"

namespace hyperwidth {
namespace {

using ::testing::AllOf;
using ::testing::HasSubstr;
using Bytes = std::vector<std::uint8_t>;

class ImageFolder : public ::testing::Test {
 protected:
  void SetUp() override { std::filesystem::create_directories(folder_); }
  void TearDown() override { std::filesystem::remove_all(folder_); }

  // Images of 3 rows and 4 columns under the names of both splits, below the folder.
  void WriteMnist(const std::string& place = "",
                  const std::string& train = "train",
                  const std::string& test = "t10k") const {
    const ImageSet images{.count = 2, .height = 3, .width = 4, .pixels = Bytes(24, 7)};
    std::filesystem::create_directories(folder_ / place);
    WriteBytes(folder_ / place / (train + "-images-idx3-ubyte"), IdxBytes(images));
    WriteBytes(folder_ / place / (test + "-images-idx3-ubyte"), IdxBytes(images));
  }

  void WriteCifar(const std::string& place = "") const {
    std::filesystem::create_directories(folder_ / place);
    WriteBytes(folder_ / place / "data_batch_1.bin", Bytes(2 * 3073));
    WriteBytes(folder_ / place / "test_batch.bin", Bytes(3073));
  }

  std::string Message() const {
    try {
      LoadImageFolder(folder_);
    } catch (const std::runtime_error& error) {
      return error.what();
    }
    return "no std::runtime_error";
  }

  const std::filesystem::path folder_ =
      std::filesystem::path(::testing::TempDir()) / ::testing::UnitTest::GetInstance()->current_test_info()->name();
};

TEST_F(ImageFolder, RecognisesMnist) {
  WriteMnist();
  EXPECT_EQ(LoadImageFolder(folder_).train.image_size(), 12u);
}

TEST_F(ImageFolder, RecognisesCifar) {
  WriteCifar();
  EXPECT_EQ(LoadImageFolder(folder_).train.count, 2);
  EXPECT_EQ(LoadImageFolder(folder_).test.channels, 3);
}

TEST_F(ImageFolder, RecognisesCifar100) {
  WriteBytes(folder_ / "train.bin", Bytes(3 * 3074));
  WriteBytes(folder_ / "test.bin", Bytes(3074));
  EXPECT_EQ(LoadImageFolder(folder_).train.count, 3);
}

TEST_F(ImageFolder, RecognisesEmnistAndTurnsItUpright) {
  WriteMnist("", "emnist-letters-train", "emnist-letters-test");
  EXPECT_EQ(LoadImageFolder(folder_).train.height, 4);
  EXPECT_EQ(LoadImageFolder(folder_).test.width, 3);
}

TEST_F(ImageFolder, RecognisesQmnist) {
  WriteMnist("", "qmnist-train", "qmnist-test");
  EXPECT_EQ(LoadImageFolder(folder_).train.height, 3);
}

TEST_F(ImageFolder, AcceptsTheRootOfTorchvisionAndOfAnArchive) {
  for (const std::string place : {"raw", "MNIST/raw", "FashionMNIST/raw", "KMNIST/raw"}) {
    std::filesystem::remove_all(folder_);
    WriteMnist(place);
    EXPECT_EQ(LoadImageFolder(folder_).train.image_size(), 12u) << place;
    EXPECT_EQ(FindImages(folder_), folder_ / place);
  }
  std::filesystem::remove_all(folder_);
  WriteMnist("EMNIST/raw", "emnist-digits-train", "emnist-digits-test");
  EXPECT_EQ(LoadImageFolder(folder_).train.height, 4);
  std::filesystem::remove_all(folder_);
  WriteMnist("QMNIST/raw", "qmnist-train", "qmnist-test");
  EXPECT_EQ(LoadImageFolder(folder_).train.height, 3);
  std::filesystem::remove_all(folder_);
  WriteCifar("cifar-10-batches-bin");
  EXPECT_EQ(LoadImageFolder(folder_).train.channels, 3);
  std::filesystem::remove_all(folder_);
  std::filesystem::create_directories(folder_ / "cifar-100-binary");
  WriteBytes(folder_ / "cifar-100-binary" / "train.bin", Bytes(3074));
  WriteBytes(folder_ / "cifar-100-binary" / "test.bin", Bytes(3074));
  EXPECT_EQ(LoadImageFolder(folder_).train.count, 1);
}

TEST_F(ImageFolder, FilesOfTheFolderItselfComeFirst) {
  WriteCifar();
  WriteMnist("MNIST/raw");
  EXPECT_EQ(LoadImageFolder(folder_).train.channels, 3);
  EXPECT_EQ(FindImages(folder_), folder_);
}

TEST_F(ImageFolder, RefusesNoneAndMoreThanOneAndNoFolder) {
  EXPECT_THAT(Message(), AllOf(HasSubstr(folder_.string() + ": holds no known images"), HasSubstr("accepted")));
  WriteMnist();
  WriteCifar();
  EXPECT_THAT(Message(), HasSubstr(folder_.string() + ": holds CIFAR-10 and MNIST; accepted: the files of one of"));
  std::filesystem::remove_all(folder_);
  EXPECT_EQ(Message(), folder_.string() + ": cannot be read as a folder: No such file or directory");
  WriteMnist("MNIST/raw");
  WriteCifar("cifar-10-batches-bin");
  EXPECT_EQ(Message(),
            folder_.string() + ": holds images in MNIST/raw and cifar-10-batches-bin; accepted: one of them");
  std::filesystem::remove_all(folder_);
  WriteMnist("", "emnist-letters-train", "emnist-letters-test");
  WriteMnist("", "emnist-digits-train", "emnist-digits-test");
  EXPECT_THAT(Message(), HasSubstr("holds EMNIST's digits and EMNIST's letters"));
}

TEST_F(ImageFolder, CifarAsPythonObjectsIsRefusedByName) {
  std::filesystem::create_directories(folder_ / "cifar-10-batches-py");
  EXPECT_EQ(Message(),
            folder_.string() +
                ": cifar-10-batches-py holds CIFAR as Python objects; accepted: its binary version, "
                "cifar-10-batches-bin or cifar-100-binary");
  std::filesystem::remove_all(folder_);
  std::filesystem::create_directories(folder_ / "cifar-100-python");
  EXPECT_THAT(Message(), HasSubstr("cifar-100-python holds CIFAR as Python objects"));
}

TEST_F(ImageFolder, AHalfFolderSaysWhatIsMissing) {
  WriteMnist();
  std::filesystem::remove(folder_ / "t10k-images-idx3-ubyte");
  EXPECT_THAT(Message(), HasSubstr("t10k-images-idx3-ubyte.gz"));
}

}  // namespace
}  // namespace hyperwidth
