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

  void WriteMnist() const {
    const ImageSet images{.count = 2, .height = 3, .width = 4, .pixels = Bytes(24, 7)};
    WriteBytes(folder_ / "train-images-idx3-ubyte", IdxBytes(images));
    WriteBytes(folder_ / "t10k-images-idx3-ubyte", IdxBytes(images));
  }

  void WriteCifar() const {
    WriteBytes(folder_ / "data_batch_1.bin", Bytes(2 * 3073));
    WriteBytes(folder_ / "test_batch.bin", Bytes(3073));
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

TEST_F(ImageFolder, RefusesNeitherAndBothAndNoFolder) {
  EXPECT_THAT(Message(), AllOf(HasSubstr(folder_.string() + ": holds neither"), HasSubstr("accepted")));
  WriteMnist();
  WriteCifar();
  EXPECT_THAT(Message(), HasSubstr("holds both"));
  std::filesystem::remove_all(folder_);
  EXPECT_THAT(Message(), HasSubstr("No such file or directory"));
}

TEST_F(ImageFolder, AHalfFolderSaysWhatIsMissing) {
  WriteMnist();
  std::filesystem::remove(folder_ / "t10k-images-idx3-ubyte");
  EXPECT_THAT(Message(), HasSubstr("t10k-images-idx3-ubyte.gz"));
}

}  // namespace
}  // namespace hyperwidth
