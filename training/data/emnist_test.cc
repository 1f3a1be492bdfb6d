// SPDX-License-Identifier: Apache-2.0
#include "training/data/emnist.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <stdexcept>

#include "training/data/write_idx.h"

namespace hyperwidth {
namespace {

using ::testing::HasSubstr;
using Bytes = std::vector<std::uint8_t>;

class Emnist : public ::testing::Test {
 protected:
  void SetUp() override { std::filesystem::create_directories(folder_); }
  void TearDown() override { std::filesystem::remove_all(folder_); }

  void WriteLabels(const std::string& subset, const Bytes& train, const Bytes& test) const {
    WriteBytes(folder_ / ("emnist-" + subset + "-train-labels-idx1-ubyte"), IdxBytes(train));
    WriteBytes(folder_ / ("emnist-" + subset + "-test-labels-idx1-ubyte.gz"), IdxBytes(test), Compression::kGzip);
  }

  std::string LabelMessage(const std::string& subset) const {
    try {
      LoadEmnistLabels(folder_, subset);
    } catch (const std::runtime_error& error) {
      return error.what();
    }
    return "no std::runtime_error";
  }

  const std::filesystem::path folder_ =
      std::filesystem::path(::testing::TempDir()) / ::testing::UnitTest::GetInstance()->current_test_info()->name();
};

TEST_F(Emnist, ImagesAreTurnedUpright) {
  // Two images of 2 rows and 3 columns as they are stored: upright they have 3 rows.
  const ImageSet stored{.count = 2, .height = 2, .width = 3, .pixels = {1, 2, 3, 4, 5, 6, 11, 12, 13, 14, 15, 16}};
  WriteBytes(folder_ / "emnist-letters-train-images-idx3-ubyte.gz", IdxBytes(stored), Compression::kGzip);
  WriteBytes(folder_ / "emnist-letters-test-images-idx3-ubyte", IdxBytes(stored));
  const TrainTestImages images = LoadEmnist(folder_, "letters");
  for (const ImageSet& set : {images.train, images.test}) {
    EXPECT_EQ(set.height, 3);
    EXPECT_EQ(set.width, 2);
    EXPECT_EQ(set.pixels, (Bytes{1, 4, 2, 5, 3, 6, 11, 14, 12, 15, 13, 16}));
    EXPECT_THAT(set.source, ::testing::EndsWith("), transposed to be upright"));
  }
}

TEST_F(Emnist, LettersCountFromZeroAndOtherLabelsStayAsTheyAre) {
  WriteLabels("letters", {1, 26, 2}, {26});
  EXPECT_EQ(LoadEmnistLabels(folder_, "letters").train, (Bytes{0, 25, 1}));
  EXPECT_EQ(LoadEmnistLabels(folder_, "letters").test, Bytes{25});
  WriteLabels("byclass", {0, 61}, {1});
  EXPECT_EQ(LoadEmnistLabels(folder_, "byclass").train, (Bytes{0, 61}));
}

TEST_F(Emnist, ALetterThatThereIsNotIsRefused) {
  WriteLabels("letters", {1, 0}, {1});
  EXPECT_EQ(LabelMessage("letters"), folder_.string() + ": EMNIST's letters have label 0; accepted: 1 to 26");
  WriteLabels("letters", {1}, {27});
  EXPECT_THAT(LabelMessage("letters"), HasSubstr("have label 27; accepted: 1 to 26"));
}

TEST_F(Emnist, AMissingFileIsNamed) {
  EXPECT_THAT(LabelMessage("digits"), HasSubstr("emnist-digits-train-labels-idx1-ubyte"));
}

TEST(EmnistSubsetOf, ReadsTheNamesOfImageFilesAndNoOthers) {
  EXPECT_EQ(EmnistSubsetOf("emnist-letters-train-images-idx3-ubyte"), "letters");
  EXPECT_EQ(EmnistSubsetOf("emnist-byclass-test-images-idx3-ubyte.gz"), "byclass");
  EXPECT_EQ(EmnistSubsetOf("emnist-letters-train-labels-idx1-ubyte"), "");
  EXPECT_EQ(EmnistSubsetOf("emnist-letters-mapping.txt"), "");
  EXPECT_EQ(EmnistSubsetOf("qmnist-train-images-idx3-ubyte"), "");
}

}  // namespace
}  // namespace hyperwidth
